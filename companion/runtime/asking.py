"""Asks the running app of this desk one thing and waits for the answer, without Qt."""

import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from io import RawIOBase
from pathlib import Path

from companion.errors import DeskBusy
from companion.runtime.address import server_address
from companion.runtime.framing import frame, unframe

PATIENCE_S = 60.0
_CHUNK = 65_536
_PEER = struct.Struct("3i")


def ask(
    run_folder: Path, compose: Callable[[], dict[str, object]], patience: float = PATIENCE_S
) -> dict[str, object] | None:
    """The app's answer, or None where no app runs.

    ``compose`` makes the message, once it is known that somebody listens. Raises DeskBusy where
    no answer comes within ``patience`` seconds.
    """
    address = server_address(run_folder)
    if sys.platform == "win32":
        return _ask_pipe(address, compose, patience)
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(patience)
        try:
            link.connect(address)
        except OSError:
            # No socket, or one that a killed app left behind.
            return None
        pid, user = _peer(link)
        if user != os.getuid():
            return None
        data = frame(compose())
        until = time.monotonic() + patience
        buffer = bytearray()
        try:
            link.sendall(data)
            while (answer := unframe(buffer)) is None:
                link.settimeout(max(until - time.monotonic(), 0.001))
                chunk = link.recv(_CHUNK)
                if not chunk:
                    raise DeskBusy(pid=pid)
                buffer += chunk
        except (OSError, ValueError) as error:
            raise DeskBusy(pid=pid) from error
        return answer


def _peer(link: socket.socket) -> tuple[int, int]:
    """The process and the user at the other end, where the system tells; else 0 and ourselves.

    A deep home's socket lies in the common folder for temporary files, where anybody may listen.
    """
    if sys.platform != "linux":
        return 0, os.getuid()
    pid, user, _ = _PEER.unpack(link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
    return pid, user


def _ask_pipe(
    address: str, compose: Callable[[], dict[str, object]], patience: float
) -> dict[str, object] | None:
    """The same over a named pipe, whose reads know no time-out: they wait on a thread."""
    pipe = _open_pipe(address, time.monotonic() + patience)
    if pipe is None:
        return None
    data = frame(compose())
    answers: list[dict[str, object]] = []

    def exchange() -> None:
        buffer = bytearray()
        with pipe:
            pipe.write(data)
            while (answer := unframe(buffer)) is None and (chunk := pipe.read(_CHUNK)):
                buffer += chunk
        if answer is not None:
            answers.append(answer)

    thread = threading.Thread(target=exchange, daemon=True, name="ask")
    thread.start()
    thread.join(patience)
    if not answers:
        raise DeskBusy(pid=0)
    return answers[0]


def _open_pipe(address: str, until: float) -> RawIOBase | None:
    """The pipe, None where there is none. Raises DeskBusy where it stays taken."""
    while True:
        try:
            return Path(address).open("r+b", buffering=0)
        except FileNotFoundError:
            return None
        except OSError as error:
            # Every instance of the pipe is taken at this moment.
            if time.monotonic() > until:
                raise DeskBusy(pid=0) from error
            time.sleep(0.05)
