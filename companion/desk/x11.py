"""X11: other programs' windows by EWMH, pasting by XTEST, global hotkeys by XGrabKey."""

import os

from Xlib import XK, X, Xatom, display, error
from Xlib.ext import xtest
from Xlib.protocol import event

from companion.desk import compound_text
from companion.desk.ports import Key, Obstacle, PasteKeys, Rect, Target

_HELD = X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask
_PASTE = {
    PasteKeys.CTRL_V: ("Control_L", "v"),
    PasteKeys.SHIFT_INSERT: ("Shift_L", "Insert"),
    PasteKeys.CTRL_SHIFT_V: ("Control_L", "Shift_L", "v"),
}
_KEYS = {Key.ENTER: "Return", Key.LEFT: "Left"}
# EWMH: a request by a pager or taskbar, that is, by the person at the desk.
_SOURCE_PAGER = 2


class X11Windows:
    """The windows of other programs, by the hints that window managers keep (EWMH)."""

    def __init__(self) -> None:
        self._display = display.Display()
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        self._name = self._display.intern_atom("_NET_WM_NAME")
        self._compound = self._display.intern_atom("COMPOUND_TEXT")
        self._pid = self._display.intern_atom("_NET_WM_PID")
        self._has_xtest = self._display.query_extension("XTEST") is not None

    def focused(self) -> Target | None:
        """The window that has the focus now, or None where none has or it is our own."""
        handle = self._focused_handle()
        if not handle:
            return None
        try:
            window = self._display.create_resource_object("window", handle)
            pid = window.get_full_property(self._pid, X.AnyPropertyType)
            if pid and pid.value[0] == os.getpid():
                return None
            return Target(handle, self._program(handle), self._title(handle))
        except error.XError:
            return None

    def bring_back(self, target: Target) -> None:
        """Ask the window manager to activate target."""
        window = self._display.create_resource_object("window", target.handle)
        request = event.ClientMessage(
            window=window,
            client_type=self._active,
            data=(32, [_SOURCE_PAGER, X.CurrentTime, 0, 0, 0]),
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._root.send_event(request, event_mask=mask)
        self._display.flush()

    def is_focused(self, target: Target) -> bool:
        """Whether target has the focus and is still a window of the same program."""
        try:
            return (
                self._focused_handle() == target.handle
                and self._program(target.handle) == target.program
            )
        except error.XError:
            return False

    def exists(self, target: Target) -> bool:
        """Whether the window is still there."""
        try:
            self._display.create_resource_object("window", target.handle).get_attributes()
        except error.XError:
            return False
        return True

    def place(self, target: Target) -> Rect | None:
        """The window: X has no word for where a caret stands."""
        try:
            window = self._display.create_resource_object("window", target.handle)
            size = window.get_geometry()
            corner = self._root.translate_coords(window, 0, 0)
        except error.XError:
            return None
        return Rect(corner.x, corner.y, size.width, size.height)

    def obstacle(self, target: Target) -> Obstacle | None:
        """Without the XTEST extension nothing can be typed."""
        return None if self._has_xtest else Obstacle.UNSUPPORTED

    def _focused_handle(self) -> int:
        held = self._root.get_full_property(self._active, X.AnyPropertyType)
        return int(held.value[0]) if held and len(held.value) else 0

    def _program(self, handle: int) -> str:
        names = self._display.create_resource_object("window", handle).get_wm_class()
        return str(names[0]).lower() if names else ""

    def _title(self, handle: int) -> str:
        window = self._display.create_resource_object("window", handle)
        # Programs older than UTF-8 have the second only, in one of several encodings.
        for name in (self._name, Xatom.WM_NAME):
            held = window.get_full_property(name, X.AnyPropertyType)
            if held and isinstance(held.value, bytes) and held.value:
                return self._text(held.property_type, held.value)
        return ""

    def _text(self, kind: int, value: bytes) -> str:
        """The text of a property, empty where its encoding is not known here."""
        if kind == Xatom.STRING:
            return value.decode("iso8859-1")
        if kind == self._compound:
            try:
                return compound_text.decode(value)
            except ValueError:
                return ""
        return value.decode("utf-8", "replace")


class X11Typist:
    """Keys pressed through the XTEST extension."""

    def __init__(self) -> None:
        self._display = display.Display()

    def modifiers_held(self) -> bool:
        """Whether Ctrl, Alt, Shift or the system key is down."""
        return bool(self._display.screen().root.query_pointer().mask & _HELD)

    def paste(self, keys: PasteKeys, into: Target | None = None) -> bool:
        """Press and release the paste combination in the focused window."""
        self._together(_PASTE[keys])
        self._display.flush()
        return True

    def stroke(self, key: Key, times: int = 1, into: Target | None = None) -> bool:
        """Press and release one key in the focused window, so many times."""
        for _ in range(times):
            self._together((_KEYS[key],))
        self._display.flush()
        return True

    def _together(self, names: tuple[str, ...]) -> None:
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes:
            xtest.fake_input(self._display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
