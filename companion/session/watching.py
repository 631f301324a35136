"""Watching the clipboard: whether an agent wants it, and in which programs."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.phrases.rules import short_name
from companion.settings import lines_of

if TYPE_CHECKING:
    from companion.session.session import Session

OPTIONS = ("watch_clipboard", "watch_programs")
_BETWEEN = re.compile(r"[\n,;，；、]")


@dataclass(frozen=True)
class Watch:
    """What an agent wants: whether copied messages are read, and in which programs."""

    on: bool = False
    programs: tuple[str, ...] = ()


def watch_of(on: str | int | bool, programs: str | int | bool) -> Watch:
    """What the values of OPTIONS say."""
    return Watch(bool(on), programs_in(str(programs)))


def keep_watch(session: "Session", watch: Watch) -> None:
    """Keep what an agent wants, where it is not so already.

    Takes the profile's lock: never on the GUI thread.
    """
    profile = session.profile
    with profile.together():
        for name, value in zip(OPTIONS, (watch.on, lines_of(watch.programs)), strict=True):
            if session.option(name) != value:
                profile.set_option(name, value)
    session.save()


def programs_in(said: str) -> tuple[str, ...]:
    """The programs that an option holds; whoever writes it by hand may put commas between."""
    return tuple(dict.fromkeys(filter(None, map(short_name, _BETWEEN.split(said)))))
