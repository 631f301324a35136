"""A phrase into another program's window, by the real adapters: whole, there, and only there."""

import os
import sys
from collections.abc import Callable

import pytest

from companion.desk import win32_process
from companion.desk.ports import Content, Obstacle
from companion.phrases.message import Message
from tests.windows import clipboard
from tests.windows.desktop import ALT, CTRL, Notepad, held, press, wait_until
from tests.windows.foreign import Foreign
from tests.windows.inserting import LONG, Hands

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

TEXT = "退款 3 天内到"
HTML = b"Version:0.9\r\nStartHTML:-1\r\nEndHTML:-1\r\n<b>before</b>\0"


@pytest.fixture
def before() -> dict[int, bytes]:
    """What stands on the clipboard: text, HTML and a picture."""
    held = {
        clipboard.registered("HTML Format"): HTML,
        clipboard.UNICODE_TEXT: "原来的 before 𠮷\0".encode("utf-16-le"),
        clipboard.BITMAP: clipboard.bitmap(37, 23),
    }
    clipboard.put(held)
    return held


def there(formats: dict[int, bytes]) -> dict[int, bytes | None]:
    return {number: clipboard.get(number) for number in formats}


def test_a_long_text_arrives_in_notepad_byte_for_byte(
    hands: Hands, notepad: Notepad, before: dict[int, bytes]
) -> None:
    assert (len(LONG), LONG.count("\n")) == (5_000, 59)
    target = hands.target()
    assert hands.insert(Content(LONG), target).inserted
    # Notepad's own lines end as Windows' do.
    wanted = LONG.replace("\n", "\r\n").encode("utf-16-le")
    assert wait_until(lambda: notepad.text().encode("utf-16-le", "surrogatepass") == wanted)
    hands.until(lambda: there(before) == before)
    assert clipboard.owner() == 0


def test_a_long_text_arrives_in_a_qt_window_byte_for_byte(
    hands: Hands, editor: Foreign, before: dict[int, bytes]
) -> None:
    target = hands.target()
    assert (target.program, target.title) == ("python", "foreign editor")
    assert hands.insert(Content(LONG), target).inserted
    assert wait_until(lambda: editor.told()["text"].encode() == LONG.encode())
    hands.until(lambda: there(before) == before)


def test_messages_go_in_one_after_another_with_the_keys_between(
    hands: Hands, notepad: Notepad, before: dict[int, bytes]
) -> None:
    messages = [
        Message(Content("您好"), enter=True),
        Message(Content("单号(),请查收"), left=len("),请查收")),
    ]
    assert hands.insert(messages, hands.target()).inserted
    assert wait_until(lambda: notepad.text() == "您好\r\n单号(),请查收"), notepad.text()
    press(ord("7"))
    assert wait_until(lambda: notepad.text() == "您好\r\n单号(7),请查收"), notepad.text()
    hands.until(lambda: there(before) == before)


def test_twenty_insertions_in_a_row_keep_their_order(
    hands: Hands, notepad: Notepad, before: dict[int, bytes]
) -> None:
    target = hands.target()
    for number in range(20):
        assert hands.insert(Content(f"{number}。"), target).inserted
    wanted = "".join(f"{number}。" for number in range(20))
    assert wait_until(lambda: notepad.text() == wanted), notepad.text()
    hands.until(lambda: there(before) == before)


def test_what_another_program_copies_meanwhile_stays(hands: Hands, notepad: Notepad) -> None:
    clipboard.copy("before")
    with held(CTRL):
        outcomes = hands.begin(Content(TEXT), hands.target())
        hands.until(lambda: clipboard.owner() != 0)
        clipboard.copy("newer")
    hands.until(lambda: bool(outcomes))
    if outcomes[0].inserted:
        assert wait_until(lambda: notepad.text() == TEXT)
        assert clipboard.text() == "newer"
    else:
        assert outcomes[0].obstacle is Obstacle.CLIPBOARD_BUSY
        assert (notepad.text(), clipboard.text()) == ("", TEXT)


def test_the_hotkeys_own_keys_are_waited_for(
    hands: Hands, notepad: Notepad, before: dict[int, bytes]
) -> None:
    pasted_with_alt = list[str]()
    hands.desk.hotkeys.register("ctrl+alt+v", lambda: pasted_with_alt.append("ctrl+alt+v"))
    with held(CTRL, ALT):
        outcomes = hands.begin(Content(TEXT), hands.target())
        hands.wait(0.5)
        assert (outcomes, notepad.text()) == ([], "")
    hands.until(lambda: bool(outcomes))
    assert outcomes[0].inserted
    assert wait_until(lambda: notepad.text() == TEXT)
    assert pasted_with_alt == []
    hands.until(lambda: there(before) == before)


def test_keys_that_never_come_up_leave_the_text_copied(hands: Hands, notepad: Notepad) -> None:
    with held(CTRL):
        outcome = hands.insert(Content(TEXT), hands.target())
    assert outcome.obstacle is Obstacle.KEYS_HELD
    assert (notepad.text(), clipboard.text()) == ("", TEXT)


def test_a_target_that_closes_meanwhile_leaves_the_text_copied(
    hands: Hands, open_notepad: Callable[[], Notepad]
) -> None:
    other, notepad = open_notepad(), open_notepad()
    notepad.focus()
    target = hands.target()
    with held(CTRL):
        outcomes = hands.begin(Content(TEXT), target)
        hands.until(lambda: clipboard.owner() != 0)
        notepad.close()
    hands.until(lambda: bool(outcomes))
    assert outcomes[0].obstacle in (Obstacle.TARGET_GONE, Obstacle.TARGET_CHANGED)
    assert hands.insert(Content(TEXT), target).obstacle is Obstacle.TARGET_GONE
    assert (other.text(), clipboard.text()) == ("", TEXT)


def test_a_window_that_comes_up_between_gets_nothing(
    hands: Hands, open_notepad: Callable[[], Notepad]
) -> None:
    other, notepad = open_notepad(), open_notepad()
    notepad.focus()
    with held(CTRL):
        outcomes = hands.begin(Content(TEXT), hands.target())
        hands.until(lambda: clipboard.owner() != 0)
        other.focus()
    hands.until(lambda: bool(outcomes))
    assert outcomes[0].obstacle is Obstacle.TARGET_CHANGED
    assert (other.text(), notepad.text(), clipboard.text()) == ("", "", TEXT)


def test_a_minimised_target_is_put_back_first(
    hands: Hands, notepad: Notepad, before: dict[int, bytes]
) -> None:
    target = hands.target()
    notepad.minimise()
    assert hands.insert(Content(TEXT), target).inserted
    assert wait_until(lambda: notepad.text() == TEXT)
    assert not notepad.is_minimised()
    hands.until(lambda: there(before) == before)


def test_a_hanging_target_is_left_alone(hands: Hands, foreign: Callable[[str], Foreign]) -> None:
    foreign("hang").focus("hanging")
    target = hands.target()
    hands.until(lambda: hands.desk.windows.obstacle(target) is Obstacle.NOT_TAKEN, 20)
    assert hands.insert(Content(TEXT), target).obstacle is Obstacle.NOT_TAKEN
    assert clipboard.text() == TEXT


def test_an_elevated_target_leaves_the_text_copied(
    hands: Hands, notepad: Notepad, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Wine has no ranks of its own: what Windows would say of the other process is said here.
    def integrity_level(process: int) -> int:
        return 0x2000 if process == os.getpid() else 0x3000

    monkeypatch.setattr(win32_process, "integrity_level", integrity_level)
    assert hands.insert(Content(TEXT), hands.target()).obstacle is Obstacle.ELEVATED
    assert (notepad.text(), clipboard.text()) == ("", TEXT)
