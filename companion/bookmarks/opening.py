"""Which addresses a bookmark may open, and opening them, one or a set, in this desk's browser."""

import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from companion.desk.ports import BrowserLauncher
from companion.errors import InputInvalid, NothingFound

if TYPE_CHECKING:
    from companion.bookmarks.browsers import Browser

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


# Windows takes command lines up to 32,767 characters, and an agent's screen takes fewer tabs.
_MOST_CHARACTERS = 30_000


@dataclass(frozen=True)
class Opened:
    """What came of opening a set: how many addresses were opened, and which may not be."""

    count: int = 0
    refused: list[str] = field(default_factory=list)


def open_set(
    urls: Iterable[str], launcher: BrowserLauncher, browser: "Browser | None" = None
) -> Opened:
    """Open addresses in their order, each once, as tabs of a browser or else of the usual one.

    Not for the GUI thread. Raises NothingFound where the browser is not there or does not start.
    """
    wanted = list(dict.fromkeys(url.strip() for url in urls))
    good = [url for url in wanted if openable(url)]
    opened = Opened(len(good), [url for url in wanted if not openable(url)])
    if not good:
        return opened
    program = launcher.executable(browser.browser) if browser else launcher.usual()
    if program:
        # One start with all of them: programs started one after the other overtake each other.
        for some in _portions(good):
            if not launcher.start([program, *_profile(browser), *some]):
                raise NothingFound(kind="browser")
    elif browser:
        raise NothingFound(kind="browser")
    else:
        for url in good:
            open_address(url)
    return opened


def _profile(browser: "Browser | None") -> list[str]:
    """How a browser is told which of its profiles to use."""
    if browser is None:
        return []
    if browser.engine == "firefox":
        return ["--profile", browser.folder]
    return [f"--profile-directory={Path(browser.folder).name}"]


def _portions(urls: list[str]) -> list[list[str]]:
    """The addresses in their order, no more at once than a command line takes."""
    portions: list[list[str]] = []
    length = _MOST_CHARACTERS
    for url in urls:
        length += len(url) + 3
        if length > _MOST_CHARACTERS:
            portions.append([])
            length = len(url)
        portions[-1].append(url)
    return portions
