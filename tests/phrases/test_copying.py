"""Copying what is selected: the text comes back, and the clipboard is as it was, whatever comes."""

from companion.desk.ports import Content, Target
from companion.desk.recording import RecordingDesk
from companion.phrases.copying import COPIED_S, Copied, Copier
from tests.phrases.driving import CHAT, Driver, Tick, still

DRAFT = "你自己看说明书，上面写得很清楚。"
BEFORE = Content("单号 123", "<b>单号 123</b>", b"PNG")
NEWER = Content("别的程序刚复制的")


def desk(selected: str = DRAFT, target: Target = CHAT) -> RecordingDesk:
    """A window with the focus, something selected in it, and something on the clipboard."""
    made = RecordingDesk(target, clipboard=BEFORE, selected=selected)
    made.focus(target)
    return made


def copy(desk: RecordingDesk, tick: Tick = still, target: Target = CHAT) -> Copied:
    return Driver(tick).run(Copier(desk, desk, desk).copy(target))


def pressed(desk: RecordingDesk) -> list[str]:
    return [act for act in desk.acts if act.startswith("press")]


def test_what_is_selected_comes_back_and_the_clipboard_is_as_before() -> None:
    chat = desk()
    assert copy(chat) == Copied(DRAFT)
    assert chat.clipboard is BEFORE
    assert chat.acts == ["snapshot", "press ctrl+c", "snapshot", "restore"]


def test_the_same_text_on_the_clipboard_before_is_no_reason_to_miss_it() -> None:
    chat = desk()
    chat.clipboard = same = Content(DRAFT)
    assert copy(chat) == Copied(DRAFT)
    assert chat.clipboard is same


def test_nothing_selected_is_an_empty_text_soon_and_the_clipboard_is_never_touched() -> None:
    chat = desk("")
    driver = Driver()
    assert driver.run(Copier(chat, chat, chat).copy(CHAT)) == Copied()
    assert driver.waited == COPIED_S
    assert chat.clipboard is BEFORE
    assert chat.acts == ["snapshot", "press ctrl+c"]
