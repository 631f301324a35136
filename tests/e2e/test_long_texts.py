"""A long and hard text arrives in real programs byte for byte; the clipboard is as it was."""

import sys
from collections.abc import Callable

import pytest

from companion.desk.ports import Content, Obstacle
from companion.phrases.message import Message
from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.hands import Hands
from tests.e2e.long_text import CHARACTERS, LINES, long_text
from tests.e2e.owning import EDITOR, clipboard

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

TEXT = long_text()
# Raw, so that the line discipline of the terminal changes nothing; 2004 has pastes bracketed.
CATCH = "stty raw -echo; printf '\\033[?2004h'; exec cat > '{file}'"
BEGIN, END = b"\x1b[200~", b"\x1b[201~"


Reader = Callable[[], str]


def qt_editor(desktop: Desktop) -> tuple[str, Reader]:
    file = desktop.folder / "qt"
    desktop.start(sys.executable, str(EDITOR), "edit", str(file))
    return desktop.window("^foreign editor$"), lambda: file.read_text("utf-8")


def mousepad(desktop: Desktop) -> tuple[str, Reader]:
    file = desktop.folder / "long.txt"
    file.write_text("", "utf-8")
    desktop.start("mousepad", "--disable-server", str(file))

    def read() -> str:
        desktop.keys("ctrl+s")
        return file.read_text("utf-8")

    return desktop.window("long.txt"), read


def bracketed_xterm(desktop: Desktop) -> tuple[str, Reader]:
    file = desktop.folder / "xterm"
    command = CATCH.format(file=file)
    desktop.start("xterm", "-u8", "-T", "bracketed", "-e", "sh", "-c", command)
    window = desktop.window("^bracketed$")
    wait_for(file.exists)

    def read() -> str:
        caught = file.read_bytes()
        if not (caught.startswith(BEGIN) and caught.endswith(END)):
            return ""
        # A terminal has no other sign for a line's end.
        return caught[len(BEGIN) : -len(END)].replace(b"\r", b"\n").decode()

    return window, read


@pytest.mark.parametrize("program", [qt_editor, mousepad, bracketed_xterm])
def test_the_whole_text_arrives(
    desktop: Desktop,
    hands: Hands,
    before: dict[str, str],
    program: Callable[[Desktop], tuple[str, Reader]],
) -> None:
    assert (len(TEXT), TEXT.count("\n") + 1) == (CHARACTERS, LINES)
    window, read = program(desktop)
    desktop.focus(window)
    change = {"lines": True} if program is bracketed_xterm else {}
    answer = hands.insert(Message(Content(TEXT)), **change)
    assert (answer["obstacle"], answer["sent"]) == ("", 1)
    wait_for(lambda: read() == TEXT)
    assert desktop.focused() == window
    assert clipboard(desktop) == before


def test_a_terminal_gets_no_lines_unless_the_agent_says_so(desktop: Desktop, hands: Hands) -> None:
    file = desktop.folder / "lines"
    desktop.start("xterm", "-u8", "-T", "lines", "-e", "sh", "-c", CATCH.format(file=file))
    desktop.focus(desktop.window("^lines$"))
    wait_for(file.exists)
    answer = hands.insert(Message(Content(TEXT)))
    assert answer["obstacle"] == Obstacle.LINES_RUN.value
    assert file.read_bytes() == b""
    assert clipboard(desktop)["text"] == TEXT
