"""The clipboard in other hands: waited for without a standstill, nothing lost or half pasted."""

import sys
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer

from companion.desk.ports import Content, Obstacle
from companion.desk.win32_clipboard import Win32Clipboard
from tests.windows import clipboard
from tests.windows.desktop import Notepad, wait_until
from tests.windows.foreign import Foreign
from tests.windows.inserting import Hands

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

TEXT = "退款 3 天内到"
# The bar is 50 ms; this PC may be busy with other things, and Qt's own wait was 300 ms and more.
LONGEST_S = 0.2


class Pulse:
    """How long the GUI stood still at most."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def test_a_clipboard_that_is_soon_free_is_waited_for(hands: Hands, notepad: Notepad) -> None:
    clipboard.copy("before")
    target = hands.target()
    with clipboard.taken_by_another_program() as release:
        pulse = Pulse()
        QTimer.singleShot(200, release)
        assert hands.insert(Content(TEXT), target).inserted
    assert wait_until(lambda: notepad.text() == TEXT)
    hands.until(lambda: clipboard.text() == "before")
    assert pulse.longest < LONGEST_S


def test_a_clipboard_that_stays_taken_leaves_everything_as_it_is(
    hands: Hands, notepad: Notepad
) -> None:
    clipboard.copy("before")
    target = hands.target()
    pulse = Pulse()
    with clipboard.taken_by_another_program() as release:
        assert hands.insert(Content(TEXT), target).obstacle is Obstacle.CLIPBOARD_BUSY
        hands.wait(0.3)
        assert notepad.text() == ""
        assert pulse.longest < LONGEST_S
        release()
    # The agent was told to choose again: nothing comes by itself, and what stood there stays.
    hands.wait(0.3)
    assert clipboard.text() == "before"
    assert notepad.text() == ""


def test_what_could_not_be_copied_in_time_is_given_up(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.desk.win32_clipboard._GIVE_UP_S", 0.2)
    clipboard.copy("before")
    with clipboard.taken_by_another_program():
        hands.desk.clipboard.copy(Content(TEXT))
        hands.wait(0.4)
    hands.wait(0.2)
    assert clipboard.text() == "before"


def test_a_restore_waits_until_the_clipboard_is_free(hands: Hands) -> None:
    board = hands.desk.clipboard
    clipboard.copy("before")
    before = board.snapshot()
    assert board.offer(Content(TEXT)).standing()
    with clipboard.taken_by_another_program() as release:
        board.restore(before)
        release()
        hands.until(lambda: clipboard.text() == "before")


def test_a_restore_that_waits_gives_way_to_what_is_copied_meanwhile(hands: Hands) -> None:
    board = hands.desk.clipboard
    clipboard.copy("before")
    before = board.snapshot()
    board.offer(Content(TEXT))
    with clipboard.taken_by_another_program() as release:
        board.restore(before)
        release()
        clipboard.copy("newer")
        hands.wait(0.1)
    assert clipboard.text() == "newer"


def test_the_next_insertion_finds_what_was_not_restored_yet(hands: Hands) -> None:
    board = hands.desk.clipboard
    clipboard.copy("before")
    first = board.snapshot()
    board.offer(Content("first"))
    with clipboard.taken_by_another_program() as release:
        board.restore(first)
        second = board.snapshot()
        offer = board.offer(Content("second"))
        assert not offer.standing()
        release()
        hands.until(offer.standing)
    assert clipboard.text() == "second"
    board.restore(second)
    assert clipboard.text() == "before"


def test_a_snapshot_is_complete_once_the_clipboard_is_free(hands: Hands) -> None:
    board = Win32Clipboard()
    clipboard.copy("before")
    with clipboard.taken_by_another_program() as release:
        before = board.snapshot()
        assert not board.complete(before)
        release()
        hands.until(lambda: board.complete(before))
    assert board.offer(Content(TEXT)).standing()
    board.restore(before)
    assert clipboard.text() == "before"


def test_a_waiting_offer_reads_what_the_snapshot_could_not(hands: Hands) -> None:
    board = Win32Clipboard()
    clipboard.copy("before")
    with clipboard.taken_by_another_program() as release:
        board.snapshot()
        board.offer(Content("first"))
        again = board.snapshot()
        assert board.complete(again)
        offer = board.offer(Content(TEXT))
        release()
        hands.until(offer.standing)
    board.restore(again)
    assert clipboard.text() == "before"


def test_what_is_copied_between_snapshot_and_offer_is_what_comes_back(hands: Hands) -> None:
    board = hands.desk.clipboard
    clipboard.copy("older")
    before = board.snapshot()
    clipboard.copy("newer")
    board.offer(Content(TEXT))
    board.restore(before)
    assert clipboard.text() == "newer"


def test_a_silent_owner_costs_the_gui_no_standstill(
    hands: Hands, notepad: Notepad, foreign: Callable[[str], Foreign]
) -> None:
    silent = foreign("hold")
    notepad.focus()
    pulse = Pulse()
    assert hands.insert(Content(TEXT), hands.target()).obstacle is Obstacle.CLIPBOARD_BUSY
    assert notepad.text() == ""
    assert pulse.longest < LONGEST_S
    silent.close()
    hands.wait(0.3)
    assert clipboard.text() != TEXT
