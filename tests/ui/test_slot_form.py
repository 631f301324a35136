"""The form for what a phrase asks, by keyboard: what is filled in, warned of, sent and copied."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from companion.phrases.material import Wording
from companion.ui.choices import Choices
from companion.ui.slot_form import SlotForm
from companion.ui.value_field import ValueField
from tests.ui.slot_forms import WORDS, Opened, opened

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


def line(form: SlotForm, name: str) -> ValueField:
    found = form.fields[name]
    assert isinstance(found, ValueField)
    return found


def chips(form: SlotForm, name: str) -> Choices:
    found = form.fields[name]
    assert isinstance(found, Choices)
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*keys: Qt.Key) -> None:
    """Press keys wherever the focus is."""
    for key in keys:
        QTest.keyClick(focused(), key)


def test_slots_are_filled_and_go_out_on_enter(qtbot: QtBot) -> None:
    made = opened(qtbot, "{name}，{greeting:Hello}")
    assert focused() is line(made.form, "name")
    QTest.keyClicks(focused(), "Lin")
    press(ENTER)
    assert made.sent == [("Lin，Hello", False)]
    assert not made.form.isVisible()
    assert made.left == 0


def test_a_default_is_typed_over(qtbot: QtBot) -> None:
    made = opened(qtbot, "{a:1}{b:2}")
    QTest.keyClicks(focused(), "x")
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "y")
    press(ENTER)
    assert made.sent == [("xy", False)]


def test_an_empty_slot_goes_out_only_on_a_second_enter(qtbot: QtBot) -> None:
    made = opened(qtbot, "{a:x}，{称呼}{单号}")
    press(ENTER)
    assert made.sent == []
    assert made.form.problem.isVisible()
    assert made.form.problem.text() == WORDS.say("slots.open", names="称呼、单号")
    assert focused() is line(made.form, "称呼")
    press(ENTER)
    assert made.sent == [("x，", False)]


def test_what_was_emptied_since_is_warned_of_anew(qtbot: QtBot) -> None:
    made = opened(qtbot, "{a:x}{称呼}")
    press(ENTER)
    line(made.form, "a").clear()
    press(ENTER)
    assert made.form.problem.text() == WORDS.say("slots.open", names="a、称呼")
    QTest.keyClicks(line(made.form, "a"), "y")
    press(ENTER)
    assert made.sent == [("y", False)]


def test_the_warning_goes_with_what_it_warned_of(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼}{单号}")
    press(ENTER)
    high, text = made.form.height(), made.form.preview.pos()
    QTest.keyClicks(line(made.form, "称呼"), "x")
    assert made.form.problem.text() == WORDS.say("slots.open", names="单号")
    QTest.keyClicks(line(made.form, "单号"), "1")
    assert not made.form.problem.isVisible()
    # Nothing jumps under the eyes of who types.
    assert (made.form.height(), made.form.preview.pos()) == (high, text)


def test_a_phrase_that_is_missing_is_warned_of(qtbot: QtBot) -> None:
    made = opened(qtbot, "{a:x}{短语:没有}")
    press(ENTER)
    assert made.form.problem.text() == WORDS.say("slots.lost", names="没有")
    press(ENTER)
    assert made.sent == [("x{短语:没有}", False)]


def test_control_enter_copies_and_escape_leaves(qtbot: QtBot) -> None:
    made = opened(qtbot, "{a:x}")
    QTest.keyClick(focused(), ENTER, CONTROL)
    assert made.sent == [("x", True)]
    made = opened(qtbot, "{a:x}")
    press(ESCAPE)
    assert (made.sent, made.left, made.form.isVisible()) == ([], 1, False)


def test_closing_it_by_its_frame_leaves_it_too(qtbot: QtBot) -> None:
    made = opened(qtbot, "{a:x}")
    made.form.close()
    assert (made.sent, made.left) == ([], 1)
    made = opened(qtbot, "{a:x}")
    made.form.put_away()
    assert (made.sent, made.left) == ([], 0)


def test_what_was_chosen_to_be_copied_is_copied_on_enter(qtbot: QtBot) -> None:
    made = opened(qtbot, "{a:x}", copy_only=True)
    press(ENTER)
    assert made.sent == [("x", True)]


def test_choices_are_taken_by_arrows_and_digits(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼:先生|女士|您|}{b:!}")
    row = chips(made.form, "称呼")
    assert focused() is row.chips[0]
    press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert (row.value, focused()) == ("您", row.chips[2])
    press(Qt.Key.Key_Left)
    assert row.value == "女士"
    press(Qt.Key.Key_4, Qt.Key.Key_Right)
    assert (row.value, row.chips[3].text()) == ("", WORDS.say("slots.nothing"))
    press(Qt.Key.Key_2, Qt.Key.Key_Tab)
    assert focused() is line(made.form, "b")
    press(ENTER)
    assert made.sent == [("女士!", False)]


def test_a_choice_is_taken_by_a_click_and_enter_on_it_sends(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼:先生|女士|}")
    row = chips(made.form, "称呼")
    for at in (1, 1):
        QTest.mouseClick(row.chips[at], Qt.MouseButton.LeftButton)
        assert [chip.isChecked() for chip in row.chips] == [False, True, False]
    press(ENTER)
    assert made.sent == [("女士", False)]


def test_an_empty_choice_is_no_open_slot(qtbot: QtBot) -> None:
    made = opened(qtbot, "好{尾语:|谢谢}")
    press(ENTER)
    assert made.sent == [("好", False)]


def test_earlier_values_are_offered_and_never_stand_there_by_themselves(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼}好", offers={"称呼": ["林&女士", "王先生"]})
    field = line(made.form, "称呼")
    assert field.text() == ""
    press(DOWN)
    assert field.offers.isVisible()
    QTest.keyClick(field.offers, DOWN)
    QTest.keyClick(field.offers, ENTER)
    assert (field.text(), made.sent) == ("王先生", [])
    field.clear()
    press(DOWN)
    QTest.keyClick(field.offers, Qt.Key.Key_1)
    assert field.text() == "林&女士"
    press(ENTER)
    assert made.sent == [("林&女士好", False)]


def test_escape_closes_the_offers_and_not_the_form(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼}", offers={"称呼": ["林"]})
    field = line(made.form, "称呼")
    press(DOWN)
    QTest.keyClick(field.offers, ESCAPE)
    assert (field.offers.isVisible(), made.form.isVisible(), made.left) == (False, True, 0)


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


@pytest.mark.parametrize("key", [ENTER, Qt.Key.Key_Enter, ESCAPE, DOWN])
def test_keys_while_an_input_method_composes_are_not_for_the_form(
    qtbot: QtBot, key: Qt.Key
) -> None:
    made = opened(qtbot, "{称呼}", offers={"称呼": ["林"]})
    field = line(made.form, "称呼")
    compose(field, "lin")
    QTest.keyClick(field, key)
    assert (made.sent, made.left, made.form.problem.isVisible()) == ([], 0, False)
    assert not field.offers.isVisible()


def test_the_enter_that_ends_a_composition_does_not_send(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼}")
    field = line(made.form, "称呼")
    compose(field, "lin")
    compose(field, "", "林")
    QTest.keyClick(field, ENTER)
    assert made.sent == []
    QApplication.processEvents()
    QTest.keyClick(field, ENTER)
    assert made.sent == [("林", False)]


def test_a_form_of_wordings_shows_and_sends_the_chosen_one(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼}您好，{单号}", Wording("口语", "嗨{称呼}{语气:~}"))
    line(made.form, "称呼").insert("林")
    assert made.form.wordings is not None
    made.form.wordings.turn_to()
    press(Qt.Key.Key_Right)
    assert list(made.form.fields) == ["称呼", "语气"]
    assert line(made.form, "称呼").text() == "林"
    assert made.form.preview.toPlainText() == "嗨林~"
    press(ENTER)
    assert made.sent == [("嗨林~", False)]


def test_wordings_without_slots_are_chosen_by_the_form_alone(qtbot: QtBot) -> None:
    made = opened(qtbot, "您好", Wording("口语", "嗨"))
    assert made.form.wordings is not None
    press(Qt.Key.Key_Right, ENTER)
    assert made.sent == [("嗨", False)]


def test_every_part_says_what_it_is(qtbot: QtBot) -> None:
    made: Opened = opened(qtbot, "{称呼}{单号:7}{尾:a|b}", offers={"称呼": ["林"]})

    def name(part: QWidget) -> str:
        found = QAccessible.queryAccessibleInterface(part)
        assert found is not None
        return found.text(QAccessible.Text.Name)

    assert [name(made.form.fields[each]) for each in ("称呼", "单号")] == ["称呼", "单号"]
    assert [name(chip) for chip in chips(made.form, "尾").chips] == ["尾: a", "尾: b"]
    assert line(made.form, "称呼").accessibleDescription() == WORDS.say("slots.offers")
    assert name(made.form.preview) == WORDS.say("slots.preview")
    assert all(name(button) for button in made.form.findChildren(QPushButton))


def test_it_opens_where_it_is_told_and_within_the_screen(qtbot: QtBot) -> None:
    made = opened(qtbot, "{称呼}")
    made.form.ask(QPoint(10_000, 10_000))
    room = made.form.screen().availableGeometry()
    qtbot.waitUntil(lambda: room.contains(made.form.geometry()))


def stops(form: SlotForm) -> list[QWidget]:
    """Where Tab goes from what has the focus, once around."""
    found: list[QWidget] = []
    while focused() not in found:
        found.append(focused())
        press(Qt.Key.Key_Tab)
    return found


def test_choosing_a_wording_begins_at_the_wordings_and_tab_goes_as_it_is_drawn(
    qtbot: QtBot,
) -> None:
    wordings = Wording("常用", "{称呼}{尾:a|b}"), Wording("口语", "{单号}{称呼}")
    form = opened(qtbot, *wordings, choose=True).form
    assert form.wordings is not None
    for names in (("称呼", "尾"), ("单号", "称呼")):
        chosen = focused()
        assert chosen in form.wordings.chips
        fields = [form.fields[name] for name in names]
        drawn = [part.chips[0] if isinstance(part, Choices) else part for part in fields]
        buttons = [each for each in form.findChildren(QPushButton) if each.objectName() != "chip"]
        assert stops(form) == [chosen, *drawn, form.preview, *buttons]
        press(Qt.Key.Key_Right)


def test_where_nothing_is_asked_no_room_is_left_above_the_text(qtbot: QtBot) -> None:
    form = opened(qtbot, "好{短语:没有}").form
    above = form.preview.mapTo(form, QPoint(0, 0)).y()
    heading = form.fontMetrics().lineSpacing()
    assert above < 24 + 8 + heading + 8 + 8


def test_its_title_says_what_enter_does(qtbot: QtBot) -> None:
    titles = [opened(qtbot, "{a}", copy_only=only).form.windowTitle() for only in (False, True)]
    assert titles == [WORDS.say("slots.title"), WORDS.say("slots.title_copy")]


def test_a_line_for_a_time_offers_times_and_one_for_a_date_dates(qtbot: QtBot) -> None:
    names = {"时间": "slots.offers_times", "日期": "slots.offers_dates", "称呼": "slots.offers"}
    form = opened(qtbot, "{时间}{日期}{称呼}", offers={name: ["x"] for name in names}).form
    for name, key in names.items():
        assert line(form, name).placeholderText() == WORDS.say(key)
