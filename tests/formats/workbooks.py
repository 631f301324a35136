"""Workbooks as other programs write them, put together part by part for the tests."""

import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import xlwt

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def by_openpyxl(*sheets: tuple[str, list[list[Any]]]) -> openpyxl.Workbook:
    """A workbook of another library, sheet by sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlwt(name: str, rows: list[list[Any]]) -> xlwt.Workbook:
    """An old workbook, as programs on Windows still write them."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    return book


def by_hand(
    rows: str, texts: str = "", *, after: str = "", sheets: str = "", styles: str = "", **parts: str
) -> bytes:
    """A workbook around the XML of its rows, as bare as it may be."""
    named = sheets or '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
    held = {
        "[Content_Types].xml": f"{HEAD}<Types/>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINK}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships><Relationship Id="rId1"'
        ' Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}'
        f"</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in {**held, **parts}.items():
            archive.writestr(path, content)
    return out.getvalue()


def row(number: int, *texts: str) -> str:
    """The XML of a row of texts."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'
