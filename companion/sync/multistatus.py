"""Reads the XML by which a WebDAV server lists a folder (RFC 4918, multistatus)."""

import urllib.parse
from dataclasses import dataclass

from companion.sync.plain_xml import NotXml, parsed

_Path = tuple[str, ...]


class NotMultistatus(Exception):
    """The body is no multistatus: a page, another kind of XML, or one cut short."""


@dataclass(frozen=True)
class Listing:
    """What an answer lists: the last parts of the files' paths.

    ``changed`` is when each was last changed, as the server writes it, empty where it does not say;
    ``is_file`` tells that the address asked for is a file, no folder; ``cut`` that the server says
    itself that it left some out.
    """

    changed: dict[str, str]
    is_file: bool
    cut: bool


def read(body: bytes, path: str) -> Listing:
    """What a multistatus lists that was asked of ``path``. Raises NotMultistatus.

    The folder itself may be named with another host, case or prefix than we asked for (a proxy
    stands before many servers), or not at all: only what the answer says counts.
    """
    try:
        root = parsed(body)
    except NotXml as error:
        raise NotMultistatus(str(error)) from error
    if root.tag != "{DAV:}multistatus":
        raise NotMultistatus("root")
    files: dict[_Path, str] = {}
    folders: set[_Path] = set()
    cut = False
    for response in root.iterfind("{DAV:}response"):
        status = response.findtext("{DAV:}status", "").split()
        if len(status) > 1 and not status[1].startswith("2"):
            # 507 on the folder: "there are more than I list".
            cut = cut or status[1] == "507"
            continue
        parts = _parts(response.findtext("{DAV:}href", ""))
        collection = response.find(".//{DAV:}resourcetype/{DAV:}collection")
        if collection is not None:
            folders.add(parts)
        else:
            files[parts] = response.findtext(".//{DAV:}getlastmodified", "")
    folder = min(folders, key=len, default=None)
    # A page of a listing may hold a folder inside ours and not ours.
    if folder is not None and all(_inside(parts, folder) for parts in {*files, *folders}):
        # Some servers list everything below as well.
        files = {
            parts: changed for parts, changed in files.items() if len(parts) == len(folder) + 1
        }
    return Listing(
        {parts[-1]: changed for parts, changed in files.items() if parts},
        not folders and {parts[-1:] for parts in files} == {_parts(path)[-1:]},
        cut,
    )


def _parts(href: str) -> _Path:
    """The parts of a path, be the address whole or only a path."""
    try:
        path = urllib.parse.urlsplit(href.strip()).path
    except ValueError as error:
        raise NotMultistatus("href") from error
    return tuple(urllib.parse.unquote(part) for part in path.split("/") if part)


def _inside(parts: _Path, folder: _Path) -> bool:
    around = parts[: len(folder)]
    return [part.casefold() for part in around] == [part.casefold() for part in folder]
