"""The sheets of an old .xls workbook (Excel 5 to 2003, WPS), read by xlrd."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from companion.errors import CompanionError, FormatBroken
from companion.formats.cell_text import number_text
from companion.formats.worksheets import Filling, Merged

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def is_book(data: bytes) -> bool:
    """Whether these bytes are a compound file with a workbook in it."""
    return data.startswith(_MAGIC) and any(stream in data for stream in _STREAMS)


def read_book(data: bytes, name: str, format: str, filling: Filling) -> None:
    """Every visible sheet of a workbook, in order. Raises FormatBroken, FileTooLarge."""
    with _mended(name, format):
        book = _opened(data)
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            if sheet.visibility:
                filling.hidden(sheet.name)
                continue
            for at in range(sheet.nrows):
                filling.row(at, dict(_cells(book, sheet, at)))
            merged = [
                Merged(top, left, bottom - 1, right - 1)
                for top, bottom, left, right in sheet.merged_cells
            ]
            filling.end_sheet(sheet.name, merged)
            book.unload_sheet(number)


def _opened(data: bytes) -> Any:
    import xlrd

    def book(formatting: bool) -> Any:
        # It would write what it thinks of the file to standard output.
        silent = io.StringIO()
        return xlrd.open_workbook(
            file_contents=data,
            logfile=silent,
            on_demand=True,
            ragged_rows=True,
            formatting_info=formatting,
        )

    try:
        return book(formatting=True)
    except Exception:
        # Fonts and colours are what other programs most often write wrong.
        return book(formatting=False)


def _cells(book: Any, sheet: Any, row: int) -> Iterator[tuple[int, str]]:
    """The cells of a row that hold something, by their column."""
    import xlrd

    for at, cell in enumerate(sheet.row(row)):
        if cell.ctype == xlrd.XL_CELL_TEXT:
            yield at, cell.value
        elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            shown = ""
            if cell.xf_index is not None:
                shown = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            elif cell.ctype == xlrd.XL_CELL_DATE:
                shown = "yyyy-m-d"
            yield at, number_text(cell.value, shown, book.datemode == 1)
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            yield at, "TRUE" if cell.value else "FALSE"
        elif cell.ctype == xlrd.XL_CELL_ERROR:
            yield at, xlrd.error_text_from_code.get(cell.value, "#N/A")


@contextmanager
def _mended(name: str, format: str) -> Iterator[None]:
    """Any failure on a damaged workbook is FormatBroken: xlrd promises no kinds of errors."""
    try:
        yield
    except CompanionError:
        raise
    except Exception as error:
        raise FormatBroken(place=name, format=format, line=0) from error
