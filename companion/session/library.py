"""What the phrase window shows: pictures of a profile's phrases, to be made off the GUI thread."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from companion.profile.fields import stamp_of, text, trashed
from companion.profile.profile import Profile
from companion.profile.records import Image, Phrase, Program, Variant, View
from companion.profile.team import entry_id
from companion.profile.team_content import TeamPack, TeamPhrase
from companion.profile.tree import PARTS

ALL, FAVOURITES, CLASHES, TRASH = "all", "favourites", "clashes", "trash"
"""The places that are no set; those of a set and of a team begin with SET and TEAM."""
SET, TEAM = "set:", "team:"
LOOSE = SET
"""What is in no set."""
# What of the trash and of the conflicts belongs to this window.
_IN_TRASH = frozenset({"phrase", "set", *PARTS})
_PRIVATE = frozenset({"reflection", "practice", "option", "team", "use"})
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    ``text`` is the beginning of the body on one line; ``parent`` its set, or the phrase of which
    it is a part; ``count`` how many phrases went to the trash with a set; ``fields`` those
    that two desks wrote.
    """

    id: str
    kind: str
    title: str
    text: str = ""
    abbr: str = ""
    parent: str = ""
    favourite: bool = False
    count: int = 0
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A set, or a team's; ``count`` is how many phrases are in it and in the sets in it."""

    id: str
    title: str
    parent: str = ""
    count: int = 0


@dataclass(frozen=True)
class Shelf:
    """Every line that the window can list, by place."""

    groups: tuple[Group, ...] = ()
    teams: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()
    shared: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    clashes: tuple[Row, ...] = ()
    trash: tuple[Row, ...] = ()
    phrases: Mapping[str, Phrase] = field(default_factory=dict)

    def place(self, key: str) -> list[Row]:
        """The lines of a place, in order; none where it is no more."""
        if key == ALL:
            return list(self.rows)
        if key == FAVOURITES:
            return [row for row in self.rows if row.favourite]
        if key in (CLASHES, TRASH):
            return list(self.clashes if key == CLASHES else self.trash)
        if key.startswith(TEAM):
            return list(self.shared.get(key.removeprefix(TEAM), ()))
        id = key.removeprefix(SET)
        inside = {id, *(group.id for group in self.groups if id and group.parent == id)}
        return [row for row in self.rows if row.parent in inside]

    def place_of(self, id: str) -> str:
        """Where a phrase is listed: in its set, in no set, or with its team; empty for nowhere."""
        if id in self.phrases:
            return SET + self.phrases[id].parent
        teams = (TEAM + team for team, rows in self.shared.items() for row in rows if row.id == id)
        return next(teams, "")

    def glance(self, id: str) -> "Details | None":
        """What is known at once of a phrase of the agent's own: all but its parts and history."""
        found = self.phrases.get(id)
        if found is None:
            return None
        kept = [found.body, found.rich] if found.rich else found.body
        own = Wording(id, "", found.body, found.rich, kept)
        return Details(
            id, found.title, (own,), found.abbr, found.tags, found.parent, found.favourite
        )


@dataclass(frozen=True)
class Wording:
    """A phrase's own text or a variant of it. ``kept`` is the body as the profile keeps it.

    ``history`` holds its other earlier bodies in that form, each once, newest first.
    """

    id: str
    title: str
    body: str
    rich: str = ""
    kept: Any = ""
    history: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Details:
    """All of one phrase: its own wording first, then its variants."""

    id: str
    title: str
    wordings: tuple[Wording, ...]
    abbr: str = ""
    tags: tuple[str, ...] = ()
    parent: str = ""
    favourite: bool = False
    images: tuple[Image, ...] = ()
    programs: tuple[Program, ...] = ()
    team: str = ""
    clash: bool = False
    gone: bool = False


def shelf_of(profile: Profile, teams: Mapping[str, TeamPack]) -> Shelf:
    """The lines of everything the window lists."""
    phrases = profile.phrases()
    rows = tuple(_row(phrase) for phrase in phrases)
    counts = Counter(row.parent for row in rows)
    sets = profile.sets()
    for group in sets:
        if group.parent:
            counts[group.parent] += counts[group.id]
    groups = (Group(group.id, group.title, group.parent, counts[group.id]) for group in sets)
    shared = {id: _shared(id, pack) for id, pack in teams.items()}
    return Shelf(
        tuple(groups),
        tuple(Group(id, teams[id].name, count=len(rows)) for id, rows in shared.items()),
        rows,
        shared,
        _clashes(profile),
        _trash(profile),
        {phrase.id: phrase for phrase in phrases},
    )


def details_of(profile: Profile, teams: Mapping[str, TeamPack], id: str) -> Details | None:
    """All of a phrase, the agent's own (also in the trash) or a team's; None for anything else."""
    for name, phrase in shared_phrases(teams, id):
        own = (Wording(id, "", phrase.body, kept=phrase.body),)
        return Details(id, phrase.title, own, phrase.abbr, phrase.tags, team=name)
    with profile.lock:
        try:
            shown = profile.shown(id)
        except KeyError:
            return None
        if not isinstance(shown, Phrase):
            return None
        texts: list[Phrase | Variant] = [shown, *profile.variants(id)]
        clashes = profile.conflicts()
        return Details(
            id,
            shown.title,
            tuple(_wording(profile, view) for view in texts),
            shown.abbr,
            shown.tags,
            shown.parent,
            shown.favourite,
            tuple(profile.images(id)),
            tuple(profile.programs(id)),
            clash=any(view.id in clashes for view in texts),
            gone=profile.get(id) is None,
        )


def shared_phrases(teams: Mapping[str, TeamPack], id: str) -> Iterator[tuple[str, TeamPhrase]]:
    """The team's name and the phrase of an entry that a team shares; nothing for any other id."""
    for team, pack in teams.items() if id.startswith(TEAM) else ():
        yield from ((pack.name, held) for held in pack.phrases() if entry_id(team, held.id) == id)


def one_line(body: str) -> str:
    """The beginning of a text, on one line."""
    return " ".join(body[: 2 * _SHOWN].split())[:_SHOWN]


def name_of(view: View) -> str:
    """What a record is called, for people."""
    named = (str(getattr(view, name, "")) for name in ("title", "program", "text", "url"))
    return one_line(next(filter(None, named), ""))


def _row(phrase: Phrase) -> Row:
    return Row(
        phrase.id,
        "phrase",
        phrase.title or one_line(phrase.body),
        one_line(phrase.body),
        phrase.abbr,
        phrase.parent,
        phrase.favourite,
    )


def _shared(team: str, pack: TeamPack) -> tuple[Row, ...]:
    return tuple(
        Row(entry_id(team, phrase.id), "phrase", phrase.title, one_line(phrase.body), phrase.abbr)
        for phrase in pack.phrases()
    )


def _clashes(profile: Profile) -> tuple[Row, ...]:
    found = []
    for id, fields in profile.conflicts().items():
        kind, view = profile.kind(id), profile.get(id)
        if view is not None and kind not in _PRIVATE:
            above = profile.get(view.parent) if kind in PARTS else None
            title = " / ".join(name_of(part) for part in (above, view) if part is not None)
            place = view.parent if kind in PARTS else ""
            found.append(Row(id, kind, title, _body(view), parent=place, fields=tuple(fields)))
    return tuple(sorted(found, key=lambda row: (row.title, row.id)))


def _trash(profile: Profile) -> tuple[Row, ...]:
    with profile.lock:
        views = [view for view in profile.trash_can() if profile.kind(view.id) in _IN_TRASH]
        inside = _gone_with(profile, (view.id for view in views))
        return tuple(
            Row(view.id, kind, name_of(view) or _body(view), _body(view), count=inside[view.id])
            for view in views
            for kind in (profile.kind(view.id),)
        )


def _gone_with(profile: Profile, ids: Iterable[str]) -> Counter[str]:
    """By set, how many phrases were deleted by the act that deleted it."""
    records = {record.id: record for record in profile.everything()[1]}
    moments = {id: stamp_of(records[id], "trashed") for id in ids}
    found: Counter[str] = Counter()
    for record in records.values():
        if record.kind == "phrase" and trashed(record):
            at = text(record, "parent")
            # Sets stand in sets one level deep.
            above = text(records[at], "parent") if at in records else ""
            home = next((id for id in (at, above) if id in moments), "")
            if home and moments[home] == stamp_of(record, "trashed"):
                found[home] += 1
    return found


def _body(view: View) -> str:
    return one_line(str(getattr(view, "body", "")))


def _wording(profile: Profile, view: Phrase | Variant) -> Wording:
    kept = profile.value(view.id, "body")
    history: list[Any] = []
    for said in profile.history(view.id, "body"):
        # Each text once: undo and redo write one again and again.
        if said != kept and said not in history:
            history.append(said)
    title = view.title if isinstance(view, Variant) else ""
    return Wording(view.id, title, view.body, view.rich, kept or "", tuple(history))
