"""An insertion meets the end of its session: no key is pressed any more, nothing stays behind."""

import pytest
from pytestqt.qtbot import QtBot

from companion.phrases.insertion import Outcome
from companion.phrases.search import Entry
from tests.app.agents import CHAT, Agent

TWO = "第一条消息\n---\n第二条消息"


@pytest.fixture
def agent(qtbot: QtBot) -> Agent:
    return Agent(qtbot)


def rest(agent: Agent) -> None:
    agent.qtbot.waitUntil(lambda: not agent.inserting.busy)


def test_before_the_keys_nothing_is_pressed_and_the_clipboard_is_as_before(agent: Agent) -> None:
    agent.phrase("钱没到账肯定惦记")
    agent.desk.held = True
    agent.choose()
    agent.qtbot.waitUntil(lambda: "offer" in agent.desk.acts)
    agent.inserting.forget()
    agent.desk.held = False
    rest(agent)
    assert agent.desk.pasted == []
    assert agent.desk.clipboard == "before"
    assert agent.told == []


def test_after_the_keys_the_window_gets_its_text_and_then_the_clipboard_is_as_before(
    agent: Agent,
) -> None:
    agent.phrase("钱没到账肯定惦记")
    agent.desk.takes_paste = False
    agent.choose()
    agent.qtbot.waitUntil(lambda: "paste ctrl+v" in agent.desk.acts)
    agent.inserting.forget()
    # A window that is slow to ask is not given what stood there before.
    assert agent.desk.text() == "钱没到账肯定惦记"
    assert agent.desk.offered is not None
    agent.desk.offered.count += 1
    rest(agent)
    assert agent.desk.clipboard == "before"


def test_between_two_phrases_the_second_is_not_pasted(agent: Agent) -> None:
    agent.phrase("钱没到账肯定惦记")
    agent.choose()
    agent.choose()
    agent.qtbot.waitUntil(lambda: len(agent.desk.pasted) == 1)
    agent.inserting.forget()
    rest(agent)
    agent.qtbot.wait(50)
    assert len(agent.desk.pasted) == 1
    assert agent.desk.clipboard == "before"


def test_what_is_not_asked_for_any_more_is_not_inserted(agent: Agent) -> None:
    id = agent.phrase("钱没到账肯定惦记")
    outcomes: list[Outcome] = []
    agent.desk.held = True
    assert agent.inserting.insert_now(Entry(id, "phrase", "退款", "x"), outcomes.append) == ()
    agent.inserting.forget()
    rest(agent)
    assert [outcome.inserted for outcome in outcomes] == [False]
    assert agent.desk.pasted == []


def test_a_form_that_is_open_is_gone_and_sends_nothing(agent: Agent) -> None:
    agent.phrase("{称呼}，钱没到账肯定惦记")
    agent.choose()
    form = agent.form()
    agent.inserting.forget()
    assert agent.inserting.asking.form is None
    form.go(False)
    assert agent.desk.pasted == []


def test_the_picker_holds_nothing_of_what_it_showed(agent: Agent) -> None:
    agent.phrase("钱没到账肯定惦记")
    agent.choose()
    rest(agent)
    agent.inserting.open()
    picker = agent.inserting.picker
    picker.search.setText("退款")
    assert picker.model.rowCount() == 1
    agent.inserting.forget()
    assert picker.model.rowCount() == 0
    assert "钱没到账" not in picker.panel.preview.toPlainText()
    assert picker.search.text() == ""
    picker.search.undo()
    assert picker.search.text() == ""
    assert CHAT.title not in picker.panel.target.text()
