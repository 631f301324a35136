"""Global hotkeys on X11: XGrabKey on a thread that does nothing but call the callback."""

import os
import queue
import select
import threading
from collections.abc import Callable

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


class X11Hotkeys:
    """The Hotkeys port; everything that speaks to the X server happens on its one thread."""

    def __init__(self) -> None:
        self._orders: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._wake, self._waker = os.pipe()
        self._pressed: dict[tuple[int, int], Callable[[], None]] = {}
        self._display = display.Display()
        self._root = self._display.screen().root
        self._thread = threading.Thread(target=self._listen, daemon=True, name="hotkeys")
        self._thread.start()

    def register(self, keys: str, pressed: Callable[[], None], ask: Ask | None = None) -> None:
        """Call pressed, on the hotkey thread, whenever keys are pressed."""
        code, modifiers = self._combination(keys, parse(keys))
        outcome: queue.Queue[bool] = queue.Queue()

        def grab() -> None:
            # To whoever holds a grab already the server gives it again without a word.
            if (code, modifiers) in self._pressed:
                outcome.put(False)
                return
            refused = error.CatchError(error.BadAccess)
            for lock in _LOCKS:
                self._root.grab_key(
                    code, modifiers | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused
                )
            self._display.sync()
            if refused.get_error():
                for lock in _LOCKS:
                    self._root.ungrab_key(code, modifiers | lock, onerror=error.CatchError())
                self._display.sync()
            else:
                self._pressed[code, modifiers] = pressed
            outcome.put(not refused.get_error())

        self._order(grab)
        if not outcome.get(timeout=_ANSWER_S):
            raise HotkeyTaken(keys=keys)

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
            ready, _, _ = select.select([self._display.fileno(), self._wake], [], [])
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
        if getattr(happened, "type", None) != X.KeyPress:
            return
        pressed = self._pressed.get(
            (getattr(happened, "detail", 0), getattr(happened, "state", 0) & _MATTER)
        )
        # The grab lasts until the key comes up; given back now, what is typed next goes to the
        # window that opens.
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()
        if pressed:
            pressed()
