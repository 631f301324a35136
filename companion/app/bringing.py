"""Reads files for the import window on a worker of its own, and does what the agent decides."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from companion.errors import FormatPartlyBroken, Stopped
from companion.formats.detection import reader_names
from companion.formats.items import Parsed
from companion.formats.reading import read_path, what_it_holds
from companion.profile.fields import plain_text
from companion.runtime.pauses import unsearched, unsettle
from companion.runtime.tasks import Tasks
from companion.session.exporting import folder_paths
from companion.session.importing import ImportReport, report_of
from companion.session.last_import import LastImport
from companion.session.planning import Choices, Plan, plan_bookmarks, plan_phrases
from companion.session.session import Session
from companion.ui.import_preview import ImportPreview
from companion.ui.import_window import ImportWindow
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.words import Words

_TOLD_S = 0.1
_PATIENCE_MS = 5_000


@dataclass(frozen=True)
class _File:
    """A file that was read, as what, and what is in it."""

    path: Path
    holds: str
    format: str
    parsed: Parsed


class Bringing(QObject):
    """One file at a time. What the workers ``behind`` do waits until an import is done."""

    look_wanted = Signal(str)

    def __init__(self, words: Words, tokens: Tokens, behind: tuple[Tasks, ...]) -> None:
        super().__init__()
        self._words, self._tokens, self._behind = words, tokens, behind
        self._own = Tasks(self)
        self._stop = threading.Event()
        self._session: Session | None = None
        self._file: _File | None = None
        self._window: ImportWindow | None = None

    @property
    def window(self) -> ImportWindow:
        """The window, made when it is needed first: most shifts import nothing."""
        if self._window is None:
            preview = ImportPreview(self._words, self._tokens, self._text_of)
            window = self._window = ImportWindow(self._words, self._tokens, preview)
            window.file_wanted.connect(self._choose_file)
            window.folder_wanted.connect(self._choose_folder)
            window.dropped.connect(self.read)
            window.stopped.connect(self._stop_reading)
            window.keep_good.connect(self._keep_good)
            window.confirmed.connect(self._take)
            window.undo_wanted.connect(self._take_back)
            window.look_wanted.connect(self._look)
            window.closed.connect(self._forget)
            preview.changed.connect(self._plan)
            preview.format_chosen.connect(self._read_as)
        return self._window

    def open(self, session: Session) -> None:
        """Show the window, and what was imported last."""
        self._session = session
        window = self.window
        window.show()
        window.raise_()
        window.activateWindow()
        if self._file is None:
            window.start()
            self._run(lambda: _last_of(session), self._show_last)

    def read(self, path: Path) -> None:
        """Read a file or a folder and show what would become of it."""
        self._read(path, lambda watch: what_it_holds(path, watch))

    def put_away(self) -> None:
        """Whoever writes here leaves: what was begun is finished, and nothing stays to be read."""
        self._session = None
        if self._window is not None:
            self._window.close()
            for tasks in self._behind:
                tasks.run(lambda: self._own.finish(_PATIENCE_MS), lambda _: None, lambda _: None)

    def end(self) -> None:
        """Do nothing more."""
        self._stop.set()
        self._own.end()

    # ---- reading and planning

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self.window, self._words.say("import.choose_file"))
        if path:
            self.read(Path(path))

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(
            self.window, self._words.say("import.choose_folder")
        )
        if path:
            self.read(Path(path))

    def _read_as(self, format: str) -> None:
        file = self._file
        if file is not None and format:
            path, holds = file.path, file.holds
            self._read(path, lambda watch: (holds, *read_path(path, holds, format, watch)))

    def _read(
        self,
        path: Path,
        work: Callable[[Callable[[int, int], None]], tuple[str, str, Parsed]],
    ) -> None:
        self._file = None
        window = self.window
        window.show_reading(path.name, 0, 0)
        watch = self._watch(lambda done, of: window.show_reading(path.name, done, of))

        def done(found: tuple[str, str, Parsed]) -> None:
            self._file = file = _File(path, *found)
            broken = file.parsed.broken
            if broken is None:
                self._begin(file)
                return
            good = len(file.parsed.phrases) + len(file.parsed.bookmarks)
            error = FormatPartlyBroken(**broken.facts, good=good)
            window.show_failure(explain(error, self._words), good)

        self._run(lambda: work(watch), done)

    def _keep_good(self) -> None:
        if self._file is not None:
            self._begin(self._file)

    def _begin(self, file: _File) -> None:
        session = self._session
        if session is None:
            return

        def places() -> list[str]:
            if file.holds == "phrases":
                return [held.title for held in session.profile.sets()]
            paths = folder_paths(session.profile.folders()).values()
            return [path[0] for path in paths if len(path) == 1]

        def done(found: list[str]) -> None:
            names = reader_names(file.holds)
            self.window.preview.begin(file.path.name, file.format, file.holds, names, found)
            self._plan()

        self._run(places, done)

    def _plan(self) -> None:
        session, file = self._session, self._file
        if session is not None and file is not None:
            choices = self.window.preview.choices
            watch = self._watch(lambda _done, _of: None)

            def work() -> tuple[Plan[Any], ImportReport]:
                plan = _planned(session, file, choices, watch)
                return plan, report_of(plan)

            self._run(work, lambda found: self.window.show_plan(*found))

    # ---- doing

    def _take(self) -> None:
        session, file = self._session, self._file
        if session is None or file is None:
            return
        choices = self.window.preview.choices
        self.window.show_taking(file.path.name)

        def work() -> ImportReport:
            # Anew: the profile may have changed while the agent was reading.
            plan = _planned(session, file, choices, lambda _done, _of: None)
            return session.imports.bring(plan, file.holds, file.path.name)

        def done(report: ImportReport) -> None:
            self._file = None
            self.window.show_done(report, file.holds)

        self._run(work, done)

    def _take_back(self, holds: str) -> None:
        session = self._session
        if session is not None:
            self.window.show_taking("")
            self._run(lambda: session.imports.take_back(holds), self.window.show_taken_back)

    def _look(self, holds: str) -> None:
        self.window.close()
        self.look_wanted.emit(holds)

    def _show_last(self, found: tuple[str, LastImport] | None) -> None:
        if found is not None and self._file is None:
            holds, last = found
            when = f"{datetime.fromtimestamp(last.at):%Y-%m-%d %H:%M}"
            self.window.show_last(holds, last.name, when)

    def _text_of(self, id: str) -> str:
        """What a record of the profile says now."""
        if self._session is None:
            return ""
        profile = self._session.profile
        body = plain_text(profile.value(id, "body"))
        return body or f"{profile.value(id, 'title')}\n{profile.value(id, 'url')}"

    # ---- inside

    def _watch(self, tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """What a worker calls as it goes on: tells now and then, and stops when that is wanted."""
        self._stop.set()
        stop = self._stop = threading.Event()
        told_at = 0.0

        def watch(done: int, of: int) -> None:
            nonlocal told_at
            # Lets the window paint: else each of its calls waits for its turn with the interpreter.
            time.sleep(0)
            if stop.is_set():
                raise Stopped
            if time.monotonic() - told_at > _TOLD_S:
                told_at = time.monotonic()
                self._own.tell(lambda: self._on(stop, lambda: tell(done, of)))

        return watch

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        stop, session = self._stop, self._session

        def finished(answer: Any) -> None:
            if session is self._session:
                self._on(stop, lambda: done(answer))

        def failed(error: Exception) -> None:
            if session is not self._session or stop is not self._stop:
                return
            if isinstance(error, Stopped):
                self.window.start()
            else:
                self.window.show_failure(explain(error, self._words))

        def quietly() -> Any:
            with unsearched():
                return work()

        self._own.run(quietly, finished, failed)

    def _on(self, stop: threading.Event, act: Callable[[], None]) -> None:
        """Act, where this work is still the one that is waited for."""
        if stop is self._stop and self._session is not None:
            act()

    def _stop_reading(self) -> None:
        self._stop.set()

    def _forget(self) -> None:
        self._stop_reading()
        self._stop = threading.Event()
        self._file = None
        self.window.forget()
        unsettle()


def _planned(
    session: Session, file: _File, choices: Choices, watch: Callable[[int, int], None]
) -> Plan[Any]:
    make = plan_phrases if file.holds == "phrases" else plan_bookmarks
    plan: Plan[Any] = make(session.profile, file.parsed, choices, watch)
    return plan


def _last_of(session: Session) -> tuple[str, LastImport] | None:
    """The later of the imports that can be taken back, and what it was of."""
    found = [(holds, session.imports.last(holds)) for holds in ("phrases", "bookmarks")]
    known = [(holds, last) for holds, last in found if last is not None]
    return max(known, key=lambda one: one[1].at, default=None)
