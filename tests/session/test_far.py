"""The store stays open from sync to sync; this desk knows what it lacks; leaving drops nothing."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import AppLocked, CompanionError, Stopped, StoreLoginRefused, StoreUnreachable
from companion.session import far
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, open_here, sign_in, status_sealed
from companion.sync.store import Login, Network, Store
from companion.wiring.seats import open_store
from tests.sync.fault_server import DROP, HANG, Answer, FaultServer, Heard

PASSPHRASE = "correct horse battery"
LOGIN = Login("lin", "secret")


class Opener:
    """Opens stores and counts how often the far one was opened."""

    def __init__(self) -> None:
        self.opened = 0

    def __call__(self, address: str, make: bool, login: Login) -> Store:
        self.opened += address.startswith("webdav")
        return open_store(address, make, login, Network(timeout_s=5))


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def seat(tmp_path: Path, opener: Opener) -> Seat:
    return Seat(tmp_path / "home", opener, RecordingSecrets())


@pytest.fixture
def session(seat: Seat, server: FaultServer) -> Session:
    session, _ = create(seat, address(server), "林", PASSPHRASE, LOGIN)
    session.sync()
    return session


def address(server: FaultServer) -> str:
    return f"webdav://lin@127.0.0.1:{server.port}/dav/packs"


def test_it_is_opened_once_and_asked_once_a_sync(session: Session, opener: Opener) -> None:
    opener.opened = 0
    assert [session.sync().requests for _ in range(3)] == [1, 1, 1]
    assert opener.opened == 0


def test_a_server_that_wants_digest_is_asked_once_a_sync_too(
    session: Session, server: FaultServer
) -> None:
    def challenge(heard: Heard) -> Answer | None:
        if heard.headers.get("Authorization", "").startswith("Digest "):
            return None
        said = 'Digest realm="d", nonce="6b1f", qop="auth", algorithm=MD5'
        return Answer(401, (("WWW-Authenticate", said),))

    server.check = challenge
    assert [session.sync().requests for _ in range(3)] == [3, 1, 1]


def test_a_line_that_has_died_is_opened_anew_in_silence(
    session: Session, server: FaultServer
) -> None:
    server.plan = {"PROPFIND": [DROP, None]}
    session.profile.add("phrase", title="退款", body="x")
    assert session.sync().pushed == 1


@pytest.mark.parametrize("why", ["idle", "failed", "moved"])
def test_it_is_opened_anew_after_a_long_pause_a_failure_or_a_move(
    session: Session, server: FaultServer, opener: Opener, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    opener.opened = 0
    if why == "idle":
        monkeypatch.setattr(far, "IDLE_S", -1.0)
    elif why == "failed":
        # Not 500: some servers answer it to a listing in passing.
        server.plan = {"PROPFIND": [Answer(508), None]}
        with pytest.raises(StoreUnreachable):
            session.sync()
    else:
        session.seat.settings.write(store=address(server) + "/")
    session.sync()
    assert opener.opened == 1
    session.sync()
    assert opener.opened == (2 if why == "idle" else 1)


@pytest.mark.parametrize(
    ("act", "silent"), [("sync", "PROPFIND"), ("send", "PROPFIND"), ("send", "GET")]
)
def test_whatever_waits_for_a_silent_server_is_stopped_at_once(
    session: Session, server: FaultServer, act: str, silent: str
) -> None:
    session.profile.add("phrase", title="退款", body="x")
    server.plan = {silent: [HANG, None]}
    began = time.monotonic()

    def stop() -> bool:
        return time.monotonic() - began > 0.3

    if act == "sync":
        with pytest.raises(Stopped):
            session.sync(stop=stop)
    else:
        assert session.send(stop=stop)[1] == "stopped"
    assert time.monotonic() - began < 1.5
    assert session.sync().unreadable == []


def test_what_waits_is_known_without_the_store_and_after_a_new_start(
    session: Session, server: FaultServer
) -> None:
    assert (session.status().waiting, session.status().waiting_packs) == (0, 0)
    id = session.profile.add("phrase", title="退款", body="x")
    session.profile.count_use(id)
    session.save()
    session.profile.change(id, body="y")
    session.profile.add("phrase", title="物流", body="x")
    session.save()
    server.plan = {"PROPFIND": [Answer(401)]}
    with pytest.raises(StoreLoginRefused):
        session.sync()
    heard = len(server.heard)
    again = open_here(session.seat, PASSPHRASE)
    for status in (session.status(), again.status()):
        assert (status.waiting, status.waiting_packs) == (2, 2)
        assert (status.problem, status.tried_at > 0) == ("store_login_refused", True)
    sealed = status_sealed(session.seat)
    assert (sealed.waiting, sealed.waiting_packs, sealed.problem) == (
        None,
        2,
        again.status().problem,
    )
    assert len(server.heard) == heard
    server.plan = {}
    assert again.sync().pushed == 1
    assert (again.status().waiting_packs, again.status().problem) == (0, "")


def test_a_sync_that_was_cut_short_knows_what_it_did_send(
    session: Session, server: FaultServer
) -> None:
    session.profile.add("phrase", title="退款", body="x")
    # What was sent is listed afterwards, by a folder that another desk has meanwhile left.
    server.plan = {"DELETE": [Answer(500)]}
    session.sync()
    for number in range(9):
        session.profile.add("phrase", title=str(number), body="x")
        try:
            session.sync()
        except CompanionError:
            break
    else:
        pytest.fail("no packs were put together")
    assert session.status().waiting == 0
    assert session.status().problem == "store_unreachable"


def test_what_was_written_while_the_rest_was_sent_is_not_dropped(session: Session) -> None:
    session.profile.add("phrase", title="快走时写的", body="x")
    out = session.leave(0, "")
    assert (out.kept_sealed, out.reason) == (True, "unsent")
    assert list(session.seat.sealed_folder(session.profile.id).glob("*.pack"))


def test_a_desk_that_was_left_speaks_to_no_store(session: Session, server: FaultServer) -> None:
    assert not session.sign_out().kept_sealed
    heard = len(server.heard)
    with pytest.raises(CompanionError):
        session.sync()
    # Whoever still holds it holds nothing of the profile.
    with pytest.raises(AppLocked):
        session.profile.add("phrase", title="zu spät", body="x")
    session.save()
    assert len(server.heard) == heard
    assert not list(session.seat.home.rglob("*.pack"))


@pytest.mark.parametrize("after", range(1, 7))
def test_a_sign_in_that_is_stopped_anywhere_can_be_begun_again(
    session: Session, server: FaultServer, tmp_path: Path, after: int
) -> None:
    for title in ("one", "two"):
        session.profile.add("phrase", title=title, body="x")
        session.sync()
    seat = Seat(tmp_path / "second", Opener(), RecordingSecrets())
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) >= after

    with pytest.raises(Stopped):
        sign_in(seat, address(server), PASSPHRASE, login=LOGIN, stop=stop)
    assert not status_sealed(seat).signed_in
    back = sign_in(seat, address(server), PASSPHRASE, login=LOGIN)
    assert {phrase.title for phrase in back.profile.phrases()} == {"one", "two"}


def test_a_first_profile_that_is_stopped_leaves_the_place_empty(
    seat: Seat, server: FaultServer
) -> None:
    with pytest.raises(Stopped):
        create(seat, address(server), "林", PASSPHRASE, LOGIN, stop=lambda: True)
    assert server.objects == {}
    create(seat, address(server), "林", PASSPHRASE, LOGIN)


def test_signing_out_can_be_told_not_to_wait(session: Session) -> None:
    session.profile.add("phrase", title="退款", body="x")
    out = session.sign_out(stop=lambda: True)
    assert (out.kept_sealed, out.reason) == (True, "stopped")
