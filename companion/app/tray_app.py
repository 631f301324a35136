"""The running app: one window each, one open session, one worker for everything that may block."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from companion.app.inserting import Inserting
from companion.app.seating import Seating
from companion.app.serving import Execute, Serving
from companion.desk.ports import Content
from companion.errors import CompanionError
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.runtime.instance import Instance
from companion.runtime.tasks import Tasks
from companion.session.seat import Seat
from companion.session.session import Session
from companion.settings import SETTINGS
from companion.sync.progress import SyncReport
from companion.ui import style
from companion.ui.messages import explain
from companion.ui.phrase_forms import PhraseEditor
from companion.ui.qt_words import speak
from companion.ui.tray import Tray, app_icon
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters, spare_memory

if TYPE_CHECKING:
    from companion.session.importing import ImportReport

REBUILD_MS = 60
SYNC_AFTER_EDIT_MS = 3_000


class TrayApp(QObject):
    """Builds every window once and wires it to the services."""

    def __init__(
        self, seat: Seat, desk: DeskAdapters, words: Words, theme: str, execute: Execute
    ) -> None:
        super().__init__()
        self.seat, self.desk, self.words = seat, desk, words
        self.session: Session | None = None
        self.tasks = Tasks(self)
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise TypeError("a QApplication must exist")
        application.setWindowIcon(app_icon())
        application.setQuitOnLastWindowClosed(False)
        tokens = style.apply(application, theme)
        speak(application, words.language)
        self.tray = Tray(words)
        self.tray.chosen.connect(self.act)
        self.inserting = Inserting(desk, words, tokens, self.tray.tell, self._count_use)
        self.editor = PhraseEditor(words)
        self.editor.saved.connect(self._add_phrase)
        self.inserting.picker.new_wanted.connect(lambda typed: self.editor.write(typed, ""))
        self.seating = Seating(seat, words, self.tasks)
        self.seating.opened.connect(self._opened)
        self.instance = Instance(seat.run_folder, self)
        self._serving = Serving(self, execute)
        self._rebuild = self._timer(REBUILD_MS, self._build_index, once=True)
        self._sync_soon = self._timer(SYNC_AFTER_EDIT_MS, self.sync, once=True)
        minutes = int(SETTINGS["sync_minutes"].default)
        self._sync_timer = self._timer(minutes * 60_000, self.sync, once=False)

    def start(self) -> bool:
        """Take this desk's place, show the tray, open what is signed in; false if one runs."""
        self.seat.make_home()
        if not self.instance.take(self._serving.asked):
            return False
        self.tray.show()
        try:
            self.desk.hotkeys.register(
                str(SETTINGS["picker_keys"].default), lambda: self.tasks.tell(self.hotkey)
            )
        except CompanionError as error:
            self.tray.tell(str(explain(error, self.words)))
        self.seating.begin()
        return True

    def act(self, name: str) -> None:
        """Do what a menu entry says."""
        acts: dict[str, Callable[[], object]] = {
            "find": self.inserting.open,
            "new": lambda: self.editor.write("", ""),
            "import": self._choose_import,
            "sync": lambda: self.sync(told=True),
            "card": self._copy_card,
            "sign_in": self.seating.ask,
            "sign_out": self._ask_sign_out,
            "quit": self.quit,
        }
        acts[name]()

    def sync(self, told: bool = False) -> None:
        """Exchange packs with the store, off the GUI thread; say so only when asked for."""
        session = self.session
        if session is None:
            return

        def done(report: SyncReport) -> None:
            self._sync_timer.start()
            self._show_status()
            if told:
                self.tray.tell(
                    self.words.say("note.synced", pulled=report.pulled, pushed=report.pushed)
                )

        def failed(error: Exception) -> None:
            self._show_status(explain(error, self.words).what)
            if told:
                self.fail(error)

        self.tasks.run(session.sync, done, failed)

    def sign_out(self) -> None:
        """Sign out and say what is left."""
        session = self.session
        if session is None:
            return
        self.closed()
        self.tasks.run(
            session.sign_out, lambda out: self.tray.tell(self.seating.told(out)), self.fail
        )

    def fail(self, error: Exception) -> None:
        """The one door: every error that an agent must know of goes through here."""
        self.tray.tell(str(explain(error, self.words)))

    def quit(self) -> None:
        """Save what is unsaved and end."""
        if self.session is not None:
            self.tasks.run(self.session.save, lambda _: None, self.fail)
        self.tasks.finish()
        self.desk.hotkeys.close()
        self.instance.release()
        self.tray.hide()
        QApplication.quit()

    def import_path(self, path: Path, done: Callable[["ImportReport"], None]) -> None:
        """Import a file of phrases or bookmarks."""
        session = self.session
        if session is None:
            return

        def work() -> "ImportReport":
            # Most shifts import nothing.
            from companion.app.file_import import import_file

            return import_file(session, path)

        self.tasks.run(work, done, self.fail)

    def hotkey(self) -> None:
        """The picker, or the sign-in window while nobody is signed in."""
        self.act("find" if self.session else "sign_in")

    def _opened(self, session: Session) -> None:
        self.session = session
        session.profile.listen(lambda _ids: self.tasks.tell(self._rebuild.start))
        self._build_index()
        self._sync_timer.start()
        if session.engine.unreadable:
            count = len(session.engine.unreadable)
            self.tray.tell(self.words.say("note.unreadable", count=count))

    def closed(self) -> None:
        """Show and hold nothing of a profile any more."""
        self.session = None
        self._sync_timer.stop()
        self._sync_soon.stop()
        self.inserting.show_index(Index())
        self.inserting.picker.hide()
        self._show_status()

    def _build_index(self) -> None:
        session = self.session
        if session is None:
            return

        def done(index: Index) -> None:
            if self.session is session:
                self.inserting.show_index(index)
                self._show_status()

        self.tasks.run(lambda: Index(entries_of(session.profile)), done, self.fail)

    def _show_status(self, problem: str = "") -> None:
        session = self.session
        if session is None:
            self.tray.set_open(False, self.words.say("tray.status.closed"))
            return

        def done(status: str) -> None:
            self.tray.set_open(True, status)

        self.tasks.run(lambda: status_line(session, self.words, problem), done, self.fail)

    def _add_phrase(self, title: str, body: str, abbr: str, group: str) -> None:
        session = self.session
        if session is None:
            return

        def work() -> None:
            profile = session.profile
            with profile.together():
                parent = ""
                if group:
                    known = {held.title: held.id for held in profile.sets()}
                    parent = known.get(group) or profile.add("set", title=group)
                profile.add("phrase", title=title, body=body, abbr=abbr, parent=parent)
            session.save()

        self.tasks.run(work, lambda _: self._sync_soon.start(), self.fail)

    def _count_use(self, id: str) -> None:
        session = self.session
        if session is not None:
            self.tasks.run(lambda: session.profile.count_use(id), lambda _: None, self.fail)

    def _choose_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(None, self.words.say("import.title"))
        if path:
            self.import_path(Path(path), self._imported)

    def _imported(self, report: "ImportReport") -> None:
        said = self.words.say(
            "note.imported", added=report.added, updated=report.updated, skipped=report.skipped
        )
        if report.problems:
            said += " " + self.words.say("note.problems", count=len(report.problems))
        self.tray.tell(said)
        self._sync_soon.start()

    def _copy_card(self) -> None:
        if self.session is not None:
            self.desk.clipboard.copy(Content(self.session.card().text()))
            self.tray.tell(self.words.say("note.card"))

    def _ask_sign_out(self) -> None:
        say = self.words.say
        asked = QMessageBox()
        asked.setWindowTitle(say("signout.title"))
        asked.setText(say("signout.ask"))
        yes = asked.addButton(say("signout.yes"), QMessageBox.ButtonRole.AcceptRole)
        asked.addButton(say("signout.no"), QMessageBox.ButtonRole.RejectRole)
        asked.exec()
        if asked.clickedButton() is yes:
            self.sign_out()

    def _timer(self, milliseconds: int, act: Callable[[], None], once: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(once)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer


def status_line(session: Session, words: Words, problem: str) -> str:
    """How the open profile stands, for the tray; ``problem`` says why it was not synced."""
    found = session.status()
    said = words.say(
        "tray.status.open",
        agent=found.agent,
        phrases=found.phrases,
        bookmarks=found.bookmarks,
    )
    clock = time.strftime("%H:%M", time.localtime(found.synced_at))
    state = problem or words.say("tray.synced", time=clock)
    return f"{said}\n{state}" if found.synced_at or problem else said


def make_application() -> QApplication:
    """The QApplication, as every start of Companion wants it."""
    spare_memory()
    QApplication.setApplicationName("Companion")
    QApplication.setDesktopFileName("companion")
    # Our windows are drawn without OpenGL: where its drivers would be loaded, they are not.
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    return QApplication(sys.argv[:1])
