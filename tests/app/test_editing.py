"""The phrase window in the running app: from the tray's menu to the store, and when one leaves."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.serving import Serving
from companion.app.tray_app import TrayApp
from companion.app.writing import Writing
from companion.profile.images import MOST_BYTES, media_type
from companion.profile.records import Phrase
from companion.session.library import ALL
from companion.session.session import Session
from companion.ui.library import Library
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, another_desk, new_session
from tests.session.team_desks import NOBODY, Team

WORDS = Words("zh")
BODY = "钱没到账肯定惦记,我马上替您查"


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app = make_app(tmp_path / "home")
    session = new_session(tmp_path / "home", server)
    for number in range(3):
        session.profile.add("phrase", title=f"退款 {number}", body=f"第{number}句,请稍等一下再看")
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


def session_of(app: TrayApp) -> Session:
    assert app.session is not None
    return app.session


def writing(app: TrayApp) -> Writing:
    assert app.editing.writing is not None
    return app.editing.writing


@pytest.fixture
def window(qtbot: QtBot, app: TrayApp) -> Library:
    """The window, opened from the tray at the second phrase."""
    app.tray.actions["library"].trigger()
    qtbot.waitUntil(lambda: app.editing.writing is not None)
    window = writing(app).window
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == 3)
    app.open_library(window.middle.model.rows[1].id)
    qtbot.waitUntil(lambda: window.editor.title.text() == "退款 1")
    return window


def phrase(session: Session, id: str) -> Phrase:
    found = session.profile.get(id)
    assert isinstance(found, Phrase)
    return found


def bodies(session: Session) -> set[str]:
    return {phrase.body for phrase in session.profile.phrases()}


def type_body(window: Library, text: str) -> None:
    window.editor.body.setFocus()
    window.editor.body.setPlainText(text)


def test_it_opens_at_the_phrase_that_the_picker_names(qtbot: QtBot, app: TrayApp) -> None:
    id = session_of(app).profile.phrases()[2].id
    app.open_library(id)
    qtbot.waitUntil(lambda: app.editing.writing is not None)
    window = writing(app).window
    qtbot.waitUntil(lambda: window.editor.title.text() == "退款 2")
    assert [row.id for row in window.chosen] == [id]
    assert window.isVisible()


def test_whoever_comes_from_the_picker_writes_on_at_the_end_of_the_text(
    qtbot: QtBot, app: TrayApp
) -> None:
    ids = [phrase.id for phrase in session_of(app).profile.phrases()]
    app.open_library(ids[2])
    qtbot.waitUntil(lambda: app.editing.writing is not None)
    editor = writing(app).window.editor

    def write_on(id: str) -> None:
        app.open_library(id)
        qtbot.waitUntil(lambda: editor.id == id and editor.body.hasFocus())
        assert editor.body.textCursor().atEnd()
        QTest.keyClicks(editor.body, "x")
        editor.title.setFocus()
        qtbot.waitUntil(lambda: phrase(session_of(app), id).body.endswith("看x"))
        assert editor.title.hasFocus()

    write_on(ids[2])
    write_on(ids[0])


def test_what_is_written_is_on_this_desk_in_the_picker_and_in_the_store(
    qtbot: QtBot, app: TrayApp, window: Library, server: SlowServer, tmp_path: Path
) -> None:
    type_body(window, BODY)
    QTest.keyClick(window.editor.body, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: BODY in [hit.entry.body for hit in app.inserting.find("惦记")])
    qtbot.waitUntil(lambda: session_of(app).status().waiting == 0 and not app.syncing.running)
    assert BODY in bodies(another_desk(tmp_path / "other", server))
    window.search.setText("惦记")
    qtbot.waitUntil(lambda: [row.title for row in window.middle.model.rows] == ["退款 1"])


def test_what_comes_by_a_sync_is_listed_and_typing_is_kept(
    qtbot: QtBot, app: TrayApp, window: Library, server: SlowServer, tmp_path: Path
) -> None:
    id = window.editor.id
    other = another_desk(tmp_path / "other", server)
    other.profile.change(id, body="那边写的")
    other.profile.add("phrase", title="新来的", body="x")
    other.sync()
    type_body(window, BODY)
    app.syncing.now()
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == 4)
    qtbot.waitUntil(window.editor.notice.isVisible)
    assert window.editor.body.text() == BODY
    window.editor.flush()
    qtbot.waitUntil(lambda: bool(session_of(app).profile.conflicts()))
    assert phrase(session_of(app), id).body == BODY
    qtbot.waitUntil(lambda: window.foot.text.text() == WORDS.say("library.kept_both"))


@pytest.fixture
def other_desk(tmp_path: Path, server: SlowServer) -> Callable[[], Session]:
    """Signs in at another desk."""
    return lambda: another_desk(tmp_path / "b", server)


@pytest.mark.parametrize("way", ["window", "shell"])
def test_signing_out_saves_what_is_typed_and_leaves_nothing_to_read(
    qtbot: QtBot, app: TrayApp, window: Library, other_desk: Callable[[], Session], way: str
) -> None:
    type_body(window, BODY)
    if way == "window":
        app.act("sign_out")
        qtbot.waitUntil(app.leaving.window.go.isVisible)
        QTest.mouseClick(app.leaving.window.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(app.leaving.window.close_it.isVisible)
        assert app.leaving.window.heading.text() == WORDS.say("left.nothing")
    else:
        answers: list[dict[str, object]] = []

        def execute(session: Session | None, *_: object) -> dict[str, object]:
            assert session is not None
            return {"kept": session.sign_out().kept_sealed}

        Serving(app, execute).asked({"argv": ["sign-out"]}, answers.append)
        qtbot.waitUntil(lambda: answers == [{"kept": False}])
    assert not window.isVisible()
    assert (window.middle.model.rows, window.editor.body.toPlainText()) == ([], "")
    assert window.shelf.place(ALL) == []
    assert BODY in bodies(other_desk())
    # Nobody is signed in: there is nothing to open.
    app.open_library()
    assert not window.isVisible()


def test_signing_out_waits_for_what_the_window_still_has_to_write(
    qtbot: QtBot, app: TrayApp, window: Library, other_desk: Callable[[], Session]
) -> None:
    gate = threading.Event()
    app.editing.own.run(lambda: gate.wait(20), lambda _: None, app.fail)
    type_body(window, BODY)
    app.act("sign_out")
    qtbot.waitUntil(app.leaving.window.go.isVisible)
    QTest.mouseClick(app.leaving.window.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(app.leaving.window.skip.isVisible)
    assert app.session is not None
    gate.set()
    qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    assert app.leaving.window.heading.text() == WORDS.say("left.nothing")
    assert BODY in bodies(other_desk())


def test_a_new_phrase_that_was_just_typed_is_saved_when_the_window_closes(
    qtbot: QtBot, app: TrayApp, window: Library
) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_body(window, BODY)
    QTest.keyClick(window.editor.body, Qt.Key.Key_Escape)
    assert not window.isVisible()
    qtbot.waitUntil(lambda: BODY in bodies(session_of(app)))
    app.open_library()
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == 4)


def test_tab_leads_from_the_title_to_the_text_also_while_that_is_saved(
    qtbot: QtBot, app: TrayApp, window: Library
) -> None:
    window.places.choose(ALL)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = window.editor
    QTest.keyClicks(editor.title, "Neu")
    QTest.keyClick(editor.title, Qt.Key.Key_Tab)
    assert editor.body.hasFocus()
    QTest.keyClicks(editor.body, "a ")
    qtbot.waitUntil(window.foot.undo.isVisible)
    qtbot.waitUntil(lambda: [row.title for row in window.chosen] == ["Neu"])
    assert editor.body.hasFocus() and editor.body.text() == "a "
    QTest.keyClicks(editor.body, "b")
    QTest.keyClick(editor.body, Qt.Key.Key_Tab)
    assert editor.abbr.hasFocus()
    qtbot.waitUntil(lambda: "a b" in bodies(session_of(app)))


def test_images_come_from_files_and_the_clipboard_within_their_bound(
    qtbot: QtBot, app: TrayApp, window: Library, tmp_path: Path
) -> None:
    session, id = session_of(app), window.editor.id
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    window.editor.below.bar.setCurrentIndex(2)
    QTest.mouseClick(window.editor.below.paste, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(session.profile.images(id)) == 1)
    qtbot.waitUntil(lambda: window.editor.below.images.count() == 1)
    qtbot.waitUntil(lambda: not window.editor.below.images.item(0).icon().isNull())
    file = tmp_path / "收据.jpg"
    assert image.save(str(file))
    writing(app).pictures.add_file(file)
    qtbot.waitUntil(lambda: len(session.profile.images(id)) == 2)
    kinds = {media_type(held.data) for held in session.profile.images(id)}
    assert kinds == {"image/png", "image/jpeg"}
    for large, data in ((True, b"\x89PNG" + bytes(MOST_BYTES)), (False, b"no image")):
        file.write_bytes(data)
        window.foot.say("", undo=False)
        writing(app).pictures.add_file(file)
        qtbot.waitUntil(lambda: bool(window.foot.text.text()))
        assert (str(MOST_BYTES) in window.foot.text.text()) == large
    assert len(session.profile.images(id)) == 2
    QGuiApplication.clipboard().clear()
    QTest.mouseClick(window.editor.below.paste, Qt.MouseButton.LeftButton)
    assert window.foot.text.text() == WORDS.say("library.image.none")


def test_duplicates_are_found_merged_and_brought_back(
    qtbot: QtBot, app: TrayApp, window: Library
) -> None:
    profile = session_of(app).profile
    for text in (BODY, BODY + "!", BODY + " "):
        profile.add("phrase", title="惦记", body=text)
    QTest.mouseClick(window.side.duplicates, Qt.MouseButton.LeftButton)
    found = writing(app).duplicates.window
    # The three that are the same, and those that were there, which are nearly so.
    qtbot.waitUntil(lambda: found.groups.count() == 2)
    QTest.keyClick(found, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(profile.phrases()) == 4)
    qtbot.waitUntil(lambda: len(window.shelf.place("trash")) == 2)
    QTest.keyClick(found, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(profile.phrases()) == 6 and found.groups.count() == 2)
    app.put_away()
    assert not found.isVisible() and found.groups.count() == 0


def test_a_teams_phrase_is_copied_to_ones_own(
    qtbot: QtBot, app: TrayApp, window: Library, tmp_path: Path
) -> None:
    team, session = Team(tmp_path), session_of(app)
    app.tasks.run(lambda: session.teams.follow(team.card, NOBODY), lambda _: None, app.fail)
    qtbot.waitUntil(lambda: bool(window.shelf.teams))
    (row,) = window.shelf.place("team:" + window.shelf.teams[0].id)
    window.open_at(row.id)
    qtbot.waitUntil(window.editor.notice.act.isVisible)
    QTest.mouseClick(window.editor.notice.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(session.profile.phrases()) == 4)
    qtbot.waitUntil(lambda: not window.editor.body.isReadOnly())
    assert window.editor.title.text() == "退款" and window.place == "set:"
