"""What Companion needs of a PC to hear that somebody copies in another program."""

from collections.abc import Callable
from typing import Protocol


class Copies(Protocol):
    """What other programs copy; used from the GUI thread only, where nothing of it waits."""

    def listen(self, changed: Callable[[], None] | None) -> None:
        """Call changed each time the clipboard holds something else, ours too; None ends it."""

    def from_here(self) -> bool:
        """Whether what stands there was put, or put back, by this process."""

    def text(self, most: int) -> str | None:
        """The plain text that another program has copied; None until it has handed it over.

        Empty where it is no text or longer than ``most`` characters, and where its program asks
        clipboard histories to look away. To be asked again after None, at most for a second.
        """

    def rest(self) -> None:
        """Hold nothing that was read."""
