"""Where the running app of a home listens, for the app and for the commands that speak to it."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

# A Unix socket's path may have 107 bytes, a deep home has more.
_MOST_PATH = 100


def server_address(run_folder: Path) -> str:
    """A socket's path, or on Windows the name of a pipe; the same for the same folder."""
    folder = str(run_folder.resolve())
    name = "companion-" + hashlib.sha256(folder.encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    path = Path(folder, "app.sock")
    if len(os.fsencode(path)) > _MOST_PATH:
        path = Path(tempfile.gettempdir(), name)
    return str(path)
