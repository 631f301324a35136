"""A bucket in memory that answers wrongly when told to: what real servers do on bad days."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

OPEN = {"Connection": "close"}


class Fault(NamedTuple):
    """What happens instead of an answer.

    ``line`` is what becomes of the line: "drop" closes it unanswered, "silence" answers never,
    "half" sends half of a body and falls silent, "torn" closes it there, and "short" keeps half of
    what was sent and closes it.
    """

    status: int = 200
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    line: str = ""


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]


class FaultyBucket:
    """The bucket "bucket"; ``faults`` are used up one a request, ``always`` is not."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.page = 1000
        self.bytes_a_second = 0
        self.over = threading.Event()
        bucket = self

        class Handler(_Handler):
            place = bucket

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.endpoint = f"http{'s' if tls else ''}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @contextmanager
    def serving(self) -> Iterator["FaultyBucket"]:
        self._thread.start()
        try:
            yield self
        finally:
            self.over.set()
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def fault(self) -> Fault | None:
        return self.faults.pop(0) if self.faults else self.always

    def listing(self, query: dict[str, list[str]]) -> str:
        prefix, after = query.get("prefix", [""])[0], query.get("continuation-token", [""])[0]
        keys = sorted(key for key in self.objects if key.startswith(prefix) and key > after)
        shown = keys[: self.page]
        more = len(keys) > len(shown)
        return (
            '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<Name>bucket</Name><IsTruncated>{str(more).lower()}</IsTruncated>"
            + (f"<NextContinuationToken>{shown[-1]}</NextContinuationToken>" if more else "")
            + "".join(
                f"<Contents><Key>{key}</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified>"
                f"<Size>{len(self.objects[key])}</Size></Contents>"
                for key in shown
            )
            + "</ListBucketResult>"
        )


def refusal(status: int, code: str) -> Fault:
    """An answer as services give it, with words in it that nobody but the service may see."""
    return Fault(status, f"<Error><Code>{code}</Code><Message>PRIVATE</Message></Error>")


class _Handler(BaseHTTPRequestHandler):
    place: FaultyBucket
    protocol_version = "HTTP/1.1"
    # Else the second half of an answer waits for the first to be acknowledged.
    disable_nagle_algorithm = True

    def log_message(self, format: str, *_: object) -> None: ...

    def handle_any(self) -> None:
        self.place.asked.append(Asked(self.command, self.path, dict(self.headers)))
        fault = self.place.fault()
        parts = urlsplit(self.path)
        key = unquote(parts.path).removeprefix("/bucket").lstrip("/")
        length = int(self.headers.get("Content-Length") or 0)
        if fault and fault.line == "short":
            self.place.objects[key] = self.rfile.read(length // 2)
        if fault and fault.line:
            self._break(fault.line)
            return
        sent = self._read(length)
        if fault:
            self._answer(fault.status, fault.body.encode(), fault.headers)
        elif self.command == "PUT":
            self.place.objects[key] = sent
            self._answer(200, b"", (("ETag", '"an etag"'),))
        elif self.command == "DELETE":
            self.place.objects.pop(key, None)
            self._answer(204)
        elif not key:
            self._answer(200, self.place.listing(parse_qs(parts.query)).encode())
        elif key in self.place.objects:
            self._answer(200, self.place.objects[key])
        else:
            self._answer(404, refusal(404, "NoSuchKey").body.encode())

    do_GET = do_PUT = do_DELETE = do_POST = do_HEAD = handle_any

    def _read(self, length: int) -> bytes:
        pieces = []
        while length > 0:
            pieces.append(self.rfile.read(min(length, 1 << 17)))
            length -= len(pieces[-1])
            if self.place.bytes_a_second:
                time.sleep(len(pieces[-1]) / self.place.bytes_a_second)
        return b"".join(pieces)

    def _break(self, line: str) -> None:
        self.close_connection = True
        if line in ("half", "torn"):
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"x" * 500)
        if line in ("half", "silence"):
            self.place.over.wait(30)

    def _answer(
        self, status: int, body: bytes = b"", headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, quote(value, safe=':/?&="; '))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
