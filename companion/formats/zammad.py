"""Zammad's text modules as its CSV import takes them, HTML in their cells; read and written."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PureWindowsPath

from companion.formats import delimited
from companion.formats.headers import bare_words
from companion.formats.html_text import is_formatted, markup_of, rewritten, text_of
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.formats.tables import (
    Converted,
    Mapping,
    foreign,
    numbered,
    phrases,
    plain_part,
    read_tags,
    write_tags,
)
from companion.profile import template

NAME = "zammad"
HOLDS = "phrases"
ENDINGS = (".csv",)

_COLUMNS = ("name", "keywords", "content", "active")
_TELLING = {"keywords", "note", "active", "groups"}
# ``#{ticket.number}``, and what our slots then are called.
_VARIABLE = re.compile(r"#\{\s*([a-z_]+(?:\.[a-z_]+)+)\s*\}")
_NAMED = re.compile(r"(?:ticket|user|config|recipient|article)(?:\.[a-z_]+)+")
# Zammad takes this sign in any cell for the bounds of a list.
_LIST = "~~~"
_LONGEST_NAME = 250


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are text modules, by the words of their header."""
    words = bare_words(delimited.first_row(data)[0])
    return 0.9 if {"name", "content"} <= set(words) and len(_TELLING & set(words)) > 1 else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The text modules as phrases: the first keyword is the code, the others are tags.

    Raises FormatBroken. Problems: those of tables.phrases(), characters_dropped.
    """
    (sheet,) = delimited.sheets(data, name, watch, NAME)
    words = bare_words(sheet.rows[0][1]) if sheet.rows else []
    title, body, keywords, of, active = (
        (words.index(one),) if one in words else ()
        for one in ("name", "content", "keywords", "groups", "active")
    )
    mapping = Mapping(title, body, keywords, of, (), active, heading=1)
    parsed = phrases(sheet, mapping, PureWindowsPath(name).stem, watch, _converted)
    parsed.phrases = [_coded(item) for item in parsed.phrases]
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """Text modules without ids and groups: Zammad refuses a whole file for one it does not know.

    Problems: title_shortened, title_numbered (a name twice is refused as well).
    """
    problems: list[Problem] = []
    names: list[str] = []
    for item in items:
        name = _flat(item.title)[:_LONGEST_NAME].strip()
        if len(_flat(item.title).strip()) > _LONGEST_NAME:
            problems.append(Problem("title_shortened", item.title))
        names.append(name)
    rows: list[Sequence[str]] = [_COLUMNS]
    for item, name, once in zip(items, names, numbered(names), strict=True):
        if once != name:
            problems.append(Problem("title_numbered", item.title))
        keywords = write_tags((item.abbr, *item.tags))
        content = _content(item).replace("~~", "~&#126;")
        rows.append((once, _flat(keywords), content, "true"))
    return Written(delimited.written_rows(rows).encode(), problems)


def _coded(item: PhraseItem) -> PhraseItem:
    """The keywords taken apart; the first place among them is the code's."""
    words = read_tags(item.abbr)
    abbr = "" if item.abbr.lstrip().startswith(",") else "".join(words[:1])
    return replace(item, abbr=abbr, tags=tuple(words[bool(abbr) :]))


def _converted(content: str) -> Converted:
    """Content as text and, where it is more than lines of text, as HTML, both in our syntax."""
    # Zammad takes what has no tag for text, and makes HTML of it only then.
    if not _is_tagged(content):
        return _said(content), "", []
    body = text_of(content, _said)
    return body, rewritten(content, _said) if is_formatted(content) else "", []


def _is_tagged(content: str) -> bool:
    """Whether ``<.+?>`` is found in it, without a search from every "<" to the end of its line."""
    return any(0 <= line.find("<") < line.rfind(">") - 1 for line in content.split("\n"))


def _said(text: str) -> str:
    """A stretch of Zammad's text in our syntax: its variables become gaps of their names."""
    at, parts = 0, []
    for found in _VARIABLE.finditer(text):
        parts += [foreign(text[at : found.start()])[0], template.gap(found[1])]
        at = found.end()
    return "".join([*parts, foreign(text[at:])[0]])


def _content(item: PhraseItem) -> str:
    """The phrase as HTML: its own where that says the same as the text."""
    plain = "".join(map(_part, template.parse(item.body)))
    if item.rich and text_of(item.rich) == item.body.strip("\n"):
        return rewritten(item.rich, lambda text: "".join(map(_part, template.parse(text))))
    return markup_of(plain)


def _part(part: template.Part) -> str:
    if isinstance(part, template.Slot) and _NAMED.fullmatch(part.name):
        return f"#{{{part.name}}}"
    return plain_part(part)


def _flat(text: str) -> str:
    return text.replace(_LIST, "～～～")
