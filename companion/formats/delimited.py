"""Tables of phrases as text (.csv, .tsv), whatever made them; written so that Excel opens them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import PureWindowsPath

from companion.errors import FormatBroken
from companion.formats.encoding import clean, decode, glance
from companion.formats.headers import by_header, guess, known_words
from companion.formats.items import Parsed, PhraseItem, Row, Sheet, Watch, Written, unwatched
from companion.formats.tables import HEADER, phrases, write_tags

NAME = "delimited"
HOLDS = "phrases"
ENDINGS = (".csv", ".tsv")

# The tab stands first: where nothing tells them apart, prose is full of the other two.
_DELIMITERS = "\t,;"
_QUOTED = re.compile(r' *"([^"]*+(?:""[^"]*+)*+)" *')
# TextExpander writes a quote in a cell as \" instead of "".
_ESCAPED = re.compile(r' *"([^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+)" *(?=[,;\t\n]|\Z)', re.DOTALL)
_ESCAPE = {_QUOTED: re.compile('"(")'), _ESCAPED: re.compile(r'[\\"](["\\])')}
_OPENING = re.compile(r' *"')
_HINT = re.compile(r"^sep=.\n")
# Spreadsheets run a cell that begins so; one more apostrophe stops them, and one less undoes it.
_FORMULA = re.compile("'*[=+@\t\r\n＝＋－＠-]")


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is a table of phrases. Low without a header it knows."""
    ending = PureWindowsPath(name).suffix.lower()
    # Even unreadable, a file of this name is ours to call broken.
    least = 0.1 if ending in ENDINGS else 0.0
    header, delimited = first_row(data)
    if not delimited:
        return least
    if known := by_header(header):
        return 0.8 if least or known_words(known) > 1 else 0.3
    return 0.5 if least else 0.2 if ending == ".txt" else 0.0


def first_row(data: bytes) -> tuple[list[str], bool]:
    """The cells of a text's first row, and whether anything parts them as in a table."""
    text = _lines(glance(data))
    delimiter = _delimiter(text)
    return (_first_rows(text, delimiter)[0], True) if delimiter else ([], False)


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The rows as phrases. Raises FormatBroken with the line of a quote that is never closed.

    Problems: those of tables.phrases(), characters_dropped.
    """
    (sheet,) = sheets(data, name, watch)
    parsed = phrases(sheet, guess(sheet), PureWindowsPath(name).stem, watch)
    parsed.sheets = [sheet]
    return parsed


def sheets(data: bytes, name: str, watch: Watch = unwatched, format: str = NAME) -> list[Sheet]:
    """The one table that a text is; ``format`` says whose, where it is broken.

    A quote that is never closed ends it; FormatBroken where no phrase stands before that.
    """
    decoded = decode(data, name, format)
    text = _lines(decoded.text)
    delimiter = _delimiter(text[:65_536]) or ("," if name.lower().endswith(".csv") else "\t")
    rows: list[Row] = []
    sheet = Sheet("", rows, delimiter, problems=decoded.problems)
    try:
        for line, cells in _rows(text, delimiter):
            if line % 256 == 1:
                watch(0, 0)
            if any(map(str.strip, cells)):
                rows.append(
                    (line, [c[c.startswith("'") and bool(_FORMULA.match(c)) :] for c in cells])
                )
    except _OpenQuote as error:
        broken = FormatBroken(place=name, format=format, line=error.line)
        if len(rows) <= guess(sheet).heading:
            raise broken from error
        sheet = Sheet("", rows, delimiter, problems=decoded.problems, broken=broken)
    return [sheet]


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A table with a header, in UTF-8 with the mark by which Excel knows it."""
    rows = [(item.title, item.body, item.abbr, item.set, write_tags(item.tags)) for item in items]
    return Written(written_rows([HEADER, *rows]).encode("utf-8-sig"))


def written_rows(rows: Sequence[Sequence[str]]) -> str:
    """Rows as text with commas, of which no spreadsheet takes a cell for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{c}" if _FORMULA.match(c) else c for c in map(clean, row)])
    return out.getvalue()


class _OpenQuote(Exception):
    """A quote has no end; ``line`` is where it begins."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _delimiter(text: str) -> str:
    """What parts the cells: it makes a header we know, else rows of one width; or nothing."""
    best, chosen = (0, 0.0), ""
    for delimiter in _DELIMITERS:
        rows = _first_rows(text, delimiter)
        if not rows:
            continue
        known = by_header(rows[0])
        width, count = Counter(map(len, rows)).most_common(1)[0]
        share = count / len(rows) if width > 1 else 0.0
        score = (known_words(known), share)
        if score > best and (known or share >= 0.8):
            best, chosen = score, delimiter
    return chosen


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a text's beginning that are not blank, up to a quote that does not end in it."""
    rows: list[list[str]] = []
    with suppress(_OpenQuote):
        rows.extend(row for _, row in _rows(text, delimiter) if any(map(str.strip, row)))
    return rows


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Every row with the line it begins on. Raises _OpenQuote at a quote without an end."""
    ends = re.compile(f"[{delimiter}\n]|\\Z")
    form = _QUOTED
    at, line, start = 0, 1, 1
    row: list[str] = []
    while True:
        quoted = form.match(text, at)
        if not quoted and _OPENING.match(text, at):
            raise _OpenQuote(line)
        if quoted and not ends.match(text, quoted.end()):
            # The quotes are the cell's own, or they are escaped, here and in the whole file.
            quoted = _ESCAPED.match(text, at)
            form = _ESCAPED if quoted else form
        if quoted:
            end = quoted.end()
            cell = _ESCAPE[form].sub(r"\1", quoted[1])
        else:
            found = ends.search(text, at)
            end = found.start() if found else len(text)
            cell = text[at:end]
        row.append(cell)
        line += text.count("\n", at, end)
        at = end + 1
        if text[end : end + 1] == delimiter:
            continue
        yield start, row
        if end >= len(text):
            return
        line += 1
        start, row = line, []


def _lines(text: str) -> str:
    """The text with line feeds only, and without Excel's "sep=" hint in its first line."""
    return _HINT.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
