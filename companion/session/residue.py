"""By which words an agent is recognised, when a desk is searched for what he has left on it."""

from collections.abc import Iterable
from itertools import islice

from companion.profile.profile import Profile

# Shorter words turn up by chance (in other people's files, in ciphertext).
LEAST_BYTES = 12
MOST_WORDS = 200
MARK_BYTES = 48


def words_of(profile: Profile, more: Iterable[str]) -> list[bytes]:
    """What only this agent can have left: of his profile, and of the texts that teams share."""
    return telltale([*texts(profile), *more]) + marks(image.data for image in profile.images())


def texts(profile: Profile) -> list[str]:
    """What an agent has written or named in a profile."""
    found = [text for held in profile.phrases() for text in (held.title, held.body, held.rich)]
    for variant in profile.variants():
        found += [variant.title, variant.body, variant.rich]
    found += [opening.text for opening in profile.openings()]
    found += [text for mark in profile.bookmarks() for text in (mark.title, mark.url)]
    found += [group.title for group in profile.sets()]
    found += [folder.title for folder in profile.folders()]
    found += [image.title for image in profile.images()]
    for entry in profile.reflections():
        found += [entry.next_words, entry.helped, entry.need, entry.follow_up, entry.feeling]
    return found


def telltale(texts: Iterable[str]) -> list[bytes]:
    """Byte strings that only this agent's texts can have left, as UTF-8 and as UTF-16.

    Each text gives its longest line, cut to 60 characters; texts too short to tell are left out.
    """
    found: dict[bytes, None] = {}
    for text in sorted(texts, key=len, reverse=True):
        line = max(text.splitlines(), key=len, default="").strip()[:60]
        for encoding in ("utf-8", "utf-16-le"):
            data = line.encode(encoding, "ignore")
            if len(data) >= LEAST_BYTES:
                found[data] = None
        if len(found) >= MOST_WORDS:
            break
    return list(found)


def marks(images: Iterable[bytes]) -> list[bytes]:
    """A piece out of the middle of each image: no other file holds it."""
    pieces = (data[len(data) // 2 :][:MARK_BYTES] for data in islice(images, MOST_WORDS))
    return [piece for piece in pieces if len(piece) >= LEAST_BYTES]
