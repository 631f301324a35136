"""Tables of a web page, or of Excel's own XML of 2003: what many programs save as .xls."""

import re

from companion.formats.encoding import decode, glance
from companion.formats.html_text import Lines, Piece, attributes, decoded, pieces
from companion.formats.worksheets import MOST_CELLS, MOST_COLUMNS, Filling, Merged

_OFFICE = "urn:schemas-microsoft-com:office:"
_ROWS, _CELLS, _TABLES = {"tr", "row"}, {"td", "th", "cell"}, {"table", "worksheet"}
# No table is wider or higher than a sheet; a cell that says so would be a column for each.
_WIDEST, _HIGHEST = 256, 65_536


def is_table(data: bytes) -> bool:
    """Whether a text holds a table in tags."""
    text = glance(data).lstrip("\ufeff \r\n\t")
    return text.startswith("<") and ("<table" in text.lower() or "<Workbook" in text)


def is_office(data: bytes) -> bool:
    """Whether such a text says itself that it is Excel's."""
    return _OFFICE in glance(data) and is_table(data)


def read_tables(data: bytes, name: str, format: str, filling: Filling) -> None:
    """Every table that stands in no other. Raises FormatBroken, FileTooLarge."""
    decoded_file = decode(data, name, format)
    filling.problems += decoded_file.problems
    reading = _Reading(filling)
    for number, piece in enumerate(pieces(decoded_file.text)):
        if number % 4096 == 0:
            filling.watch(0, 0)
        reading.take(piece)
    reading.end_table()


class _Reading:
    """A walk through the tags: the row and the cell that are open."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling
        self._row = self._column = -1
        self._cells: dict[int, str] = {}
        self._lines: Lines | None = None
        self._raw: list[str] = []
        self._merged: list[Merged] = []
        # Columns that a cell above reaches down into, and the last row it does.
        self._reached: dict[int, int] = {}
        self._passed = 0
        self._name = ""

    def take(self, piece: Piece) -> None:
        tag = piece.tag.rpartition(":")[2]
        if tag in _TABLES:
            # Excel's XML has a table in each worksheet.
            if tag == "worksheet" or not self._name:
                self.end_table()
            if tag == "worksheet" and not piece.closing:
                self._name = attributes(piece).get("ss:name", "")
        elif tag in _ROWS:
            self._end_row()
            if not piece.closing:
                self._begin_row(piece)
        elif tag in _CELLS:
            self._end_cell()
            if not piece.closing:
                self._begin_cell(piece, tag)
        elif self._lines is not None:
            if tag == "data":
                return
            if self._name and not tag:
                self._raw.append(decoded(piece.raw))
            else:
                self._lines.take(piece)

    def end_table(self) -> None:
        """No row can follow in the table that is open."""
        self._end_row()
        self._filling.end_sheet(self._name, self._merged)
        self._merged, self._reached = [], {}
        self._row, self._name = -1, ""

    def _begin_row(self, piece: Piece) -> None:
        self._row = max(
            _number(attributes(piece).get("ss:index"), self._row + 2) - 1, self._row + 1
        )
        self._column = -1
        self._cells = {}

    def _begin_cell(self, piece: Piece, tag: str) -> None:
        if self._row < 0:
            self._row, self._cells = 0, {}
        said = attributes(piece)
        self._column += 1
        while self._reached.get(self._column, -1) >= self._row:
            self._column += 1
            self._passed += 1
        if tag == "cell":
            self._column = max(_number(said.get("ss:index"), self._column + 1) - 1, self._column)
        wide = _number(said.get("colspan"), _number(said.get("ss:mergeacross"), 0) + 1)
        wide = min(wide, _WIDEST)
        if self._column + wide > MOST_COLUMNS or self._passed > MOST_CELLS:
            raise self._filling.too_large()
        high = _number(said.get("rowspan"), _number(said.get("ss:mergedown"), 0) + 1)
        if high > 1:
            bottom = self._row + high - 1
            self._merged.append(Merged(self._row, self._column, bottom, self._column))
            self._reached |= dict.fromkeys(range(self._column, self._column + wide), bottom)
        self._lines, self._raw = Lines(), []
        self._next = self._column + wide - 1

    def _end_cell(self) -> None:
        if self._lines is None:
            return
        self._cells[self._column] = "".join(self._raw) or self._lines.text()
        self._lines, self._raw = None, []
        self._column = self._next

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self._filling.row(self._row, self._cells)
        self._cells = {}


def _number(said: str | None, otherwise: int) -> int:
    digits = (said or "").strip()
    return min(max(int(digits), 1), _HIGHEST) if re.fullmatch("[0-9]{1,7}", digits) else otherwise
