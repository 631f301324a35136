"""What can be found: the phrases and bookmarks of a profile as entries of the search index."""

from collections.abc import Iterator, Mapping

from companion.phrases.search import Entry
from companion.profile.profile import Profile
from companion.profile.team import entry_id
from companion.profile.team_content import TeamPack
from companion.profile.template import literal

_NO_TEAMS: Mapping[str, TeamPack] = {}
_Uses = Mapping[str, tuple[int, int]]


def entries_of(profile: Profile, teams: Mapping[str, TeamPack] = _NO_TEAMS) -> list[Entry]:
    """Every phrase and bookmark, in their own order, then what teams share (by team id)."""
    sets = {group.id: group.title for group in profile.sets()}
    folders = {folder.id: folder.title for folder in profile.folders()}
    uses = profile.uses()
    none = (0, 0)
    found = [
        Entry(
            id=phrase.id,
            kind="phrase",
            title=phrase.title,
            body=phrase.body,
            abbr=phrase.abbr,
            set=sets.get(phrase.parent, ""),
            tags=phrase.tags,
            uses=uses.get(phrase.id, none)[0],
            used_at=uses.get(phrase.id, none)[1],
            favourite=phrase.favourite,
        )
        for phrase in profile.phrases()
    ]
    found += [
        Entry(
            id=mark.id,
            kind="bookmark",
            title=mark.title or mark.url,
            # An address may hold braces; as a body they are no slots.
            body=literal(mark.url),
            set=folders.get(mark.parent, ""),
            tags=mark.tags,
            uses=uses.get(mark.id, none)[0],
            used_at=uses.get(mark.id, none)[1],
        )
        for mark in profile.bookmarks()
    ]
    for team, pack in teams.items():
        found += _shared(team, pack, uses)
    return found


def _shared(team: str, pack: TeamPack, uses: _Uses) -> Iterator[Entry]:
    """What a team shares: its name stands before the set's, so that one sees whose it is."""
    none = (0, 0)
    for group in pack.sets:
        for phrase in group.phrases:
            id = entry_id(team, phrase.id)
            yield Entry(
                id=id,
                kind="phrase",
                title=phrase.title,
                body=phrase.body,
                abbr=phrase.abbr,
                set=f"{pack.name} · {group.title}",
                tags=phrase.tags,
                uses=uses.get(id, none)[0],
                used_at=uses.get(id, none)[1],
                team=pack.name,
            )
    for folder in pack.folders:
        for mark in folder.bookmarks:
            id = entry_id(team, mark.id)
            yield Entry(
                id=id,
                kind="bookmark",
                title=mark.title or mark.url,
                body=literal(mark.url),
                set=f"{pack.name} · {folder.title}",
                uses=uses.get(id, none)[0],
                used_at=uses.get(id, none)[1],
                team=pack.name,
            )
