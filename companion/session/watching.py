"""Watching the clipboard: whether and where an agent wants it, and which message needs a hint.

judge() takes the profile's lock and may read the model: never on the GUI thread.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from companion.phrases.expanding import Surroundings
from companion.phrases.rules import short_name
from companion.session.prompting import cards, own_of
from companion.session.session import Session

MOST = 2_000
"""Characters of a message; what is longer is no message."""
_BETWEEN = re.compile(r"[\n,;，；、]")


@dataclass(frozen=True)
class Wanted:
    """What a profile says: whether copied messages are read, and in which programs."""

    on: bool = False
    programs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hint:
    """What may lie behind a message; with ``safety`` somebody's life may be at stake."""

    name: str
    need: str
    safety: bool


def wanted(session: Session) -> Wanted:
    """What this agent wants."""
    said = str(session.option("watch_programs"))
    return Wanted(bool(session.option("watch_clipboard")), programs_in(said))


def want(session: Session, wish: Wanted) -> None:
    """Keep what an agent wants, where it is not so already."""
    profile = session.profile
    options = {"watch_clipboard": wish.on, "watch_programs": said_of(wish.programs)}
    with profile.together():
        for name, value in options.items():
            if session.option(name) != value:
                profile.set_option(name, value)
    session.save()


def programs_in(said: str) -> tuple[str, ...]:
    """The programs that an option holds; whoever writes it by hand may put commas between."""
    return tuple(dict.fromkeys(filter(None, map(short_name, _BETWEEN.split(said)))))


def said_of(programs: Iterable[str]) -> str:
    """Programs as an option holds them, one a line."""
    return "".join(f"{program}\n" for program in programs)


def judge(session: Session, text: str) -> Hint | None:
    """The first situation of a message, by the agent's own leaning; None where none is needed."""
    own = own_of(session.profile, session.teams.openings())
    found = cards(text, own, Surroundings(datetime.now()))
    return Hint(found[0].name, found[0].need, found[0].safety) if found else None
