"""What the hard day looks at is real: windows that flash up, texts that arrive, the clipboard."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_spec.bench.bystander import FOCUSED, HIDDEN, Bystander, Order
from build_spec.bench.selection import Selection
from build_spec.bench.target import arrivals
from build_spec.bench.telling import Telling
from tests.e2e.desktop import Desktop, wait_for

# A window of either kind for every line; a notice by the tray is one that no manager is asked for.
SPEAKER = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
application, shown = QApplication([]), []
for line in sys.stdin:
    label = QLabel(line)
    label.setWindowTitle("ordinary")
    if line.strip() == "notice":
        label.setWindowFlags(Qt.WindowType.ToolTip)
    label.show()
    shown.append(label)
    application.processEvents()
    print("done", flush=True)
"""
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("Xvfb", "openbox", "xdotool", "xprop"))),
    reason="no virtual screen with a window manager here",
)


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    made = Desktop(tmp_path_factory.mktemp("desktop"))
    yield made
    made.close()


@pytest.fixture
def bystander(desktop: Desktop, tmp_path: Path) -> Iterator[Bystander]:
    made = Bystander(desktop.environment, tmp_path / "bystander")
    yield made
    made.close()


@pytest.fixture
def selection(desktop: Desktop) -> Iterator[Selection]:
    made = Selection(desktop.environment["DISPLAY"])
    yield made
    made.close()


def test_what_was_copied_is_on_the_clipboard(bystander: Bystander, selection: Selection) -> None:
    for text in ("您好 🌱", "甲\n乙" * 2_000):
        bystander.copy(text)
        assert selection.text() == text


def test_its_window_takes_the_focus_and_what_is_typed_then(
    desktop: Desktop, bystander: Bystander
) -> None:
    bystander.order(Order(flash=(0, 60_000)))
    wait_for(lambda: FOCUSED in [event.what for event in bystander.events()])
    desktop.type("abc")
    wait_for(lambda: "".join(one.text for one in arrivals(bystander.texts)) == "abc")
    bystander.stop()
    assert bystander.events()[-2].what == HIDDEN


def test_what_is_ordered_for_later_is_done_later_or_never(bystander: Bystander) -> None:
    begin = time.monotonic() + 0.2
    bystander.order(Order(copies=[(0, "soon"), (300, "never")], begin=begin))
    wait_for(lambda: "soon" in [event.text for event in bystander.events()])
    bystander.stop()
    bystander.order(Order(copies=[(400, "later")], begin=begin))
    wait_for(lambda: "later" in [event.text for event in bystander.events()])
    times = {event.text: event.at for event in bystander.events()}
    assert times["soon"] >= begin
    assert "never" not in times


def test_it_is_known_who_holds_the_clipboard(
    desktop: Desktop, bystander: Bystander, selection: Selection, tmp_path: Path
) -> None:
    owners = []
    program = Bystander(desktop.environment, tmp_path / "program")
    try:
        for each in (bystander, program, bystander):
            each.copy("mine")
            owners.append(selection.owner())
    finally:
        program.close()
    assert owners[0] == owners[2] != owners[1]
    assert all(owner and owner == selection.connection(owner + 1) for owner in owners)


def test_a_notice_by_the_tray_is_heard_and_an_ordinary_window_is_not(desktop: Desktop) -> None:
    telling = Telling(desktop.environment["DISPLAY"])
    try:
        speaker = subprocess.Popen(
            [sys.executable, "-c", SPEAKER],
            env=desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert speaker.stdin and speaker.stdout
        telling.begin([speaker.pid])

        def say(what: bytes) -> None:
            assert speaker.stdin and speaker.stdout
            speaker.stdin.write(what + b"\n")
            speaker.stdin.flush()
            assert speaker.stdout.readline() == b"done\n"

        say(b"window")
        desktop.window("^ordinary$")
        assert not telling.told()
        say(b"notice")
        wait_for(telling.told)
        telling.begin([speaker.pid])
        assert not telling.told()
        telling.begin([])
        say(b"notice")
        assert not telling.told()
        speaker.communicate(timeout=10)
    finally:
        telling.close()
