"""What waits for a store that is out of reach, carried away as one file, and taken in elsewhere.

The packs go as they are, sealed: no key is needed to write such a file, and nobody reads it without
one. Nothing here is deleted before the file was read back. Every call may block: never on the GUI
thread.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from companion.errors import FileTooLarge, FileUnreadable, FileUnwritable, NewerFormat
from companion.profile.packs import SUFFIX, name_of
from companion.seat_errors import WaitingDamaged, WaitingOfAnother
from companion.session.seat import Seat
from companion.session.session import Session
from companion.whole_file import write_whole

ENDING = ".waiting"
FORMAT = 1
_HEAD = b"companion waiting "
# What is kept here is never as large; whoever reads a file has it in memory.
_MOST_MB = 512
_MOST_LOOKED_AT = 200


class Waiting(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """The packs in such a file, by name, and the profile they are of."""

    profile: str
    packs: dict[str, bytes]


class TakenIn(msgspec.Struct, frozen=True):
    """How many packs a file held, and how many of them were not on this desk."""

    packs: int
    new: int


def hand_over(seat: Seat, profile: str, file: Path) -> int:
    """Write the packs of a profile into a file, and read it back; how many they are.

    All of them: what its store held when it was last seen need not be there any more. Nothing here
    is deleted. Raises FileUnwritable, also where what was written is not what is there.
    """
    local = seat.local_store(profile)
    names = sorted(name for name in local.names() if name.endswith(SUFFIX))
    waiting = Waiting(profile, {name: local.get(name) for name in names})
    try:
        write_whole(file, _written(waiting))
    except OSError as error:
        raise FileUnwritable(place=str(file), reason=type(error).__name__) from error
    try:
        same = read_waiting(file) == waiting
    except (FileUnreadable, WaitingDamaged):
        same = False
    if not same:
        raise FileUnwritable(place=str(file), reason="read back")
    return len(names)


def delete_here(seat: Seat, profile: str, file: Path) -> None:
    """Delete the packs of a profile that nobody is signed in with, where a file holds all of them.

    Raises WaitingDamaged where it does not, or not any more, FileUnreadable, FileUnwritable.
    """
    if profile == str(seat.settings.read()["profile"]):
        return
    waiting = read_waiting(file)
    here = {name for name in seat.local_store(profile).names() if name.endswith(SUFFIX)}
    if waiting.profile != profile or here - waiting.packs.keys():
        raise WaitingDamaged(place=str(file))
    seat.drop_last_sync(profile)
    seat.drop_sealed(profile)


def read_waiting(file: Path) -> Waiting:
    """What a file holds, every pack checked against its name.

    Raises FileUnreadable, FileTooLarge, WaitingDamaged, NewerFormat.
    """
    try:
        if file.stat().st_size > _MOST_MB << 20:
            raise FileTooLarge(place=str(file), most=_MOST_MB)
        data = file.read_bytes()
    except OSError as error:
        raise FileUnreadable(place=str(file), reason=type(error).__name__) from error
    damaged = WaitingDamaged(place=str(file))
    head, _, rest = data.partition(b"\n")
    version = head.removeprefix(_HEAD)
    if not head.startswith(_HEAD) or not version.isdigit() or len(version) > 9:
        raise damaged
    if int(version) != FORMAT:
        raise NewerFormat(found=int(version), known=FORMAT)
    profile, _, rest = rest.partition(b"\n")
    try:
        packs = msgspec.msgpack.decode(rest, type=dict[str, bytes])
        waiting = Waiting(profile.decode("ascii"), packs)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged from error
    # The names are hashes of what they name, and their count comes first: whatever is cut, doubled
    # or changed is seen.
    right = all(name_of(sealed) == name for name, sealed in packs.items())
    if not right or _written(waiting) != data:
        raise damaged
    return waiting


def take_in(session: Session, file: Path) -> TakenIn:
    """Put what a file holds among this desk's packs: the next sync sends it.

    Twice is once, and an old file changes nothing that is newer. The file stays as it is. Raises as
    read_waiting() does, and WaitingOfAnother.
    """
    waiting = read_waiting(file)
    if waiting.profile != session.profile.id:
        raise WaitingOfAnother(place=str(file))
    local = session.seat.local_store(session.profile.id)
    new = waiting.packs.keys() - local.names()
    for name in sorted(new):
        local.put(name, waiting.packs[name])
    session.load()
    # Made by somebody who has not the key: it can hold nothing of this agent's.
    foreign = new & set(session.engine.unreadable)
    for name in foreign:
        local.delete(name)
    if foreign:
        session.load()
        raise WaitingDamaged(place=str(file))
    return TakenIn(len(waiting.packs), len(new))


def found_waiting(places: Iterable[Path], profile: str) -> list[Path]:
    """The files of a profile at the top of some folders, such as a stick; the oldest first."""
    found = list[tuple[float, Path]]()
    begin = b"%s%d\n%s\n" % (_HEAD, FORMAT, profile.encode())
    for place in places:
        with suppress(OSError), os.scandir(place) as listed:
            for _, entry in zip(range(_MOST_LOOKED_AT), listed, strict=False):
                if entry.name.endswith(ENDING) and entry.is_file(follow_symlinks=False):
                    with Path(entry.path).open("rb") as opened:
                        if opened.read(len(begin)) == begin:
                            found.append((entry.stat().st_mtime, Path(entry.path)))
    return [path for _, path in sorted(found)]


def _written(waiting: Waiting) -> bytes:
    """A head that can be read by itself, then the packs."""
    head = b"%s%d\n%s\n" % (_HEAD, FORMAT, waiting.profile.encode())
    return head + msgspec.msgpack.encode(waiting.packs)
