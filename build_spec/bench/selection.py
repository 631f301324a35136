"""Reads what the clipboard of a screen really holds, and who holds it."""

import select
import time

from Xlib import X, display

_PATIENCE_S = 3.0


class Selection:
    """The CLIPBOARD selection, asked for from a window of its own as a program that pastes does."""

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._window = self._display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._clipboard = self._display.intern_atom("CLIPBOARD")
        self._text = self._display.intern_atom("UTF8_STRING")
        self._answer = self._display.intern_atom("BENCH_ANSWER")

    def text(self) -> str | None:
        """Its text; None where nobody holds it, or who holds it gives none."""
        self._window.convert_selection(self._clipboard, self._text, self._answer, X.CurrentTime)
        self._display.flush()
        end = time.monotonic() + _PATIENCE_S
        while True:
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.SelectionNotify:
                    return self._take() if event.property else None
            left = end - time.monotonic()
            if left <= 0:
                return None
            select.select([self._display], [], [], left)

    def owner(self) -> int:
        """The connection of its owner, as the high bits of the ids it makes; 0 for nobody."""
        held = self._display.get_selection_owner(self._clipboard)
        # A window by what Xlib gives back, or a mere number where there is none.
        return self.connection(int(getattr(held, "id", 0)))

    def connection(self, window: int) -> int:
        """What the ids have in common of all that the program has made which made this one."""
        return window & ~int(self._display.display.info.resource_id_mask)

    def _take(self) -> str | None:
        held = self._window.get_full_property(self._answer, X.AnyPropertyType)
        self._window.delete_property(self._answer)
        if held is None or not isinstance(held.value, bytes):
            return None
        return held.value.decode("utf-8", "replace")

    def close(self) -> None:
        """End the connection."""
        self._display.close()
