"""The keys that take back and do again, in the lines of an editor."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


class UndoKeys(QObject):
    """Where a line has nothing to take back itself, it is the last act that is meant."""

    wanted = Signal(bool)
    """To take the last act back, or (False) to do it again."""

    def __init__(self, lines: Iterable[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        for line in lines:
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Y does again everywhere, though not every system's lines know it."""
        if not isinstance(event, QKeyEvent) or event.type() == QEvent.Type.KeyRelease:
            return False
        again = event.key() == Qt.Key.Key_Y and (
            event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        if event.type() == QEvent.Type.ShortcutOverride:
            if again:
                # Otherwise the window takes it, which knows nothing of the line's typing.
                event.accept()
            return again
        for meant, undo in ((event.matches(_UNDO), True), (again or event.matches(_REDO), False)):
            if meant and not _can(watched, undo):
                self.wanted.emit(undo)
                return True
        if again and isinstance(watched, QLineEdit | QPlainTextEdit):
            watched.redo()
        return again


def _can(field: QObject, undo: bool) -> bool:
    """Whether a field can take something back itself."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if undo else field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return document.isUndoAvailable() if undo else document.isRedoAvailable()
    return False
