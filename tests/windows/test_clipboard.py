"""The clipboard: what other programs have put there is there again, and outlives our process."""

import struct
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from companion.desk.ports import Content
from companion.desk.win32_clipboard import Win32Clipboard
from tests.windows import clipboard

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

PASTE = "退款 3 天内到"
TEXT = "原来的 before 𠮷\0".encode("utf-16-le")
FILES = struct.pack("<IiiII", 20, 0, 0, 0, 1) + "C:\\a.txt\0D:\\乙.txt\0\0".encode("utf-16-le")
HTML = b"Version:0.9\r\nStartHTML:-1\r\nEndHTML:-1\r\n<b>before</b>\0"
ANY_BYTES = bytes(range(256))


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[Win32Clipboard]:
    yield Win32Clipboard()
    # A promise of this process would keep other programs waiting while it waits for them.
    clipboard.put({})


@pytest.mark.parametrize(
    "held",
    [
        {clipboard.UNICODE_TEXT: TEXT, clipboard.registered("HTML Format"): HTML},
        {clipboard.registered("of another program"): ANY_BYTES, clipboard.FILES: FILES},
        {clipboard.BITMAP: clipboard.bitmap(37, 23)},
        {},
    ],
    ids=["text", "files", "picture", "nothing"],
)
def test_everything_is_restored(board: Win32Clipboard, held: dict[int, bytes]) -> None:
    clipboard.put(held)
    there = clipboard.formats()
    before = board.snapshot()
    offer = board.offer(Content(PASTE))
    assert clipboard.text() == PASTE
    board.restore(before)
    assert not offer.standing()
    assert {number: clipboard.get(number) for number in held} == held
    assert clipboard.formats() == there
    assert clipboard.owner() == 0


def test_a_drawing_is_restored(board: Win32Clipboard) -> None:
    clipboard.put_drawing()
    there, drawing = clipboard.formats(), clipboard.drawing()
    assert drawing
    before = board.snapshot()
    assert board.offer(Content(PASTE)).standing()
    board.restore(before)
    assert clipboard.drawing() == drawing
    assert clipboard.formats() == there


def test_another_programs_ole_object_is_not_pretended(board: Win32Clipboard) -> None:
    QGuiApplication.clipboard().setText("of an OLE program")
    ole = clipboard.registered("DataObject")
    assert ole in clipboard.formats()
    before = board.snapshot()
    board.offer(Content(PASTE))
    board.restore(before)
    assert clipboard.text() == "of an OLE program"
    assert ole not in clipboard.formats()
    assert board.text() == "of an OLE program"


def test_a_clipboard_that_stays_taken_is_left_alone(board: Win32Clipboard) -> None:
    clipboard.copy("before")
    before = board.snapshot()
    clipboard.copy("of another")
    with clipboard.taken_by_another_program():
        assert not board.offer(Content(PASTE)).standing()
        board.snapshot()
        board.restore(before)
    assert clipboard.text() == "of another"


def test_what_was_copied_here_is_forgotten_also_where_it_was_put_back(
    board: Win32Clipboard,
) -> None:
    board.copy(Content(PASTE))
    before = board.snapshot()
    board.offer(Content("another"))
    board.restore(before)
    assert clipboard.text() == PASTE
    board.forget()
    assert not clipboard.text()
    QGuiApplication.clipboard().setText(PASTE)
    board.forget()
    assert not clipboard.text()


def test_what_is_lasting_or_of_another_program_is_not_forgotten(board: Win32Clipboard) -> None:
    board.copy(Content(PASTE), lasting=True)
    board.forget()
    assert clipboard.text() == PASTE
    board.copy(Content(PASTE))
    clipboard.put({clipboard.UNICODE_TEXT: TEXT})
    board.forget()
    before = board.snapshot()
    board.offer(Content(PASTE))
    board.restore(before)
    board.forget()
    assert clipboard.get(clipboard.UNICODE_TEXT) == TEXT
