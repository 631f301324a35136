"""The words for what could not be taken back from this desk's input methods and browsers."""

from collections.abc import Sequence

from companion.session.remaining import TITLE, Remaining
from companion.ui.words import Words


def what_remains(remains: Sequence[Remaining], words: Words) -> list[str]:
    """A line for each thing that could not be taken back."""
    return [
        words.say("this_desk.remains", place=place_of(one, words), why=why_of(one, words))
        for one in remains
    ]


def place_of(one: Remaining, words: Words) -> str:
    """What the input method or the browser is called."""
    name = f"input_method.{one.where}"
    where = words.say(name) if words.knows(name) else one.where
    where = words.say(one.where) if words.knows(one.where) else where
    return " · ".join(filter(None, (where, one.profile)))


def why_of(one: Remaining, words: Words) -> str:
    """Why it still has something, and what the agent can do."""
    return words.say(one.why, title=TITLE)
