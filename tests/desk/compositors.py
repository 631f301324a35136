"""Wayland desktops of their own for a test, without a screen: sway (wlroots) and mutter (GNOME)."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from abc import abstractmethod
from pathlib import Path

from jeepney import (
    DBusAddress,
    Message,
    MessageType,
    message_bus,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import open_dbus_connection

from tests.desk.bus_service import BusService
from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import ROOT, finish, wait_for

NOTICES = "org.freedesktop.Notifications"
_REMOTE = "org.gnome.Mutter.RemoteDesktop"
_NOBODY = 65534
_KEYSYMS = {"Return": 0xFF0D, "Escape": 0xFF1B}
_CONTROL = 0xFFE3


class Compositor:
    """A compositor, a bus of its own and what runs there; everything ends with close()."""

    needs: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bus = PrivateBus(folder)
        # A socket's path may have some hundred characters, and sway's owner may not be ours.
        self.runtime = Path(tempfile.mkdtemp(dir="/tmp"))
        self.socket = self.runtime / "desk"
        self._running: list[subprocess.Popen[bytes]] = []
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "LC_ALL", "LANGUAGE", "XDG_ACTIVATION_TOKEN"):
            kept.pop(name, None)
        self.environment = kept | {
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
            "WAYLAND_DISPLAY": str(self.socket),
            "QT_QPA_PLATFORM": "wayland",
        }
        self._begin()

    def start(
        self, *command: str, log: Path | None = None, **variables: str
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; ``log`` takes what it says."""
        started = subprocess.Popen(
            command,
            env=self.environment | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=(log or self.folder / "stderr").open("ab"),
        )
        self._running.append(started)
        return started

    def run(self, *command: str, check: bool = True) -> bytes:
        """Run a program on this desktop to its end; what it printed."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, timeout=60, check=False
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def companion(self, *arguments: str) -> str:
        """Run a command of Companion; what it printed."""
        return self.run(sys.executable, "-m", "companion", *arguments).decode()

    def kinds(self) -> list[str]:
        """The formats on the clipboard."""
        return self.run("wl-paste", "--list-types", check=False).decode().split()

    def clipboard(self, kind: str = "text/plain;charset=utf-8") -> bytes:
        """What is on the clipboard in a format, nothing where it is not there."""
        return self.run("wl-paste", "--no-newline", "--type", kind, check=False)

    @abstractmethod
    def type(self, text: str, *keys: str) -> None:
        """Type ASCII, then press keys (``Return``), into the window with the focus."""

    @abstractmethod
    def paste(self) -> None:
        """Press Ctrl+V."""

    def close(self) -> None:
        """End everything that runs here, the compositor and the bus last."""
        for process in reversed(self._running):
            finish(process)
            if process.stdin is not None:
                process.stdin.close()
        self.bus.end()
        shutil.rmtree(self.runtime, ignore_errors=True)

    @abstractmethod
    def _begin(self) -> None:
        """Start the compositor."""


class Sway(Compositor):
    """Gives every new window the focus, and pictures of the screen (grim)."""

    needs = ("sway", "wtype", "wl-paste", "grim")

    def picture(self, file: Path) -> None:
        """Photograph the screen as PNG."""
        self.run("grim", str(file))

    def type(self, text: str, *keys: str) -> None:
        """By a virtual keyboard."""
        pressed = [part for key in keys for part in ("-k", key)]
        self.run("wtype", "-d", "5", *([text] if text else []), *pressed)

    def paste(self) -> None:
        """Press Ctrl+V."""
        self.run("wtype", "-M", "ctrl", "v", "-m", "ctrl")

    def _begin(self) -> None:
        configuration = self.runtime / "sway"
        configuration.write_text(
            "xwayland disable\noutput * resolution 1280x800\n"
            'for_window [title=".*"] floating enable, border none\n',
            "utf-8",
        )
        command = ["sway", "-c", str(configuration)]
        if os.geteuid() == 0:
            # It refuses to run as root.
            os.chown(self.runtime, _NOBODY, _NOBODY)
            nobody = [f"--re{kind}={_NOBODY}" for kind in ("uid", "gid")]
            command = ["setpriv", *nobody, "--clear-groups", *command]
        self.start(
            *command,
            XDG_RUNTIME_DIR=str(self.runtime),
            HOME=str(self.runtime),
            WAYLAND_DISPLAY="",
            WLR_BACKENDS="headless",
            WLR_LIBINPUT_NO_DEVICES="1",
            WLR_RENDERER="pixman",
        )
        self.socket = wait_for(lambda: [*self.runtime.glob("wayland-?")])[0]
        self.environment["WAYLAND_DISPLAY"] = str(self.socket)
        # Programs see a keyboard only as long as one of these is there: one that only waits.
        self.start("wtype", "-s", "86400000")


class Mutter(Compositor):
    """GNOME's: only the program with the focus may copy, and not every window gets the focus."""

    needs = ("mutter", "wl-paste")

    def type(self, text: str, *keys: str) -> None:
        """By a remote desktop's keyboard."""
        for key in [*map(ord, text), *(_KEYSYMS[key] for key in keys)]:
            self._stroke(key, True)
            self._stroke(key, False)

    def paste(self) -> None:
        """Press Ctrl+V."""
        self._stroke(_CONTROL, True)
        self.type("v")
        self._stroke(_CONTROL, False)

    def close(self) -> None:
        """End the remote desktop too."""
        self._remote.close()
        super().close()

    def _begin(self) -> None:
        self.start(
            *("mutter", "--headless", "--wayland", "--no-x11"),
            *("--virtual-monitor", "1280x800", "--wayland-display", "desk"),
            XDG_RUNTIME_DIR=str(self.runtime),
            GSETTINGS_BACKEND="memory",
        )
        wait_for(self.socket.exists)
        self._remote = open_dbus_connection(self.bus.address)
        wait_for(
            lambda: (
                self._remote.send_and_get_reply(message_bus.GetNameOwner(_REMOTE)).body[0][:1]
                == ":"
            )
        )
        self._session = "/org/gnome/Mutter/RemoteDesktop"
        self._session = self._call("CreateSession", "", (), _REMOTE)
        self._call("Start", "", ())
        # The keyboard is made when its first key is pressed.
        self.type("", "Escape")

    def _stroke(self, keysym: int, down: bool) -> None:
        self._call("NotifyKeyboardKeysym", "ub", (keysym, down))
        time.sleep(0.01)

    def _call(
        self,
        member: str,
        signature: str,
        body: tuple[object, ...],
        interface: str = f"{_REMOTE}.Session",
    ) -> str:
        address = DBusAddress(self._session, bus_name=_REMOTE, interface=interface)
        call = new_method_call(address, member, signature, body)
        answer = self._remote.send_and_get_reply(call, timeout=10)
        assert answer.header.message_type is MessageType.method_return, answer.body
        return str(answer.body[0]) if answer.body else ""


class Notices(BusService):
    """The desktop's notifications: what programs had it say."""

    def __init__(self, address: str) -> None:
        self.said: list[str] = []
        super().__init__(address, NOTICES)

    def answer(self, call: Message) -> Message:
        """Take a notice down."""
        if len(call.body) > 4:
            self.said.append(str(call.body[4]))
        return new_method_return(call, "u", (1,))


def missing(kind: type[Compositor]) -> list[str]:
    """The programs that a compositor needs and this machine has not."""
    return [program for program in kind.needs if shutil.which(program) is None]
