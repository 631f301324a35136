"""What an agent wants each time he sits down: sets and folders put on the desk, pages opened.

lend() blocks: never on the GUI thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.bookmarks.opening import openable
from companion.errors import CompanionError
from companion.session.desk_places import BOOKMARKS, PHRASES, Outcome, Place, put, survey
from companion.session.exporting import export_bookmarks, top_of
from companion.session.session import Session

OPTIONS: Mapping[str, str] = {PHRASES: "lend_sets", BOOKMARKS: "lend_folders"}
MORNING = "morning_set"


@dataclass(frozen=True)
class Wanted:
    """What a profile says: by what places hold, the names to put there; the folder to open."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    morning: str = ""


@dataclass(frozen=True)
class Lent:
    """What became of one place: the outcome, or why there is none."""

    place: Place
    outcome: Outcome | None
    error: CompanionError | None = None


def names_in(said: str) -> tuple[str, ...]:
    """The names in what lines_of() makes of them; an empty one is what is in no set or folder."""
    lines = said.split("\n")
    return tuple(lines[:-1] if not lines[-1] else lines)


def wanted(session: Session) -> Wanted:
    """What this agent wants each time."""
    names = {holds: names_in(str(session.option(option))) for holds, option in OPTIONS.items()}
    return Wanted({holds: said for holds, said in names.items() if said}, morning_set(session))


def morning_set(session: Session) -> str:
    """The name of the folder that is opened each time, empty for none."""
    return str(session.option(MORNING))


def lend(session: Session) -> list[Lent]:
    """Put what the agent has chosen into every input method and browser that takes it.

    What is forbidden at this desk, or has to be imported by hand, is left alone.
    Raises FileUnreadable where it cannot be known what is lent.
    """
    names = wanted(session).names
    if not names:
        return []
    found, done = survey(session.profile, session.loans, session.seat.policy), list[Lent]()
    for place in found.places:
        shares = found.shares[place.holds]
        chosen = shares.keys() & set(names.get(place.holds, ()))
        if not chosen or place.format or place.holds in found.forbidden:
            continue
        try:
            done.append(Lent(place, put(session, place, shares.keys() - chosen)))
        except CompanionError as error:
            done.append(Lent(place, None, error))
    return done


def morning(session: Session) -> list[str]:
    """The addresses that are to be opened, in the agent's order; none where no set is chosen."""
    name = morning_set(session)
    if not name:
        return []
    items = export_bookmarks(session.profile)
    return [item.url for item in items if top_of(item) == name and openable(item.url)]
