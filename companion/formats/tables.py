"""Tables of phrases, whatever they were read from: their columns, and the phrases in their rows."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from companion.formats.encoding import first_line
from companion.formats.items import (
    Parsed,
    PhraseItem,
    Problem,
    Row,
    Sheet,
    Watch,
    unwatched,
)
from companion.profile import template

HEADER = ("title", "body", "abbr", "set", "tags")
"""The header of the tables we write; bodies below "body" are in our own syntax."""

ROLES = (*HEADER, "active")
"""What a column can be. "active" says no where a phrase was switched off."""

_NO = {"false", "0", "no", "n", "否", "禁用", "停用"}
_TAG = re.compile(r'"((?:[^"]|"")*+)"|([^,，;；、|]+)')
_TAG_NEEDS_QUOTES = re.compile(r'[,，;；、|"]|^\s|\s$')
# What a person would name a gap: not JSON, CSS, numbered placeholders or another tool's ${…}.
_GAP = re.compile(r"(?<![{#$%])\{([^\W\d_][\w ]{0,19})\}(?!\})")
_JOINT = " · "

Converted = tuple[str, str, Sequence[str]]
"""A body in our syntax, the same as HTML (or nothing), and the kinds of problems with it."""

Convert = Callable[[str], Converted]


@dataclass(frozen=True)
class Mapping:
    """Which columns, counted from 0, hold what; the first ``heading`` rows hold no phrase.

    Several titles are joined, the wider first. A column that is both title and abbreviation is an
    abbreviation where it holds one word of ASCII. ``ours`` says that bodies are in our syntax.
    """

    title: tuple[int, ...] = ()
    body: tuple[int, ...] = ()
    abbr: tuple[int, ...] = ()
    set: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    active: tuple[int, ...] = ()
    heading: int = 0
    ours: bool = False

    def of(self, role: str) -> tuple[int, ...]:
        """The columns of one of ROLES."""
        columns: tuple[int, ...] = getattr(self, role)
        return columns

    def taken(self) -> frozenset[int]:
        """The columns that hold something."""
        return frozenset(at for role in ROLES for at in self.of(role))

    def cells(self, role: str, row: Sequence[str]) -> list[str]:
        """What a row holds in the columns of a role, without the empty ones."""
        found = [row[at] for at in self.of(role) if at < len(row)]
        return [cell for cell in found if cell.strip()]


def phrases(
    sheet: Sheet,
    mapping: Mapping,
    name: str,
    watch: Watch = unwatched,
    convert: Convert | None = None,
) -> Parsed:
    """The phrases in a table; ``name`` is the set of those without one where there is no header.

    ``convert`` puts foreign bodies into our syntax; without it what looks like a gap becomes one.
    Problems: empty_skipped, cells_dropped, column_skipped, heading_skipped, was_disabled.
    """
    parsed = Parsed(problems=list(sheet.problems), broken=sheet.broken)
    width = _read_heading(sheet, mapping, parsed)
    said = _own if mapping.ours else convert or foreign
    group = sheet.name or ("" if mapping.heading else name)
    rows = sheet.rows[mapping.heading :]
    filled = _filled_down(rows, mapping) if sheet.ditto and not mapping.ours else iter(rows)
    for number, (line, cells) in enumerate(filled):
        if number % 256 == 0:
            watch(number, len(rows))
        row, surplus = _fitted(cells, mapping, width, sheet.joint)
        title, abbr = _names(mapping, row)
        text = "".join(mapping.cells("body", row)[:1])
        title = title or abbr or first_line(text)
        if not text.strip():
            parsed.problems.append(Problem("empty_skipped", title, line))
            continue
        body, rich, kinds = said(text)
        parsed.problems += [Problem(kind, title, line) for kind in kinds]
        if any(map(str.strip, surplus)):
            parsed.problems.append(Problem("cells_dropped", title, line))
        if any(cell.strip().casefold() in _NO for cell in mapping.cells("active", row)):
            parsed.problems.append(Problem("was_disabled", title, line))
        of = "".join(mapping.cells("set", row)[:1]) or (group if not mapping.set else "")
        tags = tuple(read_tags(",".join(mapping.cells("tags", row))))
        parsed.phrases.append(PhraseItem(title, body, abbr, of, tags, rich))
    return parsed


def together(
    sheets: Sequence[Sheet], mappings: Sequence[Mapping], name: str, watch: Watch = unwatched
) -> Parsed:
    """The phrases of several tables in one file, each with its mapping; see phrases()."""
    whole, done = Parsed(), 0
    for sheet, mapping in zip(sheets, mappings, strict=True):

        def told(rows: int, of: int, before: int = done) -> None:
            watch(before + rows, before + of)

        parsed = phrases(sheet, mapping, name, told)
        whole.phrases += parsed.phrases
        whole.problems += parsed.problems
        whole.broken = whole.broken or parsed.broken
        done += len(sheet.rows)
    return whole


def write_tags(tags: Sequence[str]) -> str:
    """Tags in one cell."""
    return ",".join(map(_tag_cell, tags))


def read_tags(cell: str) -> list[str]:
    """The tags in a cell, parted by any comma, semicolon or bar that is not in quotes."""
    found = [quoted.replace('""', '"') or plain.strip() for quoted, plain in _TAG.findall(cell)]
    return [tag for tag in found if tag]


def foreign(text: str) -> Converted:
    """Foreign text in our syntax: what a person would name a gap stays one, other braces text.

    No word of a foreign file acts: ``{send}`` is the gap that its author had in mind.
    """
    at, parts = 0, []
    for gap in _GAP.finditer(text):
        parts += [template.literal(text[at : gap.start()]), template.gap(gap[1])]
        at = gap.end()
    return "".join([*parts, template.literal(text[at:])]), "", []


def said_plainly(body: str) -> str:
    """A body as a tool without our syntax shows it: text, and gaps as ``{name}``."""
    return "".join(map(plain_part, template.parse(body)))


def plain_part(part: template.Part) -> str:
    """One part of a body in said_plainly()."""
    if isinstance(part, str):
        return part
    return f"{{{part.name}}}" if isinstance(part, template.Slot) else template.render([part])


def numbered(names: Sequence[str]) -> Iterator[str]:
    """The names, each only once: another "refund" is "refund (2)", for tools that insist on it."""
    taken, last = set(names), dict[str, int]()
    for name in names:
        number = last.get(name, 0) + 1
        other = name if number == 1 else f"{name} ({number})"
        while number > 1 and other in taken:
            number += 1
            other = f"{name} ({number})"
        last[name] = number
        taken.add(other)
        yield other


def _own(text: str) -> Converted:
    return text, "", []


def _read_heading(sheet: Sheet, mapping: Mapping, parsed: Parsed) -> int:
    """Tells what stands above the phrases and is not used; returns the header's width."""
    if not mapping.heading or not sheet.rows:
        return 0
    *above, (line, header) = sheet.rows[: mapping.heading]
    for at, cells in above:
        parsed.problems.append(Problem("heading_skipped", first_line("\n".join(cells)), at))
    taken = mapping.taken()
    skipped = [cell.strip() for at, cell in enumerate(header) if at not in taken]
    parsed.problems += [Problem("column_skipped", cell, line) for cell in skipped if cell]
    return len(header)


def _fitted(
    row: list[str], mapping: Mapping, width: int, joint: str
) -> tuple[list[str], Sequence[str]]:
    """The row, a body that was parted put together, and the cells that nobody asked for."""
    if not width:
        if len(row) == 1 and mapping.body not in ((), (0,)):
            # A line of text among rows says its text.
            return ["", *[""] * mapping.body[0]][: mapping.body[0]] + row, []
        taken = mapping.taken()
        return row, [cell for at, cell in enumerate(row) if at not in taken]
    if joint and mapping.body == (width - 1,):
        return [*row[: width - 1], joint.join(row[width - 1 :])], []
    return row, row[width:]


def _names(mapping: Mapping, row: list[str]) -> tuple[str, str]:
    """The title and the abbreviation of a row."""
    abbr = "".join(mapping.cells("abbr", row)[:1])
    if mapping.abbr and mapping.abbr == mapping.title:
        code = abbr.strip()
        return code, code if code.isascii() and len(code.split()) == 1 else ""
    titles = mapping.cells("title", row)
    if len(titles) > 1:
        titles = list(dict.fromkeys(map(str.strip, titles)))
    headless = not mapping.heading
    title = _JOINT.join(titles)
    return (title.strip(), abbr.strip()) if headless else (title, abbr)


def _filled_down(rows: Sequence[Row], mapping: Mapping) -> Iterator[Row]:
    """The rows with each empty category the one above, as far as the wider ones are the same.

    The narrowest title is none: where it is empty, the phrase has none.
    """
    wide = sorted({*mapping.set, *mapping.title[:-1]})
    above: dict[int, str] = {}
    for line, cells in rows:
        row = cells
        for place, at in enumerate(wide):
            cell = row[at] if at < len(row) else ""
            if cell.strip():
                if cell != above.get(at):
                    above = {held: above[held] for held in wide[:place] if held in above}
                above[at] = cell
            elif at in above and at < len(row):
                row = [*row[:at], above[at], *row[at + 1 :]]
        yield line, row


def _tag_cell(tag: str) -> str:
    doubled = tag.replace('"', '""')
    return f'"{doubled}"' if _TAG_NEEDS_QUOTES.search(tag) else tag
