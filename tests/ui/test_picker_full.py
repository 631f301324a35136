"""The picker with no phrase, with one and with 5,000: what it says, and that its size stays."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from companion.phrases.search import MOST_HITS, Entry, Index
from companion.ui import style
from companion.ui.parts import grown
from companion.ui.picker import Picker
from companion.ui.picker_panel import WIDTH
from companion.ui.words import Words
from tests.ui.test_picker import ENTRIES, Heard, Key, current, listed, open_picker, preview


def test_a_desk_without_phrases_says_how_to_begin(qtbot: QtBot) -> None:
    picker = open_picker(qtbot, Index())
    words = Words("zh")
    assert preview(picker).split("\n") == words.say("picker.empty").split("\n")
    assert hints(picker) == [words.say(f"picker.key.{key}") for key in ("new", "close", "help")]
    picker.hide()


def hints(picker: Picker) -> list[str]:
    """What the foot says of keys and of how many there are."""
    labels = (part for part in picker.findChildren(QLabel) if part.objectName() == "small")
    return [part.text() for part in labels if part.isVisible() and part.text()][1:]


def counted(picker: Picker) -> str:
    return hints(picker)[-1]


def test_one_phrase_is_counted_and_named_with_every_key(qtbot: QtBot) -> None:
    picker, words = open_picker(qtbot, Index(ENTRIES[:1])), Words("zh")
    keys = [words.say(f"picker.key.{key}") for key in ("insert", "copy", "edit", "favourite")]
    assert hints(picker)[:4] == keys
    assert hints(picker)[-2:] == [
        words.say("picker.key.help"),
        words.say("picker.count", count=1),
    ]
    wide = grown(picker, WIDTH)
    assert (picker.width(), picker.height()) == (wide, picker.sizeHint().height())
    picker.hide()


def test_where_more_is_found_than_listed_it_says_so(qtbot: QtBot) -> None:
    entries = [Entry(str(at), "phrase", f"短语 {at}", "全文") for at in range(5_000)]
    picker = Picker(Words("zh"), style.LIGHT, Index(entries).find)
    qtbot.addWidget(picker)
    with qtbot.waitActive(picker):
        picker.open_for("")
    assert counted(picker) == Words("zh").say("picker.first", count=MOST_HITS)
    picker.search.setText("短语 4999")
    assert counted(picker) == Words("zh").say("picker.count", count=1)
    picker.hide()


@pytest.mark.parametrize("rows", [0, 1, 5_000])
def test_the_list_shows_nine_whole_rows_and_is_as_high_with_any_number(
    qtbot: QtBot, rows: int
) -> None:
    entries = [Entry(str(at), "phrase", f"短语 {at}", "全文") for at in range(rows)]
    picker, usual = open_picker(qtbot, Index(entries)), open_picker(qtbot, Index(ENTRIES))
    assert picker.height() == usual.height()
    assert usual.hits.viewport().height() == 9 * usual.hits.sizeHintForRow(0)
    picker.hide()
    usual.hide()


def test_five_thousand_entries_are_listed_and_reached_by_keyboard(qtbot: QtBot) -> None:
    entries = [Entry(str(at), "phrase", f"短语 {at:04} 退款", "全文") for at in range(5_000)]
    picker, heard = open_picker(qtbot, Index(entries)), Heard()
    picker.chosen.connect(heard.choose)
    assert picker.model.rowCount() == 5_000
    QTest.keyClicks(picker.search, "tk 4321")
    assert listed(picker) == ["短语 4321 退款"]
    picker.search.clear()
    for _ in range(700):
        QTest.keyClick(picker.search, Key.Key_PageDown)
    assert current(picker) == 4_999
    assert picker.hits.visualRect(picker.hits.currentIndex()).intersects(
        picker.hits.viewport().rect()
    )
    QTest.keyClick(picker.search, Key.Key_Return)
    assert heard.chosen == [(entries[-1], False)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_stays_as_large_as_it_was_opened(qtbot: QtBot, language: str) -> None:
    index = Index([*ENTRIES, Entry("m", "bookmark", "退款规则", "x", "tk", "售后" * 30)])
    picker = Picker(
        Words(language),
        style.LIGHT,
        index.find,
        lambda query: ["@售后 "] * 4 if query == "@" else [],
    )
    qtbot.addWidget(picker)
    with qtbot.waitActive(picker):
        picker.open_for("客户 — 会话" * 20)
    opened = picker.size()
    for query in ("没", "没有", "tk", "zzz", "t", "@", "tkgz", "q" * 80, "?", ""):
        picker.search.setText(query)
        QApplication.processEvents()
        assert picker.size() == opened, query
    for key in (Key.Key_F1, Key.Key_F1):
        QTest.keyClick(picker.search, key)
        QApplication.processEvents()
        assert picker.size() == opened
    picker.hide()
