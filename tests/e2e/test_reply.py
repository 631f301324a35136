"""The draft check on a real desktop: from a selected reply in a chat window to a better one."""

from collections.abc import Iterator

import pytest

from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.test_prompt import Desk

REPLY = "^Check a reply$"
WAS = "we will look into it as soon as possible."
MENDED = "we will look into it by 6pm."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    desktop.environment |= {"LANG": "en_US.UTF-8"}
    yield Desk(desktop)
    desktop.close()


def check(desk: Desk) -> None:
    desk.desktop.keys("ctrl+a", "ctrl+alt+r")
    wait_for(lambda: desk.desktop.focused() == desk.desktop.window(REPLY))


def test_a_selected_reply_is_replaced_by_a_better_one_and_the_clipboard_stays(desk: Desk) -> None:
    desk.copy("what was copied")
    desk.desktop.type(WAS)
    desk.becomes(WAS)
    check(desk)
    # The better sentence is taken; its slot is chosen, so that typing fills it in.
    desk.desktop.keys("Return")
    desk.desktop.type("6pm")
    desk.desktop.keys("ctrl+Return")
    desk.becomes(MENDED)
    desk.desktop.gone(REPLY)
    wait_for(lambda: desk.desktop.focused() == desk.chat)

    def pasted() -> bool:
        # The clipboard is lent for a moment: until the chat has taken the text.
        desk.desktop.keys("ctrl+a", "ctrl+v")
        return desk.file.read_text("utf-8") == "what was copied"

    wait_for(pasted)


def test_escape_leaves_the_reply_as_it_was(desk: Desk) -> None:
    desk.copy("what was copied")
    desk.desktop.type(WAS)
    desk.becomes(WAS)
    check(desk)
    desk.desktop.keys("Escape")
    desk.desktop.gone(REPLY)
    wait_for(lambda: desk.desktop.focused() == desk.chat)
    desk.becomes(WAS)


def test_with_nothing_selected_one_writes_in_the_window(desk: Desk) -> None:
    desk.copy("what was copied")
    desk.desktop.keys("ctrl+alt+r")
    wait_for(lambda: desk.desktop.focused() == desk.desktop.window(REPLY))
    desk.desktop.type("it is on its way, you have it by friday.")
    desk.desktop.keys("ctrl+Return")
    desk.becomes("it is on its way, you have it by friday.")
