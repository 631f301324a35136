"""Locking a session: saved, then nothing of it is held, and whoever still has it can do nothing."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.errors import AppLocked, CompanionError, StoreUnreachable
from companion.profile.derived import Derive
from companion.profile.sealing import Kdf
from companion.profile.slots import Slot
from companion.session.keys import Keys
from companion.session.session import Session
from companion.session.sitting import create, open_here, status_sealed
from companion.sync.store import Login
from tests.app.stores import PASSPHRASE, SlowServer, a_seat, another_desk, new_session, on_disk
from tests.e2e.desktop import wait_for
from tests.session.logged_in import ADDRESS, LOGIN, Server

BODY = "钱没到账肯定惦记,我马上替您查"


@pytest.fixture
def server() -> Iterator[SlowServer]:
    with SlowServer() as server:
        yield server
        server.gate.set()


@pytest.fixture
def session(tmp_path: Path, server: SlowServer) -> Session:
    return new_session(tmp_path / "home", server)


def bodies(session: Session) -> list[str]:
    return [str(phrase.body) for phrase in session.profile.phrases()]


def test_what_was_not_saved_is_saved_and_opens_again(session: Session) -> None:
    seat = session.seat
    session.profile.add("phrase", title="退款", body=BODY)
    session.close()
    assert session.closed
    assert status_sealed(seat).signed_in
    again = open_here(seat, PASSPHRASE)
    assert bodies(again) == [BODY]
    again.sync()
    assert again.status().waiting == 0


def test_nothing_of_the_profile_is_held(session: Session) -> None:
    session.profile.add("phrase", title="退款", body=BODY)
    session.close()
    assert session.profile.everything()[1] == []
    assert bodies(session) == []
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, str) and one == BODY]
    assert [one for one in held if one is not BODY] == []


USES: dict[str, Callable[[Session], object]] = {
    "save": lambda session: session.save(),
    "sync": lambda session: session.sync(),
    "status": lambda session: session.status(),
    "edit": lambda session: session.profile.add("phrase", title="x"),
    "count": lambda session: session.profile.count_use("x"),
    "take in": lambda session: session.take_in(9, []),
    "check": lambda session: session.check(mend=True),
    "passphrase": lambda session: session.change_passphrase(PASSPHRASE, "another one, longer"),
    "recovery": lambda session: session.renew_recovery(PASSPHRASE),
    "card": lambda session: session.card(),
    "login": lambda session: session.change_login(Login("lin", "another")),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_whoever_still_has_it_can_do_nothing(
    session: Session, server: SlowServer, use: Callable[[Session], object]
) -> None:
    session.close()
    here, there = on_disk(session), server.packs()
    with pytest.raises(AppLocked):
        use(session)
    assert (on_disk(session), server.packs()) == (here, there)


def test_a_lock_that_comes_while_a_card_is_made_leaves_none_without_its_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = create(Server(tmp_path).seat("home"), ADDRESS, "林", PASSPHRASE, LOGIN)
    session.seat.keep_card_login(session.profile.id, b"")
    slot_of = Keys.slot_of

    def locked_meanwhile(keys: Keys, secret: str, derive: Derive = Kdf.derive) -> Slot:
        slot = slot_of(keys, secret, derive)
        session.close()
        return slot

    monkeypatch.setattr(Keys, "slot_of", locked_meanwhile)
    assert session.card(PASSPHRASE).opened_login(PASSPHRASE) == LOGIN


def test_closing_twice_is_closing_once(session: Session) -> None:
    session.close()
    session.close()


def test_a_sync_under_way_changes_nothing_any_more(
    session: Session, server: SlowServer, tmp_path: Path
) -> None:
    other = another_desk(tmp_path / "other", server)
    other.profile.add("phrase", title="别处", body="别处写的")
    other.sync()
    session.profile.add("phrase", title="退款", body=BODY)
    ended: list[Exception] = []

    def sync() -> None:
        try:
            session.sync()
        except CompanionError as error:
            ended.append(error)

    with server.shut():
        thread = threading.Thread(target=sync)
        thread.start()
        wait_for(lambda: server.inside == 1)
        session.close()
        here, there = on_disk(session), server.packs()
        assert not ended
    thread.join(10)
    assert [type(error).__name__ for error in ended] == ["Stopped"]
    assert (on_disk(session), server.packs()) == (here, there)
    assert bodies(session) == []
    again = open_here(a_seat(tmp_path / "home"), PASSPHRASE)
    assert bodies(again) == [BODY]


def test_an_edit_of_another_thread_is_either_saved_or_refused(session: Session) -> None:
    written: list[str] = []
    refused: list[bool] = []
    begun = threading.Event()

    def write() -> None:
        while not refused:
            number = str(len(written))
            try:
                session.profile.add("phrase", title=number, body="x")
            except AppLocked:
                refused.append(True)
            else:
                written.append(number)
                begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(10)
    session.close()
    thread.join(10)
    again = open_here(session.seat, PASSPHRASE)
    assert {phrase.title for phrase in again.profile.phrases()} == set(written)


def test_a_disk_that_takes_nothing_leaves_it_open(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.profile.add("phrase", title="退款", body=BODY)

    def full() -> bool:
        raise StoreUnreachable(place="here", reason="full")

    with monkeypatch.context() as patch:
        patch.setattr(session.engine, "save", full)
        with pytest.raises(StoreUnreachable):
            session.close()
    assert not session.closed
    assert bodies(session) == [BODY]
    session.sync()
