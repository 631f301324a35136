"""What is selected in real programs is copied by the real adapters, and the clipboard is as was."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desktop import Desktop, finish, wait_for
from tests.e2e.lines import Lines
from tests.e2e.owning import EDITOR, clipboard
from tests.e2e.page import Page

PROCESS = Path(__file__).with_name("copying_process.py")
DRAFT = '你自己看说明书，上面写得很清楚。  𠮷 "quoted"'
# What the app may not do longer than that on the thread of its windows; the machine may be busy.
BLOCKED_S = 0.25
BOARDS = ["text html image", "text", "image", ""]


class Copying:
    """Copies from whichever window has the focus when it is asked to."""

    def __init__(self, desktop: Desktop) -> None:
        self._process = Lines([sys.executable, str(PROCESS)], desktop)
        self.gap = 0.0

    def begin(self, **change: object) -> None:
        """Begin to copy; ``change`` is what the agent says of the program."""
        self._process.say(json.dumps(change))

    def end(self) -> dict[str, Any]:
        """What came of it."""
        answer = self._process.answer()
        self.gap = max(self.gap, answer["gap"])
        return answer

    def copy(self, **change: object) -> tuple[str, str]:
        """The text, and what stood in the way."""
        self.begin(**change)
        answer = self.end()
        return answer["text"], answer["obstacle"]

    def close(self) -> None:
        """End the process."""
        self._process.close()


@pytest.fixture
def copying(desktop: Desktop) -> Iterator[Copying]:
    """Fresh each time: what was restored before it holds itself."""
    copying = Copying(desktop)
    yield copying
    copying.close()


Own = Callable[[str], dict[str, str]]


@pytest.fixture
def own(desktop: Desktop) -> Iterator[Own]:
    """Has another program copy something of these kinds, or nobody anything."""
    owners: list[subprocess.Popen[bytes]] = []

    def begin(kinds: str) -> dict[str, str]:
        ready = desktop.folder / "owned"
        ready.unlink(missing_ok=True)
        if kinds:
            owner = desktop.start(sys.executable, str(EDITOR), "own", str(ready), kinds)
            owners.append(owner)
            wait_for(ready.exists)
        found = clipboard(desktop)
        assert [name for name in ("text", "html", "image") if found[name]] == kinds.split()
        return found

    yield begin
    for owner in owners:
        finish(owner)


@pytest.fixture
def editor(desktop: Desktop) -> Iterator[Desktop]:
    """The desktop with a Qt editor in front, the draft in it."""
    file = desktop.folder / "edited"
    file.unlink(missing_ok=True)
    process = desktop.start(sys.executable, str(EDITOR), "edit", str(file), DRAFT)
    desktop.focus(desktop.window("^foreign editor$"))
    yield desktop
    finish(process)
    desktop.gone("^foreign editor$")


@pytest.mark.parametrize("kinds", BOARDS)
def test_the_draft_in_a_qt_window(copying: Copying, own: Own, editor: Desktop, kinds: str) -> None:
    before = own(kinds)
    editor.focus(editor.window("^foreign editor$"))
    editor.keys("ctrl+a")
    assert copying.copy() == (DRAFT, "")
    assert clipboard(editor) == before
    # What stands there now is ours, with all that it had.
    assert copying.copy() == (DRAFT, "")
    assert clipboard(editor) == before
    assert copying.gap < BLOCKED_S


@pytest.mark.parametrize("kinds", BOARDS)
def test_nothing_selected_in_a_qt_window(
    copying: Copying, own: Own, editor: Desktop, kinds: str
) -> None:
    before = own(kinds)
    editor.focus(editor.window("^foreign editor$"))
    editor.keys("ctrl+Home")
    copying.begin()
    answer = copying.end()
    assert (answer["text"], answer["obstacle"]) == ("", "")
    assert answer["took"] < 2
    assert clipboard(editor) == before


def test_the_same_text_was_copied_by_hand_before(copying: Copying, editor: Desktop) -> None:
    editor.keys("ctrl+a", "ctrl+c")
    wait_for(lambda: clipboard(editor)["text"] == DRAFT)
    editor.focus(editor.window("^foreign editor$"))
    assert copying.copy() == (DRAFT, "")
    assert clipboard(editor)["text"] == DRAFT


@pytest.mark.parametrize("keys", ["shift+insert", "ctrl+v"])
def test_the_keys_are_those_beside_the_agents_own(
    copying: Copying, own: Own, editor: Desktop, keys: str
) -> None:
    before = own("text")
    editor.focus(editor.window("^foreign editor$"))
    editor.keys("ctrl+a")
    assert copying.copy(keys=keys) == (DRAFT, "")
    assert clipboard(editor) == before


def test_the_hotkeys_own_modifiers_are_waited_for(
    copying: Copying, own: Own, editor: Desktop
) -> None:
    before = own("text")
    editor.focus(editor.window("^foreign editor$"))
    editor.keys("ctrl+a")
    editor.run("xdotool", "keydown", "alt")
    try:
        copying.begin()
        assert clipboard(editor) == before
    finally:
        editor.run("xdotool", "keyup", "alt")
    answer = copying.end()
    assert (answer["text"], answer["obstacle"]) == (DRAFT, "")
    assert clipboard(editor) == before


def test_what_another_program_copies_right_after_stays(
    copying: Copying, own: Own, editor: Desktop
) -> None:
    own("text")
    editor.focus(editor.window("^foreign editor$"))
    editor.keys("ctrl+a")
    assert copying.copy() == (DRAFT, "")
    newer = own("text html image")
    assert clipboard(editor) == newer


@pytest.fixture(scope="module", params=["textarea", "contenteditable"])
def page(desktop: Desktop, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = Page(desktop, request.param)
    yield page
    page.close()


@pytest.mark.parametrize("kinds", BOARDS)
def test_the_draft_in_a_browser(
    copying: Copying, own: Own, desktop: Desktop, page: Page, kinds: str
) -> None:
    before = own(kinds)
    desktop.focus(page.window)
    wait_for(lambda: page.said.get("focused"))
    desktop.keys("ctrl+a", "Delete")
    desktop.type("read the manual")
    wait_for(lambda: page.said["text"].strip() == "read the manual", told=page.held)
    assert copying.copy() == ("", "")
    assert clipboard(desktop) == before
    desktop.keys("ctrl+a")
    assert copying.copy() == ("read the manual", "")
    assert clipboard(desktop) == before
    # Nothing was typed over it, and it is selected still.
    assert page.said["text"].strip() == "read the manual"
    assert copying.copy() == ("read the manual", "")
    assert clipboard(desktop) == before
    assert copying.gap < BLOCKED_S


def test_a_terminal_is_given_no_key_at_all(copying: Copying, own: Own, desktop: Desktop) -> None:
    before = own("text")
    file = desktop.folder / "got"
    file.unlink(missing_ok=True)
    command = f"stty raw -echo; exec cat > '{file}'"
    terminal = desktop.start("xterm", "-T", "a shell", "-e", "sh", "-c", command)
    desktop.focus(desktop.window("^a shell$"))
    wait_for(file.exists)
    assert copying.copy() == ("", "unsupported")
    desktop.keys("q")
    wait_for(lambda: file.read_bytes() == b"q")
    assert clipboard(desktop) == before
    finish(terminal)
