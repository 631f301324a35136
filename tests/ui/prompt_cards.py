"""Cards and a window for the tests of the prompt window."""

from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.app.prompting import situations
from companion.phrases.expanding import Surroundings
from companion.session.prompting import Card, Line, Own, card, cards
from companion.ui import style
from companion.ui.prompt import PromptWindow
from companion.ui.words import Words

AROUND = Surroundings(datetime(2026, 11, 27, 14, 30))
LATE = "都买了三天了还没发货,不要了,我要退货!"
DARK = "我不想活了"
WORDS = Words("zh")
OWN = Own({"ship_urge": [("mine", "我这就去问仓库，{时间}前回您。")]})


def some(*names: str, text: str = LATE, own: Own = OWN) -> list[Card]:
    """Cards of these situations."""
    return [card(name, "zh", text, own, AROUND) for name in names]


def found(text: str, own: Own = OWN) -> list[Card]:
    """The cards of a message."""
    return cards(text, own, AROUND)


class Heard(QObject):
    """What the window said, in order."""

    def __init__(self, window: PromptWindow) -> None:
        super().__init__(window)
        self.chosen: list[tuple[Card, Line, bool]] = []
        self.typed: list[str] = []
        self.picked: list[str] = []
        self.refused: list[Card] = []
        self.hidden: list[Card] = []
        self.kept: list[tuple[str, str, str]] = []
        self.others: list[str] = []
        window.chosen.connect(lambda *facts: self.chosen.append(facts))
        window.typed.connect(self.typed.append)
        window.picked.connect(self.picked.append)
        window.refused.connect(self.refused.append)
        window.hide_wanted.connect(self.hidden.append)
        window.own.kept.connect(lambda *facts: self.kept.append(facts))
        window.undo_wanted.connect(lambda: self.others.append("undo"))
        window.ready.connect(lambda: self.others.append("ready"))
        window.given_up.connect(lambda: self.others.append("given up"))


def a_window(qtbot: QtBot, shown: list[Card], text: str = LATE, why: str = "") -> PromptWindow:
    """A window with these cards, as it is right after the hotkey."""
    window = PromptWindow(WORDS, style.LIGHT)
    qtbot.addWidget(window)
    window.show_situations(situations("zh", OWN, WORDS))
    with qtbot.waitActive(window):
        window.open_for("张女士", None, text)
    window.show_cards(shown, why)
    return window


def press(
    window: PromptWindow,
    key: Qt.Key,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key where the focus is."""
    there = window.focusWidget()
    assert isinstance(there, QWidget)
    QTest.keyClick(there, key, held)


def shown(window: PromptWindow) -> str:
    """The id of the card that is shown."""
    card = window.card()
    return card.id if card is not None else ""


def said(window: PromptWindow) -> str:
    """All words on the page that is shown."""
    page = window.panel.page
    assert page is not None
    return "\n".join(label.text() for label in page.findChildren(QLabel))
