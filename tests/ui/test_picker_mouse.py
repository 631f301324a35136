"""The picker by mouse: everything that a key does, and what a screen reader is told."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.phrases.search import Entry, Index
from companion.ui.picker import Picker
from companion.ui.picker_keys import Act
from companion.ui.words import Words
from tests.ui.test_picker import CONTROL, ENTRIES, Heard, Key, open_picker
from tests.ui.test_picker_keys import MARK, TEAM, Desk

WORDS = Words("zh")
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.picker.hide()


def row(picker: Picker, number: int) -> QPoint:
    return picker.hits.visualRect(picker.model.index(number, 0)).center()


def offered(picker: Picker) -> list[str]:
    menu = picker.hits_menu
    return [act.text().split("\t")[0] for act in menu.actions() if not act.isSeparator()]


@pytest.mark.parametrize(("held", "copies"), [(NONE, False), (CONTROL, True)])
def test_a_click_on_a_row_chooses_it(desk: Desk, held: Qt.KeyboardModifier, copies: bool) -> None:
    QTest.mouseClick(desk.picker.hits.viewport(), LEFT, held, row(desk.picker, 2))
    assert desk.said == [("2", copies)]
    assert not desk.picker.isVisible()


def test_a_right_click_selects_a_row_and_chooses_nothing(desk: Desk) -> None:
    QTest.mouseClick(desk.picker.hits.viewport(), RIGHT, NONE, row(desk.picker, 2))
    assert desk.picker.hits.current() == ENTRIES[2]
    assert desk.said == []


PHRASE = ("insert", "copy", "wording", "edit")
ALWAYS = ("new", "clipboard", "pin", "help", "app")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            ENTRIES[0],
            (
                "insert",
                "copy",
                "wording",
                "edit",
                "favourite",
                "new",
                "clipboard",
                "pin",
                "help",
                "app",
            ),
        ),
        (MARK, ("insert", "copy", "open", "edit", *ALWAYS)),
        (TEAM, (*PHRASE, *ALWAYS)),
    ],
    ids=["phrase", "bookmark", "team"],
)
def test_the_menu_offers_what_can_be_done_to_the_hit(
    desk: Desk, entry: Entry, words: tuple[str, ...]
) -> None:
    desk.type(entry.title)
    desk.press(Key.Key_Menu)
    assert offered(desk.picker) == [WORDS.say(f"picker.menu.{word}") for word in words]
    assert desk.picker.isVisible()
    desk.picker.hits_menu.close()
    assert desk.picker.isVisible()


def test_what_is_chosen_in_the_menu_is_done(desk: Desk) -> None:
    desk.press(Key.Key_D, CONTROL)
    desk.press(Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert WORDS.say("picker.menu.unfavourite") in offered(desk.picker)
    (copy,) = [
        act
        for act in desk.picker.hits_menu.actions()
        if act.text().startswith(WORDS.say("picker.menu.copy"))
    ]
    copy.trigger()
    assert desk.said[1:] == [("0", True)]


@pytest.mark.parametrize(
    ("act", "said"),
    [(Act.INSERT, ("0", False)), (Act.COPY, ("0", True)), (Act.EDIT, ("edit", "0"))],
)
def test_a_key_at_the_foot_can_be_clicked(desk: Desk, act: Act, said: tuple[str, bool]) -> None:
    QTest.mouseClick(desk.picker.panel.foot.hints[act], LEFT)
    assert desk.said == [said]


def test_a_completion_at_the_foot_can_be_clicked(desk: Desk) -> None:
    desk.type("@")
    shown = [made for made in desk.picker.panel.foot.completions if made.isVisible()]
    assert [made.text() for made in shown] == ["@售后", "@物流"]
    QTest.mouseClick(shown[1], LEFT)
    assert desk.picker.search.text() == "@物流 "
    assert desk.picker.focusWidget() is desk.picker.search


@pytest.mark.parametrize(("link", "said"), [("new", ("clipboard",)), ("import", ("import",))])
def test_the_first_steps_can_be_clicked(desk: Desk, link: str, said: tuple[str]) -> None:
    desk.index = Index()
    desk.picker.refresh()
    assert f'href="{link}"' in desk.picker.panel.preview.toHtml()
    desk.picker.panel.preview.anchorClicked.emit(QUrl(link))
    assert desk.said == [said]


def test_a_screen_reader_finds_a_line_and_a_list_with_names(desk: Desk) -> None:
    line = QAccessible.queryAccessibleInterface(desk.picker.search)
    assert line.role() == QAccessible.Role.EditableText
    assert line.text(QAccessible.Text.Name) == WORDS.say("picker.placeholder")
    assert line.text(QAccessible.Text.Description) == WORDS.say("picker.search.about")
    hits = QAccessible.queryAccessibleInterface(desk.picker.hits)
    assert hits.role() == QAccessible.Role.List
    assert hits.text(QAccessible.Text.Name) == WORDS.say("picker.hits")
    assert hits.childCount() == 6
    second = hits.child(1)
    assert second.role() == QAccessible.Role.ListItem
    assert second.text(QAccessible.Text.Name).split()[:2] == ["2", ENTRIES[1].title]
    assert not second.state().selected
    desk.press(Key.Key_Down)
    assert hits.child(1).state().selected
    for act, hint in desk.picker.panel.foot.hints.items():
        button = QAccessible.queryAccessibleInterface(hint)
        assert button.role() == QAccessible.Role.Button
        assert button.text(QAccessible.Text.Name), act


def test_the_screen_reader_is_told_of_each_row_while_the_focus_stays_in_the_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, str]] = []

    def note(event: QAccessibleEvent) -> None:
        found = event.accessibleInterface()
        told.append((event.type(), found.text(QAccessible.Text.Name)))

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    desk.press(Key.Key_Up)
    QAccessible.setActive(True)
    try:
        desk.press(Key.Key_Down)
        desk.type("hh")
    finally:
        QAccessible.setActive(False)
    focus = QAccessible.Event.Focus
    assert [(kind, name.split()[1]) for kind, name in told] == [
        (focus, ENTRIES[1].title),
        (focus, ENTRIES[2].title),
        (focus, ENTRIES[2].title),
    ]
    assert desk.picker.search.hasFocus()


def test_the_whole_name_of_the_target_is_read_where_it_is_shown_shortened(qtbot: QtBot) -> None:
    picker = open_picker(qtbot, Index(ENTRIES))
    heard, title = Heard(), "很长的窗口标题" * 20
    picker.chosen.connect(heard.choose)
    picker.show_target(title)
    names = {part.accessibleName() for part in picker.panel.findChildren(QLabel)}
    assert WORDS.say("picker.target", title=title) in names
    picker.hide()
