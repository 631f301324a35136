"""Which packs of a store are put together: a few small ones often, the large one seldom."""

from collections.abc import Iterable, Mapping

from companion.profile.merge import merge
from companion.profile.packs import Pack, is_later
from companion.profile.records import Record

# More packs than this in one store are put together. Some WebDAV services allow 600 requests in
# half an hour and list 750 names, so a restore must stay in single digits.
HANDFUL = 4
# At least so many at once, and each larger one only while it is not more than so many times what
# is put together already: else every few edits would send the whole profile once more. Reckoned
# for 2,000 edits of 300 bytes on a profile of 320 KB, nothing compressed: 5.5 KB an edit, more than
# half of them send nothing but themselves, the whole profile goes five times.
_LEAST, _MOST_TIMES = 3, 5
# A desk that comes back after weeks finds in these what became of the packs it still holds.
_MOST_COVERED = 64


def small_ones(sizes: Mapping[str, int], most: int = HANDFUL) -> list[str]:
    """The packs (by name, their bytes) to put together, smallest first; none up to ``most``."""
    if len(sizes) <= most:
        return []
    chosen: list[str] = []
    total = 0
    for name in sorted(sizes, key=lambda name: (sizes[name], name)):
        enough = len(sizes) - len(chosen) + 1 <= most and len(chosen) >= _LEAST
        if enough and sizes[name] > _MOST_TIMES * total:
            break
        chosen.append(name)
        total += sizes[name]
    return chosen


def groups(names: set[str]) -> tuple[set[str], set[str]]:
    """Packs by name: those that come first, and those that others need not wait for.

    Never are two of different kinds put together.
    """
    behind = {name for name in names if is_later(name)}
    return names - behind, behind


def together(profile: str, packs: Mapping[str, Pack]) -> Pack:
    """One pack (by name, those to put together) that holds what they hold, and covers them."""
    records: dict[str, Record] = {}
    for pack in packs.values():
        for record in pack.records:
            held = records.get(record.id)
            records[record.id] = record if held is None else merge(held, record)
    clock = max(pack.clock for pack in packs.values())
    return Pack(profile, clock, covers(packs), list(records.values()))


def covers(packs: Mapping[str, Pack]) -> list[str]:
    """These packs, and of what they cover themselves as much as there is room for."""
    earlier: Iterable[str] = (name for pack in packs.values() for name in pack.covers)
    more = [name for name in dict.fromkeys(earlier) if name not in packs]
    return sorted([*packs, *more[: max(0, _MOST_COVERED - len(packs))]])
