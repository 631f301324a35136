"""AutoKey as one of the programs measured side by side, with a home and a bus of its own."""

import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from build_spec.bench.rival import (
    COUNT,
    HELD_S,
    SHORT,
    Way,
    launch,
    needs,
    pieces,
    private,
    version,
)
from build_spec.bench.samples import phrases
from build_spec.bench.screen import Screen
from tests.e2e.desktop import Desktop, finish

_PROGRAM, _PACKAGE = "autokey-gtk", "autokey-gtk"
_PASTE, _KEYS = "<ctrl>+v", "kb"
_HOTKEY_MODE = 3
_MENU, _TYPED = "F12", "F10"
_POLL_S, _PATIENCE_S = 0.005, 30.0
# It waits 200 ms by itself before it shows the menu.
_MENU_S = 0.5
# No service of the machine is started because somebody asked for it on this bus.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""
_ABBREVIATION = {
    "abbreviations": [],
    "backspace": True,
    "ignoreCase": False,
    "immediate": False,
    "triggerInside": False,
    "wordChars": r"[\w]",
}


def write_profile(folder: Path) -> None:
    """Write its settings and phrases as it keeps them: a text and a description of it each.

    ``folder`` is where it looks for its settings. Every piece is there three times: under a hotkey
    that pastes, in the menu, and the first one under a hotkey that types it.
    """
    data = folder / "autokey" / "data"
    for name, key in (("phrases", None), ("pieces", None), ("menu", _MENU)):
        (data / name).mkdir(parents=True)
        described = {"type": "folder", "title": name} | _described(key)
        _write(data / name / ".folder.json", described)
    for number, (_, body, *_) in enumerate(phrases(COUNT)):
        _phrase(data / "phrases", f"phrase {number:04}", body, _PASTE)
    for number, text in enumerate(pieces()):
        _phrase(data / "pieces", f"piece {number}", text, _PASTE, f"F{number + 1}")
        _phrase(data / "menu", f"piece {number}", text, _PASTE)
    _phrase(data / "pieces", "typed", pieces()[SHORT], _KEYS, _TYPED)
    off: dict[str, object] = {"enabled": False, "modifiers": [], "hotKey": None}
    # By name, or the menu's order would change as its phrases are used.
    settings = {"isFirstRun": False, "sortByUsageCount": False}
    top: dict[str, object] = {
        "version": "0.95.10",
        "userCodeDir": None,
        "settings": settings,
        "folders": [],
    }
    hotkeys: dict[str, object] = {"toggleServiceHotkey": off, "configHotkey": off}
    _write(folder / "autokey" / "autokey.json", top | hotkeys)


def _phrase(folder: Path, name: str, text: str, mode: str, key: str | None = None) -> None:
    (folder / f"{name}.txt").write_text(text, "utf-8")
    described = {
        "type": "phrase",
        "description": name,
        "prompt": False,
        "omitTrigger": False,
        "matchCase": False,
        "sendMode": mode,
    }
    _write(folder / f".{name}.json", described | _described(key))


def _described(key: str | None) -> dict[str, object]:
    hotkey: dict[str, object] = {"modifiers": [], "hotKey": None}
    if key is not None:
        hotkey = {"modifiers": ["<ctrl>"], "hotKey": f"<{key.lower()}>"}
    return {
        "modes": [] if key is None else [_HOTKEY_MODE],
        "usageCount": 0,
        "showInTrayMenu": False,
        "abbreviation": _ABBREVIATION,
        "hotkey": hotkey,
        "filter": {"regex": None, "isRecursive": False},
    }


def _write(file: Path, content: dict[str, object]) -> None:
    file.write_text(json.dumps(content), "utf-8")


class AutoKey:
    """autokey-gtk without its window, with 1,000 phrases."""

    size_means = "its one process"
    start_means = "from its process to “Entering main()” in its log, phrases read"

    def __init__(self, desktop: Desktop, screen: Screen) -> None:
        needs(_PROGRAM, _PACKAGE)
        self.name = f"AutoKey {version('autokey-common')}"
        self._screen = screen
        self._home = desktop.folder / "autokey"
        self._environment = private(desktop, self._home)
        # An agent's desktop has the bus for screen readers long before; it is no part of the start.
        self._environment["NO_AT_BRIDGE"] = "1"
        write_profile(Path(self._environment["XDG_CONFIG_HOME"]))
        self._process: subprocess.Popen[bytes] | None = None
        self._bus: subprocess.Popen[bytes] | None = None
        self.ways: Sequence[Way] = (
            Way("a hotkey of the phrase's own", lambda _: None, self._hotkey),
            Way("a digit in its menu", self._open, self._digit),
            Way("a hotkey, typed and not pasted", lambda _: None, self._typed),
        )

    def start(self) -> float:
        """Start a bus, then the program; the seconds until it waits for keys."""
        self._start_bus()
        log = Path(self._environment["XDG_DATA_HOME"]) / "autokey" / "autokey.log"
        log.unlink(missing_ok=True)
        begun = time.monotonic()
        self._process = launch([_PROGRAM], self._environment, self._home / "words")
        while not (log.exists() and "Entering main()" in log.read_text("utf-8")):
            if time.monotonic() > begun + _PATIENCE_S:
                raise TimeoutError("AutoKey never waited for keys")
            time.sleep(_POLL_S)
        return time.monotonic() - begun

    def processes(self) -> list[int]:
        """The one process; the bus is the desktop's."""
        return [] if self._process is None else [self._process.pid]

    def end(self) -> None:
        """End the program and its bus."""
        for process in (self._process, self._bus):
            if process is not None:
                finish(process)
        self._process = self._bus = None

    def _start_bus(self) -> None:
        configuration = self._home / "bus.conf"
        configuration.write_text(_BUS, "utf-8")
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address", f"--config-file={configuration}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._bus.stdout is None:
            raise RuntimeError("the bus tells no address")
        with self._bus.stdout as said:
            self._environment["DBUS_SESSION_BUS_ADDRESS"] = said.readline().decode().strip()

    def _hotkey(self, number: int) -> float:
        return self._screen.press("Control_L", f"F{number + 1}", held_s=HELD_S)

    def _typed(self, _: int) -> float:
        return self._screen.press("Control_L", _TYPED, held_s=HELD_S)

    def _open(self, _: int) -> None:
        self._screen.press("Control_L", _MENU, held_s=HELD_S)
        time.sleep(_MENU_S)

    def _digit(self, number: int) -> float:
        return self._screen.press(str(number + 1), held_s=HELD_S)
