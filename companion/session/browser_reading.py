"""Takes the bookmarks out of a browser's own files, also while that browser runs."""

from contextlib import suppress
from pathlib import Path

from companion.bookmarks.browsers import Browser
from companion.errors import FileUnreadable, FormatBroken
from companion.formats import chromium, firefox_places
from companion.formats.bundle import read_bytes
from companion.formats.items import Parsed, Watch, unwatched

SEALED = ("EncryptedBookmarks2", "EncryptedBookmarks")
"""Where Chromium keeps bookmarks under a key of the desk's user, beside the plain file or alone."""

SEAL_BYTES = range(65)
"""How much longer than the plain text such a file is."""

# The bookmarks of the desk, and those of somebody who has signed in to this browser.
_FILES = ("Bookmarks", "AccountBookmarks")
# 360 keeps a file of this name too; where it is something else than Chromium's it is left alone.
_OF_RELATIVES = ("360Bookmarks",)


def read_from(browser: Browser, watch: Watch = unwatched) -> Parsed:
    """The bookmarks of a profile, which is neither locked nor written to.

    Chromium puts a whole new file into the place of the old one, so that one reading sees all of
    it or all of the one before. Raises FileUnreadable, FileTooLarge, FormatBroken.
    """
    folder = Path(browser.folder)
    if browser.engine == "firefox":
        return firefox_places.read_database(folder / "places.sqlite", watch)
    whole = Parsed()
    there = [name for name in _FILES if (folder / name).is_file()]
    for name in there:
        _join(whole, chromium.read(read_bytes(folder / name), name, watch))
    if there:
        return whole
    for name in _OF_RELATIVES:
        if (folder / name).is_file():
            with suppress(FormatBroken):
                return chromium.read(read_bytes(folder / name), name, watch)
            raise FileUnreadable(place=str(folder / name), reason="encrypted")
    for name in SEALED:
        if (folder / name).is_file():
            raise FileUnreadable(place=str(folder / name), reason="encrypted")
    return whole


def _join(whole: Parsed, parsed: Parsed) -> None:
    whole.bookmarks += parsed.bookmarks
    whole.folders += [one for one in parsed.folders if one not in whole.folders]
    whole.problems += parsed.problems
