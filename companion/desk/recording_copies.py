"""Copying in other programs, as a test says it happens."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class RecordingCopies:
    """``copy`` is what another program does, ``put`` what we do; ``reads`` counts the looks."""

    held: str = ""
    ours: bool = False
    late: int = 0
    """How often the program that copied has nothing to hand over yet."""
    reads: int = 0
    heard: Callable[[], None] | None = None

    def listen(self, changed: Callable[[], None] | None) -> None:
        """Remember who is to be told."""
        self.heard = changed

    def from_here(self) -> bool:
        """What the test said."""
        return self.ours

    def text(self, most: int) -> str | None:
        """What was copied, once it is there."""
        self.reads += 1
        if self.late:
            self.late -= 1
            return None
        return self.held if len(self.held) <= most else ""

    def rest(self) -> None:
        """Nothing is held here but what the test has put."""

    def copy(self, text: str, ours: bool = False) -> None:
        """Copy a text, in another program or here."""
        self.held, self.ours = text, ours
        if self.heard is not None:
            self.heard()
