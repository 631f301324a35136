"""The standard library's IMAP client, made to tell every way in which a line can be lost."""

import errno
import imaplib
import io
import ssl
from typing import TYPE_CHECKING

from companion.sync.store import Watch
from companion.sync.wire import Wire, connect

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_LONGEST_LINE = 1_000_000
_LARGEST_LITERAL = 1 << 28


class Lost(Exception):
    """The line is gone or silent; ``again`` tells whether a new one may do."""

    def __init__(self, error: Exception | str) -> None:
        number = error.errno if isinstance(error, OSError) else None
        name = error if isinstance(error, str) else type(error).__name__
        self.reason = errno.errorcode.get(number or 0, name)
        # Who was silent for a whole time-out will go on so, and where nobody is, nobody will be.
        self.again = not isinstance(error, TimeoutError)
        super().__init__(self.reason)


class _Incoming(io.RawIOBase):
    """What comes in over a wire, for a buffer to read lines from."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer).cast("B")
        data = self._wire.receive(len(room))
        room[: len(data)] = data
        return len(data)


class Imap(imaplib.IMAP4):
    """imaplib's client over a wire of ours.

    imaplib has an OSError while receiving pass, and wraps one while sending together with answers
    that are no IMAP: each is put right here, in the methods it leaves open to be overridden.
    """

    def __init__(
        self, host: str, port: int, timeout_s: float, tls: ssl.SSLContext | None, watch: Watch
    ) -> None:
        self._tls, self._watch = tls, watch
        super().__init__(host, port, timeout_s)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connect, encrypted from the start where that is wanted."""
        self.host, self.port = host, port
        self.wire = connect(host, port, timeout or 0, self._watch)
        if self._tls is not None:
            try:
                self.wire = self.wire.encrypt(self._tls, host)
            except BaseException:
                self.wire.close()
                raise
        self._stream = io.BufferedReader(_Incoming(self.wire), 1 << 16)

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
        """All of it, however slow the way."""
        try:
            self.wire.send(memoryview(data))
        except OSError as error:
            raise Lost(error) from error

    def shutdown(self) -> None:
        """Close it, whatever the other end says to that."""
        self.wire.close()
