"""The phrase window by keyboard and mouse: places, order, moving, deleting, undo, the filter."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.profile.profile import Profile
from companion.session.library import ALL, FAVOURITES, LOOSE, SET, TRASH
from tests.ui.library_window import WORDS, Opened, choose, chosen, opened, opened_on_some, place

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
DOWN, UP, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Opened]:
    found = opened_on_some()
    qtbot.addWidget(found.window)
    yield found


def test_sets_are_listed_with_what_is_in_them(desk: Opened) -> None:
    listed = [(one.title, one.count, one.depth) for one in desk.window.side.model.places if one.key]
    assert listed == [
        ("全部", 6, 0),
        ("收藏", 0, 0),
        ("售后", 6, 0),
        ("退款", 3, 1),
        ("物流", 0, 0),
        ("有两个版本", 0, 0),
        ("回收站", 0, 0),
    ]
    place(desk, "退款")
    assert desk.titles == ["0", "2", "4"]
    place(desk, "售后")
    assert desk.titles == ["1", "3", "5", "0", "2", "4"]


@pytest.mark.parametrize(
    ("what", "keys", "order"),
    [
        (("3",), (UP,), "315024"),
        (("1",), (UP,), "135024"),
        (("1",), (DOWN, DOWN), "351024"),
        (("5",), (DOWN,), "135024"),
        (("1", "3"), (DOWN,), "513024"),
        (("3", "5"), (UP,), "351024"),
        (("5", "0"), (UP,), "135024"),
    ],
)
def test_alt_and_an_arrow_put_what_is_chosen_one_further_within_its_set(
    desk: Opened, what: tuple[str, ...], keys: tuple[Qt.Key, ...], order: str
) -> None:
    choose(desk, *what)
    for key in keys:
        QTest.keyClick(desk.window.rows, key, ALT)
    assert "".join(desk.titles) == order
    assert chosen(desk) == list(what)


def test_control_m_moves_to_a_set_that_is_found_or_made(desk: Opened, qtbot: QtBot) -> None:
    choose(desk, "1", "2")
    form = desk.window.acts.moving
    with qtbot.waitActive(form):
        QTest.keyClick(desk.window.rows, Qt.Key.Key_M, CONTROL)
    form.search.insert("物")
    QTest.keyClick(form.search, ENTER)
    place(desk, "物流")
    assert desk.titles == ["1", "2"]
    choose(desk, "2")
    with qtbot.waitActive(form):
        QTest.keyClick(desk.window.rows, Qt.Key.Key_M, CONTROL)
    form.search.insert("VIP 客户")
    QTest.keyClick(form.search, ENTER)
    place(desk, "VIP 客户")
    assert desk.titles == ["2"]
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Z, CONTROL)
    assert "VIP 客户" not in [held.title for held in desk.window.side.model.places]
    place(desk, "物流")
    assert desk.titles == ["1", "2"]


def test_a_set_is_made_renamed_nested_and_deleted_with_what_is_in_it(
    desk: Opened, qtbot: QtBot
) -> None:
    form = desk.window.acts.naming
    with qtbot.waitActive(form):
        QTest.keyClick(desk.window, Qt.Key.Key_N, CONTROL | SHIFT)
    form.name.insert(" 会员  卡 ")
    QTest.keyClick(form.name, ENTER)
    place(desk, "会员 卡")
    desk.window.places.setFocus()
    with qtbot.waitActive(form):
        QTest.keyClick(desk.window.places, Qt.Key.Key_F2)
    form.name.insert("会员")
    QTest.keyClick(form.name, ENTER)
    QTest.keyClick(desk.window.places, Qt.Key.Key_Right, ALT)
    sets = [(held.title, held.depth) for held in desk.window.side.model.places if held.set]
    assert sets == [("售后", 0), ("退款", 1), ("物流", 0), ("会员", 1)]
    QTest.keyClick(desk.window.places, Qt.Key.Key_Left, ALT)
    QTest.keyClick(desk.window.places, UP, ALT)
    sets = [(held.title, held.depth) for held in desk.window.side.model.places if held.set]
    assert sets == [("售后", 0), ("退款", 1), ("会员", 0), ("物流", 0)]
    place(desk, "售后")
    desk.window.places.setFocus()
    QTest.keyClick(desk.window.places, Qt.Key.Key_Delete)
    assert desk.window.place == ALL
    assert desk.titles == []
    place(desk, "回收站")
    assert [row.count for row in desk.window.middle.model.rows] == [6]
    choose(desk, "售后")
    QTest.mouseClick(desk.window.many.acts["restore"], Qt.MouseButton.LeftButton)
    place(desk, "全部")
    assert "".join(desk.titles) == "135024"


def test_what_is_deleted_is_in_the_trash_and_the_next_one_is_chosen(desk: Opened) -> None:
    place(desk, "退款")
    choose(desk, "2")
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Delete)
    assert (desk.titles, chosen(desk)) == (["0", "4"], ["4"])
    assert desk.said == WORDS.say("library.did.trash", count=1)
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Z, CONTROL)
    assert desk.titles == ["0", "2", "4"]
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Y, CONTROL)
    assert desk.titles == ["0", "4"]
    place(desk, "回收站")
    assert desk.titles == ["2"]


def test_what_an_undo_brings_back_is_chosen_and_nothing_where_it_takes_something_away(
    desk: Opened,
) -> None:
    place(desk, "售后")
    choose(desk, "3", "5", "0")
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Delete)
    assert chosen(desk) == ["2"]
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Z, CONTROL)
    assert chosen(desk) == ["3", "5", "0"]
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Delete)
    place(desk, "回收站")
    choose(desk, "3")
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Z, CONTROL)
    assert chosen(desk) == ["3", "5", "0"] and desk.window.place == ALL
    # It is changed in its place, wherever one is by now.
    QTest.keyClick(desk.window.rows, Qt.Key.Key_D, CONTROL)
    place(desk, "收藏")
    choose(desk, "3")
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Z, CONTROL)
    assert chosen(desk) == ["3", "5", "0"]
    place(desk, "全部")
    desk.window.begin("Neu", "x")
    desk.window.editor.flush()
    assert chosen(desk) == ["Neu"]
    QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL)
    assert chosen(desk) == [] and desk.window.rows.hasFocus()
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Delete)
    assert len(desk.titles) == 6


@pytest.mark.parametrize("way", [ENTER, Qt.Key.Key_F6, Qt.Key.Key_Tab])
def test_whoever_comes_to_the_list_by_a_key_is_on_its_first_line(desk: Opened, way: Qt.Key) -> None:
    place(desk, "退款")
    desk.window.places.setFocus()
    assert chosen(desk) == []
    for _ in range(8):
        focused = QApplication.focusWidget()
        if focused in (desk.window.rows, None):
            break
        QTest.keyClick(focused, way)
    assert chosen(desk) == ["0"]
    QTest.keyClick(desk.window.rows, DOWN)
    assert chosen(desk) == ["2"]


@pytest.mark.parametrize("key", [DOWN, UP, Qt.Key.Key_Home])
def test_where_nothing_is_chosen_an_arrow_takes_the_first_line(desk: Opened, key: Qt.Key) -> None:
    place(desk, "退款")
    desk.window.rows.setFocus(Qt.FocusReason.MouseFocusReason)
    assert chosen(desk) == []
    QTest.keyClick(desk.window.rows, key)
    assert chosen(desk) == ["0"]


def test_several_are_shown_as_several(desk: Opened) -> None:
    choose(desk, "1")
    assert desk.window.editor.isVisible()
    QTest.keyClick(desk.window.rows, Qt.Key.Key_A, CONTROL)
    assert desk.window.many.isVisible()
    assert desk.window.many.heading.text() == WORDS.say("library.chosen", count=6)
    QTest.mouseClick(desk.window.many.acts["favourite"], Qt.MouseButton.LeftButton)
    assert all(row.favourite for row in desk.window.middle.model.rows)
    assert desk.window.many.acts["unfavourite"].isVisible()
    assert not desk.window.many.acts["favourite"].isVisible()


def test_the_filter_narrows_the_list_and_leads_into_it(desk: Opened) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F, CONTROL)
    search = desk.window.search
    assert search.hasFocus()
    search.insert("第3句")
    assert desk.titles == ["3"]
    QTest.keyClick(search, DOWN)
    assert desk.window.rows.hasFocus() and chosen(desk) == ["3"]
    assert desk.window.editor.title.text() == "3"
    search.setFocus()
    search.insert("没有的")
    assert desk.window.middle.advice.text() == WORDS.say(
        "library.empty.filter", typed=search.text()
    )
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), len(desk.titles)) == ("", 6)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not desk.window.isVisible()


@pytest.mark.parametrize(
    ("key", "word"),
    [(ALL, "all"), (FAVOURITES, "favourites"), (LOOSE, "set"), (TRASH, "trash")],
)
def test_an_empty_place_says_what_to_do(qtbot: QtBot, key: str, word: str) -> None:
    desk = opened(Profile("p"))
    qtbot.addWidget(desk.window)
    desk.window.places.choose(key)
    facts = {"entry": WORDS.say("tray.import")} if word == "all" else {}
    assert desk.window.middle.advice.text() == WORDS.say(f"library.empty.{word}", **facts)
    assert desk.window.middle.advice.isVisible()


def test_it_opens_at_a_phrase_wherever_that_is(desk: Opened) -> None:
    place(desk, "物流")
    desk.window.search.setText("x")
    (id,) = (phrase.id for phrase in desk.profile.phrases() if phrase.title == "4")
    desk.window.open_at(id)
    assert chosen(desk) == ["4"]
    assert desk.window.place == SET + desk.phrase(id).parent
    assert desk.window.editor.title.text() == "4"


def test_everything_can_be_reached_by_tab_and_has_a_name(desk: Opened) -> None:
    choose(desk, "1")
    reached: list[QWidget] = []
    desk.window.places.setFocus()
    for _ in range(40):
        focused = QApplication.focusWidget()
        if focused in reached:
            break
        assert focused is not None
        reached.append(focused)
        assert focused.accessibleName() or getattr(focused, "text", str)(), focused
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    editor = desk.window.editor
    order = (desk.window.places, desk.window.search, desk.window.rows, editor.title)
    assert sorted(map(reached.index, order)) == list(map(reached.index, order))
    for part in (editor.star, editor.body, editor.abbr, editor.tags, editor.set, editor.below.bar):
        assert part in reached


def test_f1_shows_all_keys_and_leads_back(desk: Opened, qtbot: QtBot) -> None:
    choose(desk, "1")
    desk.window.editor.body.setFocus()
    page = desk.window.acts.keys
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
        with qtbot.waitActive(page):
            QTest.keyClick(desk.window.editor.body, Qt.Key.Key_F1)
        said = {one.text() for one in page.findChildren(QLabel)}
        assert said >= {"Ctrl Z", "Ctrl D", "Del", WORDS.say("library.key.redo")}
        with qtbot.waitActive(desk.window):
            QTest.keyClick(page, key)
        assert not page.isVisible() and desk.window.editor.body.hasFocus()


def test_where_there_is_little_room_places_and_list_take_turns(desk: Opened, qtbot: QtBot) -> None:
    window = desk.window
    window.resize(window.minimumWidth() + 20, 500)
    qtbot.waitUntil(window.middle.places.isVisible)
    assert not window.side.isVisible()
    QTest.mouseClick(window.middle.places, Qt.MouseButton.LeftButton)
    assert window.side.isVisible() and not window.middle.isVisible()
    place(desk, "退款")
    QTest.keyClick(window.places, ENTER)
    assert window.middle.isVisible() and not window.side.isVisible()
    assert window.middle.places.text() == "‹ 退款"
    assert window.rows.hasFocus()
