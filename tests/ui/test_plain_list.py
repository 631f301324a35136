"""A list of very many lines holds nothing up, and all of them can be reached."""

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from companion.ui.lists_style import Index
from companion.ui.plain_list import PlainList, PlainModel

MANY = 50_000
ROOT = QModelIndex()


class Counted(PlainModel[int]):
    """Counts how often it is asked for the number of its lines: once for each laid out."""

    asked = 0

    def rowCount(self, parent: Index = ROOT) -> int:
        self.asked += 1
        return super().rowCount(parent)

    def data(self, index: Index, role: int = 0) -> object:
        return str(self.rows[index.row()]) if role == 0 else None


@pytest.fixture
def model() -> Counted:
    return Counted()


@pytest.fixture
def view(model: Counted, qtbot: QtBot) -> PlainList:
    view = PlainList("lines")
    view.setModel(model)
    qtbot.addWidget(view)
    view.show()
    return view


def test_very_many_lines_are_laid_out_some_at_a_time(
    model: Counted, view: PlainList, qtbot: QtBot
) -> None:
    assert model.show(range(MANY))
    view.doItemsLayout()
    assert 0 < model.asked < MANY / 5
    last = model.index(MANY - 1, 0)
    qtbot.waitUntil(lambda: view.visualRect(last).isValid())
    view.scrollToBottom()
    assert view.viewport().rect().contains(view.visualRect(last))


def test_as_many_lines_as_before_keep_the_place(
    model: Counted, view: PlainList, qtbot: QtBot
) -> None:
    model.show(range(9_000))
    last = model.index(8_999, 0)
    qtbot.waitUntil(lambda: view.visualRect(last).isValid())
    view.setCurrentIndex(last)
    place = view.verticalScrollBar().value()
    assert place > 0
    assert not model.show(range(9_000, 18_000))
    assert (view.currentIndex().row(), view.verticalScrollBar().value()) == (8_999, place)
    assert model.data(view.currentIndex()) == "17999"
    assert model.show(range(3))
    assert view.currentIndex().row() == -1
