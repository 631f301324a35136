"""What is typed into a bookmark is saved when it is left, and is never lost to another desk."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.profile.profile import Profile
from tests.profile.desks import exchange
from tests.ui.bookmarks_window import WORDS, Desk, desk_on_some

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    found = desk_on_some()
    qtbot.addWidget(found.window)
    found.choose("1")
    yield found


LEAVING: dict[str, Callable[[Desk], object]] = {
    "tab": lambda desk: QTest.keyClick(desk.window.editor.title, Qt.Key.Key_Tab),
    "enter": lambda desk: QTest.keyClick(desk.window.editor.title, Qt.Key.Key_Return),
    "save": lambda desk: QTest.keyClick(desk.window.editor.title, Qt.Key.Key_S, CONTROL),
    "another": lambda desk: desk.choose("2"),
    "search": lambda desk: desk.window.search.setText("4"),
    "new": lambda desk: desk.window.begin(),
    "close": lambda desk: desk.window.close(),
    "folder": lambda desk: desk.window.show_open(desk.id("a"), False),
}


@pytest.mark.parametrize("way", LEAVING)
def test_what_was_typed_is_saved_however_one_leaves(desk: Desk, way: str) -> None:
    id = desk.id("1")
    editor = desk.window.editor
    editor.title.setFocus()
    editor.title.setText(" 新标题 ")
    editor.tags.setText("急、早班, 急")
    LEAVING[way](desk)
    found = next(mark for mark in desk.profile.bookmarks() if mark.id == id)
    assert (found.title, found.tags) == ("新标题", ("急", "早班"))
    assert len([done for done in desk.done if done.name == "write"]) == 1


def elsewhere(desk: Desk, **fields: str) -> None:
    """Write fields of the first bookmark at another desk, and exchange everything."""
    other = Profile("p")
    exchange(desk.profile, other)
    other.change(desk.id("1"), **fields)
    exchange(desk.profile, other)
    desk.refresh()


def test_what_comes_from_another_desk_is_shown_and_typing_is_kept(desk: Desk) -> None:
    editor = desk.window.editor
    editor.title.setFocus()
    elsewhere(desk, url="https://there.example/")
    assert editor.url.text() == "https://there.example/"
    editor.title.end(False)
    QTest.keyClicks(editor.title, "!")
    elsewhere(desk, title="there")
    assert editor.title.text() == "1!"
    assert editor.notice.text.text() == WORDS.say("library.elsewhere")
    desk.window.editor.flush()
    node = desk.window.tree.nodes[editor.id]
    assert (node.title, dict(node.clashes)) == ("1!", {"title": ("there",)})
    assert desk.said == WORDS.say("library.kept_both")


@pytest.mark.parametrize(("other", "url"), [(False, "https://here.example/"), (True, "https://b/")])
def test_a_conflict_is_settled_on_either_value(desk: Desk, other: bool, url: str) -> None:
    away = Profile("p")
    exchange(desk.profile, away)
    desk.profile.change(desk.id("1"), url="https://here.example/")
    away.change(desk.id("1"), url="https://b/")
    exchange(desk.profile, away)
    desk.refresh()
    node = desk.window.tree.nodes[desk.id("1")]
    # Which of them counts is decided by the stamps: the other one is told of.
    lost = node.clashes["url"][0]
    assert lost in desk.window.editor.notice.text.text()
    notice = desk.window.editor.notice
    QTest.mouseClick(notice.other if (lost == url) else notice.act, Qt.MouseButton.LeftButton)
    assert desk.mark("1").url == url
    assert not notice.isVisible() and not desk.profile.conflicts()


def test_what_was_written_is_known_before_the_worker_has_done_it(desk: Desk) -> None:
    asked: list[str] = []
    window = desk.window
    window.acted.disconnect()
    window.acted.connect(lambda name, _facts: asked.append(name))
    window.editor.title.setText("newer")
    desk.choose("2")
    desk.choose("newer")
    assert (window.editor.title.text(), asked) == ("newer", ["write"])


def test_control_z_in_a_line_takes_back_its_typing_and_then_the_last_act(desk: Desk) -> None:
    desk.choose("2")
    QTest.keyClick(desk.window.tree_view, Qt.Key.Key_Delete)
    desk.choose("1")
    editor = desk.window.editor
    editor.title.setFocus()
    QTest.keyClicks(editor.title, "x")
    QTest.keyClick(editor.title, Qt.Key.Key_Z, CONTROL)
    assert editor.title.text() == "1" and ".2" not in desk.seen
    QTest.keyClick(editor.title, Qt.Key.Key_Z, CONTROL)
    assert ".1 .2 c" in desk.seen


def test_the_window_holds_nothing_when_it_is_closed(desk: Desk) -> None:
    desk.window.search.setText("example")
    desk.window.forget()
    window = desk.window
    assert (window.left.model.rows, window.editor.title.text()) == ([], "")
    assert (window.search.text(), window.editor.url.text()) == ("", "")
    assert window.tree.nodes == {} and window.editor.place.text() == ""


def test_what_is_deleted_elsewhere_leaves_the_window(desk: Desk) -> None:
    other = Profile("p")
    exchange(desk.profile, other)
    other.trash(desk.id("1"))
    exchange(desk.profile, other)
    desk.refresh()
    assert desk.seen.startswith("a .b ..3 .2 c") and desk.chosen == ["2"]
    assert desk.window.editor.title.text() == "2"


def test_a_new_bookmark_goes_on_from_its_address_to_its_title(desk: Desk, qtbot: QtBot) -> None:
    desk.window.begin()
    editor = desk.window.editor
    QTest.keyClicks(editor.url, "https://new.test/")
    QTest.keyClick(editor.url, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.title.selectedText() == "https://new.test/")
    assert editor.title.hasFocus()
    editor.title.insert("新的")
    QTest.keyClick(editor.title, Qt.Key.Key_Return)
    mark = desk.mark("新的")
    assert mark.url == "https://new.test/"


def test_f2_leads_to_the_title_from_any_field(desk: Desk) -> None:
    editor = desk.window.editor
    editor.url.setFocus()
    QTest.keyClick(editor.url, Qt.Key.Key_F2)
    assert editor.title.hasFocus()
    assert editor.title.selectedText() == "1"
