"""A spreadsheet's cells put into rows, with limits, and merged cells filled."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from companion.errors import FileTooLarge, FormatBroken
from companion.formats.bundle import MOST_BYTES
from companion.formats.encoding import clean
from companion.formats.items import Problem, Row, Sheet, Watch

MOST_CELLS = 4_000_000
"""Empty ones between others too: one cell in the last corner makes a table of 17 billion."""

MOST_COLUMNS = 16_384
"""As in Excel."""

# What programs call a sheet that nobody has named.
_UNNAMED = re.compile(r"(?:sheet|工作表|表|worksheet|table|tabelle|feuil)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Merged:
    """Cells merged into one: rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Filling:
    """The rows of the sheets of one file as they come. Raises FileTooLarge beyond the limits."""

    place: str
    watch: Watch
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: FormatBroken | None = None
    _rows: list[Row] = field(default_factory=list)
    _cells: int = 0
    _characters: int = 0
    _met: int = 0

    def row(self, number: int, cells: dict[int, str]) -> None:
        """The next row, numbered from 0, and its cells by their column."""
        self._met += 1
        if self._met % 256 == 0:
            self.watch(0, 0)
        texts = {
            at: clean(text).replace("\r\n", "\n").replace("\r", "\n") for at, text in cells.items()
        }
        if not any(map(str.strip, texts.values())):
            return
        width = max(texts) + 1
        self._cells += width
        self._characters += sum(map(len, texts.values()))
        too_many = width > MOST_COLUMNS or self._cells > MOST_CELLS
        if too_many or self._characters > MOST_BYTES:
            raise self.too_large()
        self._rows.append((number + 1, [texts.get(at, "") for at in range(width)]))

    def too_large(self) -> FileTooLarge:
        """The error for a table beyond the limits."""
        return FileTooLarge(place=self.place, most=MOST_BYTES // 1024**2)

    def end_sheet(self, name: str, merged: list[Merged]) -> None:
        """All rows of a sheet have come; one without any is none."""
        rows, self._rows = self._rows, []
        if not rows:
            return
        self._fill(rows, merged)
        said = "" if _UNNAMED.fullmatch(name.strip()) else clean(name).strip()
        problems, self.problems = self.problems, []
        self.sheets.append(Sheet(said, rows, ditto=True, problems=problems))

    def hidden(self, name: str) -> None:
        """A sheet that its author has hidden is told and left out."""
        self.problems.append(Problem("sheet_hidden", clean(name)))

    def done(self) -> list[Sheet]:
        """The sheets, once there are no more. Raises what broke the file, where it left none."""
        if self.broken and not self.sheets:
            raise self.broken
        if self.sheets:
            last = self.sheets[-1]
            last.problems.extend(self.problems)
            self.sheets[-1] = replace(last, broken=self.broken)
        return self.sheets

    def _fill(self, rows: list[Row], merged: list[Merged]) -> None:
        """What is merged downwards stands in each of its rows."""
        numbers = [number for number, _ in rows]
        for area in merged:
            first = bisect_left(numbers, area.top + 1)
            last = bisect_left(numbers, area.bottom + 2)
            if first == last or numbers[first] != area.top + 1:
                continue
            head = rows[first][1]
            text = head[area.left] if area.left < len(head) else ""
            if not text.strip():
                continue
            for _, cells in rows[first + 1 : last]:
                missing = max(area.left + 1 - len(cells), 0)
                self._cells += missing + 1
                if self._cells > MOST_CELLS:
                    return
                cells.extend([""] * missing)
                cells[area.left] = cells[area.left] or text
