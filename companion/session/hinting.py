"""Which copied message needs a hint, and what the hint says.

judge() takes the profile's lock and may read the model: never on the GUI thread.
"""

from dataclasses import dataclass
from datetime import datetime

from companion.phrases.expanding import Surroundings
from companion.session.prompting import cards, own_of
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
    own = own_of(session.profile, session.teams.openings())
    found = cards(text, own, Surroundings(datetime.now()))
    return Hint(found[0].name, found[0].need, found[0].safety) if found else None
