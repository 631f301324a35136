"""Hearing on Windows that another program copies: what is read, what is not, and what is ours."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from companion.desk.ports import Content
from companion.desk.win32_clipboard import Win32Clipboard
from companion.desk.win32_copies import Win32Copies
from tests.windows import clipboard
from tests.windows.desktop import wait_until

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

MOST = 2_000
SAID = "都三天了\n还没发货 𠮷"
COPY = "import sys; from tests.windows import clipboard; clipboard.copy(sys.argv[1])"


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[Win32Clipboard]:
    yield Win32Clipboard()
    # A promise of this process would keep other programs waiting while it waits for them.
    clipboard.put({})


@pytest.fixture
def copies(board: Win32Clipboard) -> Win32Copies:
    return Win32Copies(board)


def test_it_is_heard_that_another_program_copies_and_what(copies: Win32Copies) -> None:
    heard = list[float]()
    copies.listen(lambda: heard.append(time.monotonic()))
    subprocess.run([sys.executable, "-c", COPY, SAID.replace("\n", "\r\n")], check=True, timeout=60)
    assert wait_until(lambda: bool(heard))
    assert not copies.from_here()
    assert copies.text(MOST) == SAID
    copies.listen(None)
    before = len(heard)
    clipboard.copy("again")
    assert not wait_until(lambda: len(heard) > before, 0.3)


@pytest.mark.parametrize("text", ["文" * MOST, "𠮷" * MOST, "\n" * MOST])
def test_what_is_longer_than_a_message_is_not_read(copies: Win32Copies, text: str) -> None:
    clipboard.copy(text.replace("\n", "\r\n"))
    assert copies.text(MOST) == text
    clipboard.copy(text.replace("\n", "\r\n") + "。")
    assert copies.text(MOST) == ""


@pytest.mark.parametrize(
    ("mark", "value", "secret"),
    [
        ("ExcludeClipboardContentFromMonitorProcessing", b"\0", True),
        ("Clipboard Viewer Ignore", b"\0", True),
        ("CanIncludeInClipboardHistory", bytes(4), True),
        ("CanIncludeInClipboardHistory", b"\1\0\0\0", False),
        ("of another program", b"\0", False),
    ],
)
def test_what_a_password_manager_marks_is_not_read(
    copies: Win32Copies, mark: str, value: bytes, secret: bool
) -> None:
    text = (SAID + "\0").encode("utf-16-le")
    clipboard.put({clipboard.UNICODE_TEXT: text, clipboard.registered(mark): value})
    assert copies.text(MOST) == ("" if secret else SAID)


def test_what_is_put_and_put_back_here_is_ours(board: Win32Clipboard, copies: Win32Copies) -> None:
    clipboard.copy(SAID)
    assert not copies.from_here()
    before = board.snapshot()
    board.offer(Content("ours"))
    assert copies.from_here()
    board.restore(before)
    assert copies.from_here() and clipboard.text() == SAID
    board.copy(Content("ours"))
    assert copies.from_here()
    clipboard.copy("newer")
    assert not copies.from_here()


def test_a_clipboard_that_is_taken_is_not_waited_for(copies: Win32Copies) -> None:
    clipboard.copy(SAID)
    with clipboard.taken_by_another_program() as release:
        begun = time.monotonic()
        assert copies.text(MOST) is None
        assert time.monotonic() - begun < 0.05
        release()
    assert wait_until(lambda: copies.text(MOST) == SAID)
