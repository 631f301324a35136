"""Which addresses a bookmark may open, and opening them in this desk's browser."""

import re
import urllib.parse
from pathlib import PurePosixPath

from companion.errors import InputInvalid, NothingFound

SCHEMES = ("http", "https", "file", "ftp", "mailto", "tel")
# A desktop runs a program it is told to open, so files are opened only where they are something
# to be read; a bookmark may come from a file that somebody else made.
READABLE = re.compile(
    r"\.(?:htm|html|mht|mhtml|xhtml|pdf|txt|md|csv|tsv|rtf|png|jpg|jpeg|gif|webp|bmp|svg|doc|docx"
    r"|xls|xlsx|ppt|pptx|odt|ods|odp|wps|et|dps|mp3|mp4|wav)",
    re.IGNORECASE,
)
# Browsers drop these from an address, so that what is opened is not what was read.
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def openable(url: str) -> bool:
    """Whether Companion opens this address: no scripts, no programs, nothing disguised."""
    url = url.strip(" ")
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return False
    path = urllib.parse.unquote(parts.path)
    if parts.scheme not in SCHEMES or _CONTROL.search(url) or _CONTROL.search(path):
        return False
    suffix = PurePosixPath(path).suffix
    if parts.scheme != "file" or (not suffix and path.endswith("/")):
        return True
    return READABLE.fullmatch(suffix) is not None


def open_address(url: str) -> None:
    """Open an address in the browser of this desk.

    Raises InputInvalid where it may not be opened, NothingFound where no browser is there.
    """
    if not openable(url):
        raise InputInvalid(name="url", allowed=" ".join(f"{scheme}:" for scheme in SCHEMES))
    import webbrowser

    if not webbrowser.open(url.strip()):
        raise NothingFound(kind="browser")
