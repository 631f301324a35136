"""The picker by keyboard alone: typing lists hits, and every key does what its hint says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from companion.phrases.search import Entry, Index
from companion.ui import style
from companion.ui.picker import Picker
from companion.ui.words import Words

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
TITLES = ("退款进度安抚", "退款到账时间", "换货流程", "VIP 客户问候")
ENTRIES = [Entry(str(at), "phrase", title, f"{title}的全文") for at, title in enumerate(TITLES)]
Press = Callable[..., None]


@dataclass
class Heard:
    """What the picker said, in order."""

    chosen: list[tuple[Entry, bool]] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    given_up: int = 0

    def choose(self, entry: Entry, copy_only: bool) -> None:
        self.chosen.append((entry, copy_only))

    def give_up(self) -> None:
        self.given_up += 1


def open_picker(qtbot: QtBot, index: Index) -> Picker:
    picker = Picker(Words("zh"), style.LIGHT, lambda query: index.find(query, 10_000))
    qtbot.addWidget(picker)
    with qtbot.waitActive(picker):
        picker.open_for("客户 — 会话")
    return picker


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[Picker]:
    picker = open_picker(qtbot, Index(ENTRIES))
    yield picker
    picker.hide()


@pytest.fixture
def heard(picker: Picker) -> Heard:
    heard = Heard()
    picker.chosen.connect(heard.choose)
    picker.new_wanted.connect(heard.wanted.append)
    picker.given_up.connect(heard.give_up)
    return heard


@pytest.fixture
def press(picker: Picker) -> Press:
    def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(picker.search, key, held)

    return press


def listed(picker: Picker) -> list[str]:
    rows = (picker.model.entry(row) for row in range(picker.model.rowCount()))
    return [entry.title for entry in rows if entry is not None]


def current(picker: Picker) -> int:
    return picker.hits.currentIndex().row()


def preview(picker: Picker) -> str:
    (browser,) = picker.findChildren(QTextBrowser)
    return browser.toPlainText()


def test_it_opens_with_everything_listed_and_the_keys_going_to_the_search_line(
    picker: Picker,
) -> None:
    assert picker.isVisible()
    assert picker.focusWidget() is picker.search
    assert listed(picker) == list(TITLES)
    assert current(picker) == 0
    assert TITLES[0] in preview(picker)


@pytest.mark.parametrize("query", ["tk", "tuikuan", "TK", "t"])
def test_typing_lists_the_hits_and_selects_the_first(picker: Picker, query: str) -> None:
    QTest.keyClicks(picker.search, query)
    assert listed(picker)[:2] == list(TITLES[:2])
    assert current(picker) == 0
    assert f"{TITLES[0]}的全文" in preview(picker)


def test_taking_back_what_was_typed_lists_everything_again(picker: Picker, press: Press) -> None:
    QTest.keyClicks(picker.search, "hh")
    assert listed(picker) == ["换货流程"]
    press(Key.Key_Backspace, Key.Key_Backspace)
    assert listed(picker) == list(TITLES)


def test_enter_chooses_the_selected_hit_once_and_closes(
    picker: Picker, heard: Heard, press: Press
) -> None:
    QTest.keyClicks(picker.search, "hhlc")
    press(Key.Key_Return)
    assert heard.chosen == [(ENTRIES[2], False)]
    assert not picker.isVisible()
    assert heard.given_up == 0


@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_control_enter_chooses_for_copying_only(heard: Heard, press: Press, enter: Qt.Key) -> None:
    press(enter, held=CONTROL)
    assert heard.chosen == [(ENTRIES[0], True)]


def test_arrows_move_the_selection_and_stop_at_the_ends(
    picker: Picker, heard: Heard, press: Press
) -> None:
    press(Key.Key_Up)
    assert current(picker) == 0
    press(Key.Key_Down, Key.Key_Down)
    assert current(picker) == 2
    assert f"{TITLES[2]}的全文" in preview(picker)
    press(Key.Key_PageDown, Key.Key_Down)
    assert current(picker) == 3
    press(Key.Key_PageUp, Key.Key_Down)
    press(Key.Key_Return)
    assert heard.chosen == [(ENTRIES[1], False)]


def test_alt_and_a_number_chooses_that_row(picker: Picker, heard: Heard, press: Press) -> None:
    press(Key.Key_2, held=ALT)
    assert heard.chosen == [(ENTRIES[1], False)]
    assert not picker.isVisible()


@pytest.mark.parametrize("key", [Key.Key_5, Key.Key_9])
def test_alt_and_a_number_without_a_row_does_nothing(
    picker: Picker, heard: Heard, press: Press, key: Qt.Key
) -> None:
    press(key, held=ALT)
    assert heard.chosen == []
    assert picker.isVisible()
    assert picker.search.text() == ""


def test_a_plain_number_is_typed(picker: Picker, heard: Heard, press: Press) -> None:
    press(Key.Key_2)
    assert picker.search.text() == "2"
    assert heard.chosen == []


def test_escape_closes_and_chooses_nothing(picker: Picker, heard: Heard, press: Press) -> None:
    press(Key.Key_Escape)
    assert not picker.isVisible()
    assert (heard.given_up, heard.chosen) == (1, [])


def test_control_n_closes_and_hands_over_what_was_typed(
    picker: Picker, heard: Heard, press: Press
) -> None:
    QTest.keyClicks(picker.search, "new one")
    press(Key.Key_N, held=CONTROL)
    assert heard.wanted == ["new one"]
    assert not picker.isVisible()
    assert heard.chosen == []


def test_nothing_found_says_so_and_enter_does_nothing(
    picker: Picker, heard: Heard, press: Press
) -> None:
    QTest.keyClicks(picker.search, "<b>qq{x}")
    assert not picker.hits.isVisible()
    said = Words("zh").say("picker.nothing", query="<b>qq{x}")
    assert preview(picker).split("\n") == said.split("\n")
    press(Key.Key_Down, Key.Key_Return)
    assert heard.chosen == []
    assert picker.isVisible()


def test_it_opens_empty_again(picker: Picker, qtbot: QtBot, press: Press) -> None:
    QTest.keyClicks(picker.search, "hh")
    press(Key.Key_Escape)
    with qtbot.waitActive(picker):
        picker.open_for(None)
    assert picker.search.text() == ""
    assert listed(picker) == list(TITLES)


def test_a_phrase_is_shown_as_text_and_never_as_markup(qtbot: QtBot) -> None:
    entry = Entry("1", "phrase", "<i>x</i>", "<img src=x> {称呼:先生}\n{{}}")
    picker = open_picker(qtbot, Index([entry]))
    shown = preview(picker)
    assert "<i>x</i>" in shown
    assert "<img src=x>" in shown
    assert "先生" in shown
    assert "{}" in shown
    picker.hide()


def test_the_picker_gives_way_when_another_window_comes_up(
    picker: Picker, qtbot: QtBot, heard: Heard
) -> None:
    other = QTextBrowser()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not picker.isVisible())
    assert (heard.given_up, heard.chosen) == (0, [])
