"""The keyboard as X11 has it: which key types what in the layout of now, and which keys lock."""

import atexit
from contextlib import suppress

from Xlib import XK, X, error
from Xlib.display import Display
from Xlib.protocol.rq import Event

_LOCKS = ("Num_Lock", "Scroll_Lock")
_HELD = X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask | X.Mod5Mask
# Where the active one of up to four layouts stands in a key event's state.
_GROUP_SHIFT, _GROUPS = 13, 4
_PER_GROUP = 2


class Keyboard:
    """The keys of one connection's server; read anew whenever they were changed."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._lent: int | None = None
        self._symbols: list[tuple[int, ...]] = []
        self.locks = X.LockMask
        self._read()

    def held(self) -> bool:
        """Whether a modifier that changes what a key does is down; a lock is none."""
        mask = self._display.screen().root.query_pointer().mask
        return bool(mask & _HELD & ~self.locks)

    def lock_masks(self) -> list[int]:
        """Every combination of the locks, none of them among them."""
        bits = [1 << bit for bit in range(8) if self.locks >> bit & 1]
        masks = [0]
        for bit in bits:
            masks += [mask | bit for mask in masks]
        return masks

    def codes(self, names: tuple[str, ...]) -> list[int]:
        """The keys that type these symbols without any modifier.

        First in the active layout, then in any other: programs know their shortcuts by the key,
        whichever layout is on. A symbol that is on no key (a Russian keyboard alone has no ``v``)
        is put on an unused one.
        """
        self.catch_up()
        group = self._display.screen().root.query_pointer().mask >> _GROUP_SHIFT & _GROUPS - 1
        return [self._code(XK.string_to_keysym(name), group) for name in names]

    def find(self, symbol: int, group: int = 0) -> int:
        """The key that types a symbol without any modifier, 0 where none does."""
        for at in (group * _PER_GROUP, *range(0, _GROUPS * _PER_GROUP, _PER_GROUP)):
            for code, symbols in enumerate(self._symbols):
                if at < len(symbols) and symbols[at] == symbol:
                    return code + self._first
        return 0

    def catch_up(self) -> bool:
        """Read the keys anew where the agent has changed the layout; whether that was so."""
        changed = False
        while self._display.pending_events():
            changed |= self.hear(self._display.next_event())
        return changed

    def hear(self, happened: Event) -> bool:
        """Read the keys anew where an event says that they changed; whether it did."""
        if happened.type != X.MappingNotify:
            return False
        self._read()
        return True

    @property
    def _first(self) -> int:
        return int(self._display.display.info.min_keycode)

    def _read(self) -> None:
        count = int(self._display.display.info.max_keycode) - self._first + 1
        self._symbols = [
            tuple(symbols) for symbols in self._display.get_keyboard_mapping(self._first, count)
        ]
        self.locks = X.LockMask
        locking = {self.find(XK.string_to_keysym(name)) for name in _LOCKS} - {0}
        for bit, codes in enumerate(self._display.get_modifier_mapping()):
            if locking.intersection(codes):
                self.locks |= 1 << bit

    def _code(self, symbol: int, group: int) -> int:
        return self.find(symbol, group) or self._lend(symbol)

    def _lend(self, symbol: int) -> int:
        """Put a symbol on a key that has none.

        It stays there until this process ends: programs look a changed keyboard up in their own
        time, and one that comes late would find the key empty again.
        """
        if self._lent is None:
            empty = [code for code, symbols in enumerate(self._symbols) if not any(symbols)]
            if not empty:
                return 0
            self._lent = empty[-1] + self._first
            atexit.register(self.give_back)
        # In every layout and with Shift the same.
        self._display.change_keyboard_mapping(self._lent, [(symbol,) * _GROUPS * _PER_GROUP])
        self._display.sync()
        return self._lent

    def give_back(self) -> None:
        """Empty the key that was lent; may be called more than once."""
        if self._lent is None:
            return
        atexit.unregister(self.give_back)
        code, self._lent = self._lent, None
        # The server may have ended before us.
        with suppress(error.ConnectionClosedError, OSError):
            self._display.change_keyboard_mapping(code, [(X.NoSymbol,)])
            self._display.sync()
