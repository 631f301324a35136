"""Desks for the contract suite: each with another program on it, and the hands of the agent."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from companion.desk.ports import Hotkeys, Rect, Target, Typist, Windows
from companion.desk.recording import RecordingDesk
from tests.e2e.desktop import Desktop, wait_for

# The keys as a terminal hands them to what runs in it.
LEFT, ENTER, CTRL_INSERT = "\x1b[D", "\r", "\x1b[2;5~"


class Scene(Protocol):
    """A desk with another program on it, and the hands of the agent."""

    windows: Windows
    typist: Typist
    hotkeys: Hotkeys

    def open(self, title: str) -> Target:
        """A new window of another program, with the focus."""

    def shut(self, target: Target) -> None:
        """Close such a window."""

    def hold(self, down: bool) -> None:
        """Press or let go of a modifier."""

    def press(self, keys: str) -> None:
        """Press a combination."""

    def got(self) -> str:
        """The keys that have come to the window that was opened last."""

    def rival(self) -> Hotkeys:
        """The hotkeys of another program."""


class RecordingScene:
    """Companion's own stand-in for a desk."""

    def __init__(self) -> None:
        self.desk = RecordingDesk()
        self.windows: Windows = self.desk
        self.typist: Typist = self.desk
        self.hotkeys: Hotkeys = self.desk

    def open(self, title: str) -> Target:
        self.desk.target = Target(7, "xterm", title)
        self.desk.bring_back(self.desk.target)
        self.desk.open = [self.desk.target.program]
        self.desk.rect = Rect(10, 20, 300, 200)
        self.desk.acts.clear()
        return self.desk.target

    def shut(self, target: Target) -> None:
        self.desk.shut()
        self.desk.open.clear()

    def hold(self, down: bool) -> None:
        self.desk.held = down

    def press(self, keys: str) -> None:
        self.desk.press(keys)

    def got(self) -> str:
        known = {"left": LEFT, "enter": ENTER, "press": CTRL_INSERT}
        acts = (act.split() for act in self.desk.acts)
        pressed = [(known[act[0]], act[1]) for act in acts if act[0] in known]
        return "".join(key * (int(times) if times.isdigit() else 1) for key, times in pressed)

    def rival(self) -> Hotkeys:
        return self.desk


@dataclass
class X11Scene:
    """xterms on a virtual screen."""

    desktop: Desktop
    windows: Windows
    typist: Typist
    hotkeys: Hotkeys
    make: Callable[[], Hotkeys]
    terminals: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    rivals: list[Hotkeys] = field(default_factory=list)
    file: Path = Path()

    def open(self, title: str) -> Target:
        self.file = self.desktop.folder / f"got by {title}"
        self.file.unlink(missing_ok=True)
        command = f"stty raw -echo; exec cat > '{self.file}'"
        terminal = self.desktop.start("xterm", "-u8", "-T", title, "-e", "sh", "-c", command)
        window = self.desktop.window(f"^{title}$")
        self.terminals[int(window)] = terminal
        self.focus(window)
        target = self.windows.focused()
        assert target is not None
        assert target.handle == int(window)
        wait_for(self.file.exists)
        return target

    def focus(self, window: str) -> None:
        self.desktop.focus(window)

    def shut(self, target: Target) -> None:
        self.terminals.pop(target.handle).terminate()
        wait_for(lambda: not self.windows.exists(target))

    def hold(self, down: bool) -> None:
        self.desktop.run("xdotool", "keydown" if down else "keyup", "shift")

    def press(self, keys: str) -> None:
        self.desktop.keys(keys)

    def got(self) -> str:
        return self.file.read_bytes().decode()

    def rival(self) -> Hotkeys:
        self.rivals.append(self.make())
        return self.rivals[-1]

    def close(self) -> None:
        for hotkeys in (self.hotkeys, *self.rivals):
            hotkeys.close()
        for handle in list(self.terminals):
            self.shut(Target(handle, "xterm", ""))
