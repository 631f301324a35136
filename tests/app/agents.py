"""An agent whose picker stands over a chat window, on a desk that only remembers."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.inserting import Inserting
from companion.desk.ports import Target
from companion.desk.recording import RecordingDesk
from companion.desk.recording_presence import RecordingPresence
from companion.phrases.entries import entries_of
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


@dataclass
class Agent:
    """An agent with a profile, whose picker stands over a chat window."""

    qtbot: QtBot
    profile: Profile = field(default_factory=lambda: Profile("p"))
    desk: RecordingDesk = field(default_factory=lambda: RecordingDesk(CHAT))
    told: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        desk = self.desk
        adapters = DeskAdapters(desk, desk, desk, desk, RecordingPresence())
        self.inserting = Inserting(adapters, WORDS, style.LIGHT, self.told.append, self.used.append)
        self.qtbot.addWidget(self.inserting.picker)

    def phrase(self, body: str, title: str = "退款", **fields: object) -> str:
        return self.profile.add("phrase", title=title, body=body, **fields)

    def choose(
        self,
        query: str = "退款",
        copy_only: bool = False,
        first: str = "",
        wording: bool = False,
    ) -> None:
        """Open the picker, type, and press Enter; with Alt to choose a ``wording``."""
        entries = entries_of(self.profile)
        self.inserting.show_materials(materials_of(self.profile, entries, first))
        self.inserting.show_index(Index(entries))
        picker = self.inserting.picker
        with self.qtbot.waitActive(picker):
            self.inserting.open()
        picker.search.setText(query)
        control = Qt.KeyboardModifier.ControlModifier
        modifiers = control if copy_only else Qt.KeyboardModifier.NoModifier
        modifiers = Qt.KeyboardModifier.AltModifier if wording else modifiers
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


def strokes(desk: RecordingDesk) -> list[str]:
    """The pastes and keys, in order."""
    return [act for act in desk.acts if act.startswith(("paste", "enter", "left"))]
