"""The screen the windows appear on: the one that is there, or a virtual one only we can see."""

import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_spec.setup import SetupError, children

START_TIMEOUT = 60.0
# Left over from the caller's own desktop, these would change how our windows look or where they go.
_DESKTOP_HABITS = (
    "QT_QPA_PLATFORM",
    "QT_QPA_PLATFORMTHEME",
    "QT_STYLE_OVERRIDE",
    "QT_SCALE_FACTOR",
    "QT_SCREEN_SCALE_FACTORS",
    "QT_AUTO_SCREEN_SCALE_FACTOR",
    "QT_FONT_DPI",
)


def present() -> bool:
    """Tell whether windows can be shown here; only Linux is ever without a screen."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def plain_environment() -> dict[str, str]:
    """Copy the environment without the desktop's own wishes for Qt."""
    return {name: value for name, value in os.environ.items() if name not in _DESKTOP_HABITS}


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """Hold a virtual screen and hand out the environment in which programs appear on it."""
    for program in ("Xvfb", "xauth"):
        if shutil.which(program) is None:
            raise SetupError(f"There is no display, and a virtual one needs {program}: not found.")
    folder = tempfile.TemporaryDirectory(prefix="companion-screen-")
    with folder, _server(Path(folder.name)) as (number, keys):
        yield plain_environment() | {
            "DISPLAY": f":{number}",
            "XAUTHORITY": str(keys),
            "XDG_SESSION_TYPE": "x11",
            "QT_QPA_PLATFORM": "xcb",
        }


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, Path]]:
    # Without a key every user of this machine could watch the screen and type into its terminals.
    keys, key, log = folder / "keys", os.urandom(16).hex(), folder / "log"
    _hand_out(keys, "0", key)
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1080x24"]
    # -noreset: otherwise the screen starts over whenever its last window closes.
    command += ["-nolisten", "tcp", "-noreset", "-auth", str(keys)]
    with log.open("wb") as stderr:
        # In a session of its own, so that Ctrl+C does not take the screen from under its windows.
        server = subprocess.Popen(
            command,
            pass_fds=(writer,),
            stderr=stderr,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        os.close(writer)
        number = _number(reader)
        if not number:
            raise SetupError(f"The virtual screen did not start: {log.read_text(errors='replace')}")
        _hand_out(keys, number, key)
        yield number, keys
    finally:
        os.close(reader)
        children.end(server)


def _number(reader: int) -> str:
    """Read the display's number; nothing where the server ended or keeps silent."""
    answer = b""
    while not answer.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], START_TIMEOUT)
        part = os.read(reader, 64) if ready else b""
        if not part:
            return ""
        answer += part
    return answer.decode().strip()


def _hand_out(keys: Path, number: str, key: str) -> None:
    """Write the key for a display, through a pipe because other users can read command lines."""
    entry = f"add :{number} . {key}\n".encode()
    command = ["xauth", "-q", "-f", str(keys), "source", "-"]
    subprocess.run(command, input=entry, stderr=subprocess.DEVNULL, check=True)
