"""Looks, after signing out, for anything readable the agent has left on this desk."""

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from companion.profile.profile import Profile

# Shorter words turn up by chance (in other people's files, in ciphertext).
LEAST_BYTES = 12
MOST_WORDS = 200
MARK_BYTES = 48
_CHUNK = 1024 * 1024


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


def traces(folders: Iterable[Path], words: list[bytes]) -> list[Path]:
    """The files under folders whose name or content holds one of the words."""
    if not words:
        return []
    pattern = re.compile(b"|".join(re.escape(word) for word in words))
    overlap = max(map(len, words))
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if pattern.search(str(path).encode("utf-8", "surrogateescape"))
        or (path.is_file() and _holds(path, pattern, overlap))
    ]


def _holds(path: Path, pattern: re.Pattern[bytes], overlap: int) -> bool:
    try:
        with path.open("rb") as file:
            tail = b""
            while chunk := file.read(_CHUNK):
                if pattern.search(tail + chunk):
                    return True
                tail = chunk[-overlap:]
    except OSError:
        # A file we may not read cannot be one that we wrote.
        return False
    return False
