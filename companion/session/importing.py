"""Carries phrases and bookmarks between foreign files and the profile, without doubling any."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from companion.bookmarks.opening import openable
from companion.formats.items import BookmarkItem, Parsed, PhraseItem, Problem
from companion.profile.profile import Profile
from companion.profile.records import Bookmark, Folder, Phrase

Path = tuple[str, ...]


class ImportReport(msgspec.Struct):
    """What an import did, in entries; ``skipped`` ones were there already, word for word."""

    added: int = 0
    updated: int = 0
    skipped: int = 0
    problems: list[Problem] = []


def import_phrases(
    profile: Profile, items: Parsed, into: str | None = None, dry_run: bool = False
) -> ImportReport:
    """Take phrases into the profile, all into the set ``into`` where it is given.

    Sets are found by title or made. A phrase of the same set, title and body is skipped; one of
    the same set, title and abbreviation gets the new body and keeps the old one in its history.
    Two phrases of one file never write over each other. ``dry_run`` changes nothing.
    """
    report = ImportReport(problems=list(items.problems))
    with profile.together():
        titles: dict[str, str] = {}
        for held in profile.sets():
            titles.setdefault(held.title, held.id)
        names = {id: title for title, id in titles.items()}
        here = [(names.get(phrase.parent, ""), phrase) for phrase in profile.phrases()]
        new = [(item.set.strip() if into is None else into, item) for item in items.phrases]
        known = {(title, phrase.title, phrase.body) for title, phrase in here}
        asked = {(title, item.title, item.body) for title, item in new}
        # What the file holds word for word is not there to be rewritten by its namesakes.
        open_to_change: dict[tuple[str, str, str], list[Phrase]] = defaultdict(list)
        for title, phrase in reversed(here):
            if (title, phrase.title, phrase.body) not in asked:
                open_to_change[title, phrase.title, phrase.abbr].append(phrase)
        changed: list[tuple[Phrase, PhraseItem]] = []
        added: list[tuple[str, PhraseItem]] = []
        for title, item in new:
            if (title, item.title, item.body) in known:
                report.skipped += 1
                continue
            known.add((title, item.title, item.body))
            same = open_to_change[title, item.title, item.abbr]
            if same:
                changed.append((same.pop(), item))
            else:
                added.append((title, item))
        report.added, report.updated = len(added), len(changed)
        if not dry_run:
            _make_sets(profile, titles, (title for title, _ in added))
            for phrase, item in changed:
                profile.change(phrase.id, body=item.body, tags=item.tags or phrase.tags)
            profile.add_many("phrase", (_phrase_row(titles, title, item) for title, item in added))
    return report


def import_bookmarks(
    profile: Profile, items: Parsed, into: str | None = None, dry_run: bool = False
) -> ImportReport:
    """Take bookmarks into the profile, below the folder ``into`` where it is given.

    Folders are found by path or made. An address that stands in the same folder already is
    skipped, or gets the new title. An address that Companion will not open is taken and told.
    """
    report = ImportReport(problems=list(items.problems))
    root: Path = () if into is None else (into,)
    with profile.together():
        paths = folder_paths(profile.folders())
        places = {path: id for id, path in reversed(paths.items())}
        known = {
            (paths.get(mark.parent, ()), mark.url): (mark.id, mark.title)
            for mark in reversed(profile.bookmarks())
        }
        added: dict[tuple[Path, str], BookmarkItem] = {}
        changed: dict[str, str] = {}
        for item in items.bookmarks:
            place = ((*root, *item.folder), item.url)
            held = known.get(place)
            if place in added or (held and (held[1] == item.title or held[0] in changed)):
                report.skipped += 1
            elif held:
                changed[held[0]] = item.title
            else:
                added[place] = item
                if not openable(item.url):
                    report.problems.append(Problem("not_openable", item.title))
        report.added, report.updated = len(added), len(changed)
        if not dry_run:
            _make_folders(profile, places, [(*root, *path) for path in items.folders])
            _make_folders(profile, places, [path for path, _ in added])
            for id, title in changed.items():
                profile.change(id, title=title)
            profile.add_many(
                "bookmark",
                (_bookmark_row(places, path, item) for (path, _), item in added.items()),
            )
    return report


def export_phrases(profile: Profile) -> list[PhraseItem]:
    """Every phrase, set by set in the agent's order, those without a set first."""
    titles = {held.id: held.title for held in profile.sets()}
    by_set: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in profile.phrases():
        by_set[phrase.parent if phrase.parent in titles else ""].append(phrase)
    return [
        PhraseItem(phrase.title, phrase.body, phrase.abbr, titles.get(parent, ""), phrase.tags)
        for parent in ("", *titles)
        for phrase in by_set[parent]
    ]


def export_bookmarks(profile: Profile) -> list[BookmarkItem]:
    """Every bookmark, those in no folder first, then folder by folder in the agent's order."""
    paths = folder_paths(profile.folders())
    by_folder: dict[str, list[Bookmark]] = defaultdict(list)
    for mark in profile.bookmarks():
        by_folder[mark.parent if mark.parent in paths else ""].append(mark)
    return [
        BookmarkItem(mark.title, mark.url, paths.get(parent, ()), mark.tags, mark.added)
        for parent in ("", *paths)
        for mark in by_folder[parent]
    ]


def folder_paths(folders: Iterable[Folder]) -> dict[str, Path]:
    """By id, the titles from the root to each folder: a folder before what is in it.

    Folders that two moves have put into each other count as standing at the root.
    """
    inside: dict[str, list[Folder]] = defaultdict(list)
    held = {folder.id: folder for folder in folders}
    for folder in held.values():
        inside[folder.parent if folder.parent in held else ""].append(folder)
    found: dict[str, Path] = {}

    def walk(start: Iterable[Folder], path: Path) -> None:
        # A stack of our own: folders may be nested deeper than Python calls can be.
        waiting: list[tuple[Iterator[Folder], Path]] = [(iter(start), path)]
        while waiting:
            siblings, above = waiting[-1]
            folder = next(siblings, None)
            if folder is None:
                waiting.pop()
            elif folder.id not in found:
                found[folder.id] = (*above, folder.title)
                waiting.append((iter(inside[folder.id]), found[folder.id]))

    walk(inside[""], ())
    for folder in held.values():
        walk([folder], ())
    return found


def _make_sets(profile: Profile, titles: dict[str, str], wanted: Iterable[str]) -> None:
    """Make the sets that are missing, and note their ids in titles."""
    missing = [title for title in dict.fromkeys(wanted) if title and title not in titles]
    ids = profile.add_many("set", ({"title": title} for title in missing))
    titles.update(zip(missing, ids, strict=True))


def _make_folders(profile: Profile, places: dict[Path, str], wanted: Iterable[Path]) -> None:
    """Make the folders that are missing, and those above them; note their ids in places."""
    levels: dict[int, dict[Path, None]] = defaultdict(dict)
    for path in dict.fromkeys(wanted):
        for depth in range(len(path), 0, -1):
            if path[:depth] in places or path[:depth] in levels[depth]:
                break
            levels[depth][path[:depth]] = None
    for depth in sorted(levels):
        missing = list(levels[depth])
        rows = [{"title": path[-1], "parent": places.get(path[:-1], "")} for path in missing]
        places.update(zip(missing, profile.add_many("folder", rows), strict=True))


def _phrase_row(titles: dict[str, str], title: str, item: PhraseItem) -> dict[str, Any]:
    row = {"title": item.title, "body": item.body, "abbr": item.abbr}
    return row | {"tags": item.tags, "parent": titles.get(title, "")}


def _bookmark_row(places: dict[Path, str], path: Path, item: BookmarkItem) -> dict[str, Any]:
    row = {"title": item.title, "url": item.url, "tags": item.tags}
    return row | {"added": item.added, "parent": places.get(path, "")}
