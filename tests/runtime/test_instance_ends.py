"""What happens to commands that are connected while the app gives its place up or ends."""

import gc
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from companion.runtime.address import server_address
from companion.runtime.framing import frame
from companion.runtime.instance import Answer, Instance

ROOT = Path(__file__).parents[2]
Message = dict[str, object]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket itself")


class App:
    """An instance, what it was asked, and the answers it still owes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[Message] = []
        self.owed: list[Answer] = []
        self.instance = Instance(folder)
        assert self.instance.take(self.handle)

    def handle(self, message: Message, answer: Answer) -> None:
        self.asked.append(message)
        self.owed.append(answer)

    def links(self) -> int:
        """How many commands are connected."""
        return len(self.instance.findChildren(QLocalSocket))

    def call(self, qtbot: QtBot) -> socket.socket:
        """A command that has connected and not spoken yet."""
        before = self.links()
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(5)
        link.connect(server_address(self.folder))
        qtbot.waitUntil(lambda: self.links() == before + 1)
        return link


@pytest.fixture
def app(tmp_path: Path, qtbot: QtBot) -> Iterator[App]:
    app = App(tmp_path)
    yield app
    app.instance.release()


def speak(link: socket.socket, data: bytes) -> None:
    try:
        link.sendall(data)
    except BrokenPipeError:
        # It has been told already.
        return


def test_giving_the_place_up_hangs_up_on_everyone_and_hears_nothing_more(
    app: App, qtbot: QtBot
) -> None:
    data = frame({"say": "late"})
    with app.call(qtbot) as silent, app.call(qtbot) as halfway:
        halfway.sendall(data[:-3])
        qtbot.wait(50)
        app.instance.release()
        qtbot.waitUntil(lambda: app.links() == 0)
        for link, rest in ((silent, data), (halfway, data[-3:])):
            speak(link, rest)
            qtbot.wait(50)
            assert link.recv(1) == b""
    assert app.asked == []


def test_what_has_arrived_but_was_not_read_is_not_heard_after_the_release(
    app: App, qtbot: QtBot
) -> None:
    with app.call(qtbot) as link:
        link.sendall(frame({"say": "just before"}))
        app.instance.release()
        qtbot.wait(100)
    assert app.asked == []


def test_an_answer_that_is_owed_may_still_be_given_and_goes_nowhere(app: App, qtbot: QtBot) -> None:
    with app.call(qtbot) as link:
        link.sendall(frame({"say": "slow"}))
        qtbot.waitUntil(lambda: bool(app.owed))
        app.instance.release()
        app.owed[0]({"too": "late"})
        qtbot.waitUntil(lambda: app.links() == 0)
        app.owed[0]({"too": "late"})
        assert link.recv(1) == b""


def test_a_command_may_make_the_app_give_its_place_up(tmp_path: Path, qtbot: QtBot) -> None:
    instance = Instance(tmp_path)

    def handle(_message: Message, answer: Answer) -> None:
        answer({"bye": True})
        instance.release()

    assert instance.take(handle)
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(5)
        link.connect(server_address(tmp_path))
        link.sendall(frame({"say": "quit"}))
        qtbot.waitUntil(lambda: not Path(server_address(tmp_path)).exists())
        assert link.recv(1_000) == frame({"bye": True})


def test_the_place_can_be_taken_again_by_the_same(app: App, qtbot: QtBot) -> None:
    with app.call(qtbot):
        app.instance.release()
        qtbot.waitUntil(lambda: app.links() == 0)
    assert app.instance.take(app.handle)
    with app.call(qtbot) as link:
        link.sendall(frame({"say": "again"}))
        qtbot.waitUntil(lambda: bool(app.asked))
    assert app.asked == [{"say": "again"}]


def test_nothing_keeps_an_instance_alive_that_has_a_link(tmp_path: Path, qtbot: QtBot) -> None:
    app = App(tmp_path)
    gone: list[bool] = []
    app.instance.destroyed.connect(lambda: gone.append(True))
    with app.call(qtbot) as link:
        del app.instance
        gc.collect()
        assert gone == [True]
        assert link.recv(1) == b""


ENDS = """
import gc, socket, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from companion.runtime.address import server_address
from companion.runtime.instance import Instance
how, folder = sys.argv[1], Path(sys.argv[2])
application = QCoreApplication([])
instance = Instance(folder)
instance.take(lambda message, answer: None)
link = socket.socket(socket.AF_UNIX)
link.connect(server_address(folder))
QTimer.singleShot(50, application.quit)
application.exec()
if how == "released":
    instance.release()
if how == "destroyed":
    del instance
    gc.collect()
if how != "connected":
    link.close()
QTimer.singleShot(50, application.quit)
application.exec()
"""


@pytest.mark.parametrize("how", ["released", "destroyed", "left", "connected"])
def test_an_app_with_a_link_ends_well(tmp_path: Path, how: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS, how, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
