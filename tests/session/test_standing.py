"""Sessions when something of the desk fails: offline unlocking, secret stores, remembered keys."""

from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import SecretsUnavailable, WrongPassphrase
from companion.session.remembering import remember
from companion.session.searching import Trace
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, open_here, sign_in
from companion.wiring.seats import full_address, open_store

PASSPHRASE = "correct horse battery"


class StickySecrets(RecordingSecrets):
    """Secrets in memory, which may fail to forget."""

    stuck = False

    def delete(self, name: str) -> None:
        if self.stuck:
            raise SecretsUnavailable(reason="locked")
        super().delete(name)


@pytest.fixture
def drawer() -> StickySecrets:
    return StickySecrets()


@pytest.fixture
def seat(tmp_path: Path, drawer: StickySecrets) -> Seat:
    return Seat(tmp_path / "home", open_store, drawer)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Session, str]:
    other = Seat(tmp_path / "other", open_store, RecordingSecrets())
    session, code = create(other, full_address("store", tmp_path), "林", PASSPHRASE)
    session.profile.add("phrase", title="退款", body="钱没到账肯定惦记")
    session.sync()
    return session, code


def test_either_secret_opens_the_desk_whichever_signed_it_in(
    seat: Seat, made: tuple[Session, str]
) -> None:
    session, code = made
    store = session.card().store
    sign_in(seat, store, code, session.card())
    for secret in (PASSPHRASE, code):
        assert [p.title for p in open_here(seat, secret).profile.phrases()] == ["退款"]
    with pytest.raises(WrongPassphrase):
        open_here(seat, "another passphrase")


def test_a_sign_in_is_single_digits_of_requests(tmp_path: Path, made: tuple[Session, str]) -> None:
    session, _ = made
    for number in range(7):
        session.profile.add("phrase", title=str(number), body="x")
        session.sync()
    address = session.card().store
    far = open_store(address, False)
    seat = Seat(
        tmp_path / "counting",
        lambda a, m, who: far if a == address else open_store(a, m, who),
        RecordingSecrets(),
    )
    sign_in(seat, address, PASSPHRASE, session.card())
    assert far.requests <= 9


def test_signing_out_wipes_the_desk_though_the_secret_store_fails(
    seat: Seat, drawer: StickySecrets, made: tuple[Session, str]
) -> None:
    card = made[0].card()
    session = sign_in(seat, card.store, PASSPHRASE, card)
    remember(session, "135790")
    drawer.stuck = True
    out = session.sign_out()
    assert out.traces == [Trace("keyring", "keyring", "locked")]
    assert not [path for path in seat.home.rglob("*") if path.is_file()]
