"""The forms of a content on Windows' clipboard; this half of it can be tried on any system."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from companion.desk.ports import Content
from companion.desk.win32_content import DIB, HTML, PNG, UNICODE_TEXT, cf_html, forms

TEXT = st.text(st.characters(exclude_characters="\0"))


def offset(name: str, form: bytes) -> int:
    found = re.search(rb"^%s:(\d{10})\r\n" % name.encode(), form, re.MULTILINE)
    assert found is not None
    return int(found.group(1))


@given(st.text())
def test_the_header_of_html_says_where_the_fragment_lies(html: str) -> None:
    form = cf_html(html)
    assert form.startswith(b"Version:0.9\r\n")
    assert form.endswith(b"\0")
    fragment = form[offset("StartFragment", form) : offset("EndFragment", form)]
    assert fragment == html.encode("utf-8", "replace")
    whole = form[offset("StartHTML", form) : offset("EndHTML", form)]
    assert whole.startswith(b"<html><body><!--StartFragment-->")
    assert whole.endswith(b"<!--EndFragment--></body></html>")
    assert form == form[: offset("StartHTML", form)] + whole + b"\0"


def test_of_a_whole_document_the_body_is_the_fragment() -> None:
    form = cf_html('<!doctype html>\n<html><BODY class="a">\n<b>退款</b>\n</Body>\n</html>\n')
    fragment = form[offset("StartFragment", form) : offset("EndFragment", form)]
    assert fragment.decode() == "\n<b>退款</b>\n"
    whole = form[offset("StartHTML", form) : offset("EndHTML", form)].decode()
    assert whole.startswith('<!doctype html>\n<html><BODY class="a"><!--StartFragment-->')
    assert whole.endswith("<!--EndFragment--></Body>\n</html>\n")


@given(TEXT)
def test_text_has_windows_line_ends_and_nothing_else_is_changed(text: str) -> None:
    form = forms(Content(text))[UNICODE_TEXT]().decode("utf-16-le", "surrogatepass")
    assert form.endswith("\0")
    assert re.search("(?<!\r)\n|\r(?!\n)", form) is None
    assert form[:-1].replace("\r\n", "\n") == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (Content("a"), [UNICODE_TEXT]),
        (Content(""), [UNICODE_TEXT]),
        (Content("a", "<b>a</b>"), [HTML, UNICODE_TEXT]),
        (Content("", image=b"p"), [PNG, DIB]),
        (Content("a", "<b>a</b>", b"p"), [HTML, PNG, DIB, UNICODE_TEXT]),
    ],
)
def test_the_richest_form_stands_first(content: Content, names: list[int | str]) -> None:
    assert list(forms(content)) == names


def test_a_picture_is_a_bitmap_on_white() -> None:
    picture = QImage(3, 2, QImage.Format.Format_ARGB32)
    picture.fill(QColor("#0F766E"))
    picture.setPixelColor(0, 0, QColor(0, 0, 0, 0))
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(file, b"PNG").write(picture)
    png = bytes(file.data().data())

    found = forms(Content("", image=png))
    assert found[PNG]() == png
    bitmap = found[DIB]()
    # A BITMAPINFOHEADER, then rows of blue, green and red from the bottom up, in fours of bytes.
    head = [int.from_bytes(bitmap[at : at + 4], "little") for at in (0, 4, 8, 16)]
    assert head == [40, 3, 2, 0]
    assert bitmap[12:16] == bytes([1, 0, 24, 0])
    green, white = bytes([0x6E, 0x76, 0x0F]), bytes([255] * 3)
    rows = [bitmap[40:49], bitmap[52:61]]
    assert rows == [green * 3, white + green * 2]


def test_what_is_no_picture_has_no_bitmap() -> None:
    assert forms(Content("", image=b"no picture"))[DIB]() == b""
