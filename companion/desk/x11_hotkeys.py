"""Global hotkeys on X11: XGrabKey on a thread that does nothing but call the callback."""

import os
import queue
import select
import threading
from collections.abc import Callable
from dataclasses import dataclass

from Xlib import XK, X, display, error
from Xlib.protocol.rq import Event

from companion.desk import hotkey_calls
from companion.desk.hotkey_text import Hotkey, keysym_name, parse
from companion.desk.ports import Ask
from companion.desk.x11_keyboard import Keyboard
from companion.desk.x11_waiting import Waiting
from companion.errors import CompanionError, HotkeyTaken, HotkeyUnknown

_MODIFIERS = {
    "ctrl": X.ControlMask,
    "alt": X.Mod1Mask,
    "shift": X.ShiftMask,
    "super": X.Mod4Mask,
}
_MATTER = X.ControlMask | X.Mod1Mask | X.ShiftMask | X.Mod4Mask
_ANSWER_S = 5.0

_Combination = tuple[int, int]


@dataclass(frozen=True)
class _Hotkey:
    """A hotkey as it was registered; which key that is may change with the layout."""

    keys: str
    parsed: Hotkey
    pressed: Callable[[], None]
    hold: bool


class X11Hotkeys:
    """The Hotkeys port; everything that speaks to the X server happens on its one thread."""

    def __init__(self) -> None:
        self._orders: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._wake, self._waker = os.pipe()
        self._pressed: dict[_Combination, _Hotkey] = {}
        self._display = display.Display()
        self._keyboard = Keyboard(self._display)
        self._waiting = Waiting(self._display)
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
        hotkey = _Hotkey(keys, parse(keys), pressed, hold)
        outcome: queue.Queue[bool | CompanionError] = queue.Queue()

        def grab() -> None:
            try:
                combination = self._combination(hotkey)
            except HotkeyUnknown as unknown:
                outcome.put(unknown)
                return
            # To whoever holds a grab already the server gives it again without a word.
            outcome.put(combination not in self._pressed and self._grab(combination, hotkey))

        self._order(grab)
        said = outcome.get(timeout=_ANSWER_S)
        if isinstance(said, CompanionError):
            raise said
        if not said:
            raise HotkeyTaken(keys=keys)

    def resume(self, window: int) -> None:
        """Give what waits to a window of our own, as soon as it has the focus."""
        if self._thread.is_alive():
            self._order(lambda: self._waiting.hand_over(window))

    def close(self) -> None:
        """Give every hotkey back and end the thread."""
        if self._thread.is_alive():
            self._order(None)
            self._thread.join(_ANSWER_S)

    def _combination(self, hotkey: _Hotkey) -> _Combination:
        """The key that types a hotkey's symbol now, and the modifiers. Raises HotkeyUnknown."""
        code = self._keyboard.find(XK.string_to_keysym(keysym_name(hotkey.parsed.key)))
        if not code:
            raise HotkeyUnknown(keys=hotkey.keys)
        modifiers = 0
        for modifier in hotkey.parsed.modifiers:
            modifiers |= _MODIFIERS[modifier]
        return code, modifiers

    def _grab(self, combination: _Combination, hotkey: _Hotkey) -> bool:
        """Take a combination; false where another program has it."""
        code, modifiers = combination
        refused = error.CatchError(error.BadAccess)
        mode = X.GrabModeSync if hotkey.hold else X.GrabModeAsync
        # A hotkey must work whatever Caps Lock and Num Lock say: each combination is grabbed.
        for lock in self._keyboard.lock_masks():
            self._root.grab_key(
                code, modifiers | lock, False, X.GrabModeAsync, mode, onerror=refused
            )
        self._display.sync()
        if refused.get_error():
            self._let_go(combination)
            return False
        self._pressed[combination] = hotkey
        return True

    def _let_go(self, combination: _Combination) -> None:
        code, modifiers = combination
        for lock in self._keyboard.lock_masks():
            self._root.ungrab_key(code, modifiers | lock, onerror=error.CatchError())
        self._display.sync()

    def _keys_moved(self) -> None:
        """The agent has changed the layout: take each hotkey where its key is now."""
        moved: list[tuple[_Combination, _Combination, _Hotkey]] = []
        for combination, hotkey in self._pressed.items():
            try:
                now = self._combination(hotkey)
            except HotkeyUnknown:
                # No key types that now: where it was is better than nowhere.
                continue
            if now != combination:
                moved.append((now, combination, hotkey))
        for _, combination, _ in moved:
            del self._pressed[combination]
            self._let_go(combination)
        for now, combination, hotkey in moved:
            for place in (now, combination):
                if place not in self._pressed and self._grab(place, hotkey):
                    break

    def _order(self, order: Callable[[], None] | None) -> None:
        self._orders.put(order)
        os.write(self._waker, b"!")

    def _listen(self) -> None:
        while True:
            # Events may already be read into the queue of the connection: empty it first.
            while self._display.pending_events():
                self._answer(self._display.next_event())
            ready, _, _ = select.select(
                [self._display.fileno(), self._wake], [], [], self._waiting.left()
            )
            if not ready:
                self._waiting.end()
            if self._wake in ready:
                os.read(self._wake, 1)
                order = self._orders.get()
                if order is None:
                    break
                hotkey_calls.call(order)
        self._display.close()
        os.close(self._wake)
        os.close(self._waker)

    def _answer(self, happened: Event) -> None:
        if self._keyboard.hear(happened):
            self._keys_moved()
        self._waiting.hear(happened)
        if happened.type != X.KeyPress:
            return
        hotkey = self._pressed.get((happened.detail, happened.state & _MATTER))
        # The grab lasts until the key comes up; given back now, what is typed next goes to the
        # window that opens.
        if hotkey is not None and hotkey.hold:
            self._waiting.begin()
        else:
            self._waiting.end()
        if hotkey is not None:
            hotkey_calls.call(hotkey.pressed)
