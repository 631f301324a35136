"""A store that refuses the login it knew: asked for at the desk, and again where a card is old."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.seating import Seating
from companion.app.tray_app import TrayApp
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.session.sitting import create
from companion.sync.store import Login
from companion.ui.store_login import StoreLoginForm
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import PASSPHRASE, SlowServer, a_seat
from tests.sync.fault_server import Answer, Heard

WORDS = Words("zh")
ENTER = Qt.Key.Key_Return
LOGIN = Login("lin", "canary 密码 of-the-store 20")
CHANGED = Login("lin", "canary 新密码 of-the-store 21")


class AskingServer(SlowServer):
    """Lets in by one login only."""

    def __init__(self) -> None:
        super().__init__()
        self.login = LOGIN
        self.check = self._ask

    def _ask(self, heard: Heard) -> Answer | None:
        self._hold(heard)
        said = f"{self.login.user}:{self.login.password}".encode()
        fits = heard.headers["Authorization"] == f"Basic {base64.b64encode(said).decode()}"
        return None if fits else Answer(401)


@pytest.fixture
def there() -> Iterator[AskingServer]:
    with AskingServer() as server:
        yield server


@pytest.fixture
def session(there: AskingServer, tmp_path: Path) -> Session:
    made, _ = create(a_seat(tmp_path / "one"), there.address, "林", PASSPHRASE, LOGIN)
    made.sync()
    return made


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, session: Session, tmp_path: Path) -> TrayApp:
    app = make_app(tmp_path / "one")
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


def refused(app: TrayApp) -> bool:
    return app.tray.actions["store_login"].isVisible()


def fill(form: StoreLoginForm, login: Login, passphrase: str) -> None:
    form.user.setText(login.user)
    form.password.setText(login.password)
    form.passphrase.setText(passphrase)
    QTest.keyClick(form.passphrase, ENTER)


def test_a_refused_login_is_asked_for_and_the_card_made_anew(
    qtbot: QtBot, app: TrayApp, session: Session, there: AskingServer
) -> None:
    assert not refused(app)
    old = session.card().text()
    there.login = CHANGED
    session.profile.add("phrase", title="退款", body="x")
    qtbot.waitUntil(lambda: refused(app), timeout=5_000)
    # A click on what was said leads there, as the entry in the menu does.
    app.tray.icon.messageClicked.emit()
    form = app.store_login.window
    qtbot.waitUntil(form.isVisible)
    assert form.user.text() == "lin" and "127.0.0.1" in form.text.text()
    assert form.focusWidget() is form.password
    fill(form, LOGIN, PASSPHRASE)
    qtbot.waitUntil(lambda: form.problem.isVisible() and form.go.isEnabled())
    assert (form.password.text(), form.passphrase.text()) == ("", "")
    fill(form, CHANGED, "not my passphrase")
    qtbot.waitUntil(lambda: form.problem.isVisible() and form.go.isEnabled())
    assert session.access.login == LOGIN
    fill(form, CHANGED, PASSPHRASE)
    # The new card comes by itself: the old one lets nobody in any more.
    qtbot.waitUntil(app.seat_card.window.isVisible)
    assert not form.isVisible() and session.access.login == CHANGED
    qtbot.waitUntil(lambda: not refused(app) and not session.status().waiting, timeout=5_000)
    assert session.card().opened_login(PASSPHRASE) == CHANGED
    assert session.card().text() != old


def test_locking_takes_the_form_away_with_what_was_typed(
    qtbot: QtBot, app: TrayApp, session: Session
) -> None:
    app.act("store_login")
    form = app.store_login.window
    qtbot.waitUntil(form.isVisible)
    form.password.setText("canary")
    app.put_away()
    assert not form.isVisible()
    assert (form.user.text(), form.password.text(), form.text.text()) == ("", "", "")


def asked(qtbot: QtBot, app: TrayApp) -> tuple[StoreLoginForm, list[Exception]]:
    """The form as the tray opens it, and what is told besides."""
    told = list[Exception]()
    app.act("store_login")
    vars(app.store_login)["_fail"] = told.append
    qtbot.waitUntil(app.store_login.window.isVisible)
    return app.store_login.window, told


def test_what_is_answered_after_the_agent_has_gone_is_shown_to_nobody(
    qtbot: QtBot, app: TrayApp, there: AskingServer
) -> None:
    form, told = asked(qtbot, app)
    there.login = CHANGED
    with there.shut():
        # The second time it is asked for waits behind the first, which is tried and given up.
        fill(form, LOGIN, PASSPHRASE)
        QTest.keyClick(form, Qt.Key.Key_Escape)
        app.act("store_login")
        app.put_away()
    assert vars(app.store_login)["_own"].finish()
    qtbot.wait(20)
    assert not form.isVisible() and form.user.text() == ""
    assert told == []


def test_what_is_given_up_is_tried_to_its_end_and_told(
    qtbot: QtBot, app: TrayApp, there: AskingServer
) -> None:
    form, told = asked(qtbot, app)
    there.login = CHANGED
    fill(form, LOGIN, PASSPHRASE)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(told) == 1)


def test_what_is_missing_is_named_and_esc_leaves(qtbot: QtBot) -> None:
    form = StoreLoginForm(WORDS)
    qtbot.addWidget(form)
    form.ask("webdavs://cloud.example/x", "")
    assert form.focusWidget() is form.user
    QTest.keyClick(form.user, ENTER)
    assert WORDS.say("sitting.user") in form.problem.text() and form.focusWidget() is form.user
    # Enter leads on, without a reproach for what is only the next to be filled in.
    form.problem.hide()
    form.user.setText("lin")
    QTest.keyClick(form.user, ENTER)
    assert form.focusWidget() is form.password and not form.problem.isVisible()
    QTest.keyClick(form.password, ENTER)
    assert form.problem.isVisible()
    form.password.setText("x")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible() and form.password.text() == ""


class Desk:
    """The sign-in window of a new desk, and what came of it."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        self.tasks = (Tasks(), Tasks())
        self.seating = Seating(a_seat(home), WORDS, *self.tasks)
        self.who, self.window = self.seating.window.who, self.seating.window
        self.opened, self.told = list[Session](), list[str]()
        self.seating.opened.connect(self.opened.append)
        self.seating.card_old.connect(lambda: self.told.append("old"))
        qtbot.addWidget(self.window)
        self.seating.ask()

    def type(self, card: str, secret: str) -> None:
        self.who.card.setText(card)
        self.again(secret)

    def again(self, secret: str) -> None:
        self.who.passphrase.setText(secret)
        QTest.keyClick(self.who.passphrase, ENTER)

    def failed(self) -> bool:
        return self.window.problem.isVisible() and self.window.go.isEnabled()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path / "two")
    yield desk
    for tasks in desk.tasks:
        tasks.finish(5_000)
        tasks.end()


def test_a_card_with_an_old_password_asks_for_the_new_one(
    qtbot: QtBot, desk: Desk, session: Session, there: AskingServer
) -> None:
    card = session.card().text()
    there.login = CHANGED
    desk.type(card, PASSPHRASE)
    assert not desk.who.login.isVisible()
    qtbot.waitUntil(desk.failed)
    assert desk.who.login.isVisible() and desk.who.login.user.text() == "lin"
    desk.who.login.password.setText(CHANGED.password)
    desk.again(PASSPHRASE)
    qtbot.waitUntil(lambda: bool(desk.told))
    assert desk.opened[0].access.login == CHANGED
    assert desk.opened[0].card().opened_login(PASSPHRASE) == CHANGED


def test_a_slip_in_the_passphrase_needs_no_login(
    qtbot: QtBot, desk: Desk, session: Session
) -> None:
    desk.type(session.card().text(), "a slip of the hand")
    qtbot.waitUntil(desk.failed)
    assert desk.who.login.isVisible()
    desk.again(PASSPHRASE)
    qtbot.waitUntil(lambda: bool(desk.opened))
    assert desk.told == []


def test_the_recovery_code_works_with_a_card_and_the_login(
    qtbot: QtBot, desk: Desk, there: AskingServer, tmp_path: Path
) -> None:
    made, code = create(a_seat(tmp_path / "one"), there.address, "林", PASSPHRASE, LOGIN)
    desk.type(made.card().text(), code)
    qtbot.waitUntil(desk.failed)
    desk.who.login.password.setText(LOGIN.password)
    desk.again(code)
    qtbot.waitUntil(lambda: bool(desk.opened))
    assert desk.opened[0].access.login == LOGIN
