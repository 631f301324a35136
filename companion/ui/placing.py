"""Where a panel goes beside a caret or a window, on which screen: geometry and nothing else."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

from companion.desk.ports import Rect

GAP = 8
"""Between a line of text and the panel beside it, in logical pixels."""
_EDGE = 16
"""Between a notice and the edges of the screen."""
_LINE = 64
"""What is no higher than this is a line somebody types in; what is higher is a window."""
_LEAST_SHARE = 0.4
"""A panel beside a line gives up at most so much of its height to stay clear of it."""

_COVERED = 5
"""A panel at the side of a window may lie over a fifth of its width: the rest can be read."""


class Screen(NamedTuple):
    """A screen as Qt tells of it: ``area`` and ``room`` (without task bars) in logical pixels.

    Qt leaves a screen's own corner where the desktop has it and scales everything from there.
    """

    area: QRect
    room: QRect
    scale: float

    def device(self) -> Rect:
        """The screen in device pixels."""
        corner, size = self.area.topLeft(), self.area.size()
        return Rect(
            corner.x(),
            corner.y(),
            round(size.width() * self.scale),
            round(size.height() * self.scale),
        )

    def logical(self, rect: Rect) -> QRect:
        """A rectangle of the desktop as this screen counts."""
        corner = self.area.topLeft()
        return QRect(
            corner.x() + round((rect.left - corner.x()) / self.scale),
            corner.y() + round((rect.top - corner.y()) / self.scale),
            max(1, round(rect.width / self.scale)),
            max(1, round(rect.height / self.scale)),
        )


def screen_of(near: Rect, screens: Sequence[Screen]) -> Screen:
    """The screen on which most of a rectangle lies, else the one it is nearest to."""
    # A caret may be of no width, and still stands on a screen.
    near = near._replace(width=max(1, near.width), height=max(1, near.height))
    return max(
        screens,
        key=lambda screen: (_shared(near, screen.device()), -_distance(near, screen.device())),
    )


def free_height(near: QRect, room: QRect, wanted: int) -> int:
    """How high a panel may be that shall not cover ``near``: ``wanted``, or what is free beside it.

    Only a line is kept clear at that price, and only where enough is left of the panel.
    """
    if near.height() > _LINE or not room.intersects(near):
        return wanted
    free = max(_below(near, room), _above(near, room))
    return free if wanted * _LEAST_SHARE <= free < wanted else wanted


def beside(panel: QSize, near: QRect, room: QRect) -> QPoint:
    """Where the panel's corner goes: never over an edge of ``room`` that is as large as the panel.

    Below what it belongs to, else above, else at its side, where a window may be covered a little;
    a window that leaves no room is covered in its upper part, since people type at its foot.
    """
    seen = near.intersected(room) if near.intersects(room) else near
    left = near.left()
    if seen.width() > panel.width():
        left = seen.left() + (seen.width() - panel.width()) // 2
    top = seen.top()
    if _below(seen, room) >= panel.height():
        top = seen.bottom() + 1 + GAP
    elif _above(seen, room) >= panel.height():
        top = seen.top() - GAP - panel.height()
    else:
        if seen.height() > _LINE:
            top = seen.top() + (seen.height() * 3 // 4 - panel.height()) // 2
        may_cover = seen.width() // _COVERED
        if room.right() - seen.right() - GAP >= panel.width() - may_cover:
            left = seen.right() + 1 + GAP
        elif seen.left() - room.left() - GAP >= panel.width() - may_cover:
            left = seen.left() - GAP - panel.width()
    return _inside(panel, QPoint(left, top), room)


def in_the_middle(panel: QSize, room: QRect) -> QPoint:
    """Where a panel goes that belongs to no window: a little above the middle."""
    above = (room.height() - panel.height()) // 2 - room.height() // 8
    left = room.left() + (room.width() - panel.width()) // 2
    return _inside(panel, QPoint(left, room.top() + above), room)


def in_the_corner(panel: QSize, room: QRect, tray: QRect) -> QPoint:
    """Where a notice goes: at the right, below, or above where the tray is up there."""
    left = room.left() + room.width() - panel.width() - _EDGE
    above = not tray.isEmpty() and tray.center().y() < room.center().y()
    bottom = room.top() + room.height() - panel.height() - _EDGE
    return _inside(panel, QPoint(left, room.top() + _EDGE if above else bottom), room)


def _below(near: QRect, room: QRect) -> int:
    return room.bottom() - near.bottom() - GAP


def _above(near: QRect, room: QRect) -> int:
    return near.top() - room.top() - GAP


def _inside(panel: QSize, corner: QPoint, room: QRect) -> QPoint:
    right = room.left() + room.width() - panel.width()
    bottom = room.top() + room.height() - panel.height()
    return QPoint(
        max(room.left(), min(corner.x(), right)), max(room.top(), min(corner.y(), bottom))
    )


def _shared(one: Rect, other: Rect) -> int:
    width = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    height = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(0, width) * max(0, height)


def _distance(one: Rect, other: Rect) -> int:
    across = max(other.left - one.left - one.width, one.left - other.left - other.width, 0)
    down = max(other.top - one.top - one.height, one.top - other.top - other.height, 0)
    return across + down
