"""A session that the background sync looks after, and what was said about it."""

from dataclasses import dataclass, field

from companion.app.syncing import Pace, Syncing
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from tests.app.stores import SlowServer
from tests.sync.fault_server import Answer

NEVER = 3600.0
PACE = Pace(
    after_edit=0.05,
    edits_at_most=0.4,
    count_saved=0.05,
    count_sent=NEVER,
    retry=0.1,
    retry_at_most=0.4,
    minute=NEVER,
    long=0.05,
)
# Not 500: some servers answer it to a listing in passing, so that it is asked for again.
BROKEN = Answer(508)


@dataclass
class Desk:
    """A session that is looked after, and what was said about it."""

    session: Session
    server: SlowServer
    syncing: Syncing
    here: Tasks
    away: Tasks
    asked: list[object] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)

    def edit(self, title: str = "退款") -> None:
        """As every window does it: off the GUI thread."""
        self.here.run(
            lambda: self.session.profile.add("phrase", title=title, body="x"),
            lambda _: None,
            self.trouble.append,
        )

    def rests(self, phrases: int | None = None) -> bool:
        """Whether everything is in the store, and nothing is under way."""
        status = self.session.status()
        done = not (status.unsaved or status.waiting_packs or self.syncing.running)
        return done and phrases in (None, status.phrases)

    def failed(self, code: str) -> bool:
        """Whether the last sync has ended so."""
        return self.session.status().problem == code and not self.syncing.running

    def requests(self) -> int:
        return len(self.server.heard)
