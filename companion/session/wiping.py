"""Takes everything of an agent off this desk, and looks for what is left."""

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from companion.errors import FileUnwritable, SecretsUnavailable, SettingsBroken
from companion.session.searching import Looked, Search, Trace
from companion.session.seat import Seat
from companion.session.standing import LastSync, keep_last

TEMPORARY = "companion-places-"
"""What the names of folders begin with in which a browser's file is read, for seconds."""
_ABANDONED_S = 60.0
# Where nothing tells since when somebody sat here: longer than any shift.
_SHIFT_S = 16 * 3600.0


def wipe(
    seat: Seat, profile: str, words: list[bytes], held: list[str] | None
) -> tuple[list[Trace], Looked]:
    """Forget who sat here; what is left, by its telltale words or because it could not be deleted.

    ``held`` are the objects of the agent's store, where the sealed packs stay for the next time;
    None where they are to go.
    """
    since = sat_down_at(seat, profile)
    left = clear(seat, profile, held)
    found, looked = Search(words).look(seat.home, seat.places, since)
    return left + _in_browsers(found), looked


def clear(seat: Seat, profile: str, held: list[str] | None, hurried: bool = False) -> list[Trace]:
    """The first half of wipe(): what could not be taken away. It needs no key.

    ``hurried``: a secret store that does not answer keeps nothing else waiting.
    """
    left = list[Trace]()
    remembered = _may_be_remembered(seat)
    if remembered and not hurried:
        left += _forgotten(seat, profile)
    # First this: a desk that is ended in between has nobody signed in and packs that are kept,
    # and not somebody whose packs are gone.
    seat.settings.clear()
    try:
        if held is None:
            seat.drop_last_sync(profile)
            seat.drop_sealed(profile)
        else:
            # Of the last sync only names that are hashes: neither where the store is nor who.
            keep_last(seat.last_sync_file(profile), LastSync(held=held))
    except FileUnwritable as error:
        left.append(Trace(str(error.facts["place"]), "stuck", str(error.facts["reason"])))
    if remembered and hurried:
        left += _forgotten(seat, profile)
    drop_temporary(Path(tempfile.gettempdir()))
    return left


def _may_be_remembered(seat: Seat) -> bool:
    try:
        return bool(seat.settings.read()["remembered"])
    except SettingsBroken:
        # Somebody has written into it: that keeps nobody from leaving.
        return True


def _forgotten(seat: Seat, profile: str) -> list[Trace]:
    try:
        seat.forget(profile)
    except SecretsUnavailable as error:
        # It must not keep the rest from being wiped; the agent is told what stayed.
        return [Trace("keyring", "keyring", str(error.facts["reason"]))]
    return []


def _in_browsers(found: list[Trace]) -> list[Trace]:
    """The same, where a browser keeps what was typed into a page: an agent can clear that."""
    if not found:
        return found
    from companion.bookmarks.browsers import browsers

    folders = [Path(browser.folder) for browser in browsers()]
    return [
        replace(one, why="browser")
        if any(Path(one.where).is_relative_to(folder) for folder in folders)
        else one
        for one in found
    ]


def sat_down_at(seat: Seat, profile: str) -> float:
    """Since when the profile is on this desk, in Unix seconds."""
    try:
        return (seat.sealed_folder(profile) / "profile.json").stat().st_mtime
    except OSError:
        return time.time() - _SHIFT_S


def drop_temporary(folder: Path) -> None:
    """Delete what reading a browser's file left in the temporary folder when it was killed."""
    with suppress(OSError):
        for path in folder.glob(f"{TEMPORARY}*"):
            # Another Companion of this user may be reading just now.
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                shutil.rmtree(path, ignore_errors=True)
