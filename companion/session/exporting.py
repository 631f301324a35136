"""What the profile holds, as items that any format can write."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from companion.formats.items import BookmarkItem, PhraseItem
from companion.profile.profile import Profile
from companion.profile.records import Bookmark, Folder, Phrase

Path = tuple[str, ...]
LEFT_OUT = frozenset(
    {"empty_skipped", "no_code", "code_unfit", "text_unfit", "too_long", "too_many"}
)
"""The kinds of problems that say that an entry is not in what was written."""


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


def top_of(item: BookmarkItem) -> str:
    """The folder at the root that a bookmark is in or below, empty where it is in none."""
    return item.folder[0] if item.folder else ""


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
