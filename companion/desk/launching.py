"""How this Companion is started, in the words of a shell: for a shortcut the agent sets up."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path


def start_command() -> str:
    """The command that starts this Companion, or brings forward the one that runs."""
    if getattr(sys, "frozen", False):
        return _quoted(sys.executable)
    found = shutil.which("companion")
    # Another Companion may be installed beside the one that runs.
    if found and Path(found).parent == Path(sys.executable).parent:
        return "companion"
    # -P: what lies in the folder one happens to be in is no part of it.
    return f"{_quoted(sys.executable)} -P -m companion"


def _quoted(path: str) -> str:
    return subprocess.list2cmdline([path]) if sys.platform == "win32" else shlex.quote(path)
