"""The form for a new phrase by keyboard: what must be there, and what is saved."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.ui.phrase_forms import PhraseEditor
from companion.ui.words import Words

WORDS = Words("zh")
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


@dataclass
class Heard:
    """What a window said, in order."""

    said: list[tuple[str, ...]] = field(default_factory=list)

    def hear(self, *texts: str) -> None:
        self.said.append(texts)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def editor(qtbot: QtBot, heard: Heard) -> PhraseEditor:
    editor = PhraseEditor(WORDS)
    qtbot.addWidget(editor)
    editor.saved.connect(heard.hear)
    with qtbot.waitActive(editor):
        editor.write("", "")
    return editor


def test_control_enter_saves_a_phrase_from_any_field(editor: PhraseEditor, heard: Heard) -> None:
    for field_ in (editor.title, editor.body, editor.abbr, editor.set):
        editor.write("Refund", "on its way\n")
        QTest.keyClicks(editor.abbr, " tk ")
        editor.set.setText(" 售后 ")
        QTest.keyClick(field_, ENTER, CONTROL)
        assert not editor.isVisible()
    assert heard.said == [("Refund", "on its way\n", "tk", "售后")] * 4


def test_enter_in_a_line_goes_on_to_the_next_part(editor: PhraseEditor, heard: Heard) -> None:
    for line, on in ((editor.title, editor.body), (editor.abbr, editor.set)):
        line.setFocus()
        QTest.keyClick(line, ENTER)
        assert editor.focusWidget() is on
    assert heard.said == [] and editor.isVisible()


def test_enter_alone_begins_a_new_line_in_the_text(editor: PhraseEditor, heard: Heard) -> None:
    QTest.keyClicks(editor.body, "one")
    QTest.keyClick(editor.body, ENTER)
    QTest.keyClicks(editor.body, "two")
    assert editor.body.toPlainText() == "one\ntwo"
    assert heard.said == []
    QTest.keyClick(editor.body, ENTER, CONTROL)
    assert heard.said == [("one", "one\ntwo", "", "")]


def test_a_phrase_without_text_is_not_saved(editor: PhraseEditor, heard: Heard) -> None:
    editor.write("Refund", " \n ")
    QTest.keyClick(editor.title, ENTER, CONTROL)
    assert heard.said == []
    assert editor.isVisible()
    assert editor.problem.text() == WORDS.say("signin.needed", name=WORDS.say("editor.body"))
    assert editor.focusWidget() is editor.body


def test_escape_leaves_at_once_where_nothing_was_typed(editor: PhraseEditor, heard: Heard) -> None:
    editor.write("Refund", "on its way")
    QTest.keyClick(editor.body, ESCAPE)
    assert not editor.isVisible()
    assert heard.said == []


@pytest.mark.parametrize("typed", ["title", "body", "abbr", "set"])
def test_what_was_typed_is_thrown_away_only_at_a_second_escape(
    editor: PhraseEditor, heard: Heard, typed: str
) -> None:
    QTest.keyClicks(getattr(editor, typed), "one")
    QTest.keyClick(editor.body, ESCAPE)
    assert editor.isVisible()
    assert editor.problem.text() == WORDS.say("editor.unsaved")
    QTest.keyClick(editor.body, ESCAPE)
    assert not editor.isVisible()
    assert heard.said == []


def test_who_types_on_is_warned_anew(editor: PhraseEditor) -> None:
    for letter in "ab":
        QTest.keyClicks(editor.body, letter)
        assert not editor.problem.isVisible()
        QTest.keyClick(editor.body, ESCAPE)
        assert editor.isVisible()
        assert editor.problem.isVisible()


def test_a_phrase_that_is_being_written_is_not_replaced(editor: PhraseEditor) -> None:
    QTest.keyClicks(editor.body, "one")
    editor.write("from the picker", "from the clipboard")
    assert (editor.title.text(), editor.body.toPlainText()) == ("", "one")


def test_enter_presses_the_button_that_has_the_focus(editor: PhraseEditor, heard: Heard) -> None:
    QTest.keyClicks(editor.body, "one")
    cancel, save = editor.findChildren(QPushButton)
    QTest.keyClick(cancel, ENTER)
    assert editor.isVisible()
    QTest.keyClick(save, ENTER)
    assert heard.said == [("one", "one", "", "")]


def test_the_editor_opens_where_something_is_missing(editor: PhraseEditor) -> None:
    assert editor.focusWidget() is editor.title
    editor.write("Refund", "")
    assert editor.focusWidget() is editor.body
    assert not editor.problem.isVisible()


def test_what_only_stood_in_the_form_is_nothing_somebody_wrote(
    editor: PhraseEditor, heard: Heard
) -> None:
    for leave in (editor.put_away, editor.take_written):
        editor.write("", "from the clipboard")
        assert not leave()
        assert heard.said == [] and editor.body.toPlainText() == ""
    editor.write("", "from the clipboard")
    QTest.keyClicks(editor.title, "mine")
    editor.put_away()
    assert heard.said == [("mine", "from the clipboard", "", "")]
