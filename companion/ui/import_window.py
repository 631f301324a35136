"""The window that brings files in: choose, look at what would happen, do it, take it back."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from companion.bookmarks.browsers import Browser
from companion.session.importing import ImportReport, TakenBack
from companion.session.planning import Plan
from companion.ui.import_preview import ImportPreview
from companion.ui.import_rows import ImportList
from companion.ui.lists_style import dress
from companion.ui.messages import Message
from companion.ui.parts import button, grown, label, progress
from companion.ui.style import Tokens
from companion.ui.words import Words

_SIZE = (780, 560)
_MOST_BROWSERS = 4
_CENTRE = Qt.AlignmentFlag.AlignCenter


class ImportWindow(QWidget):
    """Decides nothing: what is wanted is said by signals, what is shown is told."""

    file_wanted = Signal()
    folder_wanted = Signal()
    dropped = Signal(Path)
    browser_wanted = Signal(object)
    """The bookmarks of a browser of this desk (bookmarks.browsers.Browser)."""
    stopped = Signal()
    keep_good = Signal()
    """What can be read of a broken file will do."""
    confirmed = Signal()
    undo_wanted = Signal(str)
    """What was imported last ("phrases" or "bookmarks") is to be taken back."""
    look_wanted = Signal(str)
    closed = Signal()

    def __init__(self, words: Words, tokens: Tokens, preview: ImportPreview) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("import.title"))
        self.setAcceptDrops(True)
        dress(self, tokens)
        self._words, self._last = words, ""
        say = words.say
        self.preview = preview
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.notice = label("", "notice", wrap=True)
        self.bar = progress(say("import.title"))
        self.problems = ImportList(words, tokens, say("import.notes"))
        self._of_browsers = label(say("import.browsers"), "soft")
        self._of_browsers.hide()
        self.browsers: list[QPushButton] = []
        self._browser_row = QHBoxLayout()
        self.drop = QFrame()
        self.drop.setObjectName("drop")
        self.sum = label("", "soft", wrap=True)
        self.file = button(say("import.choose_file"), "primary", self.file_wanted.emit)
        self.folder = button(say("import.choose_folder"), "", self.folder_wanted.emit)
        self.stop = button(say("import.stop"), "", self.stopped.emit)
        self.good = button("", "", self.keep_good.emit)
        self.other = button(say("import.other"), "", self.start)
        self.take = button("", "primary", self.confirmed.emit)
        self.undo = button(say("import.undo"), "", lambda: self.undo_wanted.emit(self._last))
        self.look = button(say("import.look"), "primary", lambda: self.look_wanted.emit(self._last))
        self.close_it = button(say("import.close"), "", self.close)
        self._buttons = (
            *(self.undo, self.other, self.folder, self.file, self.stop),
            *(self.good, self.close_it, self.look, self.take),
        )
        self._pages = QStackedWidget()
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+O"), self, self._ask_for_file)
        self.start()

    # ---- what is shown

    def start(self) -> None:
        """Ask for a file."""
        self._say("import.begin", self._words.say("import.known"))
        self.drop.show()
        self._offer(self.folder, self.file, first=self.file)

    def show_last(self, holds: str, name: str, when: str) -> None:
        """Say what was imported last and can still be taken back."""
        self._last = holds
        self.notice.setText(self._words.say("import.last", name=name, when=when))
        self.notice.show()
        self._offer(self.undo, self.folder, self.file, first=self.file)

    def show_browsers(self, found: Sequence[Browser]) -> None:
        """Offer to bring in what these browsers have."""
        for old in self.browsers:
            old.deleteLater()
        names = [f"{one.browser} · {one.profile}" for one in found[:_MOST_BROWSERS]]
        self.browsers = [
            button(name.replace("&", "&&"), "plain", partial(self.browser_wanted.emit, one))
            for name, one in zip(names, found, strict=False)
        ]
        self._of_browsers.setVisible(bool(found))
        for at, made in enumerate(self.browsers, 1):
            self._browser_row.insertWidget(at, made)

    def show_reading(self, name: str, done: int, of: int) -> None:
        """Say how far the reading of a file is."""
        self._say("import.reading", name=name)
        self._progress(done, of)
        self._offer(self.stop, first=self.stop)

    def show_taking(self, name: str) -> None:
        """Say that it is being taken in; that is too short to be stopped."""
        self._say("import.taking", name=name)
        self._progress(0, 0)
        self._offer()

    def show_plan(self, plan: Plan[Any], report: ImportReport) -> None:
        """Show what would happen, and the numbers of it."""
        self.preview.show_plan(plan)
        self._pages.setCurrentWidget(self.preview)
        say = self._words.say
        facts = {"added": report.added, "updated": report.updated, "skipped": report.skipped}
        self.sum.setText(say("import.sum", **facts))
        count = report.added + report.updated
        self.take.setText(say("import.take", count=count))
        self.take.setEnabled(count > 0 or bool(plan.folders))
        if self.take.isHidden():
            self._offer(self.other, self.take, first=self.preview.rows)

    def show_failure(self, said: Message, good: int = 0) -> None:
        """Say why a file cannot be read, and how many of its entries can."""
        self.heading.setText(said.what)
        do = self._words.say("import.broken") if good else said.do
        self.text.setText("\n".join(filter(None, (said.safe, do))))
        self._pages.setCurrentIndex(0)
        self._plain()
        self.good.setText(self._words.say("import.keep_good", count=good))
        shown = [self.good] if good else []
        self._offer(self.close_it, *shown, self.other, first=self.other)

    def show_done(self, report: ImportReport, holds: str) -> None:
        """Say what was done."""
        self._last = holds
        say = self._words.say
        facts = {"added": report.added, "updated": report.updated, "skipped": report.skipped}
        lines = [say("import.sum_done", **facts)]
        if report.problems:
            lines.append(say("import.problems", count=len(report.problems)))
        self._say("import.done", "\n".join(lines))
        self.problems.lines.show(report.problems)
        self.problems.setVisible(bool(report.problems))
        some = report.added or report.updated
        shown = (self.undo, self.other, self.look) if some else (self.close_it, self.other)
        self._offer(*shown, first=self.look if some else self.other)

    def show_taken_back(self, taken: TakenBack) -> None:
        """Say what was taken back."""
        say = self._words.say
        kept = say("import.kept", count=taken.kept) if taken.kept else ""
        self._say("import.taken_back", kept, count=taken.undone)
        self._offer(self.close_it, self.other, first=self.other)

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self.preview.forget()
        self.problems.lines.show(())
        self.notice.clear()
        self.start()

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter imports, in the list Enter alone; Esc closes."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # In the line that says where to, it only ends the typing.
            enter = enter and self.preview.rows.hasFocus()
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif enter and not self.take.isHidden() and self.take.isEnabled():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if event.mimeData().hasUrls() and not self._busy():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first that lies on this desk."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(Path(paths[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        """A reading that runs is stopped."""
        self.stopped.emit()
        super().closeEvent(event)
        self.closed.emit()

    # ---- inside

    def _ask_for_file(self) -> None:
        """Not while one is read or taken in: what becomes of that would not be said."""
        if not self._busy():
            self.file_wanted.emit()

    def _busy(self) -> bool:
        return self.bar.isVisibleTo(self)

    def _say(self, key: str, text: str = "", **facts: object) -> None:
        self.heading.setText(self._words.say(key, **facts))
        self.text.setText(text)
        self._pages.setCurrentIndex(0)
        self._plain()

    def _plain(self) -> None:
        self.text.setVisible(bool(self.text.text()))
        for part in (self.bar, self.notice, self.drop, self.problems):
            part.hide()

    def _progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.bar.show()

    def _offer(self, *shown: QWidget, first: QWidget | None = None) -> None:
        for each in self._buttons:
            each.setVisible(each in shown)
        self.sum.setVisible(self.take in shown)
        if first is not None and first is not self.focusWidget():
            first.setFocus()

    def _lay_out(self) -> None:
        said = QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.heading, self.text, self.bar, self.notice):
            column.addWidget(part)
        column.addWidget(self.problems, 1)
        column.addWidget(self.drop, 1)
        column.addStretch()
        inside = QVBoxLayout(self.drop)
        inside.setSpacing(8)
        inside.addStretch()
        inside.addWidget(label(self._words.say("import.drop"), "soft"), 0, _CENTRE)
        inside.addStretch()
        inside.addWidget(self._of_browsers, 0, _CENTRE)
        self._browser_row.addStretch()
        self._browser_row.addStretch()
        inside.addLayout(self._browser_row)
        inside.addSpacing(8)
        self._pages.addWidget(said)
        self._pages.addWidget(self.preview)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.sum, 1)
        row.addStretch()
        for each in self._buttons:
            row.addWidget(each)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 16, 24, 16)
        outside.setSpacing(12)
        outside.addWidget(self._pages, 1)
        outside.addLayout(row)
        room = self.screen().availableGeometry()
        width, height = grown(self, _SIZE[0]), grown(self, _SIZE[1])
        self.resize(min(width, room.width()), min(height, room.height() - 40))
