"""The prompt window in every state that shows other words, for the gallery."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from companion.app.prompting import situations
from companion.phrases.expanding import Surroundings
from companion.session.prompting import Own, card, cards
from companion.ui import style
from companion.ui.prompt import PromptWindow
from companion.ui.words import Words

State = tuple[str, QWidget]
_AROUND = Surroundings(datetime(2026, 11, 27, 14, 30))
_LATE = {
    "zh": "你们这个货也太慢了，都买了三天了还没发货，不要了，我要退货！",
    "en": "It's been five days and it still hasn't shipped. Forget it, I want my money back!",
}
_DARK = {"zh": "钱也没了，我不想活了", "en": "The money is gone and I want to die"}
_NOTHING = {"zh": "好的，谢谢", "en": "Okay, thank you"}
_OWN = {
    "zh": "等了{天数:好几}天，{称呼:先生|女士}，是我没盯住。{时间}前给您准话，发不了也说清楚。",
    "en": "{days:Several} days is too long, and it's on me. You'll have an answer by {time}.",
}


def prompt_states(words: Words, colours: style.Tokens) -> Iterator[State]:
    """The window with cards, a crisis, nothing, and while an opening is written."""
    language = words.language
    own = Own({"ship_urge": [("o", _OWN[language])]}, hidden=frozenset({"abuse"}))
    window = PromptWindow(words, colours)
    window.show_situations(situations(language, own, words))

    def show(text: str, why: str = "") -> None:
        window.open_for(words.say("prompt.title") * 6, None, text)
        window.show_cards(cards(text, own, _AROUND), why)

    show(_LATE[language])
    yield "prompt", window
    QTest.keyClick(window.panel.card.rows[1], Qt.Key.Key_Up)
    window.foot.say(words.say("prompt.said.not_this", name=window.cards[0].name), can_undo=True)
    yield "prompt-ask", window
    QTest.keyClick(window.panel.card.rows[0], Qt.Key.Key_F2)
    yield "prompt-own", window
    QTest.keyClick(window.own.text, Qt.Key.Key_Escape)
    QTest.keyClick(window.panel.card.rows[0], Qt.Key.Key_0)
    yield "prompt-other", window
    show(_DARK[language])
    yield "prompt-safety", window
    show(_NOTHING[language], words.say("prompt.nothing"))
    yield "prompt-nothing", window
    QTest.keyClicks(window.pick.search, "qqqq")
    yield "prompt-unknown", window
    show("", words.say("prompt.empty"))
    yield "prompt-empty", window
    window.open_for(None, None, _LATE[language] * 9)
    window.show_cards([card("abuse", language, "", own, _AROUND)])
    yield "prompt-long", window
    for one in situations(language, own, words):
        window.show_cards([card(one.id, language, _LATE[language], own, _AROUND)])
        yield f"prompt-each-{one.id}", window
    window.put_away()
