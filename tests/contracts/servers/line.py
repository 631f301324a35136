"""A line to a server on loopback that a test makes slow, holds, drops or lets through again."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Self

_PIECE = 16_384


class Line:
    """Hands each connection on to a port, both ways.

    ``bytes_a_second`` is how fast (0: as it comes), while ``held`` is true nothing moves on the
    connections there are, while ``refuses`` is true each new one is closed at once.
    """

    def __init__(self, port: int) -> None:
        self.bytes_a_second = 0
        self.held = False
        self.refuses = False
        self._to = port
        self._listening = socket.socket()
        # Small, so that what has left the store is soon at the server, or waits in the store.
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _PIECE)
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self.port = int(self._listening.getsockname()[1])
        self._ends: list[socket.socket] = []
        self._over = False
        self._thread = threading.Thread(target=self._accept)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over, self.held = True, False
        # Closing alone does not wake the one that waits in accept.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()
        self.drop()

    def drop(self) -> None:
        """Close every connection there is."""
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def hold_what_there_is(self) -> None:
        """Let nothing through any more on the connections there are, without a word to anybody."""
        self._ends.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self.refuses:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._to))
            self._ends += [near, far]
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(_PIECE):
                if self.bytes_a_second:
                    time.sleep(len(data) / self.bytes_a_second)
                while not self._over and (self.held or source not in self._ends):
                    time.sleep(0.02)
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def nobody_accepts() -> Iterator[int]:
    """A port at which connecting hangs: its queue is full, and whoever knocks is not answered."""
    with contextlib.ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield int(listening.getsockname()[1])
