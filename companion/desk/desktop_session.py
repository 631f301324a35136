"""Which desktop this process shows its windows on: one user may have several at once."""

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping


def desktop_names(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Names of this desktop, any of which tells it from the user's others; none where unknown."""
    if sys.platform == "win32":
        number = ctypes.c_uint32()
        kernel = ctypes.windll.kernel32
        found = kernel.ProcessIdToSessionId(kernel.GetCurrentProcessId(), ctypes.byref(number))
        return [f"session {number.value}"] if found else []
    names = [environment.get("WAYLAND_DISPLAY", "")]
    # ":0.1" is another screen of the same X server.
    host, _, server = environment.get("DISPLAY", "").rpartition(":")
    if server:
        names.append(f"{host}:{server.partition('.')[0]}")
    return [name for name in names if name]


def is_another(theirs: Iterable[str], ours: Iterable[str]) -> bool:
    """Whether two processes are on different desktops, as far as both are known."""
    theirs, ours = set(theirs), set(ours)
    return bool(theirs) and bool(ours) and not theirs & ours
