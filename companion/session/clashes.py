"""What two desks wrote without knowing of each other, laid side by side to be settled."""

from dataclasses import dataclass
from typing import Any

from companion.phrases.differences import Piece, differences
from companion.profile.fields import plain_text, rich_text, stamp_of
from companion.profile.profile import Profile
from companion.profile.records import Phrase, Variant


@dataclass(frozen=True)
class Other:
    """A value that stands beside the winning one; both in pieces, marked where they differ.

    ``here`` says whether it was written since the profile was opened at this desk.
    """

    value: Any
    now: tuple[Piece, ...]
    other: tuple[Piece, ...]
    here: bool
    rich: bool


@dataclass(frozen=True)
class Clash:
    """One field of a record that has several values. ``both`` says whether both can be kept."""

    id: str
    field: str
    value: Any
    here: bool
    rich: bool
    others: tuple[Other, ...]
    both: bool


def clashes_of(profile: Profile, id: str) -> list[Clash]:
    """The fields of a record, and of a phrase's variants, that are to be settled."""
    with profile.lock:
        found = profile.conflicts()
        view = profile.get(id)
        parts = [part.id for part in profile.variants(id)] if isinstance(view, Phrase) else []
        records = {record.id: record for record in profile.everything()[1]}
        return [
            _clash(profile, one, field, stamp_of(records[one], field), found[one][field])
            for one in (id, *parts)
            for field in found.get(one, ())
        ]


def _clash(profile: Profile, id: str, field: str, stamp: Any, versions: list[Any]) -> Clash:
    now = profile.value(id, field)
    others = []
    for version in versions:
        left, right = differences(said(now), said(version.value))
        here, rich = profile.wrote(version.stamp), bool(rich_text(version.value))
        others.append(Other(version.value, tuple(left), tuple(right), here, rich))
    both = field == "body" and isinstance(profile.get(id), Phrase | Variant)
    return Clash(id, field, now, profile.wrote(stamp), bool(rich_text(now)), tuple(others), both)


def said(value: Any) -> str:
    """A value for people: of a text with its HTML the text, of bytes how many."""
    if isinstance(value, bytes):
        return f"({len(value)})"
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return plain_text(value) if isinstance(value, str | list) else str(value)
