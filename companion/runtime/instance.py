"""One app per desk: a lock that a second start meets, and the socket that commands come in by."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from companion.runtime.address import server_address
from companion.runtime.framing import MOST_BYTES, frame, unframe

Answer = Callable[[dict[str, object]], None]
Handler = Callable[[dict[str, object], Answer], None]
"""Called on the GUI thread with a message and with what sends its answer, at any later time."""


class Instance(QObject):
    """Holds this desk's one place for a running app."""

    def __init__(self, run_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = run_folder
        self._lock = QLockFile(str(run_folder / "app.lock"))
        # A lock of a process that is gone counts as stale at once, never by its age.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._handler: Handler | None = None
        self._buffers: dict[QLocalSocket, bytearray] = {}

    def take(self, handler: Handler) -> bool:
        """Become the running app of this desk; false where another one is."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.tryLock(0):
            return False
        self._handler = handler
        address = server_address(self._folder)
        # A socket left by a killed app would refuse the name; the lock says that it is ours.
        QLocalServer.removeServer(address)
        return self._server.listen(address)

    def release(self) -> None:
        """Give the place up."""
        self._server.close()
        self._lock.unlock()

    def _accept(self) -> None:
        while socket := self._server.nextPendingConnection():
            self._buffers[socket] = bytearray()
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(lambda socket=socket: self._drop(socket))
            self._read(socket)

    def _drop(self, socket: QLocalSocket) -> None:
        if self._buffers.pop(socket, None) is not None:
            socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        buffer = self._buffers.get(socket)
        if buffer is None or self._handler is None:
            return
        buffer += bytes(socket.readAll().data())
        if len(buffer) > MOST_BYTES:
            socket.abort()
            return
        try:
            message = unframe(buffer)
        except ValueError:
            socket.abort()
            return
        if message is not None:
            buffer.clear()
            self._handler(message, lambda answer: self._answer(socket, answer))

    def _answer(self, socket: QLocalSocket, answer: dict[str, object]) -> None:
        if socket in self._buffers:
            socket.write(frame(answer))
            socket.flush()
            socket.disconnectFromServer()
