"""The sheets of an .xlsx workbook: its XML read as it streams by, without entities or formulas."""

import posixpath
import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from companion.errors import FormatBroken
from companion.formats.bundle import archive_files
from companion.formats.cell_text import BUILT_IN, number_text
from companion.formats.items import Files, Watch
from companion.formats.worksheets import Filling, Merged

_BOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# How much is read between two looks at whether to go on.
_PIECE = 262_144
_TRUE = ("1", "true", "on")

Attributes = Mapping[str, str]


def read_book(data: bytes, name: str, format: str, filling: Filling) -> None:
    """Every visible sheet of a workbook, in order.

    Raises FormatBroken, FileTooLarge. A sheet that breaks off is given up to there, as broken.
    """
    try:
        files = archive_files(data, name)
    except FormatBroken as error:
        raise FormatBroken(place=name, format=format, line=0) from error
    # Some programs write other cases, or backslashes, than the parts are called by.
    parts = {path.lower().lstrip("/"): content for path, content in files.items()}
    broken = FormatBroken(place=name, format=format, line=0)
    try:
        book = _Book(parts, filling.watch)
    except _Damaged as error:
        raise broken from error
    for title, path, is_hidden in book.sheets:
        if is_hidden:
            filling.hidden(title)
            continue
        sheet = _SheetReading(book, filling)
        try:
            _walk(parts[path], filling.watch, sheet.opens, sheet.closes, text=sheet.says)
        except _Damaged:
            at = FormatBroken(place=name, format=format, line=sheet.line)
            filling.broken = filling.broken or at
        filling.end_sheet(title, sheet.merged)
    if not book.sheets:
        raise broken


class _Damaged(Exception):
    """A part is not the XML it should be, or holds what no workbook has."""


class _Book:
    """What the sheets of a workbook share: texts, number formats, and where they are."""

    def __init__(self, parts: Files, watch: Watch) -> None:
        self.texts: list[str] = []
        self.formats: list[str] = []
        self.from_1904 = False
        self.sheets: list[tuple[str, str, bool]] = []
        self._named: list[tuple[str, str, bool]] = []
        self._links: dict[str, str] = {}
        self._codes: dict[int, str] = dict(BUILT_IN)
        self._in_cells = False
        self._item: list[str] | None = None
        self._spoken = True
        _walk(parts.get(_BOOK, b""), watch, self._book_opens)
        if "xl/_rels/workbook.xml.rels" in parts:
            _walk(parts["xl/_rels/workbook.xml.rels"], watch, self._link_opens)
        if "xl/styles.xml" in parts:
            _walk(parts["xl/styles.xml"], watch, self._style_opens, self._style_closes)
        if "xl/sharedstrings.xml" in parts:
            _walk(
                parts["xl/sharedstrings.xml"],
                watch,
                self._text_opens,
                self._text_closes,
                self._says,
            )
        for title, id, is_hidden in self._named:
            path = posixpath.normpath(posixpath.join("xl", self._links.get(id, ""))).lstrip("/")
            # Charts and dialogs are sheets too, but have no cells.
            if path.lower() in parts and "worksheet" in path.lower():
                self.sheets.append((title, path.lower(), is_hidden))

    def _book_opens(self, tag: str, said: Attributes) -> None:
        if tag == "workbookPr":
            self.from_1904 = said.get("date1904", "") in _TRUE
        elif tag == "sheet":
            hidden = said.get("state", "visible") != "visible"
            self._named.append((said.get("name", ""), said.get("id", ""), hidden))

    def _link_opens(self, tag: str, said: Attributes) -> None:
        if tag == "Relationship":
            self._links[said.get("Id", "")] = said.get("Target", "").replace("\\", "/")

    def _style_opens(self, tag: str, said: Attributes) -> None:
        if tag == "numFmt":
            self._codes[_whole(said.get("numFmtId"))] = said.get("formatCode", "")
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            self.formats.append(self._codes.get(_whole(said.get("numFmtId")), ""))

    def _style_closes(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cells = False

    def _text_opens(self, tag: str, _said: Attributes) -> None:
        if tag == "si":
            self._item = []
        elif tag == "rPh":
            self._spoken = False
        elif tag == "t" and self._item is not None and self._spoken:
            self._item.append("")

    def _text_closes(self, tag: str) -> None:
        if tag == "si" and self._item is not None:
            self.texts.append(_unescaped("".join(self._item)))
            self._item = None
        elif tag == "rPh":
            self._spoken = True

    def _says(self, inside: str, text: str) -> None:
        if inside == "t" and self._item and self._spoken:
            self._item.append(text)


class _SheetReading:
    """A walk through one sheet's XML: the row and the cell that are open, and the next line."""

    def __init__(self, book: _Book, filling: Filling) -> None:
        self.row = -1
        self.line = 1
        self.merged: list[Merged] = []
        self._book = book
        self._filling = filling
        self._cells: dict[int, str] = {}
        self._column = -1
        self._kind = self._style = ""
        self._value: list[str] = []
        self._spoken = True

    def opens(self, tag: str, said: Attributes) -> None:
        if tag == "c":
            place = _REFERENCE.fullmatch(said.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._style = said.get("t", "n"), said.get("s", "")
            self._value.clear()
        elif tag == "row":
            number = said.get("r", "")
            self.row = int(number) - 1 if re.fullmatch("[0-9]{1,7}", number) else self.row + 1
            self.line = self.row + 1
            self._column = -1
            self._cells = {}
        elif tag == "rPh":
            self._spoken = False
        elif tag == "mergeCell":
            first, _, last = said.get("ref", "").partition(":")
            ends = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
            if ends[0] and ends[1]:
                top, bottom = int(ends[0][2]) - 1, int(ends[1][2]) - 1
                self.merged.append(Merged(top, _column(ends[0][1]), bottom, _column(ends[1][1])))

    def closes(self, tag: str) -> None:
        if tag == "c" and self._value:
            self._cells[self._column] = self._text("".join(self._value))
        elif tag == "row":
            self._filling.row(self.row, self._cells)
            self.line = self.row + 2
        elif tag == "rPh":
            self._spoken = True

    def says(self, inside: str, text: str) -> None:
        if inside == "v" or (inside == "t" and self._kind == "inlineStr" and self._spoken):
            self._value.append(text)

    def _text(self, value: str) -> str:
        if self._kind == "s":
            at = _whole(value)
            return self._book.texts[at] if 0 <= at < len(self._book.texts) else ""
        if self._kind == "b":
            return "TRUE" if value.strip() in _TRUE else "FALSE"
        if self._kind != "n":
            return _unescaped(value)
        try:
            number = float(value)
        except ValueError:
            return value
        at = _whole(self._style)
        shown = self._book.formats[at] if 0 <= at < len(self._book.formats) else ""
        return number_text(number, shown, self._book.from_1904)


def _walk(
    part: bytes,
    watch: Watch,
    opens: Callable[[str, Attributes], None],
    closes: Callable[[str], None] = lambda tag: None,
    text: Callable[[str, str], None] = lambda inside, text: None,
) -> None:
    """Calls back for each tag and text, names without their prefixes. Raises _Damaged.

    A document type is refused: workbooks have none, and entities are declared in it.
    """
    inside: list[str] = []

    def opened(tag: str, said: dict[str, str]) -> None:
        inside.append(tag.rpartition(":")[2])
        opens(inside[-1], {name.rpartition(":")[2]: value for name, value in said.items()})

    def closed(_tag: str) -> None:
        closes(inside.pop())

    def refused(*_: object) -> None:
        raise _Damaged

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler = lambda said: text(inside[-1], said)
    parser.StartDoctypeDeclHandler = refused
    try:
        for at in range(0, len(part), _PIECE):
            watch(0, 0)
            parser.Parse(part[at : at + _PIECE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _Damaged from error


def _unescaped(text: str) -> str:
    """The text with the characters that XML cannot hold, which are written ``_x0007_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _column(letters: str) -> int:
    at = 0
    for letter in letters.upper():
        at = at * 26 + ord(letter) - 64
    return at - 1


def _whole(text: str | None) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 9 else -1
