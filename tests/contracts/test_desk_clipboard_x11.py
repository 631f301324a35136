"""X11's clipboard: other programs that are slow, hang, ask first, or have large things on it."""

import base64
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from Xlib import X
from Xlib.display import Display

from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.lines import Lines
from tests.e2e.owning import EDITOR, clipboard, own
from tests.e2e.pictures import png

HERE = Path(__file__).parent
# What the app may not do longer than that on the thread of its windows; the machine may be busy.
BLOCKED_S = 0.25
MANY = 400_000


class Ours:
    """Our clipboard in a process of its own."""

    def __init__(self, desktop: Desktop) -> None:
        self.lines = Lines([sys.executable, str(HERE / "clipboard_process.py")], desktop)
        self.gap = 0.0

    def __call__(self, act: str, **rest: object) -> Any:
        answer = self.lines.ask(json.dumps({"act": act} | rest))
        self.gap = max(self.gap, float(answer["gap"]))
        return answer["found"]

    def read(self) -> None:
        """Take a snapshot, as an insertion does."""
        self("snapshot")
        wait_for(lambda: self("complete"))


@pytest.fixture
def ours(desktop: Desktop) -> Iterator[Ours]:
    ours = Ours(desktop)
    yield ours
    ours.lines.close()


@pytest.fixture
def odd(desktop: Desktop, request: pytest.FixtureRequest) -> Iterator[None]:
    command = [sys.executable, str(HERE / "odd_owner.py"), request.param, str(MANY)]
    owner = Lines(command, desktop)
    yield
    owner.close()


def test_what_another_program_copied_comes_back(desktop: Desktop, ours: Ours) -> None:
    before = own(desktop)
    ours.read()
    assert ours("offer", text="ours")
    assert clipboard(desktop)["text"] == "ours"
    ours("restore")
    assert clipboard(desktop) == before
    assert ours.gap < BLOCKED_S
    # Of the twenty formats that Qt makes of a picture, one is enough.
    assert set(ours("kept")) == {"text/plain", "text/html", "image/png"}


def test_what_another_program_copied_stands_until_it_or_another_copies(
    desktop: Desktop, ours: Ours
) -> None:
    before = own(desktop)
    ours.read()
    assert ours("stands")
    assert ours("text_in") == before["text"]
    # The same text, by another program: it is seen all the same.
    own(desktop)
    assert not ours("stands")
    assert ours("text_in") == before["text"]
    wait_for(lambda: ours("complete"))
    assert ours("stands")
    ours("restore")
    assert ours("stands")
    own(desktop)
    assert not ours("stands")
    assert ours.gap < BLOCKED_S


@pytest.mark.parametrize("odd", ["mute", "formats"], indirect=True)
def test_a_program_that_hangs_does_not_stop_the_app(ours: Ours, odd: None) -> None:
    ours("snapshot")
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        assert not ours("complete")
    assert ours("kept") == {}
    assert ours("offer", text="ours")
    ours("restore")
    assert ours.gap < BLOCKED_S


@pytest.mark.parametrize("odd", ["pieces"], indirect=True)
def test_what_comes_in_pieces_is_read_whole(desktop: Desktop, ours: Ours, odd: None) -> None:
    ours.read()
    assert ours("kept") == {"text/plain": MANY * len("文".encode())}
    ours("offer", text="ours")
    ours("restore")
    assert clipboard(desktop)["text"] == "文" * MANY
    assert ours.gap < BLOCKED_S


@pytest.mark.parametrize("size", [(40, 30), (1000, 900)])
def test_a_picture_is_offered_and_read_whole(
    desktop: Desktop, ours: Ours, size: tuple[int, int]
) -> None:
    picture = png(*size, noisy=size[0] > 100)
    own(desktop)
    ours.read()
    assert ours("offer", text="", image=base64.b64encode(picture).decode())
    seen = clipboard(desktop)
    assert seen["image"] and not seen["text"]
    assert ours("fetches") > 0
    # Another desk of Companion reads what the first one offers, also in many pieces.
    other = Ours(desktop)
    try:
        other.read()
        assert other("kept")["image/png"] == len(picture)
        assert other("offer", text="theirs")
        other("restore")
        assert clipboard(desktop) == seen
    finally:
        other.lines.close()


def test_the_window_that_asks_is_told_from_a_history_that_asks_too(
    desktop: Desktop, ours: Ours, tmp_path: Path
) -> None:
    file = tmp_path / "text"
    editor = desktop.start(sys.executable, str(EDITOR), "edit", str(file))
    window = desktop.window("^foreign editor$")
    assert ours("offer", text="ours")
    assert clipboard(desktop)["text"] == "ours"
    assert ours("fetches") > 0
    assert ours("fetches", by=int(window)) == 0
    desktop.focus(window)
    desktop.keys("ctrl+v")
    wait_for(lambda: ours("fetches", by=int(window)) > 0)
    # It has the text before it has written it down.
    wait_for(lambda: file.exists() and file.read_text("utf-8") == "ours")
    editor.terminate()
    editor.wait(10)


def test_a_question_that_takes_nothing_is_heard_and_is_no_fetch(
    desktop: Desktop, ours: Ours
) -> None:
    assert ours("offer", text="ours")
    screen = Display(desktop.environment["DISPLAY"])
    try:
        root = screen.screen().root
        asker, other = (root.create_window(0, 0, 1, 1, 0, X.CopyFromParent) for _ in range(2))
        names = ("CLIPBOARD", "TARGETS", "ANSWER")
        asker.convert_selection(*map(screen.intern_atom, names), X.CurrentTime)
        screen.sync()
        wait_for(lambda: ours("asks", by=other.id))
        assert (ours("asks"), ours("asks", by=root.id)) == (1, 0)
        assert ours("fetches") == 0
        assert ours("offer", text="the next")
        assert ours("asks", by=other.id) == 0
    finally:
        screen.close()


def test_an_offer_stands_after_another_program_has_copied(desktop: Desktop, ours: Ours) -> None:
    assert ours("offer", text="first")
    # Another program copies; nothing of that comes to a window of ours.
    own(desktop)
    ours.read()
    assert ours("offer", text="second")
    assert clipboard(desktop)["text"] == "second"


def test_one_offer_after_another_leaves_the_snapshot_alone(desktop: Desktop, ours: Ours) -> None:
    before = own(desktop)
    ours.read()
    for text in ("first", "second"):
        assert ours("complete")
        assert ours("offer", text=text)
        assert clipboard(desktop)["text"] == text
    ours("restore")
    assert clipboard(desktop) == before


def test_what_another_program_copied_is_not_forgotten(desktop: Desktop, ours: Ours) -> None:
    ours("copy", text="ours")
    before = own(desktop)
    ours("forget")
    assert clipboard(desktop) == before
    ours.read()
    ours("offer", text="ours")
    ours("restore")
    ours("forget")
    assert clipboard(desktop) == before


def test_what_was_copied_here_is_forgotten_also_where_it_was_put_back(
    desktop: Desktop, ours: Ours
) -> None:
    ours("copy", text="ours")
    assert clipboard(desktop)["text"] == "ours"
    ours.read()
    ours("offer", text="another")
    ours("restore")
    assert clipboard(desktop)["text"] == "ours"
    ours("forget")
    assert clipboard(desktop)["text"] == ""


def test_what_is_copied_while_a_snapshot_is_read_is_in_it(desktop: Desktop, ours: Ours) -> None:
    ours("snapshot")
    before = own(desktop)
    wait_for(lambda: ours("complete"))
    ours("offer", text="ours")
    ours("restore")
    assert clipboard(desktop) == before
