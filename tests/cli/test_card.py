"""The seat card from the shell: written, drawn, signed in with, and made anew for a new login."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from companion.cli.serving import execute
from companion.profile.sealing import Kdf
from companion.session.card import Card, read_card
from companion.session.card_files import read_card_file
from companion.session.card_login import sealed
from companion.session.sitting import open_here
from companion.sync.folder import FolderStore
from companion.sync.store import Login
from tests.cli.conftest import Made
from tests.cli.desks import PASSPHRASE, Desk, Said, shell, tree

NEW = "battery staple 新的"


def test_the_card_is_written_as_a_file_and_drawn(made: Made, tmp_path: Path) -> None:
    said = made.desk.json("profile", "card", "--out", "here.seatcard", "--qr", "card.png")
    assert said["card"] == made.card
    assert Path(said["file"]) == tmp_path / "here.seatcard"
    assert read_card_file(tmp_path / "here.seatcard") == read_card(made.card)
    first, second, *_ = (tmp_path / "here.seatcard").read_text("utf-8-sig").splitlines()
    assert "小林" in first and "passphrase" in second
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
    # Into a folder it goes by the agent's name.
    said = made.desk.json("profile", "card", "--out", ".")
    assert Path(said["file"]).name == "小林.seatcard"
    spoken = made.desk.run("profile", "card", "--out", ".")
    assert spoken.out.splitlines() == [made.card, f"Written: {said['file']}"]


def test_what_cannot_be_written_is_said(made: Made) -> None:
    for argv in (("--out", "none/x"), ("--qr", "none/x.png")):
        said = made.desk.run("profile", "card", *argv, "--json")
        assert (said.code, said.error["error"]) == (1, "file_unwritable")


def test_a_new_profile_puts_its_card_where_it_was_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "one")
    argv = ("profile", "new", "--store", "store", "--name", "Lin", "--card-out", "lin.seatcard")
    said = desk.run(*argv, "--json", stdin=PASSPHRASE).document
    assert read_card_file(tmp_path / "lin.seatcard").text() == said["card"]
    assert Path(said["file"]) == tmp_path / "lin.seatcard"


@pytest.mark.parametrize("given", ["the text", "a file", "a file in a mail"])
def test_a_desk_is_taken_with_any_form_of_the_card(made: Made, tmp_path: Path, given: str) -> None:
    made.desk.json("profile", "card", "--out", "x.seatcard")
    if given == "a file in a mail":
        (tmp_path / "x.seatcard").write_text(f"您好：\n\n> {made.card}\n\n谢谢\n", "utf-8")
    card = made.card if given == "the text" else "x.seatcard"
    said = Desk(tmp_path / "two").run("sign-in", "--card", card, "--json", stdin=PASSPHRASE)
    assert (said.code, said.document["agent"]) == (0, "小林")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\xff", b"hello", b"x" * 70_000])
def test_a_file_that_is_no_card_is_refused(made: Made, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    said = made.desk.run("sign-in", "--card", "x", "--json", stdin=PASSPHRASE)
    error = "file_too_large" if len(content) > 65_536 else "card_damaged"
    assert (said.code, said.error["error"]) == (1, error)


if sys.platform == "linux":
    from tests.contracts.servers.addresses import Place, on_wsgidav

    @pytest.fixture
    def place(tmp_path: Path) -> Place:
        (tmp_path / "pw").write_text(PASSPHRASE, "utf-8")
        (tmp_path / "new").write_text(NEW, "utf-8")
        place = on_wsgidav(tmp_path)
        (tmp_path / "store-pw").write_text(place[1].password, "utf-8")
        return place

    def at(folder: Path, desk: str, *argv: str, secret: str = "pw") -> Said:
        way = ("--passphrase-file", folder / secret, "--json")
        return shell("--home", folder / desk, *argv, *way)

    def test_with_the_login_on_the_card_nothing_else_is_asked(tmp_path: Path, place: Place) -> None:
        address, login = place
        who = ("--store-password-file", str(tmp_path / "store-pw"), "--store-user", login.user)
        at(tmp_path, "one", "profile", "new", "--store", address, "--name", "林", *who,
           "--card-out", str(tmp_path / "card"))  # fmt: skip
        sign_in = ("sign-in", "--card", str(tmp_path / "card"))
        said = at(tmp_path, "two", *sign_in, secret="new")
        assert said.error["error"] == "wrong_card_passphrase"
        assert not any(tree(tmp_path / "two").values())
        said = at(tmp_path, "two", *sign_in)
        assert (said.code, said.err) == (0, "")
        # A login that is refused changes nothing; one that is taken is on the new card.
        (tmp_path / "wrong").write_text("not it", "utf-8")
        change = ("profile", "store-login", "--store-password-file")
        said = at(tmp_path, "two", *change, str(tmp_path / "wrong"))
        assert said.error["error"] == "store_login_refused"
        said = at(tmp_path, "two", *change, str(tmp_path / "store-pw"))
        assert (said.code, said.err) == (0, "")
        card = read_card(said.document["card"])
        assert card.opened_login(PASSPHRASE) == login
        assert at(tmp_path, "two", "profile", "card").document["card"] == card.text()
        # And so is one that is given beside a card.
        said = at(tmp_path, "three", *sign_in, "--store-password-file", str(tmp_path / "wrong"),
                  "--store-user", login.user)  # fmt: skip
        assert said.error["error"] == "store_login_refused"
        # A changed passphrase leaves no card that opens with the one before.
        at(tmp_path, "two", "profile", "passphrase", "--new-passphrase-file", str(tmp_path / "new"))
        card = read_card(at(tmp_path, "two", "profile", "card", secret="new").document["card"])
        assert card.opened_login(NEW) == login
        for folder in ("one", "two", "three"):
            kept = tree(tmp_path / folder).values()
            assert not any(login.password.encode() in (data or b"") for data in kept)


@pytest.mark.parametrize(
    ("more", "asked"),
    [((), {"passphrase"}), (("--store-password-file", "pw"), {"passphrase", "store_password"})],
)
def test_for_the_app_a_shell_asks_for_no_password_that_is_on_the_card(
    tmp_path: Path, more: tuple[str, ...], asked: set[str]
) -> None:
    address = "webdavs://lin@cloud.example/x"
    login = sealed(Login("lin", "x"), "p" * 22, address, PASSPHRASE, Kdf.fresh())
    (tmp_path / "pw").write_text("geheim", "utf-8")
    handed: list[dict[str, object]] = []

    def forward(_folder: Path, message: Callable[[], dict[str, object]]) -> dict[str, object]:
        handed.append(message())
        return {"exit": 0, "out": "", "err": ""}

    desk = Desk(tmp_path / "one")
    context = desk.context(stdin=PASSPHRASE)
    context.forward = forward
    card = Card("p" * 22, "林", address, login).text()
    assert desk.run("sign-in", "--card", card, *more, context=context).code == 0
    secrets = handed[0]["secrets"]
    assert isinstance(secrets, dict) and secrets.keys() == asked


def test_a_store_that_asks_for_nobody_has_no_login_to_change(made: Made) -> None:
    said = made.desk.run("profile", "store-login", "--json", stdin=PASSPHRASE)
    assert (said.code, said.error["error"]) == (1, "input_invalid")


def test_the_app_changes_the_login_with_what_the_shell_hands_over(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, store = open_here(made.desk.seat(), PASSPHRASE), FolderStore(made.store)
    asked: list[tuple[str, str]] = []

    def opened(address: str, make: bool, login: object) -> FolderStore:
        asked.append((getattr(login, "user", ""), getattr(login, "password", "")))
        return store

    monkeypatch.setattr(session.access, "_seat", replace(session.seat, open_store=opened))
    message: dict[str, object] = {
        "argv": ["profile", "store-login", "--store-user", "lin", "--json"],
        "cwd": str(made.store),
        "secrets": {"passphrase": PASSPHRASE, "store_password": "geheim"},
    }
    answer = execute(session, message, lambda _: None, lambda _: None)
    assert (answer["exit"], answer["err"]) == (0, "")
    assert asked[0] == ("lin", "geheim")
    assert "geheim" not in str(answer)
