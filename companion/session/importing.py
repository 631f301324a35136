"""Takes what was planned into the profile, in one go, and knows how to take it back."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from companion.formats.items import BookmarkItem, PhraseItem, Problem
from companion.profile.fields import value
from companion.profile.profile import Profile
from companion.profile.records import Record
from companion.session.exporting import Path, folder_paths
from companion.session.planning import Fate, Plan, Planned


class ImportReport(msgspec.Struct):
    """What an import did, in entries.

    ``skipped`` ones were left out: there already word for word, duplicates that were not wanted,
    too long. ``duplicates``, ``too_long`` and ``untranslated`` count what the plan found of each;
    ``places`` are the sets or folders, with how many went there.
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    duplicates: int = 0
    too_long: int = 0
    untranslated: int = 0
    places: dict[str, int] = {}
    problems: list[Problem] = []


class Imported(msgspec.Struct):
    """What an import made and changed: by record and field the value before and the one after."""

    added: list[str] = []
    changed: dict[str, dict[str, tuple[Any, Any]]] = {}


class TakenBack(msgspec.Struct):
    """How many entries of an import are gone or as before, and how many had changed since.

    Sets and folders that it made go along, and are not counted.
    """

    undone: int = 0
    kept: int = 0


def report_of(plan: Plan[Any]) -> ImportReport:
    """What carry_out() does with this plan, in numbers."""
    taken = plan.taken
    updated = sum(row.fate is Fate.CHANGED for row in taken)
    return ImportReport(
        added=len(taken) - updated,
        updated=updated,
        skipped=len(plan.rows) - len(taken),
        duplicates=plan.counts[Fate.DUPLICATE],
        too_long=plan.counts[Fate.TOO_LONG],
        untranslated=plan.untranslated,
        places={"/".join(place): count for place, count in plan.places.items()},
        problems=plan.problems,
    )


def carry_out(profile: Profile, plan: Plan[Any]) -> Imported:
    """Take in what was planned; listeners hear of it once.

    Made from the same profile: what another desk has changed since loses nothing, its text stays
    in the history.
    """
    done = Imported()
    taken = plan.taken
    changed = [row for row in taken if row.fate is Fate.CHANGED]
    added = [row for row in taken if row.fate is not Fate.CHANGED]
    with profile.together():
        for row in changed:
            _change(profile, row, done)
        if any(isinstance(row.item, BookmarkItem) for row in taken) or plan.folders:
            places = {path: id for id, path in reversed(folder_paths(profile.folders()).items())}
            done.added += _make_folders(profile, places, [*plan.folders, *plan.places])
            rows = [_bookmark_row(places, row.place, row.item) for row in added]
            done.added += profile.add_many("bookmark", rows)
        else:
            titles = {held.title: held.id for held in reversed(profile.sets())}
            done.added += _make_sets(profile, titles, ("".join(row.place) for row in added))
            rows = [_phrase_row(titles, "".join(row.place), row.item) for row in added]
            done.added += profile.add_many("phrase", rows)
    return done


def take_back(profile: Profile, done: Imported) -> TakenBack:
    """Undo an import; what anyone has written or put into since stays, and is counted."""
    with profile.together():
        held = {record.id: record for record in profile.everything()[1]}
        gone = profile.gone()
        mine = {id for id in done.added if id in held and id not in gone}
        kept = {id for id in mine if held[id].registers}
        inside = defaultdict(list)
        for id, record in held.items():
            if id not in gone:
                inside[value(record, "parent")].append(id)
        # What stays keeps what it stands in.
        kept |= {id for id in mine if any(one not in mine for one in inside[id])}
        waiting = list(kept)
        while waiting:
            above = value(held[waiting.pop()], "parent")
            if above in mine and above not in kept:
                kept.add(above)
                waiting.append(above)
        before = _unchanged(profile, held, gone, done)
        for id, fields in before.items():
            profile.change(id, **fields)
        undone = mine - kept
        if undone:
            profile.trash(*(id for id in done.added if id in undone))
    entries = {id for id in mine if held[id].kind not in ("set", "folder")}
    left = len(kept & entries) + len(done.changed) - len(before)
    return TakenBack(len(undone & entries) + len(before), left)


def _change(profile: Profile, row: Planned[Any], done: Imported) -> None:
    """Give a record the text of the file."""
    item = row.item
    fields: dict[str, Any] = {"title": item.title}
    if isinstance(item, PhraseItem):
        fields = {"body": item.body, "rich": item.rich} | ({"tags": item.tags} if item.tags else {})
    names = [name for name in fields if name != "rich"]
    before = {name: profile.value(row.record, name) for name in names}
    profile.change(row.record, **fields)
    after = {name: profile.value(row.record, name) for name in names}
    done.changed[row.record] = {name: (before[name], after[name]) for name in names}


def _unchanged(
    profile: Profile, held: dict[str, Record], gone: frozenset[str], done: Imported
) -> dict[str, dict[str, Any]]:
    """By changed record the values before, where it still has those that the import gave it."""
    found: dict[str, dict[str, Any]] = {}
    for id, fields in done.changed.items():
        now = {name: profile.value(id, name) for name in fields} if id in held else {}
        if id not in gone and all(_same(now.get(name), pair[1]) for name, pair in fields.items()):
            found[id] = {name: pair[0] for name, pair in fields.items()}
    return found


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, whether they were kept as lists or as tuples."""
    return bool(msgspec.msgpack.encode(one) == msgspec.msgpack.encode(other))


def _make_sets(profile: Profile, titles: dict[str, str], wanted: Iterable[str]) -> list[str]:
    """Make the sets that are missing, note their ids in titles, and return those."""
    missing = [title for title in dict.fromkeys(wanted) if title and title not in titles]
    ids = profile.add_many("set", ({"title": title} for title in missing))
    titles.update(zip(missing, ids, strict=True))
    return ids


def _make_folders(profile: Profile, places: dict[Path, str], wanted: Iterable[Path]) -> list[str]:
    """Make the folders that are missing, and those above them; note their ids, and return them."""
    made: list[str] = []
    levels: dict[int, dict[Path, None]] = defaultdict(dict)
    for path in dict.fromkeys(wanted):
        for depth in range(len(path), 0, -1):
            if path[:depth] in places or path[:depth] in levels[depth]:
                break
            levels[depth][path[:depth]] = None
    for depth in sorted(levels):
        missing = list(levels[depth])
        rows = [{"title": path[-1], "parent": places.get(path[:-1], "")} for path in missing]
        ids = profile.add_many("folder", rows)
        places.update(zip(missing, ids, strict=True))
        made += ids
    return made


def _phrase_row(titles: dict[str, str], title: str, item: PhraseItem) -> dict[str, Any]:
    row = {"title": item.title, "body": item.body, "abbr": item.abbr}
    if item.rich:
        row["rich"] = item.rich
    return row | {"tags": item.tags, "parent": titles.get(title, "")}


def _bookmark_row(places: dict[Path, str], path: Path, item: BookmarkItem) -> dict[str, Any]:
    row = {"title": item.title, "url": item.url, "tags": item.tags}
    return row | {"added": item.added, "parent": places.get(path, "")}
