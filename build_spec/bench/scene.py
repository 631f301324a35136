"""A desktop on which programs insert one after another into the same window, never two at once."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from build_spec.bench.autokey import AutoKey
from build_spec.bench.bystander import Bystander
from build_spec.bench.copyq import CopyQ
from build_spec.bench.ours import Ours
from build_spec.bench.rival import Absent, Rival
from build_spec.bench.screen import Screen
from build_spec.bench.target import TITLE, arrivals
from tests.e2e.desktop import Desktop

_MAKERS: tuple[Callable[[Desktop, Screen], Rival], ...] = (Ours, AutoKey, CopyQ)
_POLL_S, _QUIET_S = 0.005, 0.5


class Scene:
    """The virtual screen, the target window and the programs that are installed."""

    def __init__(self, folder: Path) -> None:
        self.desktop = Desktop(folder)
        try:
            self._set_up(folder)
        except BaseException:
            self.desktop.close()
            raise

    def _set_up(self, folder: Path) -> None:
        self.desktop.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.desktop.environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        self.screen = Screen(self.desktop.environment["DISPLAY"])
        self.texts = folder / "texts"
        self.texts.write_text("")
        self.desktop.start(sys.executable, "-m", "build_spec.bench.target", str(self.texts))
        self.target = int(self.desktop.window(f"^{TITLE}$"))
        self.rivals: list[Rival] = []
        self.absent: list[str] = []
        for make in _MAKERS:
            try:
                self.rivals.append(make(self.desktop, self.screen))
            except Absent as absent:
                self.absent.append(str(absent))

    def turns(self, rounds: int) -> Iterator[tuple[int, Rival]]:
        """Every program once a round, in an order that favours none: each comes first in turn."""
        for number in range(rounds):
            turn = number % len(self.rivals)
            for rival in self.rivals[turn:] + self.rivals[:turn]:
                yield number, rival

    @contextmanager
    def running(self, rival: Rival) -> Iterator[float]:
        """The program while it runs, alone; the seconds of its start."""
        try:
            yield rival.start()
        finally:
            rival.end()

    def aim(self) -> None:
        """Give the target the focus."""
        if self.screen.focused() != self.target:
            self.desktop.focus(str(self.target))

    def came(self, since: int, length: int, seconds: float) -> bool:
        """Wait until so many characters have come into the target since so many arrivals.

        What comes piece by piece and then no more has ended too.
        """

        def enough() -> bool:
            found = arrivals(self.texts)[since:]
            over = bool(found) and time.monotonic() > found[-1].at + _QUIET_S
            return over or sum(len(one.text) for one in found) >= length

        return until(enough, seconds)

    def bystander(self) -> Bystander:
        """Another program of this desk; whoever asks for it ends it."""
        return Bystander(self.desktop.environment, self.desktop.folder / "bystander")

    def close(self) -> None:
        """End everything that runs here."""
        self.screen.close()
        self.desktop.close()


def until(met: Callable[[], bool], seconds: float) -> bool:
    """Wait for something that may never be; whether it came to be in time."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        time.sleep(_POLL_S)
    return True
