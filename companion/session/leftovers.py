"""What agents who have gone left sealed on this desk, and clearing that without a key.

Nobody can read it here, and nothing here says whose it is. Every call may block: never on the GUI
thread.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from companion.errors import FileUnwritable, NotSignedIn, SecretsUnavailable
from companion.notes import drop_drafts
from companion.profile.packs import SUFFIX
from companion.session.drafts import drafts_file
from companion.session.remaining import Remaining, TakenBack, is_lent
from companion.session.searching import Trace
from companion.session.seat import Seat
from companion.session.standing import read_last
from companion.session.wiping import clear as clear_seat
from companion.settings import OF_THE_DESK, PROFILE_ID


class Leftover(msgspec.Struct, frozen=True):
    """What one agent left: how much, since when, and whether his store may not have all of it.

    ``since`` is in Unix seconds. The profile it belongs to is for whoever clears it, and never
    shown.
    """

    profile: str
    packs: int
    bytes: int
    since: int
    waits: bool


@dataclass(frozen=True)
class StoodDown:
    """What signing out somebody who is not here did: whether sealed packs stay for him, what could
    not be taken away, and what his browsers had of his (bookmarks that only he can take in).
    """

    kept_sealed: bool
    traces: list[Trace]
    taken: TakenBack

    @property
    def remains(self) -> tuple[Remaining, ...]:
        """What input methods and browsers still have."""
        return self.taken.remains


def leftovers(seat: Seat) -> list[Leftover]:
    """What lies here of profiles that nobody is signed in with, the latest first."""
    here = str(seat.settings.read()["profile"])
    names = {_profile_of(path) for path in _kept(seat)} - {here}
    found = [_leftover(seat, name) for name in names]
    return sorted(found, key=lambda one: (-one.since, one.profile))


def tidy(seat: Seat) -> None:
    """Delete what a process that was killed while it signed somebody in has left in the settings.

    Only where nobody is signed in; what cannot be deleted waits for the next time.
    """
    said = seat.settings.read()
    if said["profile"]:
        return
    with suppress(OSError, FileUnwritable):
        for folder in (seat.home, seat.home / "profiles"):
            drop_drafts(folder)
        if any(value for name, value in said.items() if name not in OF_THE_DESK):
            seat.settings.clear()


def clear(seat: Seat, which: Leftover) -> None:
    """Delete what one agent left, for good. Raises FileUnwritable."""
    if which.profile == str(seat.settings.read()["profile"]):
        # He has come back meanwhile.
        return
    try:
        seat.drop_sealed(which.profile)
        for path in [path for path in _kept(seat) if _profile_of(path) == which.profile]:
            path.unlink(missing_ok=True)
        tidy(seat)
        with suppress(OSError):
            (seat.home / "profiles").rmdir()
    except OSError as error:
        place = str(seat.home / "profiles")
        raise FileUnwritable(place=place, reason=type(error).__name__) from error
    with suppress(SecretsUnavailable):
        # It was forgotten when he left, where the secret store would: this is one more try.
        seat.forget(which.profile)


def stand_down(seat: Seat) -> StoodDown:
    """Sign out whoever is signed in, without his key: he has gone and forgot to.

    Takes back what is lent, forgets what is remembered, and keeps his sealed packs where his store
    may not have all of them. Raises NotSignedIn, and FileUnwritable where he stays signed in.
    """
    profile = str(seat.settings.read()["profile"])
    if not profile:
        raise NotSignedIn
    taken = TakenBack(0, (), ())
    if is_lent(seat.lent_folder):
        taken = seat.loans().take_back()
    held = read_last(seat.last_sync_file(profile)).held
    waits = _leftover(seat, profile).waits
    traces = clear_seat(seat, profile, held if waits else None)
    if not waits:
        # Beside his packs nothing of his stays either.
        for path in [path for path in _kept(seat) if _profile_of(path) == profile]:
            with suppress(OSError):
                path.unlink()
    return StoodDown(waits, traces, taken)


def _leftover(seat: Seat, profile: str) -> Leftover:
    sizes, latest, packs = 0, 0.0, set[str]()
    for path in _kept(seat):
        if _profile_of(path) != profile:
            continue
        inside = list(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            with suppress(OSError):
                if file.is_file():
                    sizes += file.stat().st_size
                    latest = max(latest, file.stat().st_mtime)
                    if file.name.endswith(SUFFIX):
                        packs.add(file.name)
    held = set(read_last(seat.last_sync_file(profile)).held)
    # Packs that were put together are held under another name: then it is not known, which counts
    # as waiting. Absence of a note is no proof of anything. What was being written when the desk
    # was locked is nowhere else.
    waits = bool(packs - held) or drafts_file(seat.sealed_folder(profile)).exists()
    return Leftover(profile, len(packs), sizes, round(latest), waits)


def _kept(seat: Seat) -> list[Path]:
    """What lies there of profiles; a write that was cut off, what a system puts into every folder,
    and whatever else is nobody's: clearing it would be to guess.
    """
    try:
        found = sorted((seat.home / "profiles").iterdir())
    except OSError:
        return []
    return [path for path in found if PROFILE_ID.fullmatch(_profile_of(path))]


def _profile_of(path: Path) -> str:
    """The profile that a folder, or a file such as ``PROFILE.last``, is of."""
    return path.name.partition(".")[0]
