"""Gives records their place: new ones behind what their parent holds, moved ones where asked."""

from collections.abc import Iterable, Sequence
from typing import Any

from companion.profile.fields import text, there
from companion.profile.position import between, sound, spread
from companion.profile.records import Record

# Kinds that have no order of their own.
_UNPLACED = frozenset({"reflection", "practice", "option", "program"})

Ends = dict[tuple[str, str], str]
"""By kind and parent, a position behind which nothing stands."""


def ends_of(records: Iterable[Record]) -> Ends:
    """Where new records of each kind and parent go."""
    ends: Ends = {}
    for record in records:
        if there(record):
            note_end(ends, record)
    return ends


def note_end(ends: Ends, record: Record) -> None:
    """Keep ends true after a record was made, moved or changed."""
    position, place = text(record, "position"), (record.kind, text(record, "parent"))
    if position > ends.get(place, "") and sound(position):
        ends[place] = position


def placed(kind: str, rows: list[dict[str, Any]], ends: Ends) -> list[dict[str, Any]]:
    """The rows of a kind, each with a position behind the records of its parent, in their order."""
    by_parent: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if kind not in _UNPLACED and "position" not in row:
            by_parent.setdefault(row.get("parent", ""), []).append(row)
    for parent, group in by_parent.items():
        end = ends.get((kind, parent), "")
        # One alone takes the room that many after it need, many share it evenly.
        positions = [between(end, "")] if len(group) == 1 else spread(len(group), end)
        for row, position in zip(group, positions, strict=True):
            row["position"] = position
    return rows


def moved(ids: Sequence[str], siblings: Sequence[tuple[str, str]], after: str) -> dict[str, str]:
    """The positions to write, by id, so that ``ids`` stand in this order right behind ``after``.

    ``siblings`` are (position, id) in their order, without ``ids``; an empty ``after`` is the
    front, an unknown one the end. Others are written only where they leave no room: two desks
    gave them the same position, or it is none of ours.
    """
    held = [sibling for _, sibling in siblings]
    at = 0 if not after else held.index(after) + 1 if after in held else len(held)
    low = siblings[at - 1][0] if at else ""
    if not sound(low):
        everyone = [*held[:at], *ids, *held[at:]]
        return dict(zip(everyone, spread(len(everyone)), strict=True))
    follow = at
    while follow < len(held) and not (siblings[follow][0] > low and sound(siblings[follow][0])):
        follow += 1
    high = siblings[follow][0] if follow < len(held) else ""
    crowd = [*ids, *held[at:follow]]
    if len(crowd) == 1:
        return {crowd[0]: between(low, high)}
    return dict(zip(crowd, spread(len(crowd), low, high), strict=True))
