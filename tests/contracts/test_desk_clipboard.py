"""The clipboard's promises: offers that stand, count and go, and everything put back exactly."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from companion.desk.clipboard import QtClipboard
from companion.desk.ports import Clipboard, Content
from companion.desk.recording import RecordingDesk
from tests.e2e.desktop import Desktop, wait_for

EDITOR = Path(__file__).parents[1] / "e2e" / "foreign_editor.py"
PASTE = Content("退款 3 天内到", "<b>退款</b> 3 天内到")
FORMATS = {
    "text/plain": "原来的 before".encode(),
    "text/html": "<b>原来的</b>".encode(),
    "image/x-of-another": bytes(range(256)),
}


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    if sys.platform != "linux":
        pytest.skip("X11 is Linux's")
    desktop = Desktop(tmp_path)
    yield desktop
    desktop.close()


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[QtClipboard]:
    """Qt's clipboard, on which stands what another program has put there."""
    data = QMimeData()
    for name, value in FORMATS.items():
        data.setData(name, value)
    QGuiApplication.clipboard().setMimeData(data)
    yield QtClipboard()
    # What is written in Python must not stand there when the interpreter ends.
    QGuiApplication.clipboard().setText("")


@pytest.fixture(params=["recording", "qt"])
def clipboard(request: pytest.FixtureRequest) -> Clipboard:
    if request.param == "recording":
        return RecordingDesk(clipboard=FORMATS["text/plain"].decode())
    found: QtClipboard = request.getfixturevalue("board")
    return found


def test_the_clipboard_is_read_and_restored(clipboard: Clipboard) -> None:
    assert clipboard.text() == FORMATS["text/plain"].decode()
    before = clipboard.snapshot()
    offer = clipboard.offer(PASTE)
    assert offer.standing()
    assert offer.fetches() == 0
    clipboard.restore(before)
    assert clipboard.text() == FORMATS["text/plain"].decode()
    assert clipboard.snapshot() == before


def test_every_format_is_restored(board: QtClipboard) -> None:
    before = board.snapshot()
    board.offer(PASTE)
    board.restore(before)
    held = QGuiApplication.clipboard().mimeData()
    assert {name: bytes(held.data(name).data()) for name in held.formats()} == FORMATS


def test_only_its_own_snapshots_are_restored(board: QtClipboard) -> None:
    with pytest.raises(TypeError):
        board.restore("before")


def test_a_snapshot_stands_until_something_is_copied_and_again_when_it_is_back(
    clipboard: Clipboard,
) -> None:
    before = clipboard.snapshot()
    assert clipboard.stands(before)
    clipboard.copy(PASTE)
    assert not clipboard.stands(before)
    assert clipboard.text_in(before) == FORMATS["text/plain"].decode()
    copied = clipboard.snapshot()
    assert clipboard.text_in(copied) == PASTE.text
    clipboard.restore(before)
    assert clipboard.stands(before)
    assert not clipboard.stands(copied)
    assert clipboard.text_in(clipboard.snapshot()) == FORMATS["text/plain"].decode()


def test_the_same_text_copied_once_more_is_another_copy(clipboard: Clipboard) -> None:
    clipboard.copy(Content("退款 3 天内到"))
    before = clipboard.snapshot()
    clipboard.copy(Content("退款 3 天内到"))
    assert not clipboard.stands(before)


@pytest.mark.parametrize("act", ["offer", "copy", "restore"])
def test_an_offer_stands_until_something_else_is_put_there(clipboard: Clipboard, act: str) -> None:
    before = clipboard.snapshot()
    first = clipboard.offer(PASTE)
    assert first.standing()
    if act == "offer":
        assert clipboard.offer(PASTE).standing()
    elif act == "copy":
        clipboard.copy(PASTE)
    else:
        clipboard.restore(before)
    assert not first.standing()


def test_an_offer_stands_until_another_program_takes_the_clipboard(board: QtClipboard) -> None:
    offer = board.offer(PASTE)
    QGuiApplication.clipboard().setText("of another")
    assert not offer.standing()


def test_a_copy_is_read_back(clipboard: Clipboard) -> None:
    clipboard.copy(PASTE)
    assert clipboard.text() == PASTE.text


def test_what_was_copied_is_forgotten_but_what_is_lasting_stays(clipboard: Clipboard) -> None:
    clipboard.copy(PASTE)
    clipboard.forget()
    assert clipboard.text() == ""
    clipboard.copy(PASTE, lasting=True)
    clipboard.forget()
    assert clipboard.text() == PASTE.text


def test_what_was_copied_in_a_window_of_ours_is_forgotten(board: QtClipboard) -> None:
    QGuiApplication.clipboard().setText("退款")
    board.forget()
    assert board.text() == ""


def test_an_offer_is_marked_to_stay_out_of_histories(board: QtClipboard) -> None:
    board.offer(PASTE)
    held = QGuiApplication.clipboard().mimeData().formats()
    assert {"text/plain", "text/html"} < set(held)


OFFER = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from companion.desk.clipboard import QtClipboard
from companion.desk.ports import Content
application = QGuiApplication([])
offer = QtClipboard().offer(Content(*sys.argv[2:]))
def tell():
    part = Path(sys.argv[1] + ".part")
    part.write_text(json.dumps([offer.fetches(), offer.standing()]))
    part.replace(sys.argv[1])
timer = QTimer()
timer.timeout.connect(tell)
timer.start(20)
application.exec()
"""


def test_another_program_fetches_an_offer_and_takes_the_clipboard(
    desktop: Desktop, tmp_path: Path
) -> None:
    told, answer = tmp_path / "told", tmp_path / "answer"

    def state() -> tuple[int, bool]:
        fetches, standing = json.loads(told.read_text())
        return fetches, standing

    offering = desktop.start(sys.executable, "-c", OFFER, str(told), PASTE.text, PASTE.html)
    wait_for(told.exists)
    assert state() == (0, True)
    desktop.run(sys.executable, str(EDITOR), "read", str(answer), check=True)
    read = json.loads(answer.read_text("utf-8"))
    assert read["text"] == PASTE.text
    assert PASTE.html in read["html"]
    wait_for(lambda: state()[0] > 0)
    assert state()[1]
    owner = desktop.start(sys.executable, str(EDITOR), "own", str(tmp_path / "ready"))
    wait_for(lambda: not state()[1])
    for process in (owner, offering):
        process.terminate()
        process.wait(10)
