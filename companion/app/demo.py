"""The guided demo: a throw-away home, a small customer chat, and the whole trip step by step."""

import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.app.serving import Execute
from companion.app.tray_app import TrayApp
from companion.errors import CompanionError
from companion.formats.reading import read_path
from companion.phrases.insertion import Wait
from companion.resource_files import resource
from companion.runtime.tasks import Stepper
from companion.session.importing import ImportReport
from companion.session.planning import plan_phrases
from companion.session.session import Session
from companion.session.sitting import create, sign_in
from companion.ui.messages import explain
from companion.ui.parts import grown, label
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters
from companion.wiring.seats import seat as make_seat

_T = TypeVar("_T")
Script = Generator[Wait, bool, int]
_READ_S = 4.0
_TYPE_S = 0.15


class Demo:
    """Plays the trip; with ``pictures`` quickly, leaving a picture of the screen for each step."""

    def __init__(
        self, desk: DeskAdapters, words: Words, theme: str, execute: Execute, pictures: Path | None
    ) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="companion-demo-"))
        self._desk, self._words, self._theme, self._pictures = desk, words, theme, pictures
        self._app = TrayApp(make_seat(self._folder / "A"), desk, words, theme, execute)
        self._store = (self._folder / "store").as_uri().replace("file:", "folder:")
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        flags |= Qt.WindowType.WindowStaysOnTopHint
        self._guide = QWidget(None, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._guide.setObjectName("window")
        self._guide.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._guide.setWindowTitle(words.say("demo.title"))
        self._said = label(look="heading", wrap=True)
        column = QVBoxLayout(self._guide)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self._said)
        self._guide.setFixedWidth(grown(self._guide, 640))
        self._passphrase = secrets.token_urlsafe(16)
        self._step = 0
        self._processes: list[QProcess] = []
        self.status = 1

    def play(self) -> None:
        """Start; the application quits when the demo is over."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            # A virtual screen has no window manager; where one runs already, this one leaves.
            if sys.platform == "linux" and shutil.which("openbox"):
                self._start("openbox", [])
        self._stepper = Stepper(self._guarded(), self._ended)

    def _guarded(self) -> Script:
        try:
            return (yield from self._script())
        except CompanionError as error:
            print(explain(error, self._words), file=sys.stderr)
            return 1

    def _script(self) -> Script:
        app, say = self._app, self._words.say
        yield self._pause(1.0)
        app.start()
        window = app.seating.window
        window.ask_first()
        window.first.place.name.setText(say("demo.agent"))
        window.first.place.store.setText(str(self._folder / "store"))
        # The guide at the foot of the screen must not lie over it.
        area = QGuiApplication.primaryScreen().availableGeometry()
        window.move(area.center().x() - window.width() // 2, area.top() + 40)
        yield from self._show("first")
        session, _ = yield from self._away(
            lambda: create(app.seat, self._store, say("demo.agent"), self._passphrase)
        )
        starter = resource("phrases", f"starter-{self._words.language}.csv")
        report = yield from self._away(lambda: _bring(session, starter))
        window.close()
        app.seating.opened.emit(session)
        app.inserting.open()
        yield from self._show("imported", count=report.added)
        app.inserting.picker.hide()

        chat = [self._words.language, self._theme]
        self._start(sys.executable, ["-P", "-m", "companion.app.chat_window", *chat])
        title = say("demo.chat.title")
        found = yield Wait(lambda: self._focused() == title, 15.0)
        if not found:
            return 1
        yield from self._show("chat")
        app.inserting.open()
        picker = app.inserting.picker
        yield Wait(picker.isActiveWindow, 3.0)
        for letter in say("demo.query"):
            picker.search.insert(letter)
            yield self._pause(_TYPE_S)
        yield from self._show("found", query=say("demo.query"))
        entry = picker.model.entry(0)
        if entry is None:
            return 1
        outcomes: list[bool] = []
        picker.hide()
        app.inserting.insert_by_itself(entry, lambda ended: outcomes.append(ended.inserted))
        yield Wait(lambda: bool(outcomes), 10.0)
        yield from self._show("inserted")
        if outcomes != [True]:
            return 1

        yield from self._away(session.sync)
        began = time.perf_counter()
        card, desk_b = session.card(), make_seat(self._folder / "B")
        other = yield from self._away(lambda: sign_in(desk_b, card.store, self._passphrase, card))
        took = time.perf_counter() - began
        count = len(other.profile.phrases())
        yield from self._show("second", count=count, seconds=f"{took:.1f}")
        left = yield from self._away(other.sign_out)
        yield from self._show("left")
        return 0 if count == report.added and not left.traces else 1

    def _away(self, work: Callable[[], _T]) -> Generator[Wait, bool, _T]:
        """Do work off the GUI thread and wait for its answer."""
        answers: list[_T] = []
        failures: list[Exception] = []
        self._app.tasks.run(work, answers.append, failures.append)
        yield Wait(lambda: bool(answers or failures), 60.0)
        if failures:
            raise failures[0]
        return answers[0]

    def _show(self, step: str, **facts: object) -> Generator[Wait, bool, None]:
        """Say what is seen, let it be read, and keep a picture of it."""
        self._said.setText(self._words.say(f"demo.{step}", **facts))
        area = QGuiApplication.primaryScreen().availableGeometry()
        self._guide.setFixedHeight(max(96, self._guide.heightForWidth(self._guide.width())))
        self._guide.move(
            area.center().x() - self._guide.width() // 2, area.bottom() - self._guide.height() - 24
        )
        self._guide.show()
        self._step += 1
        yield self._pause(0.6 if self._pictures else _READ_S)
        if self._pictures is not None:
            picture = QGuiApplication.primaryScreen().grabWindow(0)
            picture.save(str(self._pictures / f"{self._step}-{step}.png"))

    @staticmethod
    def _pause(seconds: float) -> Wait:
        return Wait(lambda: False, seconds)

    def _focused(self) -> str:
        target = self._desk.windows.focused()
        return target.title if target else ""

    def _start(self, program: str, arguments: list[str]) -> None:
        process = QProcess()
        process.start(program, arguments)
        self._processes.append(process)

    def _ended(self, status: int) -> None:
        self.status = status
        for process in self._processes:
            process.terminate()
            process.waitForFinished(3000)
        self._app.quit()
        shutil.rmtree(self._folder, ignore_errors=True)


def _bring(session: Session, starter: Path) -> ImportReport:
    _, parsed = read_path(starter, "phrases")
    return session.imports.bring(plan_phrases(session.profile, parsed), "phrases", starter.name)
