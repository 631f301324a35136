"""Sitting down at a store that does not answer, that asks who one is, that is laid down, away."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.policy import Policy
from companion.seat_errors import PolicyBroken
from companion.session import card_files
from companion.session.session import Session
from companion.session.sitting import sign_in
from companion.sync.store import Login, Store
from companion.ui.messages import explain
from tests.app.conftest import MakeApp
from tests.app.seated import WORDS, Sat
from tests.app.stores import PASSPHRASE, SlowServer, a_seat, new_session
from tests.sync.fault_server import HTML

ENTER = Qt.Key.Key_Return


@pytest.fixture
def made(server: SlowServer, tmp_path: Path) -> Session:
    one = new_session(tmp_path / "one", server)
    one.profile.add("phrase", title="退款", body="x")
    one.sync()
    return one


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path) -> Iterator[Sat]:
    sat = Sat(qtbot, a_seat(tmp_path / "two"))
    yield sat
    sat.end()


def fill(two: Sat, server: SlowServer) -> None:
    """Type the address; then it asks for the password of the user that it names."""
    who = two.window.who
    who.card.setText(server.address)
    who.passphrase.setText(PASSPHRASE)
    QTest.keyClick(who.card, ENTER)
    assert who.login.isVisible() and who.login.user.text() == "lin"
    assert two.window.focusWidget() is who.login.password
    who.login.password.setText("secret")


def test_signing_in_can_be_stopped_and_begun_again(
    qtbot: QtBot, server: SlowServer, tmp_path: Path, made: Session, two: Sat
) -> None:
    window = two.window
    fill(two, server)
    with server.shut():
        QTest.keyClick(window.who.passphrase, ENTER)
        qtbot.waitUntil(lambda: server.inside == 1)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert window.notice.text() == WORDS.say("signin.stopping")
    qtbot.waitUntil(window.go.isEnabled)
    assert (two.opened, window.notice.text()) == ([], WORDS.say("signin.stopped"))
    assert not list((tmp_path / "two").rglob("*.pack"))
    QTest.keyClick(window.who.passphrase, ENTER)
    qtbot.waitUntil(lambda: bool(two.opened))
    assert len(two.opened[0].profile.phrases()) == 1
    assert two.sat == two.opened
    assert not window.isVisible()


def test_asked_for_once_more_it_is_as_it_stands_and_begins_nothing_twice(
    qtbot: QtBot, server: SlowServer, made: Session, two: Sat
) -> None:
    window, who = two.window, two.window.who
    fill(two, server)
    two.seating.ask()
    assert (who.card.text(), who.login.password.text()) == (server.address, "secret")
    with server.shut():
        QTest.keyClick(who.passphrase, ENTER)
        qtbot.waitUntil(lambda: server.inside == 1)
        two.seating.ask()
        QTest.keyClick(who.passphrase, ENTER)
        assert not window.go.isEnabled() and window.halt.isVisible()
    qtbot.waitUntil(lambda: bool(two.opened))
    two.tasks[1].finish()
    qtbot.wait(20)
    assert len(two.opened) == 1


def test_closed_while_it_works_it_stops_and_holds_nothing_and_begins_again_when_it_has(
    qtbot: QtBot, server: SlowServer, made: Session, two: Sat
) -> None:
    window, who = two.window, two.window.who
    fill(two, server)
    with server.shut():
        QTest.keyClick(who.passphrase, ENTER)
        qtbot.waitUntil(lambda: server.inside == 1)
        window.close()
        assert (who.login.password.text(), who.passphrase.text()) == ("", "")
        two.seating.ask()
        assert not window.go.isEnabled()
        assert window.notice.text() == WORDS.say("signin.stopping")
    qtbot.waitUntil(window.go.isEnabled)
    assert two.opened == []


def test_what_was_typed_is_gone_when_the_window_is_closed(two: Sat) -> None:
    window, who = two.window, two.window.who
    who.passphrase.setText(PASSPHRASE)
    QTest.keyClick(window.other, Qt.Key.Key_Space)
    window.first.secret.passphrase.setText(PASSPHRASE)
    window.close()
    assert (who.passphrase.text(), window.first.secret.passphrase.text()) == ("", "")


def test_what_the_shell_opens_meanwhile_is_opened_once(
    qtbot: QtBot, server: SlowServer, tmp_path: Path, made: Session, two: Sat
) -> None:
    fill(two, server)
    with server.shut():
        QTest.keyClick(two.window.who.passphrase, ENTER)
        qtbot.waitUntil(lambda: server.inside == 1)
        two.seating.take(made)
    two.tasks[1].finish()
    qtbot.wait(20)
    assert two.opened == [made]


def test_the_typed_login_is_the_stores(
    qtbot: QtBot, server: SlowServer, tmp_path: Path, made: Session, two: Sat
) -> None:
    seen: list[Login] = []
    seat = a_seat(tmp_path / "two")

    def opened(address: str, make: bool, login: Login) -> Store:
        seen.append(login)
        return seat.open_store(address, make, login)

    two.seating._seat = replace(seat, open_store=opened)
    fill(two, server)
    QTest.keyClick(two.window.who.passphrase, ENTER)
    qtbot.waitUntil(lambda: bool(two.opened))
    assert Login("lin", "secret") in seen
    # It is kept sealed, and nowhere else.
    for path in (tmp_path / "two").rglob("*"):
        assert not path.is_file() or b"secret" not in path.read_bytes()


def test_a_folder_asks_nobody(two: Sat, tmp_path: Path) -> None:
    two.window.who.card.setText(str(tmp_path))
    QTest.keyClick(two.window.who.card, ENTER)
    assert not two.window.who.login.isVisible()


def test_a_name_is_enough_where_the_store_is_laid_down(
    qtbot: QtBot, tmp_path: Path, server: SlowServer
) -> None:
    policy = Policy(store=f"{(tmp_path / 'share').as_uri().replace('file', 'folder')}/{{agent}}")
    (tmp_path / "share").mkdir()
    one = Sat(qtbot, replace(a_seat(tmp_path / "one"), policy=policy))
    window = one.window
    QTest.keyClick(window.other, Qt.Key.Key_Space)
    window.first.place.name.setText("lin")
    QTest.keyClick(window.first.place.name, ENTER)
    for line in (window.first.secret.passphrase, window.first.secret.again):
        line.setText(PASSPHRASE)
    QTest.keyClick(window.first.secret.again, ENTER)
    qtbot.waitUntil(lambda: bool(one.opened))
    assert (tmp_path / "share" / "lin" / "profile.json").is_file()
    # A newcomer goes on with the window; whatever waits for who sits down does not begin.
    assert one.sat == [] and window.first.code.isVisible()
    window.close()
    one.end()
    two = Sat(qtbot, replace(a_seat(tmp_path / "two"), policy=policy))
    two.window.who.name.setText("lin")
    two.window.who.passphrase.setText(PASSPHRASE)
    QTest.keyClick(two.window.who.passphrase, ENTER)
    qtbot.waitUntil(lambda: bool(two.opened))
    assert two.opened[0].profile.id == one.opened[0].profile.id
    assert two.opened[0].status().agent == "lin"
    two.end()


def test_a_share_for_cards_that_does_not_answer_keeps_no_window_waiting(
    qtbot: QtBot, tmp_path: Path, server: SlowServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = Policy(store=server.address.replace("lin@", "{agent}@"), cards=str(tmp_path))
    one, answers = Sat(qtbot, replace(a_seat(tmp_path / "one"), policy=policy)), threading.Event()

    def slowly(_policy: Policy, _agent: str) -> None:
        answers.wait(5)

    monkeypatch.setattr(card_files, "card_of", slowly)
    who = one.window.who
    who.name.setText("lin")
    began = time.monotonic()
    QTest.keyClick(who.name, ENTER)
    assert time.monotonic() - began < 0.5 and one.window.focusWidget() is who.passphrase
    assert not who.login.isVisible()
    answers.set()
    qtbot.waitUntil(who.login.isVisible)
    assert who.login.user.text() == "lin"
    # Mostly it answers at once, and it is known what is missing.
    who.name.setText("wang")
    QTest.keyClick(who.name, ENTER)
    assert who.login.user.text() == "wang"
    assert one.window.focusWidget() is who.login.password
    one.end()


def test_a_place_that_is_wrong_leads_back_to_it(qtbot: QtBot, tmp_path: Path, two: Sat) -> None:
    window = two.window
    QTest.keyClick(window.other, Qt.Key.Key_Space)
    window.first.place.name.setText("lin")
    window.first.place.store.setText(str(tmp_path / "not" / "there"))
    QTest.keyClick(window.first.place.store, ENTER)
    for line in (window.first.secret.passphrase, window.first.secret.again):
        line.setText(PASSPHRASE)
    QTest.keyClick(window.first.secret.again, ENTER)
    qtbot.waitUntil(window.problem.isVisible)
    assert window.first.place.isVisible()
    assert window.focusWidget() is window.first.place.store


def test_a_card_that_is_damaged_is_typed_anew(qtbot: QtBot, two: Sat) -> None:
    window, who = two.window, two.window.who
    who.card.setText("companion1:abc")
    who.passphrase.setText(PASSPHRASE)
    QTest.keyClick(who.passphrase, ENTER)
    qtbot.waitUntil(window.problem.isVisible)
    assert window.focusWidget() is who.card
    assert who.card.selectedText() == "companion1:abc"


def test_a_desk_that_has_all_of_it_goes_on_without_the_store(
    qtbot: QtBot, server: SlowServer, tmp_path: Path, made: Session, two: Sat
) -> None:
    before = sign_in(
        a_seat(tmp_path / "two"), server.address, PASSPHRASE, login=Login("lin", "secret")
    )
    before.profile.add("phrase", title="晚班", body="y")
    before.leave(0, "store_unreachable")
    fill(two, server)
    # As a hotel's network does, before one has logged in to it.
    server.answer(HTML)
    QTest.keyClick(two.window.who.passphrase, ENTER)
    qtbot.waitUntil(lambda: bool(two.opened))
    assert two.opened[0].offline
    assert len(two.opened[0].profile.phrases()) == 2


def test_what_is_laid_down_and_cannot_be_understood_is_told_at_the_start(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, told = make_app(tmp_path / "home"), list[str]()
    trouble = PolicyBroken(place="/etc/xdg/Companion/companion.toml", name="line 1")
    monkeypatch.setattr(app.tray, "tell", lambda text, *_: told.append(text))
    monkeypatch.setattr(app.instance, "take", lambda _: True)
    app.seat = replace(app.seat, policy_trouble=trouble)
    assert app.start()
    assert told[:1] == [str(explain(trouble, app.words))]
    app.seating.put_away()
