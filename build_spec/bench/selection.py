"""Reads what the clipboard of a screen really holds, and watches who takes it."""

import select
import threading
import time
from types import TracebackType
from typing import Self

from Xlib import X, display
from Xlib.ext import xfixes

_PATIENCE_S, _POLL_S = 3.0, 0.1


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
        return connection(self._display, int(getattr(held, "id", 0)))

    def _take(self) -> str | None:
        held = self._window.get_full_property(self._answer, X.AnyPropertyType)
        self._window.delete_property(self._answer)
        if held is None or not isinstance(held.value, bytes):
            return None
        return held.value.decode("utf-8", "replace")

    def close(self) -> None:
        """End the connection."""
        self._display.close()


def connection(shown: display.Display, window: int) -> int:
    """What all ids have in common that are made by the program which made this one."""
    return window & ~int(shown.display.info.resource_id_mask)


class Watch:
    """Notices when a program takes the clipboard again to leave a text there.

    A program that pastes takes it once to offer its text. Reading that offer would look like a
    paste to it; what it puts there after somebody else had copied something may be read.
    """

    def __init__(self, name: str, bystander: int) -> None:
        self._display = display.Display(name)
        self._selection = Selection(name)
        self._bystander = bystander
        self._wanted: str | None = None
        self._taken, self._left = 0, False
        root = self._display.screen().root
        xfixes.query_version(self._display)
        clipboard = self._display.intern_atom("CLIPBOARD")
        mask = xfixes.XFixesSetSelectionOwnerNotifyMask
        xfixes.select_selection_input(self._display, root.id, clipboard, mask)
        self._display.sync()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="clipboard", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        self._selection.close()
        self._display.close()

    def begin(self, wanted: str | None) -> None:
        """From now on, look for this text; for nothing where it is None."""
        self._wanted, self._taken, self._left = wanted, 0, False

    def left(self) -> bool:
        """Whether the program has left the text on the clipboard, however short it stood there."""
        return self._left

    def _watch(self) -> None:
        while not self._over.is_set():
            select.select([self._display], [], [], _POLL_S)
            for _ in range(self._display.pending_events()):
                event = self._display.next_event()
                if isinstance(event, xfixes.SelectionNotify):
                    self._changed(connection(self._display, event.owner.id if event.owner else 0))

    def _changed(self, owner: int) -> None:
        if self._wanted is None or owner in (0, self._bystander):
            return
        self._taken += 1
        if self._taken > 1 and self._selection.text() == self._wanted:
            self._left = True
