"""A session whose store is a WebDAV server that can be made slow, busy or absent at any moment."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.desk.recording import RecordingSecrets
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, sign_in
from companion.sync.store import Login, Network, Store
from companion.wiring.seats import open_store
from tests.sync.fault_server import Answer, FaultServer, Heard

PASSPHRASE = "correct horse battery"


class SlowServer(FaultServer):
    """Answers no request while ``gate`` is shut, and knows how many it had at once."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()
        self.inside = self.most = 0
        self._count = threading.Lock()
        self.check = self._hold
        # Who was waited for may have gone: no matter.
        vars(self._server)["handle_error"] = lambda *_: None

    @property
    def address(self) -> str:
        return f"webdav://lin@127.0.0.1:{self.port}/dav/packs"

    def packs(self) -> set[str]:
        return {name for name in self.objects if name.endswith(".pack")}

    def answer(self, answer: Answer | None) -> None:
        """From now on the only answer to everything; None is the right one."""
        methods = ("PROPFIND", "GET", "PUT", "MOVE", "DELETE")
        self.plan = {} if answer is None else {method: [answer] for method in methods}

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Let everybody wait."""
        self.gate.clear()
        try:
            yield
        finally:
            self.gate.set()

    def _hold(self, _heard: Heard) -> Answer | None:
        with self._count:
            self.inside += 1
            self.most = max(self.most, self.inside)
        try:
            until = time.monotonic() + 20
            while not self.gate.wait(0.02) and not self.stop.is_set():
                if time.monotonic() > until:
                    break
        finally:
            with self._count:
                self.inside -= 1
        return None


def a_seat(home: Path, timeout_s: float = 10.0) -> Seat:
    def opened(address: str, make: bool, login: Login) -> Store:
        return open_store(address, make, login, Network(timeout_s=timeout_s))

    return Seat(home, opened, RecordingSecrets())


def new_session(home: Path, server: SlowServer, timeout_s: float = 10.0) -> Session:
    seat = a_seat(home, timeout_s)
    session, _ = create(seat, server.address, "林", PASSPHRASE, Login("lin", "secret"))
    return session


def another_desk(home: Path, server: SlowServer) -> Session:
    return sign_in(a_seat(home), server.address, PASSPHRASE, login=Login("lin", "secret"))


def on_disk(session: Session) -> set[str]:
    """The packs on this desk's own disk."""
    folder = session.seat.sealed_folder(session.profile.id)
    return {path.name for path in folder.glob("*.pack")}
