"""X11: other programs' windows by EWMH or without it, and keys pressed by XTEST."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from Xlib import X, Xatom, display, error
from Xlib.display import Display
from Xlib.ext import xtest
from Xlib.protocol import event
from Xlib.xobject.drawable import Window

from companion.desk import compound_text
from companion.desk.ports import CopyKeys, Key, Obstacle, PasteKeys, Rect, Target
from companion.desk.x11_keyboard import Keyboard

_PASTE = {
    PasteKeys.CTRL_V: ("Control_L", "v"),
    PasteKeys.SHIFT_INSERT: ("Shift_L", "Insert"),
    PasteKeys.CTRL_SHIFT_V: ("Control_L", "Shift_L", "v"),
}
_COPY = {
    CopyKeys.CTRL_C: ("Control_L", "c"),
    CopyKeys.CTRL_INSERT: ("Control_L", "Insert"),
    CopyKeys.CTRL_SHIFT_C: ("Control_L", "Shift_L", "c"),
}
_KEYS = {Key.ENTER: ("Return",), Key.LEFT: ("Left",)}
# EWMH: a request by a pager or taskbar, that is, by the person at the desk.
_SOURCE_PAGER = 2
_NO_PROGRAMS = {"_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_WINDOW_TYPE_DESKTOP"}


class X11Windows:
    """The windows of other programs, by the hints that window managers keep (EWMH).

    Without a window manager that keeps them, by where the keyboard's focus is.
    """

    def __init__(self) -> None:
        self._display = display.Display()
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        self._check = self._display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        self._name = self._display.intern_atom("_NET_WM_NAME")
        self._compound = self._display.intern_atom("COMPOUND_TEXT")
        self._pid = self._display.intern_atom("_NET_WM_PID")
        self._state = self._display.intern_atom("WM_STATE")
        self._protocols = self._display.intern_atom("WM_PROTOCOLS")
        self._take_focus = self._display.intern_atom("WM_TAKE_FOCUS")
        self._has_xtest = self._display.query_extension("XTEST") is not None

    def focused(self) -> Target | None:
        """The window that has the focus now, or None where none has or it is our own."""
        try:
            handle = self._focused_handle()
            if not handle:
                return None
            process = self._process(handle)
            if process == os.getpid():
                return None
            return Target(handle, self._program(handle), self._title(handle), process)
        except error.XError:
            return None

    def programs(self) -> list[str]:
        """By the window manager's list; what nobody writes in is none: a panel, the desktop."""
        listed = self._display.intern_atom("_NET_CLIENT_LIST_STACKING")
        names = [self._seen(handle) for handle in reversed(_numbers(self._root, listed))]
        return list(dict.fromkeys(filter(None, names)))

    def bring_back(self, target: Target) -> None:
        """Ask the window manager to activate target; where there is none, do its work."""
        window = self._display.create_resource_object("window", target.handle)
        if self._managed():
            data = (32, [_SOURCE_PAGER, X.CurrentTime, 0, 0, 0])
            request = event.ClientMessage(window=window, client_type=self._active, data=data)
            mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
            self._root.send_event(request, event_mask=mask)
        else:
            self._focus(window)
        self._display.flush()

    def is_focused(self, target: Target) -> bool:
        """Whether keys would go to target now, and it is still a window of the same program.

        What the server says of the focus counts here, not the window manager's hint, which follows.
        """
        try:
            return holds_focus(self._display, target.handle) and self._same_program(target)
        except error.XError:
            return False

    def exists(self, target: Target) -> bool:
        """Whether the window is still there, and the same program's."""
        try:
            self._display.create_resource_object("window", target.handle).get_attributes()
            return self._same_program(target)
        except error.XError:
            return False

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

    def _managed(self) -> bool:
        """Whether a window manager runs that keeps the hints; an old one's may have stayed."""
        held = _numbers(self._root, self._check)
        if not held:
            return False
        try:
            kept = self._display.create_resource_object("window", held[0])
            return _numbers(kept, self._check)[:1] == held[:1]
        except error.XError:
            return False

    def _focused_handle(self) -> int:
        if self._managed():
            return next(iter(_numbers(self._root, self._active)), 0)
        # The window of a program, and not the box in it that has the focus, is the one that a
        # window manager without the hints has marked, or else the outermost with a program's name.
        named = 0
        for window in _upward(self._display):
            if window.get_full_property(self._state, X.AnyPropertyType):
                return int(window.id)
            if window.get_wm_class():
                named = int(window.id)
        return named

    def _focus(self, window: Window) -> None:
        ignored = error.CatchError()
        window.map(onerror=ignored)
        window.configure(stack_mode=X.Above, onerror=ignored)
        window.set_input_focus(X.RevertToParent, X.CurrentTime, onerror=ignored)
        try:
            speaks = _numbers(window, self._protocols)
        except error.XError:
            return
        if self._take_focus in speaks:
            # Such a program gives the focus to one of its boxes itself.
            data = (32, [self._take_focus, X.CurrentTime, 0, 0, 0])
            asked = event.ClientMessage(window=window, client_type=self._protocols, data=data)
            window.send_event(asked, onerror=ignored)

    def _same_program(self, target: Target) -> bool:
        """Whether the window is its program's: handles are given out again."""
        now = self._process(target.handle)
        same = now == target.process or not now or not target.process
        return same and self._program(target.handle) == target.program

    def _process(self, handle: int) -> int:
        window = self._display.create_resource_object("window", handle)
        return next(iter(_numbers(window, self._pid)), 0)

    def _seen(self, handle: int) -> str:
        """The program of a window; empty where it is gone, ours, a panel, or the desktop itself."""
        window = self._display.create_resource_object("window", handle)
        try:
            kinds = _numbers(window, self._display.intern_atom("_NET_WM_WINDOW_TYPE"))
            unseen = any(self._display.get_atom_name(kind) in _NO_PROGRAMS for kind in kinds)
            return "" if unseen or self._process(handle) == os.getpid() else self._program(handle)
        except error.XError:
            return ""

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
        self._keyboard = Keyboard(self._display)

    def modifiers_held(self) -> bool:
        """Whether Ctrl, Alt, Shift, AltGr or the system key is down."""
        return self._keyboard.held()

    def paste(self, keys: PasteKeys, into: Target | None = None) -> bool:
        """Press and release the paste combination in the focused window.

        With ``into``, nothing else can happen between the look at the focus and the keys.
        """
        return self._press(_PASTE[keys], 1, into)

    def copy_selected(self, keys: CopyKeys, into: Target) -> bool:
        """Press and release the copy combination, as paste() does."""
        return self._press(_COPY[keys], 1, into)

    def stroke(self, key: Key, times: int = 1, into: Target | None = None) -> bool:
        """Press and release one key, so many times, as paste() does."""
        return self._press(_KEYS[key], times, into)

    def _press(self, names: tuple[str, ...], times: int, into: Target | None) -> bool:
        codes = self._keyboard.codes(names)
        with self._alone():
            if into is not None and (self._keyboard.held() or not self._has_focus(into)):
                return False
            for _ in range(times):
                for code in codes:
                    xtest.fake_input(self._display, X.KeyPress, code)
                for code in reversed(codes):
                    xtest.fake_input(self._display, X.KeyRelease, code)
            self._display.sync()
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Have the server do nothing for any other program meanwhile: well below a millisecond.

        No window can come up in that time. Nobody else's answer may be waited for.
        """
        self._display.grab_server()
        try:
            yield
        finally:
            self._display.ungrab_server()
            self._display.flush()

    def _has_focus(self, target: Target) -> bool:
        try:
            return holds_focus(self._display, target.handle)
        except error.XError:
            return False


def _numbers(window: Window, name: int) -> list[int]:
    """The numbers that a property of a window holds."""
    held = window.get_full_property(name, X.AnyPropertyType)
    return [int(value) for value in held.value] if held else []


def holds_focus(connection: Display, handle: int) -> bool:
    """Whether the keyboard's focus is a window or in it: some programs focus a box of theirs."""
    return any(window.id == handle for window in _upward(connection))


def _upward(connection: Display) -> Iterator[Window]:
    """The window that has the keyboard's focus, and those it stands in, the outermost last."""
    window = connection.get_input_focus().focus
    # Where no window has it, there is a number in its place.
    while isinstance(window, Window):
        above = window.query_tree().parent
        if not isinstance(above, Window):
            return
        yield window
        window = above
