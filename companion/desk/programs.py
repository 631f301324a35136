"""Other programs of this PC: whether one runs, and running one to its end."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_LOOK_S = 10.0


class LocalPrograms:
    """The programs of this PC and of this user."""

    def run(self, arguments: Sequence[str], seconds: float = 30.0) -> bool:
        """Run a program to its end; see ports.Programs."""
        return _run(arguments, seconds) is not None

    def running(self, name: str) -> bool:
        """Whether a process has this name; see ports.Programs."""
        if sys.platform == "win32":
            listed = _run(("tasklist", "/NH", "/FO", "CSV", "/FI", f"IMAGENAME eq {name}"), _LOOK_S)
            return listed is not None and name.lower() in listed.lower()
        if sys.platform == "linux":
            return any(_is_named(process, name) for process in Path("/proc").glob("[0-9]*"))
        return _run(("pgrep", "-x", name), _LOOK_S) is not None


def _is_named(process: Path, name: str) -> bool:
    with suppress(OSError):
        # The system keeps the first fifteen letters, and another user's is no business of ours.
        comm = (process / "comm").read_text(errors="replace").rstrip("\n")
        return comm == name[:15] and process.stat().st_uid == Path("/proc/self").stat().st_uid
    return False


def _run(arguments: Sequence[str], seconds: float) -> str | None:
    """What it said; None where it is not there, failed, or took too long and was ended."""
    flags = 0
    if sys.platform == "win32":
        # No black window for a moment.
        flags = subprocess.CREATE_NO_WINDOW
    try:
        done = subprocess.run(
            list(arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=flags,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None
