"""What servers answer on bad days in the middle of a sync: told by name, and nothing is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.errors import (
    CompanionError,
    StoreAnswerStrange,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnreachable,
)
from companion.session.session import Session
from companion.sync.bucket import BucketStore
from companion.sync.store import Login, Network, Store
from companion.sync.webdav import WebDavStore
from tests.contracts.servers.faulty_bucket import Fault, FaultyBucket, refusal
from tests.faults.world import PASSPHRASE, World, quickly, settle, titles
from tests.sync.fault_server import DROP, HANG, HTML, Answer, FaultServer
from tests.sync.test_webdav import OF_A_METHOD, STATUS

LIN = Login("lin", "the store's password")
Kind = type[CompanionError]


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("companion.sync.retrying.PAUSES_S", (0.01, 0.01))
        yield


class Met:
    """Two desks over one store, which sync while it answers wrongly, and when it does right again.

    ``break_it`` lets it answer so from now on, ``heal`` lets it answer right.
    """

    def __init__(self, folder: Path, far: Callable[[], Store]) -> None:
        self.world = World(folder, lambda make: far())
        folder.mkdir()
        self.world.fill()
        self.here, self.other = (self.world.open(name, PASSPHRASE) for name in ("here", "other"))
        self.other.sync()
        self.number = 0

    def write(self, session: Session) -> None:
        self.number += 1
        self.world.write(session, f"edit {self.number}")

    def try_it(self, break_it: Callable[[], None], heal: Callable[[], None]) -> Kind | None:
        """Sync at one desk until it fails; with what. Then all of it must be at both.

        This sync lists, fetches, sends, and deletes what is put together.
        """
        told: Kind | None = None
        # However the one before has ended: one pack, which both know.
        self.other.take_in(0, [])
        self.other.sync()
        self.here.sync()
        self.write(self.other)
        self.other.sync()
        self.write(self.here)
        self.here.take_in(0, [])
        had = set(titles(self.here))
        break_it()
        try:
            self.here.sync()
        except CompanionError as error:
            told = type(error)
        heal()
        assert set(titles(self.here)) >= had
        # A new process of this desk has it all as well.
        assert set(titles(self.world.open("here", PASSPHRASE))) >= had
        self.here.sync()
        self.other.sync()
        assert set(titles(self.here)) == set(titles(self.other)) == set(self.world.saved)
        return told


@pytest.fixture(scope="module")
def dav() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture(scope="module")
def over_webdav(dav: FaultServer, tmp_path_factory: pytest.TempPathFactory) -> Met:
    folder = tmp_path_factory.mktemp("dav") / "desks"
    with quickly():
        return Met(folder, lambda: WebDavStore(dav.url, LIN, Network(timeout_s=0.4)))


REDIRECT = (("Location", "/elsewhere"),)
CODES = (301, 401, 403, 404, 409, 412, 423, 429, 500, 502, 503, 507)
METHODS = ("PROPFIND", "GET", "PUT", "MOVE", "DELETE")


def expected(method: str, status: int) -> Kind | None:
    if (method, status) in {("DELETE", 404), ("GET", 404), ("GET", 409)}:
        # Gone already, or put together with others meanwhile: the rest of the work goes on.
        return None
    return OF_A_METHOD.get((method, status)) or STATUS.get(status, StoreAnswerStrange)


@pytest.mark.parametrize("status", CODES)
@pytest.mark.parametrize("method", METHODS)
def test_a_status_of_webdav_is_told_and_the_next_sync_has_all(
    dav: FaultServer, over_webdav: Met, method: str, status: int
) -> None:
    answer = Answer(status, REDIRECT if status == 301 else ())
    told = over_webdav.try_it(lambda: dav.plan.update({method: [answer]}), dav.plan.clear)
    assert told is expected(method, status)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("answer", "error"),
    [(HTML, StoreAnswerStrange), (DROP, StoreUnreachable), (HANG, StoreUnreachable)],
    ids=["login page", "dropped line", "hanging socket"],
)
def test_no_answer_of_webdav_is_told_and_the_next_sync_has_all(
    dav: FaultServer, over_webdav: Met, method: str, answer: Answer, error: Kind
) -> None:
    told = over_webdav.try_it(lambda: dav.plan.update({method: [answer]}), dav.plan.clear)
    assert told is error


def test_all_desks_of_webdav_end_alike_after_all_that(over_webdav: Met) -> None:
    settle(over_webdav.world, PASSPHRASE)


class Choosy(FaultyBucket):
    """Fails at one method only."""

    method = ""

    def fault(self) -> Fault | None:
        return self.always if self.asked[-1].method == self.method else None


@pytest.fixture(scope="module")
def s3() -> Iterator[Choosy]:
    with Choosy().serving() as server:
        assert isinstance(server, Choosy)
        yield server


@pytest.fixture(scope="module")
def over_bucket(s3: Choosy, tmp_path_factory: pytest.TempPathFactory) -> Met:
    network = Network(timeout_s=0.5)

    def far() -> BucketStore:
        return BucketStore("bucket", "lin", s3.endpoint, "here", login=LIN, network=network)

    with quickly():
        return Met(tmp_path_factory.mktemp("s3") / "desks", far)


REFUSALS: dict[str, tuple[Fault, Kind]] = {
    "401": (refusal(401, "Unauthorized"), StoreLoginRefused),
    "403": (refusal(403, "AccessDenied"), StoreDenied),
    "404": (refusal(404, "NoSuchBucket"), StoreMissing),
    "409": (refusal(409, "OperationAborted"), StoreAnswerStrange),
    "412": (refusal(412, "PreconditionFailed"), StoreAnswerStrange),
    "423": (refusal(423, "Locked"), StoreBusy),
    "429": (Fault(429), StoreBusy),
    "500": (refusal(500, "InternalError"), StoreUnreachable),
    "502": (Fault(502), StoreUnreachable),
    "503": (refusal(503, "SlowDown"), StoreBusy),
    "507, quota full": (Fault(507), StoreFull),
    "redirect": (Fault(301), StoreAnswerStrange),
    "login page": (
        Fault(200, "<html>Log in</html>", (("Content-Type", "text/html"),)),
        StoreAnswerStrange,
    ),
    "dropped line": (Fault(line="drop"), StoreUnreachable),
    "hanging socket": (Fault(line="silence"), StoreUnreachable),
    "upload cut short": (Fault(line="short"), StoreUnreachable),
}


# An answer without a body says no more than its number, and only an upload can be cut short.
NEVER = {("login page", "DELETE"), ("upload cut short", "GET"), ("upload cut short", "DELETE")}
ASKED = [(a, m) for a in REFUSALS for m in ("GET", "PUT", "DELETE") if (a, m) not in NEVER]


@pytest.mark.parametrize(("answer", "method"), ASKED)
def test_an_answer_of_a_bucket_is_told_and_the_next_sync_has_all(
    s3: Choosy, over_bucket: Met, method: str, answer: str
) -> None:
    fault, error = REFUSALS[answer]

    def break_it() -> None:
        s3.method, s3.always = method, fault

    def heal() -> None:
        s3.always = None

    told = over_bucket.try_it(break_it, heal)
    assert told is error


def test_all_desks_of_a_bucket_end_alike_after_all_that(over_bucket: Met) -> None:
    settle(over_bucket.world, PASSPHRASE)
