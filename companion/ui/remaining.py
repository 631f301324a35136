"""The words for what could not be taken back from this desk's input methods and browsers."""

from collections.abc import Sequence

from companion.session.remaining import TITLE, Remaining
from companion.ui.words import Words


def what_remains(remains: Sequence[Remaining], words: Words) -> list[str]:
    """A line for each thing that could not be taken back."""
    lines: list[str] = []
    for one in remains:
        name = f"input_method.{one.where}"
        where = words.say(name) if words.knows(name) else one.where
        where = words.say(one.where) if words.knows(one.where) else where
        place = " · ".join(filter(None, (where, one.profile)))
        lines.append(
            words.say("this_desk.remains", place=place, why=words.say(one.why, title=TITLE))
        )
    return lines
