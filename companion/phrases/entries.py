"""What can be found: the phrases and bookmarks of a profile as entries of the search index."""

from collections.abc import Iterable, Iterator, Mapping

from companion.phrases.search import Entry
from companion.profile.profile import Profile
from companion.profile.records import Folder, PhraseSet
from companion.profile.team import entry_id
from companion.profile.team_content import TeamPack
from companion.profile.template import literal

_NO_TEAMS: Mapping[str, TeamPack] = {}
_NEVER = (0, 0)
_Uses = Mapping[str, tuple[int, int]]
Titles = tuple[str, ...]
_NOWHERE: Titles = ("",)


def entries_of(profile: Profile, teams: Mapping[str, TeamPack] = _NO_TEAMS) -> list[Entry]:
    """Every phrase and bookmark, in their own order, then what teams share (by team id)."""
    sets, folders, uses = _titles(profile.sets()), _titles(profile.folders()), profile.uses()
    found = []
    for phrase in profile.phrases():
        title, *above = sets.get(phrase.parent, _NOWHERE)
        count, last = uses.get(phrase.id, _NEVER)
        found.append(
            Entry(
                id=phrase.id,
                kind="phrase",
                title=phrase.title,
                body=phrase.body,
                abbr=phrase.abbr,
                set=title,
                tags=phrase.tags,
                uses=count,
                used_at=last,
                favourite=phrase.favourite,
                above=tuple(above),
            )
        )
    for mark in profile.bookmarks():
        title, *above = folders.get(mark.parent, _NOWHERE)
        count, last = uses.get(mark.id, _NEVER)
        found.append(
            Entry(
                id=mark.id,
                kind="bookmark",
                title=mark.title or mark.url,
                # An address may hold braces; as a body they are no slots.
                body=literal(mark.url),
                set=title,
                tags=mark.tags,
                uses=count,
                used_at=last,
                above=tuple(above),
            )
        )
    for team, pack in teams.items():
        found += _shared(team, pack, uses)
    return found


def _titles(holders: Iterable[PhraseSet | Folder]) -> dict[str, Titles]:
    """By id, the title of each set or folder, and of those it stands in, the nearest first."""
    found: dict[str, Titles] = {}
    # Each comes behind what it stands in.
    for one in holders:
        found[one.id] = (one.title, *found.get(one.parent, ()))
    return found


def _shared(team: str, pack: TeamPack, uses: _Uses) -> Iterator[Entry]:
    """What a team shares: its name stands before the set's, so that one sees whose it is."""
    for group in pack.sets:
        for phrase in group.phrases:
            id = entry_id(team, phrase.id)
            count, last = uses.get(id, _NEVER)
            yield Entry(
                id=id,
                kind="phrase",
                title=phrase.title,
                body=phrase.body,
                abbr=phrase.abbr,
                set=f"{pack.name} · {group.title}",
                tags=phrase.tags,
                uses=count,
                used_at=last,
                team=pack.name,
            )
    for folder in pack.folders:
        for mark in folder.bookmarks:
            id = entry_id(team, mark.id)
            count, last = uses.get(id, _NEVER)
            yield Entry(
                id=id,
                kind="bookmark",
                title=mark.title or mark.url,
                body=literal(mark.url),
                set=f"{pack.name} · {folder.title}",
                uses=count,
                used_at=last,
                team=pack.name,
            )
