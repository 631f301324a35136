"""What is selected in another program, copied by the real adapters; the clipboard is as it was."""

import sys
from collections.abc import Callable

import pytest

from companion.desk.ports import Content, Obstacle
from companion.phrases.copying import Copied
from tests.windows import clipboard
from tests.windows.desktop import ALT, CTRL, Notepad, held, press, wait_until
from tests.windows.foreign import Foreign
from tests.windows.inserting import LONG, Hands

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

DRAFT = "你自己看说明书，\n上面写得很清楚。𠮷"
HOME = 0x24
HTML = b"Version:0.9\r\nStartHTML:-1\r\nEndHTML:-1\r\n<b>before</b>\0"
TEXT = {clipboard.UNICODE_TEXT: "原来的 before 𠮷\0".encode("utf-16-le")}
PICTURE = {clipboard.BITMAP: clipboard.bitmap(37, 23)}
BOARDS = {
    "everything": {clipboard.registered("HTML Format"): HTML} | TEXT | PICTURE,
    "text": TEXT,
    "a picture": PICTURE,
    "nothing": {},
}


@pytest.fixture(params=BOARDS)
def before(request: pytest.FixtureRequest) -> dict[int, bytes]:
    """What stands on the clipboard."""
    held: dict[int, bytes] = BOARDS[request.param]
    return held


def stands(formats: dict[int, bytes]) -> bool:
    """Whether exactly this stands there; Windows makes some formats of others by itself."""
    if not formats:
        return clipboard.formats() == set()
    return all(clipboard.get(number) == content for number, content in formats.items())


@pytest.fixture
def draft(hands: Hands, notepad: Notepad) -> Notepad:
    """A notepad in which a draft was written and selected."""
    assert hands.insert(Content(DRAFT), hands.target()).inserted
    assert wait_until(lambda: notepad.text() == DRAFT.replace("\n", "\r\n"))
    press(CTRL, ord("A"))
    return notepad


def test_the_draft_in_notepad(hands: Hands, draft: Notepad, before: dict[int, bytes]) -> None:
    clipboard.put(before)
    assert hands.copy(hands.target()) == Copied(DRAFT)
    hands.until(lambda: stands(before))
    assert hands.copy(hands.target()) == Copied(DRAFT)
    hands.until(lambda: stands(before))
    assert draft.text() == DRAFT.replace("\n", "\r\n")


def test_nothing_selected_in_notepad(
    hands: Hands, draft: Notepad, before: dict[int, bytes]
) -> None:
    press(CTRL, HOME)
    clipboard.put(before)
    assert hands.copy(hands.target()) == Copied()
    assert stands(before)
    assert draft.text() == DRAFT.replace("\n", "\r\n")


def test_a_long_draft_in_a_qt_window(
    hands: Hands, editor: Foreign, before: dict[int, bytes]
) -> None:
    assert hands.insert(Content(LONG), hands.target()).inserted
    assert wait_until(lambda: editor.told()["text"] == LONG)
    press(CTRL, ord("A"))
    clipboard.put(before)
    assert hands.copy(hands.target()) == Copied(LONG)
    hands.until(lambda: stands(before))


def test_the_same_text_was_copied_by_hand_before(hands: Hands, draft: Notepad) -> None:
    press(CTRL, ord("C"))
    assert wait_until(lambda: clipboard.text() == DRAFT.replace("\n", "\r\n"))
    assert hands.copy(hands.target()) == Copied(DRAFT)
    hands.until(lambda: clipboard.text() == DRAFT.replace("\n", "\r\n"))


def test_the_hotkeys_own_keys_are_waited_for(hands: Hands, draft: Notepad) -> None:
    clipboard.put(TEXT)
    with held(CTRL, ALT):
        copies = hands.begin_copy(hands.target())
        hands.wait(0.5)
        assert copies == []
        assert stands(TEXT)
    hands.until(lambda: bool(copies))
    assert copies == [Copied(DRAFT)]
    hands.until(lambda: stands(TEXT))


def test_what_another_program_copies_before_the_keys_comes_back(
    hands: Hands, draft: Notepad
) -> None:
    clipboard.copy("before")
    with held(CTRL):
        copies = hands.begin_copy(hands.target())
        hands.wait(0.1)
        clipboard.copy("newer")
    hands.until(lambda: bool(copies))
    assert copies == [Copied(DRAFT)]
    hands.until(lambda: clipboard.text() == "newer")


def test_a_window_that_comes_up_between_gets_no_keys(
    hands: Hands, draft: Notepad, open_notepad: Callable[[], Notepad]
) -> None:
    draft.focus()
    target = hands.target()
    clipboard.put(TEXT)
    open_notepad()
    assert hands.copy(target) == Copied("", Obstacle.TARGET_CHANGED)
    assert stands(TEXT)


def test_a_clipboard_that_stays_taken_has_nothing_pressed(hands: Hands, draft: Notepad) -> None:
    clipboard.put(TEXT)
    with clipboard.taken_by_another_program():
        assert hands.copy(hands.target()) == Copied("", Obstacle.CLIPBOARD_BUSY)
    assert stands(TEXT)


def test_what_was_not_restored_yet_comes_back_in_the_end(hands: Hands, draft: Notepad) -> None:
    board = hands.desk.clipboard
    clipboard.copy("before")
    before = board.snapshot()
    assert board.offer(Content("ours")).standing()
    with clipboard.taken_by_another_program() as release:
        board.restore(before)
        assert not board.stands(before)
        copies = hands.begin_copy(hands.target())
        release()
        hands.until(lambda: bool(copies))
    assert copies == [Copied(DRAFT)]
    hands.until(lambda: clipboard.text() == "before")


def test_a_clipboard_that_is_taken_once_the_draft_is_there_is_given_back_later(
    hands: Hands, draft: Notepad
) -> None:
    board = hands.desk.clipboard
    clipboard.copy("before")
    before = board.snapshot()
    press(CTRL, ord("C"))
    assert wait_until(lambda: not board.stands(before))
    seen = board.snapshot()
    assert board.text_in(seen) == DRAFT
    with clipboard.taken_by_another_program() as release:
        board.restore(before)
        release()
        hands.until(lambda: clipboard.text() == "before")
    assert board.stands(before)
    assert not board.stands(seen)
