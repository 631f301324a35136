"""Reads files for the import window on a worker of its own, and does what the agent decides."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from companion.app.brought import (
    Brought,
    as_format,
    from_browser,
    from_path,
    last_of,
    places_of,
    planned,
    recast,
    text_of,
)
from companion.bookmarks.browsers import Browser, browsers
from companion.errors import FormatPartlyBroken, Stopped
from companion.formats.detection import reader_names
from companion.formats.items import Watch, unwatched
from companion.runtime.pauses import now_and_then, unsearched, unsettle
from companion.runtime.tasks import Tasks
from companion.session.importing import ImportReport, report_of
from companion.session.last_import import LastImport
from companion.session.planning import Plan
from companion.session.session import Session
from companion.ui.import_preview import ImportPreview
from companion.ui.import_window import ImportWindow
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.words import Words

# Else Qt begins where somebody who may have left since has been.
_FROM = str(Path.home())


class Bringing(QObject):
    """One file at a time. What the workers ``behind`` do waits until an import is done."""

    look_wanted = Signal(str)

    def __init__(self, words: Words, tokens: Tokens, behind: tuple[Tasks, ...]) -> None:
        super().__init__()
        self._words, self._tokens, self._behind = words, tokens, behind
        self._own = Tasks(self)
        self._stop = threading.Event()
        self._session: Session | None = None
        self._file: Brought | None = None
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
            window.browser_wanted.connect(self._read_browser)
            window.stopped.connect(self._stop_reading)
            window.keep_good.connect(self._keep_good)
            window.confirmed.connect(self._take)
            window.undo_wanted.connect(self._take_back)
            window.look_wanted.connect(self._look)
            window.closed.connect(self._forget)
            preview.changed.connect(self._plan)
            preview.format_chosen.connect(self._read_as)
            preview.columns.changed.connect(self._recast)
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
            self._run(lambda: (browsers(), last_of(session)), self._show_start)

    def read(self, path: Path) -> None:
        """Read a file or a folder and show what would become of it."""
        self._read(path.name, lambda watch: from_path(path, watch))

    def put_away(self) -> None:
        """Whoever writes here leaves: what was begun is finished, and nothing stays to be read."""
        self._session = None
        if self._window is not None:
            self._window.close()
            self._own.go_before(self._behind)

    def end(self) -> None:
        """Do nothing more."""
        self._stop.set()
        self._own.end()

    # ---- reading and planning

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.window, self._words.say("import.choose_file"), _FROM
        )
        if path:
            self.read(Path(path))

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(
            self.window, self._words.say("import.choose_folder"), _FROM
        )
        if path:
            self.read(Path(path))

    def _read_browser(self, browser: Browser) -> None:
        """A browser may run meanwhile: its files are only read."""
        self._read(browser.browser, lambda watch: from_browser(browser, watch))

    def _read_as(self, format: str) -> None:
        file = self._file
        if file is not None and file.path is not None and format:
            path, holds = file.path, file.holds
            self._read(file.name, lambda watch: as_format(path, holds, format, watch))

    def _recast(self) -> None:
        """The agent has said otherwise what the columns of a table hold."""
        file, said = self._file, self.window.preview.columns.said
        if file is None:
            return
        watch = self._watch()

        def done(recast_file: Brought) -> None:
            self._file = recast_file
            self._plan()

        self._run(lambda: recast(file, said, watch), done)

    def _read(self, name: str, work: Callable[[Watch], Brought]) -> None:
        self._file = None
        window = self.window
        window.show_reading(name, 0, 0)
        watch = self._watch(lambda done, of: window.show_reading(name, done, of))

        def done(file: Brought) -> None:
            self._file = file
            broken = file.parsed.broken
            if broken is None:
                self._begin(file)
                return
            error = FormatPartlyBroken(**broken.facts, good=file.count)
            window.show_failure(explain(error, self._words), file.count)

        self._run(lambda: work(watch), done)

    def _keep_good(self) -> None:
        if self._file is not None:
            self._begin(self._file)

    def _begin(self, file: Brought) -> None:
        session = self._session
        if session is None:
            return

        def done(found: list[str]) -> None:
            names = reader_names(file.holds)
            preview = self.window.preview
            preview.begin(file.name, file.format, file.holds, names, found)
            preview.columns.show_sheets(file.parsed.sheets)
            self._plan()

        self._run(lambda: places_of(session.profile, file.holds), done)

    def _plan(self) -> None:
        session, file = self._session, self._file
        if session is not None and file is not None:
            choices = self.window.preview.choices
            watch = self._watch()

            def work() -> tuple[Plan[Any], ImportReport]:
                plan = planned(session, file, choices, watch)
                return plan, report_of(plan)

            self._run(work, lambda found: self.window.show_plan(*found))

    # ---- doing

    def _take(self) -> None:
        session, file = self._session, self._file
        if session is None or file is None:
            return
        choices = self.window.preview.choices
        self.window.show_taking(file.name)

        def work() -> ImportReport:
            # Anew: the profile may have changed while the agent was reading.
            plan = planned(session, file, choices, unwatched)
            return session.imports.bring(plan, file.holds, file.name)

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

    def _show_start(self, found: tuple[list[Browser], tuple[str, LastImport] | None]) -> None:
        self.window.show_browsers(found[0])
        if found[1] is not None and self._file is None:
            holds, last = found[1]
            when = f"{datetime.fromtimestamp(last.at):%Y-%m-%d %H:%M}"
            self.window.show_last(holds, last.name, when)

    def _text_of(self, id: str) -> str:
        return text_of(self._session.profile, id) if self._session is not None else ""

    # ---- inside

    def _watch(self, tell: Watch = unwatched) -> Watch:
        """What a worker calls as it goes on: tells now and then, and stops when that is wanted."""
        self._stop.set()
        stop = self._stop = threading.Event()
        told = now_and_then(
            lambda done, of: self._own.tell(lambda: self._on(stop, lambda: tell(done, of)))
        )

        def watch(done: int, of: int) -> None:
            if stop.is_set():
                raise Stopped
            told(done, of)

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
