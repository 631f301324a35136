"""Companion as one of the programs that are measured side by side."""

import time
from collections.abc import Sequence

from build_spec.bench.rival import COUNT, HELD_S, Way, pieces
from build_spec.bench.running import PICKER, RunningApp
from build_spec.bench.screen import Screen
from build_spec.bench.stores import fill, new_profile
from companion import __version__
from tests.e2e.desktop import Desktop

HOTKEY = ("Control_L", "Alt_L", "space")
_CODE = "zq"
# A person who has typed a code looks at the hit before pressing Enter.
_LOOK_S = 0.05


class Ours:
    """The app with 1,000 phrases, its passphrase typed at every start."""

    size_means = "its one process"
    start_means = "from its process to the answer on its socket, signed out"

    def __init__(self, desktop: Desktop, screen: Screen) -> None:
        self.name = f"Companion {__version__}"
        self._desktop, self._screen = desktop, screen
        self._home = desktop.folder / "ours"
        self._app: RunningApp | None = None
        self._picker = 0
        self.first_hit: list[float] = []
        session = new_profile(self._home, desktop.folder / "store")
        fill(session, COUNT)
        for number, text in enumerate(pieces()):
            session.profile.add("phrase", title=f"样本{number}", body=text, abbr=f"{_CODE}{number}")
        session.save()
        session.sync()
        self.ways: Sequence[Way] = (
            Way("Enter in its picker", self._find, self._enter, tells=True),
            Way("asked by a command", lambda _: None, self._ask, tells=True),
        )

    def start(self) -> float:
        """Start it and sign in; the seconds until it answered."""
        self._app = RunningApp(self._desktop, self._home)
        took = self._app.ready()
        self.first_hit.append(self._app.sign_in())
        self._app.rest()
        self._picker = 0
        return took

    def processes(self) -> list[int]:
        """The one process."""
        return [self._running().process.pid]

    def end(self) -> None:
        """End it."""
        if self._app is not None:
            self._app.end()
        self._app = None

    def _find(self, number: int) -> None:
        self._screen.press(*HOTKEY, held_s=HELD_S)
        self._picker = self._picker or int(self._desktop.window(PICKER))
        self._screen.wait_focused(self._picker)
        for letter in f"{_CODE}{number}":
            self._screen.press(letter)
        time.sleep(_LOOK_S)

    def _enter(self, _: int) -> float:
        return self._screen.press("Return", held_s=HELD_S)

    def _ask(self, number: int) -> float:
        begun = time.monotonic()
        self._running().ask("insert", f"{_CODE}{number}")
        return begun

    def _running(self) -> RunningApp:
        if self._app is None:
            raise RuntimeError("the app was not started")
        return self._app
