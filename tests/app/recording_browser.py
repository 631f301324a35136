"""A browser that opens nothing: it remembers what it was asked to open."""

import threading
from collections.abc import Sequence

from companion.errors import NothingFound


class Browser:
    """A browser that only remembers, or is not there."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.threads: set[int] = set()
        self.missing = False

    def open(self, urls: Sequence[str]) -> None:
        """Open addresses."""
        if self.missing:
            raise NothingFound(kind="browser")
        for url in urls:
            self.opened.append(url)
        self.threads.add(threading.get_ident())


class Waits(list[str]):
    """Waits at a gate whenever something was added to it."""

    def __init__(self, gate: threading.Event) -> None:
        super().__init__()
        self._gate = gate

    def append(self, text: str) -> None:
        """Add something."""
        super().append(text)
        self._gate.wait(20)
