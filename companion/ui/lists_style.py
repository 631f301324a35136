"""What the style sheet says besides for windows with lists, and the looks these share."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from companion.ui.parts import grown
from companion.ui.style import Tokens

Index = QModelIndex | QPersistentModelIndex

_SHEET = """
QFrame#side {{ background: {bg}; border: none; }}
QFrame#foot {{ background: {bg}; border: none; }}
QSplitter::handle {{ background: {line}; }}
QLineEdit#name {{ font-size: {heading}px; font-weight: 700; }}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{ background: {bg}; }}
QFrame#drop {{ border: 1px dashed {faint}; border-radius: 10px; background: {bg}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {soft}; padding: 6px 2px 5px 2px;
    margin-right: 16px; border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom-color: {accent}; }}
QTabBar::tab:focus {{ color: {ink}; }}
QPushButton#star {{ border: 1px solid transparent; background: transparent; color: {soft};
    font-size: {title}px; padding: 0 6px; }}
QPushButton#star:checked {{ color: {amber}; }}
QPushButton#star:focus {{ border-color: {accent}; }}
QPushButton#plain {{ padding: 6px 12px; }}
QListWidget::item, QListView#ticks::item {{ padding: 6px 8px; border-radius: 6px; border: none; }}
QListWidget::item:selected, QListView#ticks::item:selected {{ background: {wash}; color: {ink}; }}
QListWidget::indicator, QListView#ticks::indicator {{
    width: {tick}px; height: {tick}px; border: 1px solid {faint};
    border-radius: 4px; background: {panel}; }}
QListWidget::indicator:checked, QListView#ticks::indicator:checked {{
    background: {accent}; border-color: {accent}; }}
QListWidget::item:hover, QListView#ticks::item:hover {{ background: {bg}; }}
QListWidget::item:selected:hover, QListView#ticks::item:selected:hover {{ background: {wash}; }}
QListView:focus {{ border: 1px solid {accent}; border-radius: 6px; }}
QListView {{ border: 1px solid transparent; }}
QTextBrowser#flat {{ border: none; background: {bg}; padding: 8px 12px; border-radius: 6px; }}
"""


def dress(window: QWidget, tokens: Tokens) -> None:
    """Give a window what its style sheet says besides."""
    heights = {"small": 20, "heading": 16, "title": 20, "tick": 16}
    sizes = {name: grown(window, height) for name, height in heights.items()}
    window.setStyleSheet(_SHEET.format(**vars(tokens), **sizes))


def as_list(view: QListView, name: str) -> None:
    """Make a view of equally high lines; ``name`` is what a screen reader calls it."""
    view.setAccessibleName(name)
    view.setUniformItemSizes(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def paint_text(
    painter: QPainter,
    area: QRect,
    font: QFont,
    colour: str,
    text: str,
) -> None:
    """Draw one line of text, cut where the area ends."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


def paint_ground(painter: QPainter, area: QRect, colour: str, edge: str = "") -> None:
    """Draw the ground of a row, with a border where ``edge`` gives its colour."""
    painter.setPen(QColor(edge) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(area, 6, 6)
