"""A line to a server that tells what moves, can be stopped at any moment, and always ends."""

import selectors
import socket
import ssl
import time

from companion.runtime.aside import aside
from companion.sync.store import Watch

_TICK_S = 0.1
_PIECE = 1 << 16
# No more than this waits in the system for a slow line, so that what is told has moved, and the
# server's answer is not waited for while half the pack is still on its way.
_UNDERWAY = 1 << 17
# What comes in drops, each in time, must end all the same: an answer may take this many time-outs
# and, beyond them, as long as this many bytes a second need.
_MOST_TIMEOUTS = 15
_SLOWEST = 2_000
# So must what comes fast: no request and its answer are longer.
_MOST_BYTES = 640 * 1024 * 1024


class Wire:
    """A connected socket. Raises OSError (TimeoutError where the other end is silent), Stopped."""

    def __init__(self, sock: socket.socket, timeout_s: float, watch: Watch) -> None:
        self.timeout_s = timeout_s
        self._socket, self._watch = sock, watch
        self._asking, self._began, self._moved = False, 0.0, 0

    def encrypt(self, context: ssl.SSLContext, host: str) -> "Wire":
        """The same line, encrypted from here on. Raises ssl.SSLError as well."""
        self._socket.settimeout(self.timeout_s)

        def shake_hands() -> ssl.SSLSocket:
            return context.wrap_socket(self._socket, server_hostname=host)

        meanwhile = _Until(self.timeout_s, self._watch)
        return Wire(aside(shake_hands, meanwhile.check), self.timeout_s, self._watch)

    def receive(self, most: int) -> bytes:
        """Some bytes, none at the end."""
        self._asking = False
        since = time.monotonic()
        while True:
            self._check(since)
            try:
                data = self._socket.recv(min(most, _PIECE))
            except TimeoutError:
                continue
            self._note(len(data))
            return data

    def send(self, data: bytes | memoryview) -> None:
        """All of these bytes."""
        if not self._asking:
            # Another request: its own time begins.
            self._asking, self._began, self._moved = True, time.monotonic(), 0
        left, since = memoryview(data), time.monotonic()
        while left:
            self._check(since)
            try:
                sent = self._socket.send(left[:_PIECE])
            except TimeoutError:
                continue
            left, since = left[sent:], time.monotonic()
            self._note(sent)

    def is_readable(self) -> bool:
        """Whether something waits to be read; on an idle line, that the other end hung up."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            return bool(selector.select(0))

    def close(self) -> None:
        """Hang up, without a word."""
        self._socket.close()

    def _check(self, since: float) -> None:
        """Before each short wait. Raises TimeoutError, Stopped."""
        self._watch.check()
        self._socket.settimeout(_TICK_S)
        now, most_s = time.monotonic(), _MOST_TIMEOUTS * self.timeout_s + self._moved / _SLOWEST
        too_long = self._began and (now - self._began > most_s or self._moved > _MOST_BYTES)
        if too_long or now - since > self.timeout_s:
            raise TimeoutError

    def _note(self, count: int) -> None:
        self._moved += count
        self._watch.moved(count)


class _Until:
    """What is asked while something else waits: whether to stop, and whether it is too late."""

    def __init__(self, seconds: float, watch: Watch) -> None:
        self._end, self._watch = time.monotonic() + seconds, watch

    def check(self) -> None:
        """Raise Stopped or TimeoutError."""
        self._watch.check()
        if time.monotonic() > self._end:
            raise TimeoutError


def connect(host: str, port: int, timeout_s: float, watch: Watch) -> Wire:
    """A line to a server. Raises OSError (TimeoutError included), Stopped."""

    # Looking a name up cannot be given a time-out, so it happens aside.
    def reach() -> socket.socket:
        sock = socket.create_connection((host, port), timeout_s)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNDERWAY)
        return sock

    return Wire(aside(reach, _Until(timeout_s, watch).check), timeout_s, watch)
