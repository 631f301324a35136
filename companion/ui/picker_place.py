"""Gives windows that come up by themselves their place on the desktop, as Qt knows the screens."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from companion.desk.ports import Rect
from companion.ui.placing import (
    Screen,
    beside,
    free_height,
    in_the_corner,
    in_the_middle,
    screen_of,
)


def stand(window: QWidget, fit: Callable[[QSize], QSize], near: Rect | None) -> None:
    """Put a window beside ``near``, or a little above the middle of the pointer's screen.

    ``fit`` makes what is in the window ready for a room and answers with the size that it takes.
    """
    if near is None:
        there = _pointed_at(window)
        room = there.availableGeometry()
        size = fit(room.size())
        _move(window, there, size, in_the_middle(size, room))
        return
    screens = QGuiApplication.screens()
    known = [_screen(each) for each in screens]
    found = screen_of(near, known)
    place, room = found.logical(near), found.room
    size = fit(room.size())
    high = free_height(place, room, size.height())
    if high < size.height():
        size = fit(QSize(room.width(), high))
    _move(window, screens[known.index(found)], size, beside(size, place, room))


def grow(window: QWidget, height: int) -> None:
    """Make a window that is seen as high as it needs now, and never lower: nothing jumps."""
    room = window.screen().availableGeometry()
    height = min(height, room.height())
    if height > window.height():
        window.resize(window.width(), height)
        beyond = window.y() + height - (room.top() + room.height())
        if beyond > 0:
            window.move(window.x(), window.y() - beyond)


def stand_in_corner(window: QWidget, size: QSize, near: Rect | None, tray: QRect) -> None:
    """Put a window in a corner of the screen that ``near`` is on, else of the pointer's.

    ``tray`` is where its icon is, empty where that is not known.
    """
    screens = QGuiApplication.screens()
    known = [_screen(each) for each in screens]
    there = _pointed_at(window) if near is None else screens[known.index(screen_of(near, known))]
    room = there.availableGeometry()
    size = size.boundedTo(room.size())
    # A tray on another screen says nothing of this one.
    tray = tray if there.geometry().intersects(tray) else QRect()
    _move(window, there, size, in_the_corner(size, room, tray))


def _pointed_at(window: QWidget) -> QScreen:
    return QGuiApplication.screenAt(window.cursor().pos()) or QGuiApplication.primaryScreen()


def _move(window: QWidget, screen: QScreen, size: QSize, corner: QPoint) -> None:
    # Else a window that was seen on a screen of another scale keeps counting in that one's pixels.
    window.setScreen(screen)
    window.resize(size)
    window.move(corner)


def _screen(screen: QScreen) -> Screen:
    return Screen(screen.geometry(), screen.availableGeometry(), screen.devicePixelRatio())
