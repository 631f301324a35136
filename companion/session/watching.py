"""Watching the clipboard: whether an agent wants it, and in which programs.

wanted() and want() take the profile's lock: never on the GUI thread.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.phrases.rules import short_name
from companion.settings import lines_of

if TYPE_CHECKING:
    from companion.session.session import Session

_BETWEEN = re.compile(r"[\n,;，；、]")


@dataclass(frozen=True)
class Wanted:
    """What a profile says: whether copied messages are read, and in which programs."""

    on: bool = False
    programs: tuple[str, ...] = ()


def wanted(session: "Session") -> Wanted:
    """What this agent wants."""
    said = str(session.option("watch_programs"))
    return Wanted(bool(session.option("watch_clipboard")), programs_in(said))


def want(session: "Session", wish: Wanted) -> None:
    """Keep what an agent wants, where it is not so already."""
    profile = session.profile
    options = {"watch_clipboard": wish.on, "watch_programs": lines_of(wish.programs)}
    with profile.together():
        for name, value in options.items():
            if session.option(name) != value:
                profile.set_option(name, value)
    session.save()


def programs_in(said: str) -> tuple[str, ...]:
    """The programs that an option holds; whoever writes it by hand may put commas between."""
    return tuple(dict.fromkeys(filter(None, map(short_name, _BETWEEN.split(said)))))
