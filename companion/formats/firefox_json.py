"""Firefox's bookmark backup as plain JSON, read."""

import re
from typing import Any

from companion.errors import FormatBroken
from companion.formats import json_values
from companion.formats.bookmark_folders import entered
from companion.formats.encoding import clean, decode, glance
from companion.formats.items import BookmarkItem, Parsed, Problem, Watch, unwatched

NAME = "firefox_json"
HOLDS = "bookmarks"

_SIGNS = ('"text/x-moz-place-container"', '"placesRoot"', '"bookmarksMenuFolder"')
_KINDS = {
    "text/x-moz-place": 1,
    "text/x-moz-place-container": 2,
    "text/x-moz-place-separator": 3,
}
# The toolbar first: what an agent uses most stands there. In old files they have a root, no guid.
_PLACES = ("toolbar_____", "menu________", "unfiled_____", "mobile______")
_OLD_PLACES = ("toolbarFolder", "bookmarksMenuFolder", "unfiledBookmarksFolder", "mobileFolder")
_NUMBER = re.compile("[0-9]{1,19}")


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is such a backup: what it calls its kinds of entries tells."""
    text = glance(data)
    if not text.lstrip().startswith("{"):
        return 0.0
    return 0.95 if any(sign in text for sign in _SIGNS) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The bookmarks of toolbar, menu and the rest, with their tags. Raises FormatBroken.

    These are places of a browser, not folders of the agent's: what is in them stands at the top.
    Problems: query_left_out, link_without_address, entry_unreadable, folders_flattened,
    characters_dropped.
    """
    decoded = decode(data, name, NAME)
    root, broken = json_values.load(decoded.text, name, NAME)
    if not isinstance(root, dict) or not isinstance(root.get("children"), list):
        raise broken or FormatBroken(place=name, format=NAME, line=0)
    parsed = parsed_tree(root, watch, decoded.problems, of=decoded.text.count('"type"'))
    parsed.broken = broken
    return parsed


def parsed_tree(root: dict[str, Any], watch: Watch, problems: list[Problem], of: int) -> Parsed:
    """What is in a tree of Firefox's; ``of`` is about how many entries it has."""
    parsed = Parsed(problems=problems)
    tags = _old_tags(root)
    stack: list[tuple[Any, tuple[str, ...]]] = [(one, ()) for one in reversed(_top(root))]
    done = 0
    while stack:
        node, path = stack.pop()
        if done % 256 == 0:
            watch(done, max(of, done))
        done += 1
        kind = _kind(node)
        if kind == 2:
            inside = entered(parsed, path, _text(node, "title"))
            stack.extend((child, inside) for child in reversed(_children(node)))
        elif kind == 1:
            _read_link(node, path, tags, parsed)
        elif kind != 3:
            parsed.problems.append(Problem("entry_unreadable"))
    parsed.folders = list(dict.fromkeys(parsed.folders))
    return parsed


def _top(root: dict[str, Any]) -> list[Any]:
    """What is in the places, the toolbar's first, and what stands beside them."""
    found: dict[int, list[Any]] = {}
    for child in _children(root):
        place = child if isinstance(child, dict) else {}
        if _is_tags(place):
            continue
        guid, old = place.get("guid"), place.get("root")
        number = next(
            (n for n in range(len(_PLACES)) if guid == _PLACES[n] or old == _OLD_PLACES[n]),
            len(_PLACES),
        )
        inside = [child] if number == len(_PLACES) else _children(place)
        found.setdefault(number, []).extend(inside)
    return [one for number in sorted(found) for one in found[number]]


def _old_tags(root: dict[str, Any]) -> dict[str, list[str]]:
    """By address: up to Firefox 4 a tag is a folder with copies of what it marks."""
    tags: dict[str, list[str]] = {}
    for place in filter(_is_tags, _children(root)):
        for tag in _children(place):
            for copy in _children(tag):
                if isinstance(copy, dict):
                    tags.setdefault(_text(copy, "uri"), []).append(_text(tag, "title"))
    return tags


def _is_tags(node: Any) -> bool:
    return isinstance(node, dict) and (
        node.get("root") == "tagsFolder" or node.get("guid") == "tags________"
    )


def _read_link(
    node: dict[str, Any], path: tuple[str, ...], tags: dict[str, list[str]], parsed: Parsed
) -> None:
    title, url = _text(node, "title"), _text(node, "uri").strip()
    if url.startswith("place:"):
        # A question to Firefox's own history, which nobody else can answer.
        parsed.problems.append(Problem("query_left_out", title))
        return
    if not url:
        parsed.problems.append(Problem("link_without_address", title))
        return
    held = [*_text(node, "tags").split(","), *tags.get(url, ())]
    marks = tuple(dict.fromkeys(filter(None, map(str.strip, held))))
    parsed.bookmarks.append(BookmarkItem(title or url, url, path, marks, _seconds(node)))


def _kind(node: Any) -> int:
    if not isinstance(node, dict):
        return 0
    kind = node.get("type")
    return _KINDS.get(kind, 0) if isinstance(kind, str) else 0


def _children(node: Any) -> list[Any]:
    inside = node.get("children") if isinstance(node, dict) else None
    return inside if isinstance(inside, list) else []


def _seconds(node: dict[str, Any]) -> int:
    """Unix seconds of a date in microseconds; 0 where it is not known."""
    said = str(node.get("dateAdded", ""))
    return int(said) // 1_000_000 if _NUMBER.fullmatch(said) else 0


def _text(node: Any, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return clean(value) if isinstance(value, str) else ""
