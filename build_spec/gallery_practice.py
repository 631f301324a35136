"""Practising in every state, from the customer's line to the end: for the gallery."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from companion.empathy.drafts import check
from companion.empathy.practice import SITTING_S, line
from companion.empathy.prompts import card
from companion.ui.practice import PracticeWindow
from companion.ui.style import Tokens
from companion.ui.words import Words

_REPLIES = {
    "zh": (
        "是您自己没看清楚。\n这个真的没办法，我尽快帮您问问。",
        "我去催，18:00前回您，能不能发都给您准话。",
    ),
    "en": (
        "You should have read it.\nThere is nothing we can do. I'll get back to you soon.",
        "I'm asking dispatch now and will write to you by 6 pm, whatever they say.",
    ),
}


def practice_states(words: Words, colours: Tokens) -> Iterator[tuple[str, QWidget]]:
    """The line, the reply, the card with and without marks, and the end."""
    window, language = PracticeWindow(words, colours), words.language
    bad, good = _REPLIES[language]
    window.show_time(0, SITTING_S)
    first = line("ship_urge", language, 1)
    window.show_line(first.text, keeps=True, careful=False)
    yield "practice-line", window
    window.show_time(90, SITTING_S)
    window.reply.setPlainText(good)
    yield "practice-reply", window
    window.show_card(good, check(good), card(first.situation, language, first.text))
    yield "practice-card", window
    window.show_card(bad, check(bad), card("no_progress", language))
    yield "practice-marked", window
    window.show_card("", None, card("admin", language))
    yield "practice-card-only", window
    window.show_time(SITTING_S, SITTING_S)
    hard = line("crisis", language, 3)
    window.show_line(hard.text, keeps=False, careful=True)
    yield "practice-crisis", window
    window.show_card(good * 9, check(good * 9), card("crisis", language))
    yield "practice-crisis-card", window
    window.show_end(4, early=False)
    yield "practice-end", window
    window.show_end(0, early=True)
    yield "practice-end-early", window
    window.close()
