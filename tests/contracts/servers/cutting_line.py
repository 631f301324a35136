"""A line to a server on loopback that drops once so many bytes have gone to it."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class CuttingLine:
    """Hands each connection on to a port, and drops it after ``most`` bytes towards it."""

    def __init__(self, port: int, most: int) -> None:
        self.cuts = 0
        self._to = port
        self._most = most
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Closing alone does not wake the one that waits in accept.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._threads[0].join()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            for hand in (self._out, self._back):
                threading.Thread(target=hand, args=(near, far), daemon=True).start()

    def _out(self, near: socket.socket, far: socket.socket) -> None:
        left = self._most
        with contextlib.suppress(OSError):
            while left > 0 and (data := near.recv(65_536)):
                far.sendall(data)
                left -= len(data)
        self.cuts += left <= 0
        self._end(near, far)

    def _back(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := far.recv(65_536):
                near.sendall(data)
        self._end(near, far)

    @staticmethod
    def _end(*ends: socket.socket) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
