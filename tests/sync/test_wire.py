"""A line to a server: what is silent or comes in drops is given up, what is only slow is not."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from companion.sync import wire
from companion.sync.store import Watch
from companion.sync.wire import connect


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does this with the one connection it takes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                answer(line)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            thread.join()


def drops(line: socket.socket, count: int) -> None:
    line.recv(10)
    for _ in range(count):
        try:
            line.sendall(b"x")
        except OSError:
            return
        time.sleep(0.05)


def test_what_comes_slowly_is_waited_for_longer_than_a_time_out() -> None:
    with answering(lambda line: drops(line, 12)) as port:
        line = connect("127.0.0.1", port, 0.3, Watch())
        line.send(b"?")
        got = b""
        while piece := line.receive(100):
            got += piece
        line.close()
    assert got == b"x" * 12


def test_what_comes_in_drops_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_MOST_TIMEOUTS", 2)
    with answering(lambda line: drops(line, 100)) as port:
        line = connect("127.0.0.1", port, 0.3, Watch())
        line.send(b"?")
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            while line.receive(100):
                pass
        assert 0.5 < time.monotonic() - began < 2
        line.close()


def test_each_request_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_MOST_TIMEOUTS", 2)

    def echo(line: socket.socket) -> None:
        while data := line.recv(10):
            time.sleep(0.1)
            line.sendall(data)

    with answering(echo) as port:
        line = connect("127.0.0.1", port, 0.15, Watch())
        for _ in range(6):
            line.send(b"?")
            assert line.receive(10) == b"?"
        line.close()


def test_a_server_that_takes_nothing_is_given_up() -> None:
    over = threading.Event()

    def silence(_: socket.socket) -> None:
        over.wait(10)

    with answering(silence) as port:
        line = connect("127.0.0.1", port, 0.3, Watch())
        with pytest.raises(TimeoutError):
            line.send(bytes(50_000_000))
        line.close()
        over.set()


def test_what_comes_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_MOST_BYTES", 5)
    with answering(lambda line: drops(line, 100)) as port:
        line = connect("127.0.0.1", port, 10.0, Watch())
        line.send(b"?")
        with pytest.raises(TimeoutError):
            while line.receive(100):
                pass
        line.close()
