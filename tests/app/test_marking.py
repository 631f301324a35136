"""The bookmark window in the running app: from the tray's menu to the store, and leaving."""

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.around import Around
from companion.app.editing import Editing, bring_marking
from companion.app.marking import Marking
from companion.app.tray_app import TrayApp
from companion.session.bookmark_checks import GONE, MOVED, Checker
from companion.session.bookmark_tree import BOOKMARK, FOLDER, MarkTree
from companion.session.session import Session
from companion.ui.bookmarks import Bookmarks
from companion.ui.bookmarks_dead import Dead
from companion.ui.bookmarks_doubles import Doubles
from companion.ui.style import LIGHT
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.recording_browser import Browser, Waits
from tests.app.stores import SlowServer, another_desk, new_session
from tests.session.recording_checker import RecordingChecker

WORDS = Words("zh")
URLS = [f"https://x{number}.example/" for number in range(3)]


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def checker() -> RecordingChecker:
    known = {URLS[0]: (MOVED, "https://new.example/"), URLS[1]: (GONE, "")}
    return RecordingChecker(known)


@pytest.fixture
def signed_out(make_app: MakeApp, tmp_path: Path, browser: Browser, checker: Checker) -> TrayApp:
    """The app with this browser and this checker."""
    app = make_app(tmp_path / "home")
    around = Around(app.copy_text, app.act, open=browser.open, checker=checker)
    app.marking = Editing(
        WORDS, LIGHT, app.indexing.find, (app.tasks, app.away), lambda: bring_marking(around)
    )
    app.marking.trouble.connect(app.fail)
    return app


@pytest.fixture
def app(qtbot: QtBot, signed_out: TrayApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app, session = signed_out, new_session(tmp_path / "home", server)
    folder = session.profile.add(FOLDER, title="早班")
    for number, url in enumerate(URLS):
        session.profile.add(BOOKMARK, title=f"书签 {number}", url=url, parent=folder)
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


def session_of(app: TrayApp) -> Session:
    assert app.session is not None
    return app.session


def marking(app: TrayApp) -> Marking:
    found = app.marking.writing
    assert found is not None
    return found


@pytest.fixture
def window(qtbot: QtBot, app: TrayApp) -> Bookmarks:
    """The window, opened from the tray, with everything listed."""
    app.tray.actions["bookmarks"].trigger()
    qtbot.waitUntil(lambda: app.marking.writing is not None)
    window = marking(app).window
    qtbot.waitUntil(lambda: len(window.left.model.rows) == 4)
    return window


def choose(window: Bookmarks, row: int) -> None:
    assert window.tree_view.choose([window.left.model.rows[row].id])


def urls(session: Session) -> list[str]:
    return [mark.url for mark in session.profile.bookmarks()]


def test_what_is_written_is_in_the_picker_and_in_the_store(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, server: SlowServer, tmp_path: Path
) -> None:
    choose(window, 1)
    window.editor.url.setText("kefu.example/退款")
    window.editor.flush()
    qtbot.waitUntil(lambda: "https://kefu.example/退款" in urls(session_of(app)))
    qtbot.waitUntil(lambda: window.editor.url.text() == "https://kefu.example/退款")
    qtbot.waitUntil(lambda: bool(app.inserting.find("kefu")))
    qtbot.waitUntil(lambda: session_of(app).status().waiting == 0 and not app.syncing.running)
    assert "https://kefu.example/退款" in urls(another_desk(tmp_path / "other", server))
    window.search.setText("kefu")
    qtbot.waitUntil(lambda: [line.node.title for line in window.left.model.rows] == ["书签 0"])


def test_a_set_is_opened_in_order_on_a_worker_and_counts_as_used(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, browser: Browser
) -> None:
    choose(window, 0)
    window.tree_view.setFocus()
    QTest.keyClick(window.tree_view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.foot.text.text() == WORDS.say("marks.opened", count=3))
    assert browser.opened == URLS
    assert threading.get_ident() not in browser.threads
    ids = [mark.id for mark in session_of(app).profile.bookmarks()]
    assert [session_of(app).profile.uses()[id][0] for id in ids] == [1, 1, 1]
    browser.missing = True
    window.acts.do("open")
    qtbot.waitUntil(lambda: window.foot.text.objectName() == "problem")


def test_no_address_is_opened_behind_whoever_leaves(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, browser: Browser
) -> None:
    gate = threading.Event()
    marking(app).browser.run(lambda: gate.wait(20), lambda _: None, app.fail)
    choose(window, 0)
    window.acts.do("open_all")
    app.closed()
    gate.set()
    assert marking(app).browser.finish()
    assert browser.opened == []


def test_a_picture_from_before_a_write_is_not_shown(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(window, 1)
    id, gate = window.editor.id, threading.Event()
    shown: list[str] = []
    show = window.show_tree

    def showing(tree: MarkTree) -> None:
        # When it closes, there is nothing in it.
        if id in tree.nodes:
            shown.append(tree.nodes[id].title)
        show(tree)

    monkeypatch.setattr(window, "show_tree", showing)
    app.marking.own.run(lambda: gate.wait(20), lambda _: None, app.fail)
    marking(app).read()
    window.editor.title.setText("newer")
    window.editor.flush()
    gate.set()
    qtbot.waitUntil(lambda: "newer" in shown)
    assert set(shown) == {"newer"}


def test_an_address_is_copied_by_the_desk(app: TrayApp, window: Bookmarks) -> None:
    choose(window, 1)
    window.acts.do("copy")
    assert app.desk.clipboard.text() == URLS[0]


def test_signing_out_saves_what_is_typed_and_leaves_nothing_to_read(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, server: SlowServer, tmp_path: Path
) -> None:
    choose(window, 1)
    window.editor.title.setText("刚写的")
    app.act("sign_out")
    qtbot.waitUntil(app.leaving.window.go.isVisible)
    QTest.mouseClick(app.leaving.window.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    assert app.leaving.window.heading.text() == WORDS.say("left.nothing")
    assert not window.isVisible()
    assert (window.left.model.rows, window.editor.title.text(), window.tree.nodes) == ([], "", {})
    other = another_desk(tmp_path / "b", server)
    assert "刚写的" in [mark.title for mark in other.profile.bookmarks()]


def test_what_comes_by_a_sync_is_listed(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, server: SlowServer, tmp_path: Path
) -> None:
    other = another_desk(tmp_path / "other", server)
    other.profile.add(BOOKMARK, title="新来的", url="https://n.example/")
    other.sync()
    app.syncing.now()
    qtbot.waitUntil(lambda: len(window.left.model.rows) == 5)


def dead_of(app: TrayApp) -> Dead:
    checks = marking(app).checks
    window = checks.dead.window if checks is not None and checks.dead is not None else None
    assert isinstance(window, Dead)
    return window


def doubles_of(app: TrayApp) -> Doubles:
    checks = marking(app).checks
    window = checks.doubles.window if checks is not None and checks.doubles is not None else None
    assert isinstance(window, Doubles)
    return window


def test_the_network_is_asked_only_after_a_yes_and_addresses_are_mended(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, checker: RecordingChecker
) -> None:
    QTest.mouseClick(window.left.dead, Qt.MouseButton.LeftButton)
    dead = dead_of(app)
    qtbot.waitUntil(dead.begin.isVisible)
    assert dead.heading.text() == WORDS.say("marks.dead.ask", count=3)
    assert checker.asked == []
    QTest.mouseClick(dead.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dead.items.count() == 2)
    assert checker.asked == URLS
    assert [one.kind for one in dead.found] == [GONE, MOVED]
    QTest.keyClick(dead, Qt.Key.Key_Delete)
    QTest.keyClick(dead, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: urls(session_of(app)) == ["https://new.example/", URLS[2]])
    assert dead.heading.text() == WORDS.say("marks.dead.none")
    QTest.keyClick(dead, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dead.items.count() == 1)
    QTest.keyClick(dead, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dead.items.count() == 2)
    qtbot.waitUntil(lambda: urls(session_of(app)) == URLS)
    # What was done before is not taken back from here.
    QTest.keyClick(dead, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    app.put_away()
    assert not dead.isVisible() and dead.found == []


def test_of_doubles_one_is_kept_and_it_can_be_taken_back(
    qtbot: QtBot, app: TrayApp, window: Bookmarks
) -> None:
    profile = session_of(app).profile
    profile.add(BOOKMARK, title="又一个", url=URLS[1], tags=("急",))
    qtbot.waitUntil(lambda: len(window.left.model.rows) == 5)
    QTest.mouseClick(window.left.doubles, Qt.MouseButton.LeftButton)
    doubles = doubles_of(app)
    qtbot.waitUntil(lambda: doubles.items.count() == 1)
    titles = [doubles.entries.item(row).text().split("\n")[0] for row in range(2)]
    doubles.entries.setCurrentRow(["书签 1" in title for title in titles].index(True))
    QTest.mouseClick(doubles.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(profile.bookmarks()) == 3)
    (kept,) = [mark for mark in profile.bookmarks() if mark.url == URLS[1]]
    assert (kept.title, kept.tags) == ("书签 1", ("急",))
    assert doubles.heading.text() == WORDS.say("marks.dup.none")
    QTest.mouseClick(doubles.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(profile.bookmarks()) == 4 and doubles.items.count() == 1)


def test_a_search_for_dead_links_is_stopped_and_keeps_what_it_found(
    qtbot: QtBot, app: TrayApp, window: Bookmarks, checker: RecordingChecker
) -> None:
    gate = threading.Event()
    checker.asked = Waits(gate)
    QTest.mouseClick(window.left.dead, Qt.MouseButton.LeftButton)
    dead = dead_of(app)
    qtbot.waitUntil(dead.begin.isVisible)
    QTest.mouseClick(dead.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(checker.asked) == 1)
    QTest.mouseClick(dead.stop, Qt.MouseButton.LeftButton)
    gate.set()
    qtbot.waitUntil(lambda: dead.items.count() == 1)
    assert dead.text.text() == WORDS.say("marks.dead.part", done=1, of=3)
    assert checker.asked == URLS[:1]


def test_five_thousand_bookmarks_do_not_hold_up_the_window(
    qtbot: QtBot, app: TrayApp, window: Bookmarks
) -> None:
    profile = session_of(app).profile
    folders = profile.add_many(FOLDER, [{"title": f"文件夹 {at}"} for at in range(300)])
    rows = [
        {"title": f"网页 {at}", "url": f"https://y{at}.example/", "parent": folders[at % 300]}
        for at in range(5_000)
    ]
    profile.add_many(BOOKMARK, rows)
    qtbot.waitUntil(lambda: len(window.tree.nodes) > 5_000, timeout=20_000)
    window.want([mark.id for mark in profile.bookmarks()])
    window.show_tree(window.tree)
    assert len(window.left.model.rows) == 5_304
    began = time.perf_counter()
    window.show_tree(window.tree)
    window.grab()
    # Generous: others may be at work on this machine.
    assert time.perf_counter() - began < 1.0
