"""The bookmark window by keyboard: the tree, moving, new ones, several, opening."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.session.bookmark_tree import BOOKMARK
from companion.ui.bookmarks_acts import MOST_UNASKED
from tests.ui.bookmarks_window import WORDS, Desk, desk_on_some, press

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
DOWN, UP, LEFT, RIGHT = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right
ENTER, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Delete
NONE = Qt.KeyboardModifier.NoModifier
ALL = "a .b ..3 .1 .2 c .4 5"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    found = desk_on_some()
    qtbot.addWidget(found.window)
    yield found


def test_a_small_tree_is_seen_as_a_whole_and_folders_open_and_close_by_arrows(desk: Desk) -> None:
    assert desk.seen == ALL
    desk.choose("1")
    press(desk, LEFT)
    assert desk.chosen == ["a"]
    press(desk, LEFT)
    assert desk.seen == "a c .4 5"
    press(desk, RIGHT)
    assert (desk.seen, desk.chosen) == (ALL, ["a"])
    press(desk, RIGHT)
    assert desk.chosen == ["b"]
    desk.choose("3")
    desk.window.show_open(desk.id("a"), False)
    assert desk.chosen == ["a"]
    press(desk, ENTER)
    assert desk.seen == ALL


def test_the_arrow_of_a_folder_is_pressed_with_the_mouse(desk: Desk) -> None:
    view = desk.window.tree_view
    desk.choose("5")
    area = view.visualRect(view.model().index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(14, area.center().y()))
    assert (desk.seen, desk.chosen) == ("a c .4 5", ["5"])
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert desk.seen == ALL and desk.opened == []
    last = view.visualRect(view.model().index(7, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert desk.opened == [["5"]]


@pytest.mark.parametrize(
    ("what", "key", "seen"),
    [
        (("2",), UP, "a .b ..3 .2 .1 c .4 5"),
        (("1", "2"), DOWN, ALL),
        (("c",), UP, "c .4 a .b ..3 .1 .2 5"),
        (("1",), LEFT, "a .b ..3 .2 c .4 1 5"),
        (("3",), LEFT, "a .b .3 .1 .2 c .4 5"),
        (("1", "2"), RIGHT, "a .b ..3 ..1 ..2 c .4 5"),
        (("c",), RIGHT, "a .b ..3 .c ..4 .1 .2 5"),
        (("a",), RIGHT, ALL),
        (("5",), LEFT, ALL),
    ],
)
def test_alt_and_an_arrow_put_what_is_chosen_elsewhere(
    desk: Desk, what: tuple[str, ...], key: Qt.Key, seen: str
) -> None:
    desk.choose(*what)
    press(desk, key, ALT)
    assert (desk.seen, desk.chosen) == (seen, list(what))
    if seen != ALL:
        press(desk, Qt.Key.Key_Z, CONTROL)
        assert desk.seen == ALL
        press(desk, Qt.Key.Key_Y, CONTROL)
        assert desk.seen == seen


def test_what_is_cut_is_pasted_where_one_goes_then(desk: Desk) -> None:
    desk.choose("1", "b")
    press(desk, Qt.Key.Key_X, CONTROL)
    assert desk.said == WORDS.say("marks.cut", count=2)
    assert {desk.id("1"), desk.id("b"), desk.id("3")} == desk.window.tree_view.delegate.cut
    desk.choose("c")
    press(desk, Qt.Key.Key_V, CONTROL)
    assert desk.seen == "a .2 c .b ..3 .4 .1 5"
    assert sorted(desk.chosen) == ["1", "b"] and not desk.window.tree_view.delegate.cut
    # A folder goes neither into itself nor into what is in it.
    desk.choose("c")
    press(desk, Qt.Key.Key_X, CONTROL)
    desk.choose("3")
    press(desk, Qt.Key.Key_V, CONTROL)
    assert desk.seen == "a .2 c .b ..3 .4 .1 5"


def test_control_m_moves_to_a_folder_that_is_found_or_made(desk: Desk, qtbot: QtBot) -> None:
    form = desk.window.acts.moving
    desk.choose("a")
    with qtbot.waitActive(form):
        press(desk, Qt.Key.Key_M, CONTROL)
    # Neither itself nor what is in it is offered.
    texts = [form.sets.item(row).text() for row in range(form.sets.count())]
    assert texts == [WORDS.say("marks.loose"), "c"]
    form.hide()
    desk.choose("1", "5")
    with qtbot.waitActive(form):
        press(desk, Qt.Key.Key_M, CONTROL)
    assert "b  ·  a" in [form.sets.item(row).text() for row in range(form.sets.count())]
    form.search.insert("b")
    QTest.keyClick(form.search, ENTER)
    assert desk.seen == "a .b ..3 ..1 ..5 .2 c .4"
    desk.choose("2")
    with qtbot.waitActive(form):
        press(desk, Qt.Key.Key_M, CONTROL)
    form.search.insert("新的")
    QTest.keyClick(form.search, ENTER)
    desk.window.show_open(desk.id("新的"), True)
    assert desk.seen == "a .b ..3 ..1 ..5 c .4 新的 .2"


def test_a_folder_is_made_renamed_and_deleted_with_what_is_in_it(desk: Desk, qtbot: QtBot) -> None:
    desk.choose("b")
    form = desk.window.acts.naming
    with qtbot.waitActive(form):
        press(desk, Qt.Key.Key_N, CONTROL | SHIFT)
    form.name.insert(" 早班  必开 ")
    QTest.keyClick(form.name, ENTER)
    assert desk.seen == "a .b ..早班 必开 ..3 .1 .2 c .4 5"
    assert desk.chosen == ["早班 必开"]
    desk.choose("a")
    press(desk, Qt.Key.Key_F2)
    QTest.keyClicks(desk.window.editor.title, "A")
    desk.window.tree_view.setFocus()
    assert desk.chosen == ["A"]
    press(desk, DELETE)
    assert desk.seen.startswith("c .4 5") and desk.chosen == ["c"]
    assert desk.said == WORDS.say("marks.did.trash", count=1)
    press(desk, Qt.Key.Key_Z, CONTROL)
    assert desk.seen == "A .b ..早班 必开 ..3 .1 .2 c .4 5"
    assert "A" in desk.chosen


def test_what_was_deleted_stands_in_the_trash_and_is_restored(desk: Desk) -> None:
    desk.choose("1", "c")
    press(desk, DELETE)
    trash = desk.window.tree.nodes["trash"]
    assert trash.count == 2
    desk.window.open_at(desk.id("1"))
    editor = desk.window.editor
    assert editor.title.isReadOnly() and editor.notice.act.text() == WORDS.say("library.restore")
    QTest.mouseClick(editor.notice.act, Qt.MouseButton.LeftButton)
    assert desk.mark("1").parent == desk.id("a")
    desk.window.tree_view.choose(["trash"])
    assert desk.window.many.heading.text() == WORDS.say("library.trash")
    press(desk, DELETE)
    assert desk.window.tree.nodes["trash"].count == 1


def test_a_new_bookmark_goes_where_the_chosen_line_is(desk: Desk) -> None:
    desk.choose("4")
    press(desk, Qt.Key.Key_N, CONTROL)
    editor = desk.window.editor
    assert editor.url.hasFocus() and editor.place.text().strip("\u2068\u2069") == "c"
    QTest.keyClicks(editor.url, "kefu.example/new")
    press(desk, Qt.Key.Key_Tab)
    assert desk.seen == "a .b ..3 .1 .2 c .4 .https://kefu.example/new 5"
    assert editor.url.text() == "https://kefu.example/new"
    editor.title.setFocus()
    editor.title.selectAll()
    QTest.keyClicks(editor.title, "Neu")
    press(desk, Qt.Key.Key_S, CONTROL)
    assert desk.seen == "a .b ..3 .1 .2 c .4 .Neu 5"
    # Whoever begins one and writes nothing has made none.
    press(desk, Qt.Key.Key_N, CONTROL)
    desk.choose("1")
    assert len(desk.profile.bookmarks()) == 6


def test_enter_opens_and_a_large_folder_is_asked_about_first(desk: Desk, qtbot: QtBot) -> None:
    desk.choose("3", "1", "5")
    press(desk, ENTER)
    desk.choose("a")
    press(desk, ENTER, CONTROL)
    assert desk.opened == [["3", "1", "5"], ["3", "1", "2"]]
    for number in range(10, 10 + MOST_UNASKED):
        url = f"https://n.example/{number}"
        desk.profile.add(BOOKMARK, title=str(number), url=url, parent=desk.id("c"))
    desk.refresh()
    desk.choose("c")
    form = desk.window.acts.opening
    with qtbot.waitActive(form):
        press(desk, ENTER, CONTROL)
    assert form.heading.text() == WORDS.say("marks.open.ask", count=MOST_UNASKED + 1)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert len(desk.opened) == 2
    with qtbot.waitActive(form):
        press(desk, ENTER, CONTROL)
    QTest.keyClick(form.go, ENTER)
    assert desk.opened[-1][:2] == ["4", "10"] and len(desk.opened[-1]) == MOST_UNASKED + 1


def test_a_script_is_shown_marked_and_copied_but_never_opened(desk: Desk) -> None:
    url = "javascript:alert(1)"
    desk.profile.add(BOOKMARK, title="s", url=url)
    desk.refresh()
    desk.choose("s")
    editor = desk.window.editor
    assert editor.never.isVisible() and not editor.open.isEnabled()
    press(desk, ENTER)
    assert desk.opened == [] and desk.said == WORDS.say("marks.never.why")
    press(desk, Qt.Key.Key_C, CONTROL)
    assert desk.copied == [url]
    desk.choose("a", "s")
    press(desk, Qt.Key.Key_C, CONTROL)
    assert desk.copied[-1].splitlines() == [
        *("https://x3.example/", "https://x1.example/", "https://x2.example/"),
        url,
    ]


def test_several_are_tagged_and_their_tags_taken_off(desk: Desk) -> None:
    desk.choose("1", "2", "b")
    window = desk.window
    assert window.many.heading.text() == WORDS.say("marks.chosen", count=3)
    window.tags.line.insert("急，早班")
    QTest.keyClick(window.tags.line, ENTER)
    assert desk.mark("1").tags == desk.mark("2").tags == ("急", "早班")
    window.tags.line.insert("急")
    QTest.mouseClick(window.tags.drop, Qt.MouseButton.LeftButton)
    assert desk.mark("1").tags == ("早班",)
    window.acts.do("undo")
    assert desk.mark("2").tags == ("急", "早班")
    assert sorted(desk.chosen) == ["1", "2"]


def test_more_pages_than_a_browser_likes_are_not_opened_by_enter(desk: Desk, qtbot: QtBot) -> None:
    rows = [{"title": str(at), "url": f"https://n.example/{at}"} for at in range(60)]
    desk.profile.add_many(BOOKMARK, rows)
    desk.refresh()
    desk.window.tree_view.selectAll()
    form = desk.window.acts.opening
    with qtbot.waitActive(form):
        desk.window.acts.do("open_all")
    assert form.text.text() == WORDS.say("marks.open.many")
    assert form.focusWidget() is form.cancel
    QTest.keyClick(form.cancel, ENTER)
    assert not form.isVisible() and desk.opened == []
    with qtbot.waitActive(form):
        desk.window.acts.do("open_all")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    assert len(desk.opened[0]) == 65
