"""The picker's other keys: edit, favourite, open, pin, new, scopes, the page of all keys."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from companion.phrases.search import Entry, Hit, Index
from companion.ui import style
from companion.ui.picker import Picker
from companion.ui.picker_keys import NAMES, Act
from companion.ui.words import Words
from tests.ui.test_picker import ALT, CONTROL, ENTRIES, Key, current, listed

SHIFT = Qt.KeyboardModifier.ShiftModifier
WORDS = Words("zh")
MARK = Entry("b", "bookmark", "工单系统", "https://tickets.example/?a=1")
TEAM = Entry("t", "phrase", "团队的话", "全文", team="售后一组")
OPENING = Entry("o", "opening", "先安抚再问", "您先别急")
SCOPES = {"@": ["@售后 ", "@物流 "], "@s": ["@售后 "]}


class Desk:
    """What the picker is given and what it says."""

    def __init__(self, qtbot: QtBot) -> None:
        self.index = Index([*ENTRIES, MARK, TEAM, OPENING])
        self.said: list[tuple[object, ...]] = []
        self.picker = Picker(WORDS, style.LIGHT, self.find, lambda query: SCOPES.get(query, []))
        for name in ("edit", "favourite", "address", "new", "clipboard", "import"):
            signal = getattr(self.picker, f"{name}_wanted")
            signal.connect(lambda *facts, name=name: self.said.append((name, *facts)))
        self.picker.app_wanted.connect(lambda at: self.said.append(("app", at)))
        self.picker.chosen.connect(lambda entry, copy: self.said.append((entry.id, copy)))
        self.picker.given_up.connect(lambda: self.said.append(("given up",)))
        qtbot.addWidget(self.picker)
        with qtbot.waitActive(self.picker):
            self.picker.open_for("客户")

    def find(self, query: str) -> list[Hit]:
        return self.index.find(query)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.picker.search, key, held)

    def type(self, text: str) -> None:
        if text.isascii():
            QTest.keyClicks(self.picker.search, text)
        else:
            # As an input method brings it.
            self.picker.search.insert(text)

    @property
    def foot(self) -> str:
        return self.picker.panel.foot.said.text()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.picker.hide()


def test_control_e_asks_for_the_selected_phrase_or_bookmark_to_be_edited(desk: Desk) -> None:
    desk.press(Key.Key_Down)
    desk.press(Key.Key_E, CONTROL)
    assert desk.said == [("edit", "1")]
    assert not desk.picker.isVisible()
    desk.picker.open_for("客户")
    desk.type("工单系统")
    desk.press(Key.Key_E, CONTROL)
    assert desk.said[1:] == [("edit", MARK.id)]


@pytest.mark.parametrize(
    ("query", "key", "why"),
    [
        ("先安抚再问", Key.Key_E, "edit"),
        ("工单系统", Key.Key_D, "favourite"),
        ("团队的话", Key.Key_D, "favourite"),
        ("换货", Key.Key_O, "open"),
    ],
)
def test_a_key_that_cannot_do_anything_here_says_why(
    desk: Desk, query: str, key: Qt.Key, why: str
) -> None:
    desk.type(query)
    desk.press(key, CONTROL)
    assert desk.said == []
    assert desk.picker.isVisible()
    assert desk.foot == WORDS.say(f"picker.cannot.{why}")
    desk.press(Key.Key_Backspace)
    assert desk.foot != WORDS.say(f"picker.cannot.{why}")


def test_control_o_opens_a_bookmark_and_enter_inserts_its_address(desk: Desk) -> None:
    desk.type("工单系统")
    desk.press(Key.Key_O, CONTROL)
    assert desk.said == [("address", MARK)]
    desk.picker.open_for("客户")
    desk.type("工单系统")
    desk.press(Key.Key_Return)
    assert desk.said[1:] == [("b", False)]


def test_control_d_marks_a_favourite_at_once_and_the_second_time_no_more(desk: Desk) -> None:
    desk.press(Key.Key_Down)
    desk.press(Key.Key_D, CONTROL)
    marked = desk.picker.hits.current()
    assert marked == replace(ENTRIES[1], favourite=True)
    assert desk.foot == WORDS.say("picker.said.favourite")
    desk.press(Key.Key_D, CONTROL)
    assert desk.picker.hits.current() == ENTRIES[1]
    assert desk.said == [("favourite", "1", True), ("favourite", "1", False)]


def test_a_mark_stays_while_one_types_and_until_the_index_says_otherwise(desk: Desk) -> None:
    desk.press(Key.Key_D, CONTROL)
    desk.type("tk")
    assert desk.picker.model.entry(0) == replace(ENTRIES[0], favourite=True)
    desk.index = Index([replace(ENTRIES[0], favourite=True), *ENTRIES[1:]])
    desk.picker.refresh()
    desk.index = Index(ENTRIES)
    desk.picker.refresh()
    assert desk.picker.model.entry(0) == ENTRIES[0]


def test_what_is_selected_stays_selected_when_the_phrases_change(desk: Desk) -> None:
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    desk.index = Index([Entry("new", "phrase", "最新", "全文", uses=9), *ENTRIES])
    desk.picker.refresh()
    assert desk.picker.hits.current() == ENTRIES[2]
    assert current(desk.picker) == 3


def test_f10_asks_for_the_menu_of_everything_else_below_the_search_line(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F10)
    search = desk.picker.search
    assert desk.said == [("app", search.mapToGlobal(search.rect().bottomLeft()))]
    assert desk.picker.isVisible()


def test_control_home_and_end_go_to_the_ends_of_the_list(desk: Desk) -> None:
    desk.press(Key.Key_End, CONTROL)
    assert current(desk.picker) == 5
    desk.press(Key.Key_Home, CONTROL)
    assert current(desk.picker) == 0


def test_control_and_an_arrow_scroll_a_long_text(desk: Desk) -> None:
    desk.index = Index([Entry("l", "phrase", "长", "行\n" * 60)])
    desk.picker.refresh()
    bar = desk.picker.panel.preview.verticalScrollBar()
    desk.press(Key.Key_Down, CONTROL)
    assert bar.value() > 0
    desk.press(Key.Key_Up, CONTROL)
    assert bar.value() == 0
    assert current(desk.picker) == 0


@pytest.mark.parametrize(
    ("typed", "held", "said"),
    [
        ("催发货", CONTROL, ("new", "催发货")),
        ("  ", CONTROL, ("clipboard",)),
        ("", CONTROL, ("clipboard",)),
        ("催发货", CONTROL | SHIFT, ("clipboard",)),
    ],
)
def test_control_n_writes_anew_what_is_typed_or_else_what_was_copied(
    desk: Desk, typed: str, held: Qt.KeyboardModifier, said: tuple[str, ...]
) -> None:
    desk.type(typed)
    desk.press(Key.Key_N, held)
    assert desk.said == [said]
    assert not desk.picker.isVisible()


def test_tab_takes_the_first_completion_and_shift_tab_drops_the_scope(desk: Desk) -> None:
    desk.type("@")
    desk.press(Key.Key_Tab)
    assert desk.picker.search.text() == "@售后 "
    desk.type("tk")
    desk.press(Key.Key_Backtab, SHIFT)
    assert desk.picker.search.text() == "tk"
    desk.press(Key.Key_Tab)
    assert desk.picker.search.text() == "tk"
    assert desk.picker.focusWidget() is desk.picker.search


@pytest.mark.parametrize(
    ("typed", "left"),
    [("＠售后 到账", "到账"), ("@ 到账", "到账"), ("@售后", ""), ("a@b.com", "a@b.com")],
)
def test_dropping_the_scope_leaves_what_is_looked_for(desk: Desk, typed: str, left: str) -> None:
    desk.picker.search.setText(typed)
    desk.press(Key.Key_Backtab, SHIFT)
    assert desk.picker.search.text() == left


@pytest.mark.parametrize("sign", [None, "?", "？"])
def test_all_keys_are_shown_and_the_next_key_goes_on(desk: Desk, sign: str | None) -> None:
    panel, height = desk.picker.panel, desk.picker.height()
    if sign is None:
        desk.press(Key.Key_F1)
    else:
        desk.type(sign)
    assert panel.help.isVisible()
    assert not panel.hits.isVisible()
    assert desk.picker.height() == height
    assert desk.picker.search.text() == ""
    desk.press(Key.Key_Escape)
    assert not panel.help.isVisible()
    assert desk.picker.isVisible()
    desk.press(Key.Key_F1)
    desk.type("hh")
    assert not panel.help.isVisible()
    assert listed(desk.picker) == ["换货流程"]
    assert desk.picker.height() == height


def test_the_page_of_all_keys_scrolls_where_it_is_longer_than_the_panel(desk: Desk) -> None:
    desk.press(Key.Key_F1)
    page, bar = desk.picker.panel.help, desk.picker.panel.help.verticalScrollBar()
    page.setFixedHeight(90)
    QTest.qWait(1)
    desk.press(Key.Key_Down)
    assert page.isVisible()
    assert bar.value() > 0
    desk.press(Key.Key_Up, CONTROL)
    assert bar.value() == 0
    assert current(desk.picker) == 0


def test_a_question_mark_in_a_text_is_looked_for(desk: Desk) -> None:
    desk.type("tk?")
    assert desk.picker.search.text() == "tk?"
    assert not desk.picker.panel.help.isVisible()


def test_where_the_window_is_gone_enter_copies_and_says_so(desk: Desk) -> None:
    desk.picker.show_target("客户", gone=True)
    hint = desk.picker.panel.foot.hints[Act.INSERT]
    assert hint.accessibleName() == f"{WORDS.say('picker.key.copy')} Enter"
    assert not desk.picker.panel.foot.hints[Act.COPY].isVisible()
    desk.press(Key.Key_2, ALT)
    assert desk.said == [("1", True)]
    desk.picker.open_for("客户")
    desk.press(Key.Key_Return)
    assert desk.said[1:] == [("0", False)]


def test_where_there_is_no_window_the_foot_says_that_enter_copies(desk: Desk) -> None:
    hint = desk.picker.panel.foot.hints[Act.INSERT]
    assert hint.accessibleName() == f"{WORDS.say('picker.key.insert')} Enter"
    desk.picker.show_target(None)
    assert hint.accessibleName() == f"{WORDS.say('picker.key.copy')} Enter"


def test_a_pinned_picker_stays_after_a_choice_and_escape_closes_it(desk: Desk) -> None:
    desk.press(Key.Key_P, CONTROL)
    desk.press(Key.Key_Return)
    desk.press(Key.Key_2, ALT)
    assert desk.said == [("0", False), ("1", False)]
    assert desk.picker.isVisible()
    desk.press(Key.Key_Escape)
    assert desk.said[2:] == [("given up",)]
    assert not desk.picker.isVisible()
    assert not desk.picker.pinned


def test_a_pinned_picker_stays_when_another_window_comes_up(desk: Desk, qtbot: QtBot) -> None:
    desk.press(Key.Key_P, CONTROL)
    other = QLineEdit()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    qtbot.waitUntil(lambda: not desk.picker.isActiveWindow())
    assert desk.picker.isVisible()
    assert desk.picker.pinned


def test_every_key_that_is_explained_has_its_words_and_every_act_but_one_a_key() -> None:
    assert set(Act) - set(NAMES) == {Act.IMPORT}
    assert all(WORDS.knows(f"picker.help.{act.value}") for act in NAMES)
