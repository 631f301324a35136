"""Tells whether a browser has a profile open: its files are nobody else's to write then."""

import os
import socket
import sys
from pathlib import Path

from companion.bookmarks.browsers import Browser


def is_running(browser: Browser) -> bool:
    """Whether the browser has the profile open, or may have: in doubt it has.

    A Chromium marks its data folder, for all profiles in it, with a lock that it takes away when
    it ends.
    """
    data = Path(browser.folder).parent
    if browser.engine == "firefox":
        return _firefox_runs(Path(browser.folder))
    return _held(data / "lockfile") or _linked(data / "SingletonLock")


def _linked(lock: Path) -> bool:
    """Linux and macOS: a link to HOST-PID, which stays behind where the browser was killed."""
    try:
        said = str(lock.readlink())
    except OSError:
        return os.path.lexists(lock)
    host, _, number = said.rpartition("-")
    # On a home folder in the network it may be open at another desk.
    return host != socket.gethostname() or not number.isdecimal() or _lives(int(number))


def _firefox_runs(profile: Path) -> bool:
    lock = profile / "lock"
    if not lock.is_symlink():
        return _held(profile / "parent.lock")
    number = str(lock.readlink()).rpartition("+")[2]
    return not number.isdecimal() or _lives(int(number))


def _held(lock: Path) -> bool:
    """Windows: the browser keeps this file open, and lets nobody open it for writing."""
    if sys.platform != "win32":
        return False
    try:
        with lock.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _lives(number: int) -> bool:
    """Whether a process of this number lives, of whichever user."""
    if sys.platform == "win32":
        return True
    try:
        # Signal 0 only asks.
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
