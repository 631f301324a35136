"""From a chosen phrase to the window: slots, the form, Enter and copying, on a recording desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from companion.desk.ports import Content, Target
from companion.phrases.entries import entries_of
from companion.phrases.insertion import Outcome
from companion.phrases.material import materials_of
from tests.app.agents import CHAT, WORDS, Agent, strokes


@pytest.fixture
def agent(qtbot: QtBot) -> Agent:
    return Agent(qtbot)


def test_a_phrase_without_slots_goes_in_at_once(agent: Agent) -> None:
    id = agent.phrase("马上{光标}为您查{{1}}")
    agent.choose()
    agent.sends(1)
    assert agent.desk.pasted == ["马上为您查{1}"]
    assert strokes(agent.desk) == ["paste ctrl+v", "left 6"]
    assert agent.used == [id]
    assert (agent.inserting.asking.form, agent.desk.clipboard) == (None, "before")


def test_the_form_fills_what_is_asked_and_every_message_ends_where_it_says(agent: Agent) -> None:
    agent.desk.clipboard = "单号 12"
    agent.phrase("{称呼}您好\n{发送}\n{剪贴板}，{签名:林}{短语:尾}")
    agent.phrase("再见{发送}", "尾")
    agent.choose()
    assert list(agent.form().fields) == ["称呼", "签名"]
    agent.fill(称呼="王先生")
    agent.sends(2)
    assert agent.desk.pasted == ["王先生您好", "单号 12，林再见"]
    assert strokes(agent.desk) == ["paste ctrl+v", "enter 1"] * 2
    assert agent.desk.text() == "单号 12"


def test_what_is_empty_is_named_before_it_goes(agent: Agent) -> None:
    agent.phrase("{称呼}您好")
    agent.choose()
    agent.fill()
    assert agent.form().problem.text() == WORDS.say("slots.open", names="称呼")
    assert agent.desk.pasted == []
    agent.fill()
    agent.sends(1)
    assert agent.desk.pasted == ["您好"]


def test_what_was_left_empty_altogether_goes_nowhere(agent: Agent) -> None:
    agent.phrase("{称呼}{发送}")
    agent.choose()
    agent.fill()
    agent.fill()
    assert (strokes(agent.desk), agent.used, agent.desk.acts[-1]) == ([], [], "bring back")


def test_a_phrase_that_is_missing_in_it_is_named_before_it_goes(agent: Agent) -> None:
    agent.phrase("好{短语:没有}")
    agent.choose()
    assert agent.form().fields == {}
    agent.fill()
    assert agent.form().problem.text() == WORDS.say("slots.lost", names="没有")
    assert agent.desk.pasted == []


def test_escape_gives_the_focus_back_and_sends_nothing(agent: Agent) -> None:
    agent.phrase("{称呼}您好")
    agent.choose()
    QTest.keyClick(agent.form(), Qt.Key.Key_Escape)
    assert (agent.desk.acts, agent.used) == (["bring back"], [])
    assert agent.inserting.asking.form is None


def test_the_hotkey_brings_back_a_form_that_is_open(agent: Agent) -> None:
    agent.phrase("{称呼}您好")
    agent.choose()
    agent.desk.target = Target(8, "other", "")
    agent.inserting.open()
    assert not agent.inserting.picker.isVisible()
    agent.desk.target = CHAT
    agent.fill(称呼="林")
    agent.sends(1)
    assert agent.desk.pasted == ["林您好"]


def test_copying_takes_all_messages_and_gives_the_focus_back(agent: Agent) -> None:
    id = agent.phrase("{称呼}您好{发送}再见")
    agent.choose(copy_only=True)
    agent.fill(称呼="林")
    assert agent.desk.clipboard == Content("林您好\n再见")
    assert (agent.desk.acts, agent.used) == (["copy", "bring back"], [id])
    assert agent.told == [WORDS.say("note.copied_plain")]


def test_the_form_has_the_focus_until_the_copy_is_made(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = agent.phrase("{a:x}")
    seen: list[bool] = []
    monkeypatch.setattr(agent.desk, "copy", lambda _: seen.append(agent.form().isActiveWindow()))
    agent.choose(copy_only=True)
    agent.qtbot.waitUntil(lambda: agent.form().isActiveWindow())
    agent.fill()
    assert (seen, agent.inserting.asking.form, agent.used) == ([True], None, [id])


def test_values_are_offered_again_until_the_agent_leaves(agent: Agent) -> None:
    agent.phrase("{称呼}您好")
    agent.choose()
    agent.fill(称呼="王先生")
    agent.sends(1)
    agent.choose()
    field = agent.form().fields["称呼"]
    offers = [action.text() for action in field.findChildren(QMenu)[0].actions()]
    assert (field.value, offers) == ("", ["&1  王先生"])
    agent.inserting.forget()
    assert agent.inserting.asking.form is None
    agent.choose()
    assert agent.form().fields["称呼"].findChildren(QMenu)[0].actions() == []


def test_nothing_typed_is_left_in_a_form_that_was_put_away(agent: Agent) -> None:
    agent.phrase("{称呼}您好")
    agent.choose()
    form = agent.form()
    form.fields["称呼"].setProperty("text", "王先生")
    agent.inserting.forget()
    agent.qtbot.waitUntil(lambda: form not in QApplication.topLevelWidgets())
    assert agent.desk.pasted == []


@pytest.mark.parametrize(
    ("body", "missing", "text"),
    [
        ("您好", (), "您好"),
        ("{称呼:您}好{剪贴板}", (), "您好before"),
        ("{称呼}好{短语:没有}{单号}", ("称呼", "单号", "没有"), None),
        ("{日期}", ("日期",), None),
    ],
)
def test_from_the_shell_only_what_says_everything_goes_in(
    agent: Agent, body: str, missing: tuple[str, ...], text: str | None
) -> None:
    agent.phrase(body)
    outcomes: list[Outcome] = []
    (entry,) = entries_of(agent.profile)
    agent.inserting.show_materials(materials_of(agent.profile, [entry]))
    assert agent.inserting.insert_now(entry, outcomes.append) == missing
    if text is None:
        assert (agent.desk.acts, outcomes) == ([], [])
    else:
        agent.qtbot.waitUntil(lambda: bool(outcomes))
        assert agent.desk.pasted == [text]


@pytest.mark.parametrize("wording", [False, True])
def test_a_pinned_picker_is_there_again_when_the_form_is_left(agent: Agent, wording: bool) -> None:
    id = agent.phrase("{称呼}您好")
    agent.profile.add("variant", parent=id, title="口语", body="嗨{称呼}")
    agent.choose("没有这样的")
    picker = agent.inserting.picker
    picker.search.setText("退款")
    QTest.keyClick(picker.search, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    alt = Qt.KeyboardModifier.AltModifier if wording else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(picker.search, Qt.Key.Key_Return, alt)
    form = agent.form()
    agent.qtbot.waitUntil(form.isActiveWindow)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    agent.qtbot.waitUntil(picker.isActiveWindow)
    assert (picker.isVisible(), picker.pinned, picker.search.text()) == (True, True, "退款")
    picker.hide()


def test_without_a_window_the_form_says_that_it_copies(agent: Agent) -> None:
    agent.desk.target = None
    id = agent.phrase("{称呼}您好")
    agent.choose()
    assert agent.form().windowTitle() == WORDS.say("slots.title_copy")
    agent.fill(称呼="林")
    assert (agent.desk.clipboard, agent.used) == (Content("林您好"), [id])
    assert agent.told == [WORDS.say("note.copied_plain")]
