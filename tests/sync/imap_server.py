"""A small IMAP server with one mail, which answers wrongly where a test wants it to."""

import base64
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from companion.sync.mailbox import MailboxStore
from companion.sync.store import Login, Network

NAME = "profile.json"
LIN, ORDINARY = Login("lin", "secret"), Network()
DATA = bytes(range(256)) * 40
_CODED = base64.encodebytes(DATA).replace(b"\n", b"\r\n")
_LISTED = (
    b'* 1 FETCH (UID 7 FLAGS (\\Seen) BODY (("TEXT" "PLAIN" NIL NIL NIL "BASE64" 4 1)'
    b'("APPLICATION" "OCTET-STREAM" ("NAME" "profile.json") NIL NIL "BASE64" 99) "MIXED")'
    b" BODY[HEADER.FIELDS (SUBJECT)] {25}\r\nSubject: profile.json\r\n\r\n)\r\n"
)


@dataclass
class Fault:
    """What is said to a command instead of the right answer; what follows, or nothing at all."""

    command: str
    says: bytes = b""
    then: Literal["go on", "close", "hang"] = "go on"


@dataclass
class Server:
    """What the server is told to do wrong, each fault once, and what it was asked."""

    port: int = 0
    able: bytes = b"IMAP4rev1 AUTH=PLAIN ID UIDPLUS"
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as stream, suppress(OSError):
            if not self._answer(line, "greeting", b"* OK IMAP4rev1 at your service\r\n"):
                return
            while words := stream.readline().decode().rstrip("\r\n"):
                tag, _, command = words.partition(" ")
                self.asked.append(command)
                done = f"{tag} OK done\r\n".encode()
                if command.startswith("AUTHENTICATE"):
                    if not self._answer(line, "challenge", b"+ \r\n"):
                        return
                    self.asked[-1] += " " + base64.b64decode(stream.readline()).decode()
                size = re.search(r"\{(\d+)\}$", command)
                if size and not any(each.command == "APPEND" for each in self.faults):
                    if not self._answer(line, "continuation", b"+ \r\n"):
                        return
                    mail = stream.read(int(size[1]) + 2)
                    if len(mail) < int(size[1]):
                        return
                    self.mails.append(mail)
                if not self._answer(line, command, self._says(command) + done, tag.encode()):
                    return

    def _says(self, command: str) -> bytes:
        if command == "CAPABILITY":
            return b"* CAPABILITY " + self.able + b"\r\n"
        if command.startswith("SELECT"):
            return b"* 1 EXISTS\r\n* OK [UIDVALIDITY 3] ok\r\n* OK [UIDNEXT 8] ok\r\n"
        if command.startswith("UID FETCH 1:*"):
            return _LISTED
        if command.startswith("UID FETCH 7"):
            return b"* 1 FETCH (UID 7 BODY[2] {%d}\r\n%s)\r\n" % (len(_CODED), _CODED)
        return b""

    def _answer(self, line: socket.socket, command: str, right: bytes, tag: bytes = b"") -> bool:
        for fault in self.faults:
            if command.startswith(fault.command):
                self.faults.remove(fault)
                line.sendall(fault.says.replace(b"TAG", tag))
                if fault.then == "hang":
                    self.over.wait(60)
                return fault.then == "go on"
        line.sendall(right)
        return True


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    threads: list[threading.Thread] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                threads.append(threading.Thread(target=server.talk, args=(line,), daemon=True))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server
        finally:
            server.over.set()
            # A thread that waits in accept does not notice that its socket is closed.
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def store_at(
    server: Server, login: Login = LIN, network: Network = ORDINARY, make: bool = False
) -> MailboxStore:
    return MailboxStore("127.0.0.1", server.port, "Seat", login, network, tls=False, make=make)
