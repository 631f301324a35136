"""What an app that was locked must not show any more."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount() if model is not None else 0):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.index(row, 0, QModelIndex()).data(role) or "")


def _of(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
    if isinstance(widget, (QLabel, QPushButton, QLineEdit)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        widget.undo()
        yield widget.text()
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        yield widget.toPlainText()
        widget.undo()
        yield widget.toPlainText()
    if isinstance(widget, QAbstractItemView):
        yield from _rows(widget)


def shown_anywhere(word: str) -> list[str]:
    """The widgets of this process that hold a word, shown or not, also after undoing."""
    return [
        f"{type(widget).__name__} in {type(widget.window()).__name__}"
        for widget in QApplication.allWidgets()
        for text in _of(widget)
        if word in text
    ]
