"""Of an open profile there is one key in memory: whatever opens it once more forgets it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import AppLocked, Stopped, StoreUnreachable, WrongPassphrase
from companion.profile.sealing import ProfileKey
from companion.session.session import Session
from companion.session.sitting import create, sign_in
from companion.sync.folder import FolderStore
from companion.sync.store import Login
from tests.session.logged_in import ADDRESS, LOGIN, Server

PASSPHRASE, NEW = "correct horse battery", "another one, longer"


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


@pytest.fixture
def made(server: Server) -> Session:
    return create(server.seat("first"), ADDRESS, "林", PASSPHRASE, LOGIN)[0]


@pytest.fixture
def opened(made: Session) -> Iterator[list[ProfileKey]]:
    """Every key that was unwrapped since the profile was made."""
    keys, real = list[ProfileKey](), ProfileKey.unwrapped

    def unwrapped(wrapping: bytes, wrapped: bytes, bound_to: bytes) -> ProfileKey | None:
        key = real(wrapping, wrapped, bound_to)
        keys.extend([key] if key is not None else [])
        return key

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProfileKey, "unwrapped", unwrapped)
        yield keys


def held(keys: list[ProfileKey]) -> int:
    """How many of them can still be used."""
    count = 0
    for key in keys:
        try:
            key.seal(b"", b"")
        except AppLocked:
            continue
        count += 1
    return count


def test_sitting_down_with_a_card_holds_one(
    server: Server, made: Session, opened: list[ProfileKey]
) -> None:
    session = sign_in(server.seat("second"), ADDRESS, PASSPHRASE, made.card())
    assert held(opened) == 1
    session.close()
    assert (held(opened), len(opened) > 1) == (0, True)


def test_changing_what_opens_it_holds_no_other(
    server: Server, made: Session, opened: list[ProfileKey]
) -> None:
    made.change_passphrase(PASSPHRASE, NEW)
    made.renew_recovery(NEW)
    server.login = Login(LOGIN.user, "changed")
    made.change_login(server.login, NEW)
    with pytest.raises(WrongPassphrase):
        made.change_login(server.login, PASSPHRASE)
    assert (held(opened), len(opened) > 2) == (0, True)


@pytest.mark.parametrize("step", ["keys", "packs"])
def test_sitting_down_that_is_stopped_holds_none(
    server: Server, made: Session, opened: list[ProfileKey], step: str
) -> None:
    reached: list[str] = []

    def steps(name: str, done: int, of: int) -> None:
        reached.extend(["packs"] if name == "packs" and done == of else [])

    def stop() -> bool:
        return "packs" in reached if step == "packs" else bool(opened)

    made.profile.add("phrase", title="退款", body="x")
    made.sync()
    with pytest.raises(Stopped):
        sign_in(server.seat("second"), ADDRESS, PASSPHRASE, made.card(), steps, stop=stop)
    assert (held(opened), len(opened) > 0) == (0, True)


def test_a_store_that_goes_in_the_middle_leaves_none(
    server: Server, made: Session, opened: list[ProfileKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    made.profile.add("phrase", title="退款", body="x")
    made.sync()
    card, real = made.card(), FolderStore.get

    def get(self: FolderStore, name: str) -> bytes:
        if name.endswith(".pack"):
            raise StoreUnreachable(place=ADDRESS, reason="gone")
        return real(self, name)

    monkeypatch.setattr(FolderStore, "get", get)
    with pytest.raises(StoreUnreachable):
        sign_in(server.seat("second"), ADDRESS, PASSPHRASE, card)
    assert (held(opened), len(opened) > 0) == (0, True)
