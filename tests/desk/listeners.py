"""Somebody who is told that the agent goes, and says that all is safe when the test wants it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.desk.ports import Going, Presence
from tests.e2e.desktop import wait_for


@dataclass
class Listener:
    """What was heard, and the answers that are still to be given."""

    presence: Presence
    heard: list[Going] = field(default_factory=list)
    answers: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.presence.listen(self._take)

    def hears(self, *goings: Going) -> None:
        """Wait until exactly these were heard."""
        wait_for(lambda: len(self.heard) >= len(goings), told=lambda: str(self.heard))
        assert self.heard == [*goings]

    def is_safe(self) -> None:
        """Answer the last one."""
        self.answers[-1]()

    def _take(self, going: Going, safe: Callable[[], None]) -> None:
        self.answers.append(safe)
        self.heard.append(going)
