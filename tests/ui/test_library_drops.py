"""Phrases are dropped between others and on places, several at once, and only where they fit."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.dropping import drop
from tests.ui.library_window import Opened, choose, chosen, opened_on_some, place

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


@pytest.mark.parametrize(
    ("what", "row", "below", "order"),
    [
        (("5",), 0, False, "513024"),
        (("1", "5"), 1, True, "315024"),
        (("0", "4"), 1, False, "104352"),
        (("1",), 5, True, "350241"),
        (("1", "3", "5"), 1, False, "135024"),
    ],
)
def test_what_is_dropped_between_others_stands_there(
    desk: Opened, what: tuple[str, ...], row: int, below: bool, order: str
) -> None:
    choose(desk, *what)
    area = desk.window.rows.visualRect(desk.window.middle.model.index(row, 0))
    at = QPointF(area.center().x(), area.bottom() - 2 if below else area.top() + 2)
    assert drop(desk.window.rows, desk.window.rows.mime(), at)
    assert "".join(desk.titles) == order
    assert sorted(chosen(desk)) == sorted(what)
    desk.window.acts.do("undo")
    assert "".join(desk.titles) == "135024"


@pytest.mark.parametrize("target", ["物流", "收藏", "回收站"])
def test_several_are_dropped_on_a_place(desk: Opened, target: str) -> None:
    choose(desk, "1", "2", "3")
    model = desk.window.side.model
    keys = {held.title: held.key for held in model.places}
    area = desk.window.places.visualRect(model.index(model.row(keys[target]), 0))
    assert drop(desk.window.places, desk.window.rows.mime(), QPointF(area.center()))
    place(desk, target)
    assert sorted(desk.titles) == ["1", "2", "3"]
    if target == "物流":
        assert desk.titles == ["1", "3", "2"]


@pytest.mark.parametrize("target", ["全部", "分组", "有两个版本"])
def test_nothing_is_dropped_where_it_cannot_stand(desk: Opened, target: str) -> None:
    choose(desk, "1")
    model = desk.window.side.model
    row = [held.title for held in model.places].index(target)
    area = desk.window.places.visualRect(model.index(row, 0))
    assert not drop(desk.window.places, desk.window.rows.mime(), QPointF(area.center()))
    assert desk.done == []


def test_favourites_cannot_be_put_in_order_and_the_trash_not_be_dragged(desk: Opened) -> None:
    choose(desk, "1", "2")
    QTest.keyClick(desk.window.rows, Qt.Key.Key_D, CONTROL)
    place(desk, "收藏")
    choose(desk, "2")
    area = desk.window.rows.visualRect(desk.window.middle.model.index(0, 0))
    assert not drop(desk.window.rows, desk.window.rows.mime(), QPointF(area.center()))
    QTest.keyClick(desk.window.rows, UP, ALT)
    assert desk.titles == ["1", "2"]
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Delete)
    place(desk, "回收站")
    flags = desk.window.middle.model.flags(desk.window.middle.model.index(0, 0))
    assert not flags & Qt.ItemFlag.ItemIsDragEnabled
