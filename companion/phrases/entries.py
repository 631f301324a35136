"""What can be found: the phrases and bookmarks of a profile as entries of the search index."""

from companion.phrases.search import Entry
from companion.profile.profile import Profile
from companion.profile.template import literal


def entries_of(profile: Profile) -> list[Entry]:
    """Every phrase and bookmark, in their own order."""
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
    return found
