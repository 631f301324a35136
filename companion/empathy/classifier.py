"""Tells which situations a customer's message may be, best first, or that it needs no prompt."""

import re
from functools import cache

import msgspec

from companion.empathy.features import language_of
from companion.empathy.scorer import CRISIS, NONE, probabilities, scorer
from companion.empathy.shipped import shipped
from companion.folding import fold, simplified

SHOWN = 3
MOST_CHARACTERS = 20_000
"""What is longer is no message but a page that was pasted; so much of it takes 20 ms."""
_LEAST = 0.001


class Scored(msgspec.Struct, frozen=True):
    """A situation's id and how likely it is, 0..1, as far as the model knows."""

    id: str
    score: float


def classify(text: str) -> list[Scored]:
    """Up to three situations for a message in Chinese or English, best first.

    Empty for greetings, thanks, small talk and plain facts. A crisis comes first wherever the model
    or one of the words that speak of it hints at one, in either language: missing it is the one
    error that cannot be mended. The same text always gives the same answer. Of a text without end
    only the beginning is looked at.
    """
    text = text[:MOST_CHARACTERS]
    if not text.strip():
        return []
    tongue = language_of(text)
    asked = scorer(tongue)
    scores = asked.scores(text, tongue)
    likely = probabilities(scores, asked.model.sharpness)
    ranked = sorted((name for name in scores if name != NONE), key=lambda name: -scores[name])
    alarmed = asked.alarms(scores) or alarming(text)
    if not alarmed and scores[ranked[0]] - scores[NONE] <= asked.model.silence:
        return []
    if alarmed:
        # First, however sure the model is of something else.
        likely[CRISIS] = max(likely[CRISIS], likely[ranked[0]])
        ranked = [CRISIS, *(name for name in ranked if name != CRISIS)]
    return [Scored(name, max(_LEAST, round(likely[name], 3))) for name in ranked[:SHOWN]]


def alarming(text: str) -> bool:
    """Whether words are there that speak of a life's end, in either language."""
    plain = fold(text).replace("'", "").replace("’", "")
    harmless, words = _alarm_words()
    return words.search(harmless.sub(" ", plain)) is not None


@cache
def _alarm_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is taken out first, as it only sounds like it, and what is looked for then."""
    with shipped("alarm.json", "empathy words") as data:
        found = msgspec.json.decode(data, type=dict[str, list[str]])
        # Folded as the texts are that they are looked for in.
        harmless, alarm = (simplified("|".join(found[name])) for name in ("harmless", "alarm"))
        return re.compile(harmless), re.compile(alarm)
