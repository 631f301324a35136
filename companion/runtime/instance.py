"""One app per desk: a lock that a second start meets, and the socket that commands come in by."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from shiboken6 import Shiboken

from companion.runtime.address import server_address
from companion.runtime.framing import MOST_BYTES, frame, unframe

LOCK = "app.lock"
Answer = Callable[[dict[str, object]], None]
Handler = Callable[[dict[str, object], Answer], None]
"""Called on the GUI thread with a message and with what sends its answer, at any later time."""


class Instance(QObject):
    """Holds this desk's one place for a running app."""

    def __init__(self, run_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = run_folder
        self._lock = QLockFile(str(run_folder / LOCK))
        # A lock of a process that is gone counts as stale at once, never by its age.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._handler: Handler | None = None

    def take(self, handler: Handler) -> bool:
        """Become the running app of this desk; false where another one is."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.tryLock(0):
            return False
        # Qt makes it as the user's umask says; nothing of ours is for others to read.
        with suppress(OSError):
            (self._folder / LOCK).chmod(0o600)
        self._handler = handler
        address = server_address(self._folder)
        # A socket left by a killed app would refuse the name; the lock says that it is ours.
        QLocalServer.removeServer(address)
        return self._server.listen(address)

    def release(self) -> None:
        """Give the place up, and hang up on every command that is connected."""
        self._server.close()
        for link in self.findChildren(_Link):
            link.hang_up()
        self._lock.unlock()

    def _accept(self) -> None:
        while socket := self._server.nextPendingConnection():
            if self._handler is not None:
                _Link(socket, self._handler, self).read()


class _Link(QObject):
    """A command that is connected: its messages go to the handler, one answer goes back.

    The socket belongs to it and calls its methods, no lambda: so Qt cuts the two apart before it
    destroys them, whoever goes first, and nothing keeps the Instance alive.
    """

    def __init__(self, socket: QLocalSocket, handler: Handler, parent: QObject) -> None:
        super().__init__(parent)
        socket.setParent(self)
        self._socket = socket
        self._handler: Handler | None = handler
        self._buffer = bytearray()
        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self.deleteLater)

    def read(self) -> None:
        """Take what has arrived, and hand a message over once it is whole."""
        if self._handler is None:
            return
        # Qt's stubs do not say that its bytes can be looked at where they lie.
        arrived: Any = self._socket.readAll()
        self._buffer += memoryview(arrived)
        # A passphrase may be in it, which must not lie about in what was freed.
        arrived.fill(0)
        if len(self._buffer) > MOST_BYTES:
            self.hang_up()
            return
        try:
            message = unframe(self._buffer)
        except ValueError:
            self.hang_up()
            return
        if message is not None:
            self._buffer[:] = bytes(len(self._buffer))
            self._buffer.clear()
            self._handler(message, self.answer)

    def answer(self, answer: dict[str, object]) -> None:
        """Send the answer, where somebody still waits for it."""
        if self._handler is not None and Shiboken.isValid(self._socket):
            self._socket.write(frame(answer))
            self._socket.flush()
            self._socket.disconnectFromServer()

    def hang_up(self) -> None:
        """Hear and say nothing more."""
        self._handler = None
        self._socket.abort()
