"""Programs on a session bus that own a name and answer what is asked of them, for tests."""

import threading
from abc import ABC, abstractmethod

from jeepney import Message, MessageType, message_bus
from jeepney.io.blocking import open_dbus_connection


class BusService(ABC):
    """Answers every call, on a thread of its own, from when it is made."""

    def __init__(self, address: str, name: str, files: bool = False) -> None:
        self._connection = open_dbus_connection(address, enable_fds=files)
        self._sending = threading.Lock()
        self.send(message_bus.RequestName(name))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @abstractmethod
    def answer(self, call: Message) -> Message:
        """What a call is answered with."""

    def reply(self, answer: Message) -> None:
        """Send an answer."""
        self.send(answer)

    def send(self, message: Message) -> None:
        """Say something by oneself."""
        with self._sending:
            self._connection.send(message)

    def end(self) -> None:
        """Leave the bus; may be called twice."""
        if self._thread.is_alive():
            self._connection.sock.shutdown(2)
            self._thread.join(10)
            self._connection.close()

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except OSError:
                return
            if message.header.message_type is MessageType.method_call:
                self.reply(self.answer(message))
