"""The Bookmarks file of Chromium and its relatives (Chrome, Edge, 360, QQ), read and written."""

import uuid
from collections.abc import Sequence

from companion.errors import FormatBroken
from companion.formats import chromium_tree as tree
from companion.formats import json_values
from companion.formats.bookmark_folders import entered
from companion.formats.encoding import clean, decode, glance
from companion.formats.items import BookmarkItem, Parsed, Problem, Watch, Written, unwatched

NAME = "chromium"
HOLDS = "bookmarks"
ENDINGS = (".json",)

# Made once for this project: the same bookmarks always give the same file.
_NAMESPACE = uuid.UUID("7d1c3c0e-3a43-4b0c-9a35-0f6f0c2f8e51")
_KEYS = ('"roots"', '"bookmark_bar"')


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is such a file: the names of its keys tell."""
    text = glance(data)
    if not text.lstrip().startswith("{"):
        return 0.0
    return 0.95 if all(key in text for key in _KEYS) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The bookmarks of the bar, the other ones and those of a phone. Raises FormatBroken.

    These three are places of a browser, not folders of the agent's: what is in them stands at
    the top. Problems: link_without_address, entry_unreadable, folders_flattened,
    characters_dropped.
    """
    decoded = decode(data, name, NAME)
    root, broken = json_values.load(decoded.text, name, NAME)
    roots = root.get("roots") if isinstance(root, dict) else None
    if not isinstance(roots, dict):
        raise broken or FormatBroken(place=name, format=NAME, line=0)
    of = decoded.text.count('"type"')
    parsed = Parsed(problems=decoded.problems, broken=broken)
    # A place that a relative of Chromium has added comes after the three that all have.
    places = [roots.get(place) for place in dict.fromkeys([*tree.ROOTS, *roots])]
    stack: list[tuple[object, tuple[str, ...]]] = [
        (child, ())
        for place in reversed(places)
        if isinstance(place, dict)
        for child in reversed(tree.children(place))
    ]
    done = 0
    while stack:
        node, path = stack.pop()
        if done % 256 == 0:
            watch(done, max(of, done))
        done += 1
        if not isinstance(node, dict) or not isinstance(node.get("name", ""), str):
            parsed.problems.append(Problem("entry_unreadable"))
        elif node.get("type") == "url" or ("url" in node and "children" not in node):
            _read_link(node, path, parsed)
        else:
            inside = entered(parsed, path, clean(node.get("name", "")))
            stack.extend((child, inside) for child in reversed(tree.children(node)))
    parsed.folders = list(dict.fromkeys(parsed.folders))
    return parsed


def write_bookmarks(items: Sequence[BookmarkItem]) -> Written:
    """A file that a new profile starts with; everything stands in the bar, no tags are kept."""
    root = tree.empty()
    inside, problems = nodes_of(items, first=len(tree.ROOTS) + 1)
    root["roots"]["bookmark_bar"]["children"] = inside
    return Written(tree.dumps(root), problems)


def nodes_of(
    items: Sequence[BookmarkItem], first: int, salt: str = ""
) -> tuple[list[tree.Node], list[Problem]]:
    """Items as nodes with the ids from ``first`` on, folders where they first occur.

    The guids are always the same for the same items and ``salt``.
    """
    top: list[tree.Node] = []
    folders: dict[tuple[str, ...], list[tree.Node]] = {(): top}
    problems: list[Problem] = []
    number = first
    for item in items:
        path = item.folder[: tree.DEEPEST]
        if path != item.folder:
            problems.append(Problem("folders_flattened", item.title))
        for depth in range(1, len(path) + 1):
            here = path[:depth]
            if here not in folders:
                folders[here] = []
                guid = _guid(f"{salt} {number}")
                folder = tree.folder(here[-1], number, guid, folders[here])
                folders[here[:-1]].append(folder)
                number += 1
        folders[path].append(tree.link(item, number, _guid(f"{salt} {number}")))
        number += 1
    return top, problems


def _read_link(node: tree.Node, path: tuple[str, ...], parsed: Parsed) -> None:
    url = node.get("url")
    title = clean(node.get("name", ""))
    url = clean(url).strip() if isinstance(url, str) else ""
    if not url:
        parsed.problems.append(Problem("link_without_address", title))
        return
    added = tree.seconds(node)
    parsed.bookmarks.append(BookmarkItem(title or url, url, path, added=added))


def _guid(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))
