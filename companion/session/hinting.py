"""Which copied message needs a hint, and what the hint says.

judge() takes the profile's lock and may read the model: never on the GUI thread.
"""

from dataclasses import dataclass

from companion.empathy.features import language_of
from companion.empathy.scorer import CRISIS
from companion.empathy.situations import situation
from companion.session.prompting import found_in, own_of
from companion.session.session import Session

MOST = 2_000
"""Characters of a message; what is longer is no message."""


@dataclass(frozen=True)
class Hint:
    """What may lie behind a message; with ``safety`` somebody's life may be at stake."""

    name: str
    need: str
    safety: bool


def judge(session: Session, text: str) -> Hint | None:
    """The first situation of a message, by the agent's own leaning; None where none is needed."""
    # What teams say does not matter here: it changes what a card says, not which one it is.
    found = found_in(text, own_of(session.profile, {}))
    if not found:
        return None
    first = situation(found[0], language_of(text))
    return Hint(first.name, first.need, first.id == CRISIS)
