"""The window that brings files in: choose, look at what would happen, do it, take it back."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QWidget,
)

from companion.bookmarks.browsers import Browser
from companion.session.importing import ImportReport, TakenBack
from companion.session.planning import Plan
from companion.ui.import_frame import ImportFrame
from companion.ui.import_preview import ImportPreview
from companion.ui.messages import Message
from companion.ui.parts import button
from companion.ui.style import Tokens
from companion.ui.words import Words

_MOST_BROWSERS = 4


class ImportWindow(ImportFrame):
    """Decides nothing: what is wanted is said by signals, what is shown is told."""

    def __init__(self, words: Words, tokens: Tokens, preview: ImportPreview) -> None:
        super().__init__(words, tokens, preview)
        self._beside = 0
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
        self.last = holds
        self.notice.setText(self._words.say("import.last", name=name, when=when))
        self.notice.show()
        self.undo.setText(self._words.say("import.undo_last"))
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
        self.of_browsers.setVisible(bool(found))
        for at, made in enumerate(self.browsers, 1):
            self.browser_row.insertWidget(at, made)

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

    def show_beside(self, holds: str, count: int) -> None:
        """Offer from now on what lies beside what is shown, where ``count`` is not 0."""
        self._beside = count
        self.beside.setText(self._words.say(f"import.beside.{holds}", count=count))

    def show_empty(self, name: str) -> None:
        """Say that there is nothing in a file."""
        self._say("import.empty", self._words.say("import.empty_do"), name=name)
        self._offer(self.close_it, self.other, first=self.other)

    def show_plan(self, plan: Plan[Any], report: ImportReport) -> None:
        """Show what would happen, and the numbers of it."""
        self.preview.show_plan(plan)
        self.pages.setCurrentWidget(self.preview)
        say = self._words.say
        facts = {"added": report.added, "updated": report.updated, "skipped": report.skipped}
        self.sum.setText(say("import.sum", **facts))
        count = report.added + report.updated
        self.take.setText(say("import.take", count=count))
        self.take.setEnabled(count > 0 or bool(plan.folders))
        if self.take.isHidden():
            self._offer(self.other, *self._besides(), self.take, first=self.preview.rows)

    def show_failure(self, said: Message, good: int = 0) -> None:
        """Say why a file cannot be read, and how many of its entries can."""
        self.heading.setText(said.what)
        do = self._words.say("import.broken") if good else said.do
        self.text.setText("\n".join(filter(None, (said.safe, do))))
        self.pages.setCurrentIndex(0)
        self._plain()
        self.good.setText(self._words.say("import.keep_good", count=good))
        shown = [self.good] if good else []
        self._offer(self.close_it, *shown, self.other, first=self.other)

    def show_done(self, report: ImportReport, holds: str) -> None:
        """Say what was done."""
        self.last = holds
        self.undo.setText(self._words.say("import.undo"))
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
        beside = self._besides()
        self._offer(*shown, *beside, first=(*beside, self.look if some else self.other)[0])

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

    def _besides(self) -> list[QWidget]:
        return [self.beside] if self._beside else []

    def _ask_for_file(self) -> None:
        """Not while one is read or taken in: what becomes of that would not be said."""
        if not self._busy():
            self.file_wanted.emit()

    def _busy(self) -> bool:
        return self.bar.isVisibleTo(self)

    def _say(self, key: str, text: str = "", **facts: object) -> None:
        self.heading.setText(self._words.say(key, **facts))
        self.text.setText(text)
        self.pages.setCurrentIndex(0)
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
        for each in self.buttons:
            each.setVisible(each in shown)
        self.sum.setVisible(self.take in shown)
        if first is not None and first is not self.focusWidget():
            first.setFocus()
