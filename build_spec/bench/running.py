"""A running app on a virtual screen: started, signed in by hand with 10,000 phrases, asked."""

import json
import sys
import time
from pathlib import Path

from build_spec.bench.figures import say
from build_spec.bench.stores import PASSPHRASE, fill, new_profile
from companion.runtime.asking import ask
from companion.wiring.seats import seat
from tests.e2e.desktop import Desktop, wait_for

PHRASES = 10_000
_STILL_S = 0.15
_POLL_S, _PATIENCE_S = 0.005, 20.0
SIGN_IN, PICKER = "^随席$", "^找短语$"


class RunningApp:
    """The app at one home of a desktop."""

    def __init__(self, desktop: Desktop, home: Path) -> None:
        self.desktop, self.home = desktop, home
        self._run_folder = seat(home).run_folder
        self.begun = time.monotonic()
        self.process = desktop.start(sys.executable, "-m", "companion", "--home", str(home))

    def ready(self) -> float:
        """Wait until it answers on its socket; the seconds since its process was started."""
        while self.ask("status") is None:
            if time.monotonic() > self.begun + _PATIENCE_S:
                raise TimeoutError("the app never answered")
            time.sleep(_POLL_S)
        return time.monotonic() - self.begun

    def ask(self, *argv: str) -> dict[str, object] | None:
        """The app's answer to a command line, None while it does not answer."""
        message: dict[str, object] = {
            "argv": ["--home", str(self.home), *argv, "--json"],
            "cwd": str(self.home),
            "stdin": "",
        }
        return ask(self._run_folder, lambda: message)

    def finds(self, query: str) -> bool:
        """Whether the open profile has a hit for a query."""
        answer = self.ask("phrases", "find", query)
        said = str(answer.get("out", "")) if answer else ""
        return bool(said) and bool(json.loads(said).get("hits"))

    def rest(self) -> None:
        """Wait until the app has used no processor time for a while: nothing is left to do."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        before = ""
        # User and system time, in hundredths of a second.
        while (
            now := " ".join(stat.read_text("utf-8").rpartition(")")[2].split()[11:13])
        ) != before:
            before = now
            time.sleep(_STILL_S)

    def sign_in(self) -> float:
        """Type the passphrase into its window; the seconds from Enter until a search has a hit."""
        self.desktop.focus(self.desktop.window(SIGN_IN))
        self.desktop.type(PASSPHRASE)
        begun = time.monotonic()
        self.desktop.keys("Return")
        wait_for(lambda: self.finds("tk"), 60)
        took = time.monotonic() - begun
        self.desktop.gone(SIGN_IN)
        return took

    def end(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(10)


def signed_in(desktop: Desktop) -> RunningApp:
    """An app with 10,000 phrases, its passphrase typed into its window."""
    say(f"app: sign in with {PHRASES:,} phrases")
    home = desktop.folder / "desk"
    fill(new_profile(home, desktop.folder / "far"), PHRASES)
    app = RunningApp(desktop, home)
    app.sign_in()
    return app


class Screenful:
    """The desktop and the app of one run of the bench, each made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._desktop: Desktop | None = None
        self._app: RunningApp | None = None

    def desktop(self) -> Desktop:
        """The virtual screen with its window manager."""
        if self._desktop is None:
            self._desktop = Desktop(self._folder)
            # Compiled modules are kept, as they are on every agent's PC, but not in the clone.
            self._desktop.environment.pop("PYTHONDONTWRITEBYTECODE", None)
            self._desktop.environment["PYTHONPYCACHEPREFIX"] = str(self._folder / "compiled")
        return self._desktop

    def app(self) -> RunningApp:
        """The app that is signed in on it."""
        if self._app is None:
            self._app = signed_in(self.desktop())
        return self._app

    def close(self) -> None:
        """End all that was started."""
        if self._desktop is not None:
            self._desktop.close()
