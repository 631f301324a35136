"""The drives that were plugged into this PC: USB sticks and the like, never a network drive."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

_MOUNTS = Path("/proc/self/mounts")
_VOLUMES = Path("/Volumes")
# Where desktops mount what was plugged in, each in a folder of its own: below the user's, or, on
# older ones, right here.
_BELOW = ("/run/media", "/media")
_OCTAL = re.compile(r"\\([0-7]{3})")


def removable() -> list[Path]:
    """Their top folders. It reads no drive, but may wait for one: not for the GUI thread."""
    # Checkers know a platform's own modules by this form of the question only.
    if sys.platform == "win32":
        from companion.desk import win32_drives

        return win32_drives.removable()
    if sys.platform == "darwin":
        return _volumes(_VOLUMES)
    try:
        return mounted(_MOUNTS.read_text("utf-8", "surrogateescape"))
    except OSError:
        return []


def mounted(mounts: str) -> list[Path]:
    """The drives among the mounts of a Linux, as /proc/self/mounts lists them."""
    found = []
    for line in mounts.splitlines():
        device, _, rest = line.partition(" ")
        place = _OCTAL.sub(lambda code: chr(int(code[1], 8)), rest.partition(" ")[0])
        # A device of this PC: what comes over a network has a host's name in its place.
        if device.startswith("/dev/") and _is_below(PurePosixPath(place)):
            found.append(Path(place))
    return found


def _is_below(place: PurePosixPath) -> bool:
    return any(
        place.is_relative_to(top) and 1 <= len(place.relative_to(top).parts) <= 2 for top in _BELOW
    )


def _volumes(top: Path, is_mount: Callable[[Path], bool] = os.path.ismount) -> list[Path]:
    """Those of a Mac: the volume it started from is a link there."""
    try:
        return [each for each in sorted(top.iterdir()) if not each.is_symlink() and is_mount(each)]
    except OSError:
        return []
