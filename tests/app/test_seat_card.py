"""The seat card is shown from the tray, copied, saved, and made anew with the passphrase."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.app.seat_card import SeatCard
from companion.app.tray_app import TrayApp
from companion.desk.ports import Content
from companion.desk.recording import RecordingDesk
from companion.session.card import read_card
from companion.session.card_files import read_card_file
from companion.session.session import Session
from companion.session.sitting import create, sign_in
from companion.ui.words import Words
from companion.wiring import saving
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session
from tests.session.logged_in import ADDRESS, LOGIN, Server
from tests.ui.test_card_window import seen

WORDS = Words("zh")
PASSPHRASE = "correct horse battery"


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(new_session(tmp_path / "home", server))
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


def test_the_tray_shows_it_and_signing_out_leaves_nothing(qtbot: QtBot, app: TrayApp) -> None:
    assert isinstance(app.desk.clipboard, RecordingDesk) and app.session is not None
    app.tray.actions["card"].trigger()
    window = app.seat_card.window
    qtbot.waitUntil(window.isVisible)
    text = app.session.card().text()
    assert seen(window.grab().toImage()) == [text]
    QTest.mouseClick(window.copy, Qt.MouseButton.LeftButton)
    assert window.said.text() == WORDS.say("note.card")
    # It stays on the clipboard for the next desk.
    app.desk.clipboard.forget()
    assert app.desk.clipboard.clipboard == Content(text)
    app.put_away()
    assert not window.isVisible()
    assert (window.store.text(), window.name.text()) == ("", WORDS.say("card.title"))
    app.seat_card.window.copy_wanted.emit()
    app.seat_card.window.save_wanted.emit("/nowhere/x")
    assert window.said.text() == ""


class Shown:
    """The window of a session whose store asks for a login, and what was copied."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.copied: list[str] = []
        self.card = SeatCard(WORDS, self.copied.append)
        self.window, self.qtbot = self.card.window, qtbot
        qtbot.addWidget(self.window)
        self.card.open(session)
        qtbot.waitUntil(self.window.isVisible)

    def give(self, secret: str) -> None:
        self.window.secret.setText(secret)
        QTest.keyClick(self.window.secret, Qt.Key.Key_Return)
        self.qtbot.waitUntil(self.window.show_it.isEnabled)

    def save(self, file: Path) -> str:
        """What is said after saving."""
        self.window.tell("")
        self.window.save_wanted.emit(str(file))
        self.qtbot.waitUntil(self.window.save.isEnabled)
        return self.window.said.text() + self.window.problem.text()


@pytest.fixture
def made(tmp_path: Path) -> tuple[Session, str]:
    return create(Server(tmp_path).seat("one"), ADDRESS, "小林", PASSPHRASE, LOGIN)


def test_it_is_saved_as_a_card_a_picture_and_a_page(
    qtbot: QtBot,
    tmp_path: Path,
    made: tuple[Session, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = Shown(qtbot, made[0])
    card = made[0].card()
    proposed: list[str] = []

    def chosen(_: object, _title: str, file: str, _kinds: str) -> tuple[str, str]:
        proposed.append(file)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    # Plugged in while the card is shown.
    monkeypatch.setattr(saving, "removable", lambda: [tmp_path])
    QTest.mouseClick(shown.window.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: proposed == [str(tmp_path / "小林.seatcard")])
    assert shown.window.save.isEnabled()
    for name in ("x.seatcard", "x", "小林.卡"):
        written = tmp_path / (name if name.endswith(".seatcard") else f"{name}.seatcard")
        assert shown.save(tmp_path / name) == WORDS.say("card.saved", file=written)
        assert read_card_file(written) == card
    for name, begins in (("x.PNG", b"\x89PNG"), ("x.pdf", b"%PDF")):
        assert str(tmp_path / name) in shown.save(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)
    for name in ("none/x", "none/x.png", "none/x.pdf"):
        assert WORDS.say("error.file_unwritable.safe") in shown.save(tmp_path / name)
    shown.card.end()


def test_the_passphrase_is_asked_for_only_where_it_must_be(
    qtbot: QtBot, tmp_path: Path, made: tuple[Session, str]
) -> None:
    session, code = made
    there = sign_in(Server(tmp_path).seat("two"), ADDRESS, code, session.card(), login=LOGIN)
    shown = Shown(qtbot, there)
    window = shown.window
    assert window.secret.isVisible() and not window.copy.isVisible()
    for wrong, error in (("not it at all", "wrong_passphrase"), (code, "card_needs_passphrase")):
        shown.give(wrong)
        assert WORDS.say(f"error.{error}.what") in window.problem.text()
        # Nobody is sent to a code that does not do here.
        assert WORDS.say("error.wrong_passphrase.do") not in window.problem.text()
    shown.give(PASSPHRASE)
    qtbot.waitUntil(window.copy.isVisible)
    QTest.mouseClick(window.copy, Qt.MouseButton.LeftButton)
    assert read_card(shown.copied[0]).opened_login(PASSPHRASE) == LOGIN
    # From now on it is kept here.
    again = Shown(qtbot, there)
    assert again.window.copy.isVisible()
    for one in (shown, again):
        one.card.end()


def test_what_comes_too_late_is_not_shown(qtbot: QtBot, made: tuple[Session, str]) -> None:
    card = SeatCard(WORDS, lambda _: None)
    qtbot.addWidget(card.window)
    card.open(made[0])
    card.put_away()
    card._own.finish()
    answered: list[bool] = []
    card._own.tell(lambda: answered.append(True))
    qtbot.waitUntil(lambda: bool(answered))
    assert not card.window.isVisible()
    assert card.window.store.text() == ""
    card.end()


def test_it_is_printed_onto_the_printer_that_was_chosen(
    qtbot: QtBot, made: tuple[Session, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    shown = Shown(qtbot, made[0])
    QTest.mouseClick(shown.window.print, Qt.MouseButton.LeftButton)
    (dialog,) = shown.window.findChildren(QPrintDialog)
    assert dialog.isVisible()
    printer: QPaintDevice = dialog.printer()
    assert isinstance(printer, QPrinter)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(printer)
    assert shown.window.said.text() == WORDS.say("card.printed")
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    printer.setOutputFileName(str(tmp_path / "none" / "printed.pdf"))
    dialog.accepted.emit(printer)
    assert shown.window.said.text() == WORDS.say("card.unprinted")
    dialog.close()
    shown.card.end()
