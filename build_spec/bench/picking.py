"""Measures what the agent waits for: hotkey to painted picker, and Enter to text in her window."""

import random
import sys
import time
from collections.abc import Iterator

from build_spec.bench.figures import Figure, percentile, say, spread
from build_spec.bench.running import PHRASES, PICKER, RunningApp, Screenful
from build_spec.bench.samples import SEED
from build_spec.bench.screen import Area, Screen, Seen
from build_spec.bench.target import TITLE, arrivals
from tests.e2e.desktop import wait_for

RUNS = 30
QUERY = "tk"
_HOTKEY = ("Control_L", "Alt_L", "space")
_PICKER_BAR_MS, _INSERT_BAR_MS = 50.0, 80.0
# Long enough for everything to come to rest, also the blinking and the last repaint.
_REST_S = 0.3


class _Scene:
    """The app, a foreign editor that has the focus, and what the open picker looks like."""

    def __init__(self, app: RunningApp) -> None:
        desktop = app.desktop
        self.app, self.texts = app, desktop.folder / "texts"
        self.texts.write_text("")
        self._draw = random.Random(SEED)
        command = (sys.executable, "-m", "build_spec.bench.target", str(self.texts))
        self._editor = desktop.start(*command)
        self.target = int(desktop.window(f"^{TITLE}$"))
        desktop.focus(str(self.target))
        self.screen = Screen(desktop.environment["DISPLAY"])
        # The first time the picker is laid out; from then on it comes from memory.
        begun = self.screen.press(*_HOTKEY)
        self.picker = int(desktop.window(PICKER))
        self.first_open = time.monotonic() - begun
        time.sleep(_REST_S)
        self._strip = self._first_hit(self.screen.area_of(self.picker))
        self._painted = self.screen.pixels(self._strip)
        self.leave()
        self.distinct = self.screen.pixels(self._strip) != self._painted

    @staticmethod
    def _first_hit(picker: Area) -> Area:
        """The left half of the picker below its search line, where the hits are listed.

        What blinks (the caret) and what changes (the target's title) lies elsewhere.
        """
        return Area(picker.x + 20, picker.y + 90, picker.width // 3, 60)

    def open(self) -> tuple[float, Seen]:
        """Press the hotkey; when that was, and when the hits were on the screen."""
        begun = self.screen.press(*_HOTKEY)
        return begun, self.screen.watch(self._strip, self._painted)

    def leave(self) -> None:
        """Escape, and wait until the editor has the focus again and the screen is at rest."""
        self.screen.wait_focused(self.picker)
        self.screen.press("Escape")
        self.rest()

    def rest(self) -> None:
        """Wait until the editor has the focus, and then as long as a person might."""
        self.screen.wait_focused(self.target)
        time.sleep(_REST_S + self._draw.uniform(0, 0.05))

    def insert(self) -> float:
        """Search for a phrase and press Enter; the seconds until its text is in the editor."""
        before = len(arrivals(self.texts))
        self.screen.press(*_HOTKEY)
        self.screen.wait_focused(self.picker)
        for letter in QUERY:
            self.screen.press(letter)
        time.sleep(_REST_S)
        begun = self.screen.press("Return")
        wait_for(lambda: len(arrivals(self.texts)) > before)
        arrived = arrivals(self.texts)[-1].at
        # The use is counted and, 60 ms later, the index built again: the next round begins when
        # that is done, as it would for an agent.
        time.sleep(_REST_S)
        self.app.rest()
        self.rest()
        return arrived - begun

    def close(self) -> None:
        """End what was started here."""
        self._editor.terminate()
        self._editor.wait(10)
        self.screen.close()


def measure_picker(screenful: Screenful) -> Iterator[Figure]:
    """The figures of opening the picker."""
    scene = _Scene(screenful.app())
    say(f"picker: {RUNS} times")
    took, blur = [], []
    try:
        if not scene.distinct:
            raise ValueError("the painted picker looks like what lies below it")
        for _ in range(RUNS):
            begun, seen = scene.open()
            took.append(seen.at - begun)
            blur.append(seen.at - seen.not_yet)
            scene.leave()
    finally:
        scene.close()
    how = (
        f"{RUNS} XTEST hotkeys, {PHRASES:,} phrases; until the screen shows the same rows of hits "
        f"as at rest, pixels polled, each {percentile(blur, 0.5) * 1e3:.1f} ms late at most "
        f"(worst {max(blur) * 1e3:.1f})"
    )
    bars = {0.5: None, 0.95: _PICKER_BAR_MS, 1.0: None}
    yield from spread("hotkey to painted picker", took, how, bars)
    how = "the first hotkey after the start, to a mapped window, watched by xdotool every 30 ms"
    yield Figure("hotkey to picker, first time", scene.first_open * 1e3, "ms", how)


def measure_insert(screenful: Screenful) -> Iterator[Figure]:
    """The figures of inserting a phrase."""
    scene = _Scene(screenful.app())
    say(f"insert: {RUNS} times")
    try:
        took = [scene.insert() for _ in range(RUNS)]
    finally:
        scene.close()
    how = (
        f"{RUNS} XTEST Returns on the first hit of “{QUERY}”; until textChanged in a Qt editor, "
        "by CLOCK_MONOTONIC of both processes; AutoKey and CopyQ: see rivals"
    )
    bars = {0.5: None, 0.95: _INSERT_BAR_MS, 1.0: None}
    yield from spread("Enter to text in the target", took, how, bars)
