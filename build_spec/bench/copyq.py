"""CopyQ as one of the programs that are measured side by side, with a home of its own."""

import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from build_spec.bench.rival import (
    COUNT,
    HELD_S,
    Way,
    launch,
    needs,
    pieces,
    private,
    version,
)
from build_spec.bench.samples import phrases
from build_spec.bench.screen import Screen
from tests.e2e.desktop import Desktop, finish, wait_for

_PROGRAM = _PACKAGE = "copyq"
_TAB = "phrases"
_OPTIONS = ("maxitems", "10000", "move", "false")
# Each is added above the one before: the pieces come last, the first of them on top.
_FILL = f"tab('{_TAB}');var t=JSON.parse(str(input()));for(var i in t)add(t[i]);print(size())"
_PASTE = f"tab('{_TAB}');copy(str(read({{row}})));paste()"
_HISTORY = "var a=[];for(var i=0;i<size();++i)a.push(str(read(i)));print(JSON.stringify(a))"
_LOOK_S = 0.05


class CopyQ:
    """CopyQ with 1,000 items in a tab of their own, and its history as it comes."""

    size_means = "its process and the child that watches the clipboard"
    start_means = "from its process to its answer to a first command, the command's start counted"

    def __init__(self, desktop: Desktop, screen: Screen) -> None:
        needs(_PROGRAM, _PACKAGE)
        self.name = f"CopyQ {version(_PACKAGE)}"
        self._screen = screen
        self._home = desktop.folder / "copyq"
        self._home.mkdir()
        self._environment = private(desktop, self._home)
        self._process: subprocess.Popen[bytes] | None = None
        self._filled = False
        self.ways: Sequence[Way] = (
            Way("Enter in its list", self._show, self._enter, restores=False),
            Way("asked by a command", lambda _: None, self._ask, restores=False),
        )

    def start(self) -> float:
        """Start it; the seconds until it answered. The first time it is given its items."""
        begun = time.monotonic()
        self._process = launch([_PROGRAM], self._environment, self._home / "words")
        self.command("size")
        took = time.monotonic() - begun
        if not self._filled:
            self.command("config", *_OPTIONS)
            bodies = [body for _, body, *_ in phrases(COUNT)] + pieces()[::-1]
            self.command("eval", _FILL, said=json.dumps(bodies))
            self._filled = True
        return took

    def processes(self) -> list[int]:
        """The program and the child by which it watches the clipboard."""
        if self._process is None:
            return []
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8")
        return [pid, *map(int, children.split())]

    def end(self) -> None:
        """End it as its menu does, which saves its items."""
        if self._process is not None:
            self.command("exit")
            finish(self._process)
        self._process = None

    def heed(self, mark: str) -> None:
        """Keep nothing from now on that bears this format, as its authors advise."""
        told = {"name": "mark", "automatic": True, "input": mark, "remove": True}
        told["cmd"] = "copyq: ignore()"
        self.command("eval", f"setCommands([{json.dumps(told)}])")

    def forget(self) -> None:
        """Empty its history of the clipboard."""
        self.command("eval", "while(size())remove(0)")

    def history(self) -> list[str]:
        """What it has kept of the clipboard, the newest first."""
        return [str(one) for one in json.loads(self.command("eval", _HISTORY))]

    def command(self, *words: str, said: str = "") -> str:
        """What it answers to a command."""
        done = subprocess.run(
            [_PROGRAM, *words],
            env=self._environment,
            input=said,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        return done.stdout

    def _show(self, number: int) -> None:
        # Its window has a title that changes, or none for xdotool: it is what comes to the front.
        others = {0, self._screen.focused()}
        self.command("show", _TAB)
        wait_for(lambda: self._screen.focused() not in others)
        for key in ("Home", *["Down"] * number):
            self._screen.press(key)
        time.sleep(_LOOK_S)

    def _enter(self, _: int) -> float:
        return self._screen.press("Return", held_s=HELD_S)

    def _ask(self, number: int) -> float:
        begun = time.monotonic()
        self.command("eval", _PASTE.format(row=number))
        return begun
