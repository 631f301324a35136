"""One app per desk: a second start is refused, a killed one is followed, messages are answered."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from companion.errors import DeskBusy
from companion.runtime import framing
from companion.runtime.address import server_address
from companion.runtime.asking import ask
from companion.runtime.instance import Answer, Handler, Instance

Message = dict[str, object]
VALUES = st.none() | st.booleans() | st.text(max_size=9) | st.lists(st.text(max_size=5), max_size=3)


def hello() -> Message:
    return {"say": "你好"}


@dataclass
class App:
    """An instance that keeps what it was asked and echoes it."""

    instance: Instance
    asked: list[Message] = field(default_factory=list)

    def take(self, handler: Handler | None = None) -> bool:
        return self.instance.take(handler or self.handle)

    def handle(self, message: Message, answer: Answer) -> None:
        self.asked.append(message)
        answer({"echo": message})

    def alone(self) -> bool:
        """Whether nobody is connected any more."""
        return not self.instance.findChildren(QLocalSocket)


@dataclass
class Asked:
    """A question put from a thread, as a command's process would."""

    answers: list[Message | None] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def put(self, folder: Path, compose: Callable[[], Message], patience: float) -> None:
        try:
            self.answers.append(ask(folder, compose, patience))
        except DeskBusy as error:
            self.errors.append(error)

    def ended(self) -> bool:
        return bool(self.answers or self.errors)


def put(
    folder: Path, qtbot: QtBot, compose: Callable[[], Message] = hello, patience: float = 10.0
) -> Asked:
    asked = Asked()
    threading.Thread(target=asked.put, args=(folder, compose, patience), daemon=True).start()
    qtbot.waitUntil(asked.ended, timeout=15_000)
    return asked


@pytest.fixture
def apps(qtbot: QtBot) -> Iterator[Callable[[Path], App]]:
    made: list[App] = []

    def make(folder: Path) -> App:
        made.append(App(Instance(folder)))
        return made[-1]

    yield make
    for app in made:
        qtbot.waitUntil(app.alone)
        app.instance.release()


Make = Callable[[Path], App]


def test_a_second_instance_is_refused_and_the_first_goes_on(
    apps: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = apps(tmp_path), apps(tmp_path)
    assert first.take()
    assert not second.take()
    assert put(tmp_path, qtbot).answers == [{"echo": hello()}]
    assert (first.asked, second.asked) == ([hello()], [])


def test_desks_of_different_folders_do_not_meet(apps: Make, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = apps(tmp_path / "a"), apps(tmp_path / "b")
    assert first.take()
    assert second.take()
    put(tmp_path / "b", qtbot)
    assert (first.asked, second.asked) == ([], [hello()])


def test_a_place_given_up_can_be_taken(apps: Make, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = apps(tmp_path), apps(tmp_path)
    assert first.take()
    first.instance.release()
    assert put(tmp_path, qtbot).answers == [None]
    assert second.take()
    assert put(tmp_path, qtbot).answers == [{"echo": hello()}]


RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from companion.runtime.instance import Instance
application = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
print(instance.take(lambda message, answer: answer({"from": "process"})), flush=True)
application.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is gone with its process")
def test_the_place_of_a_killed_app_is_taken_over(apps: Make, tmp_path: Path, qtbot: QtBot) -> None:
    other = subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        app = apps(tmp_path)
        assert not app.take()
        assert put(tmp_path, qtbot).answers == [{"from": "process"}]
    finally:
        os.kill(other.pid, signal.SIGKILL)
        other.communicate()
    assert Path(server_address(tmp_path)).exists()
    assert put(tmp_path, qtbot).answers == [None]
    assert app.take()
    assert put(tmp_path, qtbot).answers == [{"echo": hello()}]


def test_nothing_is_composed_where_no_app_runs(tmp_path: Path) -> None:
    def compose() -> Message:
        raise AssertionError("composed for nobody")

    assert ask(tmp_path, compose) is None


def test_a_large_message_and_its_answer_arrive_whole(
    apps: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    large: Message = {"text": "退款" * 500_000}
    assert apps(tmp_path).take()
    assert put(tmp_path, qtbot, lambda: large).answers == [{"echo": large}]


def test_an_answer_may_come_later_and_others_are_answered_meanwhile(
    apps: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    kept: list[Answer] = []

    def handle(message: Message, answer: Answer) -> None:
        if message["say"] == "later":
            kept.append(answer)
        else:
            answer({"now": True})

    assert apps(tmp_path).take(handle)
    later = Asked()

    def question() -> Message:
        return {"say": "later"}

    threading.Thread(target=later.put, args=(tmp_path, question, 10.0), daemon=True).start()
    qtbot.waitUntil(lambda: bool(kept))
    assert put(tmp_path, qtbot).answers == [{"now": True}]
    assert not later.ended()
    kept[0]({"now": False})
    qtbot.waitUntil(later.ended)
    assert later.answers == [{"now": False}]


def test_no_answer_in_time_means_a_busy_desk_and_names_its_process(
    apps: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    assert apps(tmp_path).take(lambda message, answer: None)
    asked = put(tmp_path, qtbot, patience=0.1)
    assert asked.answers == []
    assert isinstance(asked.errors[0], DeskBusy)
    assert asked.errors[0].facts["pid"] == (os.getpid() if sys.platform == "linux" else 0)


def raw(folder: Path, qtbot: QtBot, data: bytes) -> bytes:
    """What comes back for these bytes until the app hangs up."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(10)
        link.connect(server_address(folder))
        link.sendall(data)
        link.setblocking(False)
        received = bytearray()

        def hung_up() -> bool:
            try:
                chunk = link.recv(65_536)
            except BlockingIOError:
                return False
            except ConnectionResetError:
                return True
            received.extend(chunk)
            return not chunk

        qtbot.waitUntil(hung_up, timeout=10_000)
        return bytes(received)


BROKEN = {
    "too long": (framing.MOST_BYTES + 1).to_bytes(4, "big"),
    "no JSON": (3).to_bytes(4, "big") + b"{,}",
    "no object": (2).to_bytes(4, "big") + b"[]",
    "no UTF-8": (5).to_bytes(4, "big") + b'{"\xff"}',
    "empty": (0).to_bytes(4, "big"),
    "too deep": (100_005).to_bytes(4, "big") + b'{"a":' + b"[" * 100_000,
}


@pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket itself")
@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_message_is_dropped_and_the_next_is_answered(
    apps: Make, tmp_path: Path, qtbot: QtBot, data: bytes
) -> None:
    app = apps(tmp_path)
    assert app.take()
    assert raw(tmp_path, qtbot, data) == b""
    assert app.asked == []
    assert put(tmp_path, qtbot).answers == [{"echo": hello()}]


@pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket itself")
def test_a_message_cut_short_is_forgotten_with_its_sender(
    apps: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    app = apps(tmp_path)
    assert app.take()
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(server_address(tmp_path))
        link.sendall(framing.frame(hello())[:-1])
    assert put(tmp_path, qtbot).answers == [{"echo": hello()}]
    assert app.asked == [hello()]


def test_a_deep_home_has_a_short_address_of_its_own(
    apps: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    deep = tmp_path.joinpath(*["deep" * 10] * 5)
    assert len(os.fsencode(server_address(deep))) < 107
    assert server_address(deep) == server_address(deep)
    assert server_address(deep) != server_address(deep / "b")
    assert apps(deep).take()
    assert put(deep, qtbot).answers == [{"echo": hello()}]


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=9), VALUES, max_size=4), st.integers(0, 50))
def test_a_frame_is_read_when_it_is_whole(message: Message, missing: int) -> None:
    data = framing.frame(message)
    assert framing.unframe(data) == message
    if missing:
        assert framing.unframe(data[:-missing]) is None
