"""Starts other programs and never leaves one behind, however this one ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

PATIENCE = 10.0


def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> int:
    """Run a command to its end and return its exit status as a shell would name it."""
    child = subprocess.Popen(command, env=env, cwd=cwd)
    try:
        status = child.wait()
    except KeyboardInterrupt:
        # The terminal sent Ctrl+C to the child too: let it tidy up before it is told again.
        _wait(child)
        raise
    finally:
        end(child)
    return status if status >= 0 else 128 - status


def run_to_the_end(command: Sequence[str]) -> int:
    """Run a command that must not be cut short, showing its complaints only."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL) as child:
        try:
            return child.wait()
        finally:
            child.wait()


def become(command: Sequence[str]) -> int:
    """Let the command take this process's place, or run it where the system has no such thing."""
    sys.stdout.flush()
    if sys.platform != "win32":
        os.execv(command[0], list(command))
    return run(command)


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask a child to end, and end it if it does not."""
    if child.poll() is not None:
        return
    child.terminate()
    if not _wait(child):
        child.kill()
        child.wait()


def end_tidily_on_signals() -> None:
    """Turn the signals that would end this process at once into an orderly way out."""
    for name in ("SIGTERM", "SIGHUP"):
        if number := signal.Signals.__members__.get(name):
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    # A second signal must not interrupt the tidying that the first one began.
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _wait(child: subprocess.Popen[bytes]) -> bool:
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return False
    return True
