"""Spreadsheets of phrases (.xlsx, .xls, and what is only called so), read; .xlsx written."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import PureWindowsPath

from companion.errors import FormatBroken
from companion.formats import delimited, html_table, xls_reading, xlsx_reading
from companion.formats.bundle import is_archive
from companion.formats.headers import guess
from companion.formats.items import Parsed, PhraseItem, Problem, Sheet, Watch, Written, unwatched
from companion.formats.tables import HEADER, together, write_tags
from companion.formats.worksheets import Filling
from companion.formats.xlsx_writing import LONGEST, cell_length, written_book

NAME = "excel"
HOLDS = "phrases"
ENDINGS = (".xlsx",)

_SHEETS = (".xls", ".xlsx", ".xlsm", ".et")
_WIDTHS = (24, 80, 12, 16, 16)


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is a spreadsheet; text is one only where its name says so."""
    if is_archive(data):
        return 0.95 if _has_workbook(data) else 0.0
    if xls_reading.is_book(data) or html_table.is_office(data):
        return 0.95
    if PureWindowsPath(name).suffix.lower() not in _SHEETS:
        return 0.0
    return 0.9 if html_table.is_table(data) or delimited.first_row(data)[1] else 0.05


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The rows of all visible sheets as phrases. Raises FormatBroken, FileTooLarge.

    Problems: those of tables.phrases(), sheet_hidden, characters_dropped.
    """
    found = sheets(data, name, watch)
    parsed = together(found, list(map(guess, found)), PureWindowsPath(name).stem, watch)
    parsed.sheets = found
    return parsed


def sheets(data: bytes, name: str, watch: Watch = unwatched) -> list[Sheet]:
    """The visible sheets that are not empty. Raises FormatBroken, FileTooLarge."""
    filling = Filling(name, watch)
    if is_archive(data):
        xlsx_reading.read_book(data, name, NAME, filling)
    elif xls_reading.is_book(data):
        xls_reading.read_book(data, name, NAME, filling)
    elif html_table.is_table(data):
        html_table.read_tables(data, name, NAME, filling)
    elif delimited.first_row(data)[1]:
        return delimited.sheets(data, name, watch, NAME)
    else:
        raise FormatBroken(place=name, format=NAME, line=0)
    return filling.done()


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A workbook with one sheet, headed as our other tables.

    Problems: too_long for a phrase with more than a cell holds; it is left out.
    """
    rows: list[Sequence[str]] = [HEADER]
    problems: list[Problem] = []
    for item in items:
        row = (item.title, item.body, item.abbr, item.set, write_tags(item.tags))
        if max(map(cell_length, row)) > LONGEST:
            problems.append(Problem("too_long", item.title))
        else:
            rows.append(row)
    return Written(written_book(rows, _WIDTHS), problems)


def _has_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {one.replace("\\", "/").lower() for one in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # A workbook that was cut short still names its parts where they stand.
        return b"xl/workbook.xml" in data or b"xl/worksheets/" in data
    return "xl/workbook.xml" in names
