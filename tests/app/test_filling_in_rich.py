"""From a chosen phrase to the window: formatting, images, wordings, and what a program gets."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.desk.ports import Content
from tests.app.agents import WORDS, Agent, strokes

PNG = b"\x89PNG\r\n\x1a\n1"


@pytest.fixture
def agent(qtbot: QtBot) -> Agent:
    return Agent(qtbot)


def contents(agent: Agent) -> Content:
    assert agent.desk.offered is not None
    return agent.desk.offered.content


def test_formatted_text_goes_out_with_its_images_and_a_plain_text(agent: Agent) -> None:
    id = agent.phrase("看{称呼:您}")
    image = agent.profile.add("image", parent=id, data=PNG)
    agent.profile.change(id, rich=f'<b>看{{称呼:您}}</b><img src="{image}">')
    agent.choose()
    agent.fill(称呼="<林>")
    agent.sends(1)
    content = contents(agent)
    assert content.text == "看<林>"
    assert content.html.startswith('<b>看&lt;林&gt;</b><img src="data:image/png;base64,')
    assert content.image == b""


def jpeg() -> bytes:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0x0000FF)
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(written, b"JPEG").write(image)
    return bytes(written.data().data())


def test_a_photo_alone_goes_out_as_a_png(agent: Agent) -> None:
    id = agent.phrase("")
    agent.profile.add("image", parent=id, data=jpeg())
    agent.choose()
    agent.sends(1)
    content = contents(agent)
    assert (content.text, content.image[:4]) == ("", b"\x89PNG")
    assert content.html.startswith('<img src="data:image/jpeg;base64,')


def test_a_program_that_the_phrase_names_gets_what_it_says(agent: Agent) -> None:
    id = agent.phrase("看")
    agent.profile.change(id, rich="<b>看</b>")
    agent.profile.add("program", parent=id, program="chat", plain=True, enter=True)
    agent.choose()
    agent.sends(1)
    assert contents(agent) == Content("看")
    assert strokes(agent.desk) == ["paste ctrl+v", "enter 1"]


def test_the_usual_wording_goes_first_unless_the_agent_prefers_another(agent: Agent) -> None:
    id = agent.phrase("请稍候")
    agent.profile.add("variant", parent=id, title="口语", body="稍等哈")
    agent.choose()
    agent.sends(1)
    agent.used.clear()
    agent.choose(first="口语")
    agent.sends(2)
    assert agent.desk.pasted == ["请稍候", "稍等哈"]


def test_wordings_are_chosen_where_the_agent_asks_for_it(agent: Agent) -> None:
    id = agent.phrase("请稍候")
    agent.profile.add("variant", parent=id, title="口语", body="稍等哈")
    agent.profile.add("variant", parent=id, title="口语", body="马上哈")
    agent.choose(query="", wording=True)
    row = agent.form().wordings
    assert row is not None
    assert [chip.text() for chip in row.chips] == [WORDS.say("slots.own"), "口语", "口语 2"]
    row.turn_to()
    QTest.keyClick(row.chips[0], Qt.Key.Key_Right)
    agent.fill()
    agent.sends(1)
    assert agent.desk.pasted == ["稍等哈"]


def test_a_photo_goes_nowhere_when_the_agent_leaves_while_it_is_made_a_png(agent: Agent) -> None:
    id = agent.phrase("")
    agent.profile.add("image", parent=id, data=jpeg())
    agent.profile.add("variant", parent=id, title="口语", body="看")
    agent.choose(query="", wording=True)
    agent.fill()
    agent.inserting.asking.put_away()
    assert agent.inserting.asking._tasks.finish(5_000)
    QApplication.processEvents()
    assert agent.desk.acts == []
