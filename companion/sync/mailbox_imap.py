"""The standard library's IMAP client, made to tell every way in which a line can be lost."""

import contextlib
import errno
import imaplib
import socket
import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_PIECE = 65536
_LONGEST_LINE = 1_000_000
_LARGEST_LITERAL = 1 << 28


class Lost(Exception):
    """The line is gone or silent; a new one may do."""

    def __init__(self, error: Exception | str) -> None:
        number = error.errno if isinstance(error, OSError) else None
        name = error if isinstance(error, str) else type(error).__name__
        self.reason = errno.errorcode.get(number or 0, name)
        super().__init__(self.reason)


class Imap(imaplib.IMAP4):
    """imaplib's client over a socket of our own.

    imaplib has an OSError while receiving pass, wraps one while sending together with answers that
    are no IMAP, and gives a large upload one time-out for all of it, however slow the way: each is
    put right here, in the methods it leaves open to be overridden.
    """

    def __init__(self, host: str, port: int, timeout_s: float, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        super().__init__(host, port, timeout_s)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connect, encrypted from the start where that is wanted."""
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port), timeout)
        if self._tls is not None:
            try:
                self.sock = self._tls.wrap_socket(self.sock, server_hostname=host)
            except BaseException:
                self.sock.close()
                raise
        self._stream = self.sock.makefile("rb")

    def read(self, size: int) -> bytes:
        """A literal."""
        if size > _LARGEST_LITERAL:
            raise self.error("a literal beyond all measure")
        try:
            # One that is cut short has no line after it, either.
            return self._stream.read(size)
        except OSError as error:
            raise Lost(error) from error

    def readline(self) -> bytes:
        """A line, whole."""
        try:
            line = self._stream.readline(_LONGEST_LINE)
        except OSError as error:
            raise Lost(error) from error
        if not line.endswith(b"\n"):
            if len(line) == _LONGEST_LINE:
                raise self.error("a line beyond all measure")
            raise Lost("EOF")
        return line

    def send(self, data: "ReadableBuffer") -> None:
        """Send piece by piece, each with a time-out of its own."""
        view = memoryview(data)
        try:
            for start in range(0, len(view), _PIECE):
                self.sock.sendall(view[start : start + _PIECE])
        except OSError as error:
            raise Lost(error) from error

    def shutdown(self) -> None:
        """Close it, whatever the other end says to that."""
        with contextlib.suppress(OSError):
            self._stream.close()
        self.sock.close()
