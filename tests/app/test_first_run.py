"""A newcomer's first run in the app: a profile, its code, a phrase tried by the hotkey."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.ui.picker_keys import Act
from companion.ui.words import Words
from companion.wiring import saving
from tests.app.stores import PASSPHRASE

WORDS = Words("zh")
ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


def make_profile(app: TrayApp, qtbot: QtBot, store: Path) -> None:
    """Go through the pages until the recovery code is shown."""
    window = app.seating.window
    app.seating.ask()
    QTest.keyClick(window.other, SPACE)
    window.first.place.name.setText("lin")
    window.first.place.store.setText(str(store))
    QTest.keyClick(window.first.place.store, ENTER)
    for line in (window.first.secret.passphrase, window.first.secret.again):
        line.setText(PASSPHRASE)
    QTest.keyClick(window.first.secret.again, ENTER)
    qtbot.waitUntil(window.first.code.isVisible)
    assert app.session is not None


@pytest.fixture
def app(make_app: Callable[[Path], TrayApp], qtbot: QtBot, tmp_path: Path) -> TrayApp:
    """An app in which a profile has just been made; its recovery code is shown."""
    app = make_app(tmp_path / "home")
    make_profile(app, qtbot, tmp_path / "store")
    return app


def test_the_code_is_copied_as_what_does_not_stay_and_saved_for_the_agent_alone(
    app: TrayApp, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = app.seating.window.first.code
    said = code.code.text()
    QTest.keyClick(code.copy, SPACE)
    assert app.desk.clipboard.text() == said
    assert app.seating.window.notice.text() == WORDS.say("sitting.copied")
    code.saved.emit(said, tmp_path / "code.txt")
    done = WORDS.say("sitting.saved", name="code.txt")
    qtbot.waitUntil(lambda: app.seating.window.notice.text() == done)
    assert (tmp_path / "code.txt").read_text("utf-8") == said
    assert (tmp_path / "code.txt").stat().st_mode & 0o077 == 0
    code.saved.emit(said, tmp_path / "no" / "code.txt")
    qtbot.waitUntil(app.seating.window.problem.isVisible)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    code.saved.emit(said, tmp_path / "code.txt")
    here = WORDS.say("sitting.saved_here", name="code.txt")
    qtbot.waitUntil(lambda: app.seating.window.notice.text() == here)


def test_a_stick_is_proposed_for_the_code_and_where_there_is_none_it_is_said(
    app: TrayApp, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Path]] = []

    def chosen(_: object, title: str, file: str) -> tuple[str, str]:
        asked.append((title, Path(file).parent))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    monkeypatch.setattr(saving, "removable", lambda: [tmp_path])
    QTest.keyClick(app.seating.window.first.code.save, SPACE)
    qtbot.waitUntil(lambda: asked == [(WORDS.say("sitting.save.title"), tmp_path)])
    monkeypatch.setattr(saving, "removable", list)
    QTest.keyClick(app.seating.window.first.code.save, SPACE)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1] == (WORDS.say("sitting.save.title_here"), saving.folder_to_keep())


def test_the_code_is_shown_also_where_the_window_was_closed_too_late(
    make_app: Callable[[Path], TrayApp], qtbot: QtBot, tmp_path: Path
) -> None:
    app = make_app(tmp_path / "home")
    window = app.seating.window
    app.seating.ask()
    QTest.keyClick(window.other, SPACE)
    window.first.place.name.setText("lin")
    window.first.place.store.setText(str(tmp_path / "store"))
    QTest.keyClick(window.first.place.store, ENTER)
    for line in (window.first.secret.passphrase, window.first.secret.again):
        line.setText(PASSPHRASE)
    QTest.keyClick(window.first.secret.again, ENTER)
    # It is made by now, and nobody has been told.
    assert app.away.finish()
    window.close()
    qtbot.waitUntil(lambda: app.session is not None)
    assert window.first.code.isVisible() and window.first.code.code.text()


def test_the_hotkey_is_tried_on_the_spot(app: TrayApp, qtbot: QtBot) -> None:
    window = app.seating.window
    QTest.keyClick(window.later, SPACE)
    looking = WORDS.say("sitting.import.looking")
    qtbot.waitUntil(lambda: window.first.bring.text.text() != looking)
    QTest.keyClick(window.go, SPACE)
    trial = window.first.trial
    title = WORDS.say("sitting.try.title")
    ready = WORDS.say("sitting.try.text", title=title, query="wh")
    qtbot.waitUntil(lambda: trial.text.text() == ready)
    qtbot.waitUntil(lambda: app.inserting.find("wh")[0].entry.title == title)
    app.hotkey()
    picker = app.inserting.picker
    qtbot.waitUntil(picker.isVisible)
    picker.search.setText("wh")
    # What the picker says it will do is what it does then.
    into = WORDS.say("picker.target", title=WORDS.say("sitting.try.target"))
    insert = picker.panel.foot.hints[Act.INSERT].accessibleName()
    assert picker.panel.target.accessibleName() == into
    assert insert.startswith(WORDS.say("picker.key.insert"))
    body = WORDS.say("sitting.try.body")
    QTest.keyClick(picker.search, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert (app.desk.clipboard.text(), trial.field.toPlainText()) == (body, "")
    app.hotkey()
    qtbot.waitUntil(picker.isVisible)
    picker.search.setText("wh")
    window.show_note("another program holds it")
    QTest.keyClick(picker.search, ENTER)
    qtbot.waitUntil(lambda: trial.field.toPlainText() == body)
    # What stood in the way is not said any more where it works.
    assert trial.worked.isVisible() and not window.notice.isVisible()
    QTest.keyClick(window.go, SPACE)
    assert not window.isVisible()
    # From now on what is chosen without a window to go to is copied, as ever.
    assert not app.seating.take_trial("x")


def test_import_is_opened_and_the_window_stays(app: TrayApp, qtbot: QtBot) -> None:
    window = app.seating.window
    QTest.keyClick(window.later, SPACE)
    QTest.keyClick(window.first.bring.open, SPACE)
    qtbot.waitUntil(app.bringing.window.isVisible)
    assert window.isVisible()
    # Asked for once more, it is the page of now and not the first.
    app.seating.ask()
    assert window.first.bring.isVisible()


def test_a_second_first_run_serves_the_second_profile_only(
    app: TrayApp, qtbot: QtBot, tmp_path: Path
) -> None:
    window = app.seating.window
    code = window.first.code.code.text()
    window.close()
    app.sign_out()
    qtbot.waitUntil(lambda: app.session is None)
    app.leaving.window.hide()
    make_profile(app, qtbot, tmp_path / "other")
    said: list[str] = []
    app.seating.copied.connect(lambda text, _lasting: said.append(text))
    QTest.keyClick(window.first.code.copy, SPACE)
    QTest.keyClick(window.go, SPACE)
    QTest.keyClick(window.later, SPACE)
    QTest.keyClick(window.go, SPACE)
    QTest.keyClick(window.later, SPACE)
    session = app.session
    assert session is not None
    assert said[0] != code and len(said) == 2
    assert said[1] == session.card().text()
