"""An agent whose coming and going a test decides: for tests of what the app does about it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.desk.ports import Going


@dataclass
class RecordingPresence:
    """The Presence port; ``safe`` is what was answered by saying that all is safe, in order.

    ``asked`` is how often it was asked how long nobody was there.
    """

    idle: float | None = None
    safe: list[Going] = field(default_factory=list)
    waiting: list[Going] = field(default_factory=list)
    """Sleeps and ends that are held up for us now."""
    asked: int = 0
    closed: bool = False
    _heard: Callable[[Going, Callable[[], None]], None] | None = None

    def idle_s(self) -> float | None:
        """What the test said."""
        self.asked += 1
        return self.idle

    def listen(self, heard: Callable[[Going, Callable[[], None]], None]) -> None:
        """Remember who is to be told."""
        self._heard = heard

    def close(self) -> None:
        """Tell nobody any more."""
        self._heard, self.closed = None, True
        self.waiting.clear()

    def go(self, going: Going) -> None:
        """Something happens to the desk; it is told on the thread that calls."""
        if self._heard is None:
            return
        if going is not Going.LOCKED:
            self.waiting.append(going)
        self._heard(going, lambda: self._answer(going))

    def _answer(self, going: Going) -> None:
        self.safe.append(going)
        if going in self.waiting:
            self.waiting.remove(going)
