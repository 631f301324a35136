"""The login on a seat card: one passphrase opens it, for one address, and it is as new as both."""

import hashlib
import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import (
    AlreadySignedIn,
    CardDamaged,
    InputInvalid,
    StoreLoginRefused,
    StoreOfAnother,
    UnsafeKdf,
    WrongPassphrase,
)
from companion.profile.sealing import Kdf
from companion.seat_errors import CardNeedsPassphrase, WrongCardPassphrase
from companion.session import card_login
from companion.session.card import Card, read_card
from companion.session.session import Session
from companion.session.sitting import create, open_here, sign_in
from companion.sync.store import Login
from tests.session.logged_in import ADDRESS, LOGIN, Server, counted

PASSPHRASE, NEW = "正确的口令 correct horse", "新的口令 battery staple"
CHANGED = Login("lin", "another 密码")


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


@pytest.fixture
def made(server: Server) -> tuple[Session, str]:
    return create(server.seat("first"), ADDRESS, "小林", PASSPHRASE, LOGIN)


@pytest.fixture
def session(made: tuple[Session, str]) -> Session:
    return made[0]


def seated(server: Server, card: Card, secret: str, name: str = "second") -> Session:
    return sign_in(server.seat(name), card.store, secret, read_card(card.text()))


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_else_is_typed_at_another_desk(server: Server, session: Session) -> None:
    session.profile.add("phrase", title="退款", body="在路上了")
    session.sync()
    card = session.card()
    assert len(card.text()) < 330
    there = seated(server, card, PASSPHRASE)
    assert [phrase.title for phrase in there.profile.phrases()] == ["退款"]
    # And this desk can show the card in its turn, without asking for anything.
    assert there.card().opened_login(PASSPHRASE) == LOGIN
    assert open_here(there.seat, PASSPHRASE).card() == there.card()
    assert "canary" not in repr(card.opened_login(PASSPHRASE))


def test_making_a_profile_and_sitting_down_derive_the_passphrase_once(server: Server) -> None:
    with counted() as salts:
        session, _ = create(server.seat("first"), ADDRESS, "小林", PASSPHRASE, LOGIN)
    # One for the passphrase, one for the recovery code.
    assert len(salts) == len(set(salts)) == 2
    card = session.card()
    with counted() as salts:
        seated(server, card, PASSPHRASE)
    assert len(salts) == 1
    with counted() as salts:
        session.change_passphrase(PASSPHRASE, NEW)
    assert len(salts) == len(set(salts)) == 2
    with counted() as salts:
        session.change_login(LOGIN, NEW)
    assert len(salts) == 1


def test_what_is_kept_for_the_card_is_sealed_and_for_this_user_only(session: Session) -> None:
    kept = session.seat.home / "profiles" / f"{session.profile.id}.card"
    assert kept.stat().st_mode & 0o777 == 0o600
    said = LOGIN.password.encode()
    for path, data in files(session.seat.home).items():
        assert said not in data, path
    assert said[:8] not in session.card().text().encode()
    session.sync()
    left = session.sign_out()
    assert (left.traces, left.kept_sealed) == ([], False)
    assert not kept.exists()


def test_a_wrong_passphrase_connects_to_nothing_and_writes_nothing(
    server: Server, session: Session
) -> None:
    card, before = session.card(), files(server.folder)
    server.asked.clear()
    with pytest.raises(WrongCardPassphrase):
        seated(server, card, "not the passphrase")
    assert (server.asked, files(server.folder)) == ([], before)


def test_a_recovery_code_does_not_open_a_card_and_is_told_so(
    server: Server, made: tuple[Session, str]
) -> None:
    session, code = made
    card = session.card()
    server.asked.clear()
    with counted() as salts, pytest.raises(CardNeedsPassphrase):
        seated(server, card, code)
    assert (salts, server.asked) == ([], [])
    # With the store's password typed it opens, but it cannot make a card.
    there = sign_in(server.seat("second"), ADDRESS, code, card, login=LOGIN)
    for secret in ("", code):
        with pytest.raises(CardNeedsPassphrase):
            there.card(secret)
    with pytest.raises(WrongPassphrase):
        there.card("not the passphrase")
    assert there.card(PASSPHRASE).opened_login(PASSPHRASE) == LOGIN
    # Once it was made it is kept.
    assert there.card().opened_login(PASSPHRASE) == LOGIN


def test_the_login_goes_to_the_address_it_was_sealed_for_and_to_no_other(
    server: Server, session: Session
) -> None:
    card = session.card()
    elsewhere = msgspec.structs.replace(card, store="webdavs://lin@evil.example/x")
    other = msgspec.structs.replace(card, profile="B" * 22)
    server.asked.clear()
    for changed in (elsewhere, other):
        with pytest.raises(WrongCardPassphrase):
            seated(server, changed, PASSPHRASE)
    assert server.asked == []
    # What is laid down for the desk may name another address than the card does.
    with pytest.raises(StoreLoginRefused):
        sign_in(server.seat("second"), elsewhere.store, PASSPHRASE, card)
    assert server.asked == [(elsewhere.store, Login())]


def test_a_changed_passphrase_makes_a_new_card_and_voids_the_old(
    server: Server, session: Session
) -> None:
    old = session.card()
    session.change_passphrase(PASSPHRASE, NEW)
    assert session.card().opened_login(NEW) == LOGIN
    for card, secret in ((old, NEW), (session.card(), PASSPHRASE)):
        with pytest.raises(WrongCardPassphrase):
            seated(server, card, secret)
    # It opens the old card still, and the store then tells that it is none any more.
    with pytest.raises(WrongPassphrase) as told:
        seated(server, old, PASSPHRASE)
    assert type(told.value) is WrongPassphrase
    seated(server, session.card(), NEW)


def test_a_desk_that_hears_of_a_changed_passphrase_shows_no_old_card(
    server: Server, session: Session
) -> None:
    there = seated(server, session.card(), PASSPHRASE)
    session.change_passphrase(PASSPHRASE, NEW)
    there.sync()
    with pytest.raises(CardNeedsPassphrase):
        there.card()
    with pytest.raises(WrongPassphrase):
        there.card(PASSPHRASE)
    assert there.card(NEW).opened_login(NEW) == LOGIN


def test_a_changed_login_is_tried_kept_and_put_on_the_card(
    server: Server, session: Session
) -> None:
    old, before = session.card(), files(server.folder)
    for login, secret, error in (
        (Login("lin", "wrong"), PASSPHRASE, StoreLoginRefused),
        (CHANGED, PASSPHRASE, StoreLoginRefused),
        (LOGIN, "not the passphrase", WrongPassphrase),
    ):
        with pytest.raises(error):
            session.change_login(login, secret)
    assert files(server.folder) == before
    session.sync()
    server.login = CHANGED
    session.change_login(Login("", CHANGED.password), PASSPHRASE)
    assert server.asked[-1] == (ADDRESS, CHANGED)
    server.asked.clear()
    # The line that was open under the login so far is not used any more.
    session.sync()
    assert server.asked == [(ADDRESS, CHANGED)]
    assert open_here(session.seat, PASSPHRASE).access.login == CHANGED
    with pytest.raises(StoreLoginRefused):
        seated(server, old, PASSPHRASE)
    seated(server, session.card(), PASSPHRASE)


def test_without_the_passphrase_a_changed_login_leaves_no_old_card(
    server: Server, session: Session
) -> None:
    server.login = CHANGED
    session.change_login(CHANGED)
    with pytest.raises(CardNeedsPassphrase):
        session.card()
    assert session.card(PASSPHRASE).opened_login(PASSPHRASE) == CHANGED


def test_a_login_for_another_profiles_store_or_for_nobody_is_refused(
    server: Server, session: Session
) -> None:
    shutil.rmtree(server.folder / "store")
    create(server.seat("other"), ADDRESS, "小王", PASSPHRASE, LOGIN)
    with pytest.raises(StoreOfAnother):
        session.change_login(LOGIN, PASSPHRASE)
    address = (server.folder / "x").as_uri().replace("file", "folder", 1)
    plain, _ = create(server.seat("plain"), address, "小李", PASSPHRASE)
    with pytest.raises(InputInvalid):
        plain.change_login(Login("", "secret"), PASSPHRASE)
    assert plain.card().login == b""


def test_another_agent_at_the_desk_keeps_his(server: Server, session: Session) -> None:
    shutil.rmtree(server.folder / "store")
    other, _ = create(server.seat("other"), ADDRESS, "小王", PASSPHRASE, LOGIN)
    with pytest.raises(AlreadySignedIn):
        sign_in(session.seat, ADDRESS, PASSPHRASE, other.card())
    assert session.card().profile == session.profile.id


@pytest.mark.parametrize(
    "kdf",
    [Kdf(b"s" * 16, 1, 64 << 20), Kdf(b"s" * 16, 99, 64 << 20), Kdf(b"s" * 16, 3, 1 << 20),
     Kdf(b"s" * 16, 3, 1 << 50), Kdf(b"s" * 15, 3, 64 << 20)],
)  # fmt: skip
def test_a_card_can_neither_weaken_nor_hang_a_desk(kdf: Kdf) -> None:
    def derive(kdf: Kdf, secret: str, where: str) -> bytearray:
        return bytearray(b"k" * 32)

    data = card_login.sealed(LOGIN, "p" * 22, ADDRESS, PASSPHRASE, kdf, derive=derive)
    card = read_card(Card("p" * 22, "林", ADDRESS, data).text())
    with counted() as salts, pytest.raises(UnsafeKdf):
        card.opened_login(PASSPHRASE)
    assert salts == []


def quick(kdf: Kdf, secret: str, where: str) -> bytearray:
    said = f"{secret} {kdf}".encode()
    return bytearray(hashlib.blake2b(said, digest_size=32).digest())


SEALED = card_login.sealed(
    LOGIN, "p" * 22, ADDRESS, PASSPHRASE, Kdf(b"s" * 16, 3, 64 << 20), derive=quick
)


@settings(max_examples=300)
@given(st.integers(0, len(SEALED) - 1), st.integers(0, 255), st.booleans())
def test_one_other_byte_and_it_does_not_open(at: int, byte: int, cut: bool) -> None:
    changed = SEALED[:at] + (b"" if cut else bytes([byte])) + SEALED[at + 1 :]
    try:
        login = card_login.opened(changed, "p" * 22, ADDRESS, PASSPHRASE, quick)
    except (WrongCardPassphrase, CardDamaged):
        assert changed != SEALED
    else:
        assert (login, changed) == (LOGIN, SEALED)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_login_comes_back(user: str, password: str) -> None:
    kdf, login = Kdf(b"s" * 16, 3, 64 << 20), Login(user, password)
    data = card_login.sealed(login, "p" * 22, ADDRESS, PASSPHRASE, kdf, derive=quick)
    assert card_login.opened(data, "p" * 22, ADDRESS, PASSPHRASE, quick) == login
