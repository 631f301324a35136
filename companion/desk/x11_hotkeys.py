"""Global hotkeys on X11: XGrabKey on a thread that does nothing but call the callback.

A hotkey that holds freezes the keyboard from within the server, at the very key press: what is
typed next waits there, in order, until it is known which window it is for (docs/adr/0012).
"""

import os
import queue
import select
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from Xlib import XK, X, display, error

from companion.desk.hotkey_text import Hotkey, keysym_name, parse
from companion.desk.ports import Ask
from companion.errors import HotkeyTaken, HotkeyUnknown

_MODIFIERS = {
    "ctrl": X.ControlMask,
    "alt": X.Mod1Mask,
    "shift": X.ShiftMask,
    "super": X.Mod4Mask,
}
# A hotkey must work whatever Caps Lock and Num Lock say: each combination is grabbed.
_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)
_MATTER = X.ControlMask | X.Mod1Mask | X.ShiftMask | X.Mod4Mask
_ANSWER_S = 5.0
# A window that is not there by then never comes: nobody's keyboard may stand still for longer.
_HOLD_S = 1.0


class _Held(NamedTuple):
    """What a registered combination does."""

    pressed: Callable[[], None]
    hold: bool


class X11Hotkeys:
    """The Hotkeys port; everything that speaks to the X server happens on its one thread."""

    def __init__(self) -> None:
        self._orders: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._wake, self._waker = os.pipe()
        self._pressed: dict[tuple[int, int], _Held] = {}
        self._frozen_until: float | None = None
        self._heir = 0
        """The window that what waits is for, once it is known."""
        self._display = display.Display()
        self._root = self._display.screen().root
        self._thread = threading.Thread(target=self._listen, daemon=True, name="hotkeys")
        self._thread.start()

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        """Call pressed, on the hotkey thread, whenever keys are pressed."""
        code, modifiers = self._combination(keys, parse(keys))
        outcome: queue.Queue[bool] = queue.Queue()

        def grab() -> None:
            # To whoever holds a grab already the server gives it again without a word.
            if (code, modifiers) in self._pressed:
                outcome.put(False)
                return
            refused = error.CatchError(error.BadAccess)
            mode = X.GrabModeSync if hold else X.GrabModeAsync
            for lock in _LOCKS:
                self._root.grab_key(
                    code, modifiers | lock, False, X.GrabModeAsync, mode, onerror=refused
                )
            self._display.sync()
            if refused.get_error():
                for lock in _LOCKS:
                    self._root.ungrab_key(code, modifiers | lock, onerror=error.CatchError())
                self._display.sync()
            else:
                self._pressed[code, modifiers] = _Held(pressed, hold)
            outcome.put(not refused.get_error())

        self._order(grab)
        if not outcome.get(timeout=_ANSWER_S):
            raise HotkeyTaken(keys=keys)

    def resume(self, window: int) -> None:
        """Give what waits to a window of our own, as soon as it has the focus."""
        if self._thread.is_alive():
            self._order(lambda: self._hand_over(window))

    def close(self) -> None:
        """Give every hotkey back and end the thread."""
        if self._thread.is_alive():
            self._order(None)
            self._thread.join(_ANSWER_S)

    def _combination(self, keys: str, hotkey: Hotkey) -> tuple[int, int]:
        keysym = XK.string_to_keysym(keysym_name(hotkey.key))
        code = self._display.keysym_to_keycode(keysym)
        if not code:
            raise HotkeyUnknown(keys=keys)
        modifiers = 0
        for modifier in hotkey.modifiers:
            modifiers |= _MODIFIERS[modifier]
        return code, modifiers

    def _order(self, order: Callable[[], None] | None) -> None:
        self._orders.put(order)
        os.write(self._waker, b"!")

    def _listen(self) -> None:
        while True:
            # Events may already be read into the queue of the connection: empty it first.
            while self._display.pending_events():
                self._answer(self._display.next_event())
            left = None
            if self._frozen_until is not None:
                left = max(0.0, self._frozen_until - time.monotonic())
            ready, _, _ = select.select([self._display.fileno(), self._wake], [], [], left)
            if not ready:
                self._thaw()
            if self._wake in ready:
                os.read(self._wake, 1)
                order = self._orders.get()
                if order is None:
                    break
                order()
        self._display.close()
        os.close(self._wake)
        os.close(self._waker)

    def _answer(self, happened: object) -> None:
        kind = getattr(happened, "type", None)
        if kind == X.FocusIn and getattr(happened, "detail", None) != X.NotifyPointer:
            self._thaw()
        if kind != X.KeyPress:
            return
        held = self._pressed.get(
            (getattr(happened, "detail", 0), getattr(happened, "state", 0) & _MATTER)
        )
        # The grab lasts until the key comes up; given back now, what is typed next goes to the
        # window that opens.
        if held is not None and held.hold:
            self._frozen_until = time.monotonic() + _HOLD_S
        else:
            self._thaw()
        if held is not None:
            held.pressed()

    def _hand_over(self, window: int) -> None:
        """Let go of the keyboard when a window has the focus, which it may have already."""
        if self._frozen_until is None:
            return
        # Asked of the server: a toolkit tells of a focus late, or not at all where it believes
        # that the window never lost it.
        self._heir = window
        self._watch_heir(X.FocusChangeMask)
        focus = self._display.get_input_focus().focus
        if getattr(focus, "id", focus) == window:
            self._thaw()

    def _watch_heir(self, events: int) -> None:
        heir = self._display.create_resource_object("window", self._heir)
        heir.change_attributes(event_mask=events, onerror=error.CatchError(error.BadWindow))

    def _thaw(self) -> None:
        """Let go of the keyboard: the server hands out what it kept, by the focus of now."""
        self._frozen_until = None
        if self._heir:
            self._watch_heir(X.NoEventMask)
            self._heir = 0
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()
