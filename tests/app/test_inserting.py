"""From a chosen phrase to the window: slots, wordings, images and Enter, on a recording desk."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from companion.app.inserting import Inserting
from companion.desk.ports import Content, Target
from companion.desk.recording import RecordingDesk
from companion.phrases.entries import entries_of
from companion.phrases.insertion import Outcome
from companion.phrases.material import materials_of
from companion.phrases.search import Index
from companion.profile.profile import Profile
from companion.ui import style
from companion.ui.slot_form import SlotForm
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

WORDS = Words("zh")
CHAT = Target(7, "chat", "客户 7")
ENTER = Qt.Key.Key_Return
PNG = b"\x89PNG\r\n\x1a\n1"


@dataclass
class Agent:
    """An agent with a profile, whose picker stands over a chat window."""

    qtbot: QtBot
    profile: Profile = field(default_factory=lambda: Profile("p"))
    desk: RecordingDesk = field(default_factory=lambda: RecordingDesk(CHAT))
    told: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        adapters = DeskAdapters(self.desk, self.desk, self.desk, self.desk)
        self.inserting = Inserting(adapters, WORDS, style.LIGHT, self.told.append, self.used.append)
        self.qtbot.addWidget(self.inserting.picker)

    def phrase(self, body: str, title: str = "退款", **fields: object) -> str:
        return self.profile.add("phrase", title=title, body=body, **fields)

    def choose(self, query: str = "退款", copy_only: bool = False, first: str = "") -> None:
        """Open the picker, type, and press Enter."""
        entries = entries_of(self.profile)
        self.inserting.show_materials(materials_of(self.profile, entries, first))
        self.inserting.show_index(Index(entries))
        picker = self.inserting.picker
        with self.qtbot.waitActive(picker):
            self.inserting.open()
        picker.search.setText(query)
        control = Qt.KeyboardModifier.ControlModifier
        modifiers = control if copy_only else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(picker.search, ENTER, modifiers)

    def form(self) -> SlotForm:
        form = self.inserting.asking.form
        assert form is not None and form.isVisible()
        return form

    def fill(self, **values: str) -> None:
        """Type into the form's lines and press Enter."""
        form = self.form()
        for name, value in values.items():
            form.fields[name].setProperty("text", value)
        QTest.keyClick(form, ENTER)

    def sends(self, messages: int) -> None:
        """Wait until so many messages were pasted and the insertion is over."""
        self.qtbot.waitUntil(lambda: len(self.desk.pasted) == messages and bool(self.used))


@pytest.fixture
def agent(qtbot: QtBot) -> Agent:
    return Agent(qtbot)


def strokes(desk: RecordingDesk) -> list[str]:
    """The pastes and keys, in order."""
    return [act for act in desk.acts if act.startswith(("paste", "enter", "left"))]


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
    agent.choose(query="没有这样的")
    (entry,) = entries_of(agent.profile)
    agent.inserting.choose_wording(entry)
    row = agent.form().wordings
    assert row is not None
    assert [chip.text() for chip in row.chips] == [WORDS.say("slots.own"), "口语", "口语 2"]
    row.turn_to()
    QTest.keyClick(row.chips[0], Qt.Key.Key_Right)
    agent.fill()
    agent.sends(1)
    assert agent.desk.pasted == ["稍等哈"]


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
