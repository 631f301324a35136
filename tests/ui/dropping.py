"""Drops something on a view as Qt does it when a mouse is let go there."""

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QListView


def drop(view: QListView, data: QMimeData, at: QPointF) -> bool:
    """Drag something over a view and drop it at a point; whether it was taken."""
    actions, buttons = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    target = view.viewport()
    enter = QDragEnterEvent(at.toPoint(), actions, data, buttons, none)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(at.toPoint(), actions, data, buttons, none)
    QApplication.sendEvent(target, move)
    if not move.isAccepted():
        return False
    assert view.grab().toImage() is not None
    event = QDropEvent(at, actions, data, buttons, none)
    QApplication.sendEvent(target, event)
    return event.isAccepted()
