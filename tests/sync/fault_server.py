"""A small WebDAV server that keeps objects in memory and fails in the ways it is told to."""

import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self
from xml.sax.saxutils import escape

FOLDER = "/dav/packs/"


class Answer(NamedTuple):
    """What to answer; ``sent`` is how much of the body before the line drops or hangs."""

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    sent: int | None = None
    hang: bool = False
    does: bool = False
    """Whether the request is carried out all the same."""


class Heard(NamedTuple):
    method: str
    path: str
    headers: Message
    at: float
    """By the monotonic clock."""


DROP = Answer(sent=0)
HANG = Answer(sent=0, hang=True)
HTML = Answer(200, (("Content-Type", "text/html; charset=utf-8"),), b"<html>Please log in</html>")


def multistatus(*responses: tuple[str, bool] | str) -> bytes:
    """A listing of (href, is a folder), or of responses as they are."""
    parts = [
        part
        if isinstance(part, str)
        else f"<D:response><D:href>{escape(part[0])}</D:href><D:propstat><D:prop><D:resourcetype>"
        f"{'<D:collection/>' if part[1] else ''}</D:resourcetype></D:prop>"
        "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        for part in responses
    ]
    return f'<D:multistatus xmlns:D="DAV:">{"".join(parts)}</D:multistatus>'.encode()


class FaultServer:
    """Fails by ``plan``: for each method the answers to its next requests, the last one for ever.

    None in a plan is the right answer.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.objects: dict[str, bytes] = {}
        self.folder_is_there = True
        self.plan: dict[str, list[Answer | None]] = {}
        self.heard: list[Heard] = []
        self.check: Callable[[Heard], Answer | None] = lambda heard: None
        self.stop = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Else the second half of an answer waits for the first to be acknowledged.
            disable_nagle_algorithm = True

            def log_message(self, *_: object) -> None:
                """Nothing on the tests' screen."""

            def parse_request(self) -> bool:
                known = super().parse_request()
                if known:
                    # Any method is a method here.
                    setattr(self, f"do_{self.command}", lambda: outer._serve(self))
                return known

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}{FOLDER}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def methods(self) -> list[str]:
        return [heard.method for heard in self.heard]

    def _serve(self, to: BaseHTTPRequestHandler) -> None:
        body = to.rfile.read(int(to.headers.get("Content-Length") or 0))
        heard = Heard(to.command, to.path, to.headers, time.monotonic())
        self.heard.append(heard)
        plan = self.plan.get(to.command, [None])
        told = (plan.pop(0) if len(plan) > 1 else plan[0]) or self.check(heard)
        if told is None or told.does:
            right = self._right(heard, body)
            told = told or right
        if told.sent == 0:
            if told.hang:
                self.stop.wait(10)
            to.close_connection = True
            return
        to.send_response(told.status)
        for name, value in told.headers:
            to.send_header(name, value)
        if told.status != 204:
            to.send_header("Content-Length", str(len(told.body)))
        to.end_headers()
        to.wfile.write(told.body[: told.sent])
        if told.sent is not None:
            if told.hang:
                self.stop.wait(10)
            to.close_connection = True

    def _right(self, heard: Heard, body: bytes) -> Answer:
        path = urllib.parse.urlsplit(heard.path).path
        name = path.removeprefix(FOLDER)
        if heard.method == "MKCOL":
            was, self.folder_is_there = self.folder_is_there, True
            return Answer(405 if was else 201)
        if not self.folder_is_there:
            return Answer(409 if heard.method == "PUT" else 404)
        if heard.method == "PROPFIND":
            if path in {FOLDER, FOLDER.rstrip("/")}:
                inside = [(FOLDER + each, False) for each in sorted(self.objects)]
                deep = heard.headers["Depth"] == "1"
                return Answer(207, (), multistatus((FOLDER, True), *(inside if deep else [])))
            return Answer(207, (), multistatus((path, False))) if self._has(name) else Answer(404)
        if heard.method == "PUT":
            self.objects[name] = body
            return Answer(201)
        if not self._has(name):
            return Answer(404)
        if heard.method == "GET":
            return Answer(200, (), self.objects[name])
        gone = self.objects.pop(name)
        if heard.method == "MOVE":
            to = urllib.parse.urlsplit(heard.headers["Destination"]).path
            self.objects[to.removeprefix(FOLDER)] = gone
        return Answer(204)

    def _has(self, name: str) -> bool:
        return name in self.objects
