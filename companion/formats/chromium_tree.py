"""The tree in a Chromium's Bookmarks file: read, walked, summed up and written as Chromium does."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from companion.formats.encoding import clean
from companion.formats.items import BookmarkItem

Node = dict[str, Any]
"""A folder or a link, or the whole file: every key it has is kept."""

ROOTS = ("bookmark_bar", "other", "synced")
"""The folders every file has, in the order that Chromium sums them up in."""

DEEPEST = 90
"""Chromium reads no JSON that is nested deeper than 200, and a folder takes two levels."""

_GUIDS = {
    "bookmark_bar": "0bc5d13f-2cba-5d74-951f-3f233fe6c908",
    "other": "82b081ec-3dd3-529c-8475-ab6c344590dd",
    "synced": "4cf2e351-0e85-532b-bb37-df045d8f8d0f",
}
_NAMES = {
    "bookmark_bar": "Bookmarks bar",
    "other": "Other bookmarks",
    "synced": "Mobile bookmarks",
}
# Chromium counts in microseconds from the beginning of 1601.
_EPOCH = 11_644_473_600
_NUMBER = re.compile("-?[0-9]{1,19}")
# What Chromium's writer escapes, so that no script can be closed or opened by a title.
_ESCAPED = {"<": r"\u003C", "\u2028": r"\u2028", "\u2029": r"\u2029"}
# Every escape is met as a whole, so that a backslash before a plain "u" stays what it is.
_MUST_ESCAPE = re.compile("\\\\(?:u[0-9a-f]{4}|.)|[<\u2028\u2029]")


def loads(data: bytes) -> Node:
    """The whole file. Raises ValueError where it is no file of Chromium's bookmarks."""
    try:
        root = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    has_roots = isinstance(root, dict) and isinstance(root.get("roots"), dict)
    if not has_roots:
        raise ValueError("no roots")
    found: Node = root
    return found


def dumps(root: Node) -> bytes:
    """The file as Chromium would write it, with the checksums that belong to it."""
    sealed = {**root, "checksum": checksum(root)}
    if "checksum_sha256" in root:
        sealed["checksum_sha256"] = checksum(root, "sha256")
    return ("".join(_json(sealed, 0)) + "\n").encode("utf-8", "replace")


def checksum(root: Node, kind: str = "md5") -> str:
    """The sum over the names, addresses and numbers of all nodes, each before those in it.

    It guards against a broken file, not against a forged one, so MD5 does.
    """
    summed = hashlib.new(kind, usedforsecurity=False)
    for node in walk(root):
        summed.update(_text(node, "id").encode("utf-8", "replace"))
        summed.update(_text(node, "name").encode("utf-16-le", "surrogatepass"))
        if node.get("type") == "url":
            summed.update(b"url" + _text(node, "url").encode("utf-8", "replace"))
        else:
            summed.update(b"folder")
    return summed.hexdigest()


def walk(root: Node) -> Iterator[Node]:
    """Every node below the three roots and the roots themselves, each before those in it."""
    for name in ROOTS:
        yield from below(root["roots"].get(name))


def below(node: Any) -> Iterator[Node]:
    """A node and every one in it, each before those in it; none where it is no node."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(reversed(children(node)))


def children(node: Node) -> list[Any]:
    """What is in a folder, in its order; nothing is in a link."""
    inside = node.get("children")
    return inside if isinstance(inside, list) else []


def empty() -> Node:
    """A file of a profile that has no bookmarks yet."""
    roots = {
        name: folder(_NAMES[name], number, _GUIDS[name], []) for number, name in enumerate(ROOTS, 1)
    }
    return {"checksum": "", "roots": roots, "version": 1}


def folder(name: str, number: int, guid: str, inside: list[Node]) -> Node:
    """A folder; ``number`` is its id, which no other node of the file may have."""
    date = {"date_added": "0", "date_last_used": "0", "date_modified": "0"}
    node = {"guid": guid, "id": str(number), "name": clean(name), "type": "folder"}
    return {"children": inside, **date, **node}


def link(item: BookmarkItem, number: int, guid: str) -> Node:
    """A bookmark as a node; see folder()."""
    added = str((item.added + _EPOCH) * 1_000_000) if item.added > 0 else "0"
    node = {"guid": guid, "id": str(number), "name": clean(item.title), "type": "url"}
    return {"date_added": added, "date_last_used": "0", **node, "url": clean(item.url)}


def seconds(node: Node) -> int:
    """When a node was added, in Unix seconds; 0 where that is not known."""
    said = _text(node, "date_added")
    added = int(said) // 1_000_000 - _EPOCH if _NUMBER.fullmatch(said) else 0
    return max(added, 0)


def highest_id(root: Node) -> int:
    """The highest number any node has."""
    said = (_text(node, "id") for node in walk(root))
    return max((int(one) for one in said if _NUMBER.fullmatch(one)), default=0)


def without(
    root: Node, guids: Iterable[str], spared: Collection[str] = ()
) -> tuple[Node, list[Node]]:
    """The file without the nodes that have these guids, and those nodes with all in them.

    What is in them and has a guid of ``spared`` stays, in the place of what went.
    """
    gone, taken = set(guids), list[Node]()

    def kept(node: Node) -> Node:
        if not isinstance(node.get("children"), list):
            return node
        inside: list[Any] = []
        for child in node["children"]:
            if isinstance(child, dict) and _text(child, "guid") in gone:
                taken.append(child)
                inside += map(kept, left_in(child))
            else:
                inside.append(kept(child) if isinstance(child, dict) else child)
        return {**node, "children": inside}

    def left_in(node: Node) -> Iterator[Node]:
        for child in children(node):
            if isinstance(child, dict) and _text(child, "guid") in spared:
                yield child
            elif isinstance(child, dict):
                yield from left_in(child)

    roots = {
        name: kept(node) if isinstance(node, dict) else node for name, node in root["roots"].items()
    }
    return {**root, "roots": roots}, taken


def _json(value: object, depth: int) -> Iterator[str]:
    """Pieces of the JSON that Chromium's writer makes: keys in order, lists on the same line."""
    inner, outer = "   " * (depth + 1), "   " * depth
    if isinstance(value, dict) and value:
        sign = "{\n"
        for key in sorted(value):
            yield f"{sign}{inner}{_quoted(str(key))}: "
            yield from _json(value[key], depth + 1)
            sign = ",\n"
        yield f"\n{outer}}}"
    elif isinstance(value, dict):
        yield "{\n" + outer + "}"
    elif isinstance(value, list):
        sign = "[ "
        for one in value:
            yield sign
            yield from _json(one, depth)
            sign = ", "
        yield " ]" if value else "[  ]"
    else:
        yield _quoted(value) if isinstance(value, str) else json.dumps(value)


def _quoted(text: str) -> str:
    def escape(sign: re.Match[str]) -> str:
        return _ESCAPED.get(sign[0]) or sign[0][:2] + sign[0][2:].upper()

    return _MUST_ESCAPE.sub(escape, json.dumps(text, ensure_ascii=False))


def _text(node: Node, key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""
