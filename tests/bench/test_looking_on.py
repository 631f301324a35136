"""What the hard day looks at is real: windows that flash up, texts that arrive, the clipboard."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_spec.bench.bystander import FOCUSED, HIDDEN, Bystander, Order
from build_spec.bench.selection import Selection, Watch
from build_spec.bench.target import arrivals
from tests.e2e.desktop import Desktop, wait_for

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
    bystander.order(Order(copies=[(0, "soon"), (60_000, "never")], begin=begin))
    wait_for(lambda: "soon" in [event.text for event in bystander.events()])
    bystander.stop()
    times = {event.text: event.at for event in bystander.events()}
    assert times["soon"] >= begin
    assert "never" not in times


def test_only_a_text_that_is_put_back_behind_another_copy_counts_as_left(
    desktop: Desktop, bystander: Bystander, selection: Selection, tmp_path: Path
) -> None:
    name = desktop.environment["DISPLAY"]
    bystander.copy("by the bystander")
    program = Bystander(desktop.environment, tmp_path / "program")
    try:
        with Watch(name, selection.owner()) as watch:
            watch.begin("the text")
            program.copy("the text")
            bystander.copy("something else")
            assert not watch.left()
            program.copy("the text")
            wait_for(watch.left)
            watch.begin("the text")
            bystander.copy("the text")
            program.copy("its offer")
            program.copy("another text")
            bystander.copy("the end")
            wait_for(lambda: selection.text() == "the end")
            assert not watch.left()
    finally:
        program.close()
