"""A desktop on which programs insert one after another into the same window, never two at once."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build_spec.bench.autokey import AutoKey
from build_spec.bench.bystander import Bystander
from build_spec.bench.copyq import CopyQ
from build_spec.bench.ours import Ours
from build_spec.bench.rival import SHORT, Absent, Rival, Way, pieces
from build_spec.bench.screen import Screen
from build_spec.bench.target import TITLE, arrivals
from tests.e2e.desktop import Desktop

_MAKERS: tuple[Callable[[Desktop, Screen], Rival], ...] = (Ours, AutoKey, CopyQ)
SILENT = 2
"""How often in a row a program may not answer before it is started again."""
_POLL_S, _QUIET_S, _LATE_S = 0.005, 0.5, 1.5
# Until AutoKey has put back the clipboard (200 ms) and every window is at rest.
_REST_S = 0.3


@dataclass(frozen=True)
class Inserted:
    """What came into the target, and the seconds from the last key until the last of it."""

    text: str
    took: float


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
        # Where the icons stand, and the notices beside them.
        self.desktop.start("trayer", "--edge", "bottom", "--width", "10", "--height", "24")
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
    def running(self, rival: Rival) -> Iterator["Run"]:
        """The program while it runs."""
        try:
            yield Run(self, rival, rival.start())
        finally:
            rival.end()

    def aim(self) -> None:
        """Give the target the focus."""
        if self.screen.focused() != self.target:
            self.desktop.focus(str(self.target))

    def insert(self, way: Way, piece: int) -> Inserted:
        """Have a piece inserted while nothing else happens, and wait until all is at rest."""
        self.aim()
        since, length = len(arrivals(self.texts)), len(pieces()[piece])
        way.prepare(piece)
        begun = way.insert(piece)

        def over() -> bool:
            found = arrivals(self.texts)[since:]
            # What comes piece by piece and then no more has ended too.
            quiet = bool(found) and time.monotonic() > found[-1].at + _QUIET_S
            return quiet or sum(len(one.text) for one in found) >= length

        until(over, _LATE_S)
        time.sleep(_REST_S)
        came = arrivals(self.texts)[since:]
        return Inserted("".join(one.text for one in came), came[-1].at - begun if came else 0.0)

    def bystander(self) -> Bystander:
        """Another program of this desk; whoever asks for it ends it."""
        return Bystander(self.desktop.environment, self.desktop.folder / "bystander")

    def close(self) -> None:
        """End everything that runs here."""
        self.screen.close()
        self.desktop.close()


@dataclass
class Run:
    """One run of a program, which is started again when it has stopped answering."""

    scene: Scene
    rival: Rival
    took: float
    """The seconds of its start."""
    stops: int = 0
    _silent: int = 0

    def warm_up(self) -> None:
        """What is grabbed and laid out the first time is no part of any figure."""
        self.scene.insert(self.rival.ways[0], SHORT)

    def heard(self, anything: bool) -> None:
        """Note whether it answered; silent twice in a row, it is started again, as agents do."""
        self._silent = 0 if anything else self._silent + 1
        if self._silent == SILENT:
            self.stops, self._silent = self.stops + 1, 0
            self.rival.end()
            self.rival.start()
            self.warm_up()


def until(met: Callable[[], bool], seconds: float) -> bool:
    """Wait for something that may never be; whether it came to be in time."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        time.sleep(_POLL_S)
    return True
