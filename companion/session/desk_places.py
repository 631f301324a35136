"""The places of this desk that can have something of the agent's for a shift, and putting it there.

Every call may block: never on the GUI thread.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.bookmarks.browsers import Browser, browsers
from companion.errors import FileUnwritable
from companion.formats.detection import bookmark_writer_named, writer_named
from companion.formats.items import BookmarkItem, PhraseItem, Problem
from companion.input_methods.finding import InputMethod, found
from companion.policy import Policy
from companion.profile.profile import Profile
from companion.seat_errors import PolicyForbids
from companion.session import lending
from companion.session.desk_loans import DeskLoans, Lender, with_code
from companion.session.exporting import LEFT_OUT, export_bookmarks, export_phrases, top_of
from companion.session.lending import Refusal
from companion.session.remaining import Remaining
from companion.session.session import Session
from companion.whole_file import write_whole

PHRASES, BOOKMARKS = "phrases", "bookmarks"
ANYTHING = Policy()
# The entries of companion.toml.
_POLICY = {PHRASES: "input_methods", BOOKMARKS: "browsers"}
# What Companion does not write into such a browser, the agent can still import there.
_BY_HAND = frozenset({Refusal.NOT_WRITABLE, Refusal.SEALED, Refusal.UNKNOWN})


@dataclass(frozen=True)
class Place:
    """An input method or a browser's profile.

    ``lent`` is how many phrases or bookmarks of the agent's it has; ``refused`` says why a
    browser's file would not be written now.
    """

    what: Lender
    lent: int = 0
    refused: Refusal | None = None

    @property
    def key(self) -> str:
        """What it is known by, as often as this desk is looked at."""
        return self.what.folder if isinstance(self.what, Browser) else self.what.file

    @property
    def holds(self) -> str:
        """What can be put there: PHRASES or BOOKMARKS."""
        return BOOKMARKS if isinstance(self.what, Browser) else PHRASES

    @property
    def format(self) -> str:
        """The format of the file that has to be imported there by hand; empty for most."""
        if isinstance(self.what, InputMethod):
            return "" if self.what.kind else "sogou"
        return "netscape" if self.refused in _BY_HAND else ""


@dataclass(frozen=True)
class Survey:
    """The places of this desk, whether any has something of the agent's, and what could be put
    there: by what it holds, the names of sets or of folders at the root with how many are in each.

    ``forbidden`` is what may not be put anywhere at this desk: PHRASES, BOOKMARKS or both.
    """

    places: Sequence[Place]
    lent: bool
    shares: dict[str, dict[str, int]]
    forbidden: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """How many are there now, or in the file; ``told`` and ``problems`` are those of putting.Put.

    Nothing was put where it was ``refused``, or where what was there ``remains``.
    """

    count: int = 0
    problems: Sequence[Problem] = field(default_factory=list)
    told: bool = True
    refused: Refusal | None = None
    remains: tuple[Remaining, ...] = ()


def survey(profile: Profile, loans: DeskLoans, policy: Policy = ANYTHING) -> Survey:
    """Look at this desk. Raises FileUnreadable where it cannot be known what is lent."""
    phrases, bookmarks = loans.counts()
    places = [Place(method, phrases[method.name]) for method in found()]
    places += [Place(one, bookmarks[one.folder], lending.refusal(one)) for one in browsers()]
    both = (PHRASES, BOOKMARKS)
    forbidden = frozenset(holds for holds in both if not getattr(policy, _POLICY[holds]))
    return Survey(places, loans.any(), {holds: shares(profile, holds) for holds in both}, forbidden)


def shares(profile: Profile, holds: str) -> dict[str, int]:
    """Of PHRASES the names of sets, of BOOKMARKS the folders at the root: how many are in each."""
    if holds == PHRASES:
        return dict(Counter(item.set for item in export_phrases(profile)))
    return dict(Counter(top_of(item) for item in export_bookmarks(profile)))


def put(
    session: Session, place: Place, left_out: Collection[str], even_synced: bool = False
) -> Outcome:
    """Put everything there but what is in the sets or folders ``left_out``, in the place of what
    was put there before. Raises PolicyForbids (name), and what DeskLoans does.
    """
    check_allowed(session, place)
    what, loans = place.what, session.loans
    if isinstance(what, InputMethod):
        filled = loans.put_phrases(what, _phrases(session.profile, left_out))
        return Outcome(filled.count, filled.problems, filled.told)
    refused = lending.refusal(what, even_synced)
    if refused is not None:
        return Outcome(refused=refused)
    if what.folder in loans.folders():
        remains = session.take_back_loans(what)
        if remains:
            return Outcome(remains=remains)
    lent = loans.put_bookmarks(
        what, _bookmarks(session.profile, left_out), session.profile.id, even_synced
    )
    return Outcome(lent.count, lent.problems, refused=lent.refused)


def export(session: Session, place: Place, left_out: Collection[str], file: Path) -> Outcome:
    """Write a file for the agent to import there by hand. Raises PolicyForbids, FileUnwritable."""
    check_allowed(session, place)
    if place.holds == PHRASES:
        phrases = [with_code(item) for item in _phrases(session.profile, left_out)]
        count, written = len(phrases), writer_named(place.format).write_phrases(phrases)
    else:
        marks = _bookmarks(session.profile, left_out)
        count, written = len(marks), bookmark_writer_named(place.format).write_bookmarks(marks)
    try:
        write_whole(file, written.data)
    except OSError as error:
        raise FileUnwritable(place=str(file), reason=type(error).__name__) from error
    count -= sum(problem.kind in LEFT_OUT for problem in written.problems)
    return Outcome(count, written.problems)


def check_allowed(session: Session, place: Place) -> None:
    """Raise PolicyForbids where nothing may be put into what such a place is at this desk."""
    entry = _POLICY[place.holds]
    if not getattr(session.seat.policy, entry):
        raise PolicyForbids(name=entry)


def _phrases(profile: Profile, left_out: Collection[str]) -> list[PhraseItem]:
    return [item for item in export_phrases(profile) if item.set not in left_out]


def _bookmarks(profile: Profile, left_out: Collection[str]) -> list[BookmarkItem]:
    return [item for item in export_bookmarks(profile) if top_of(item) not in left_out]
