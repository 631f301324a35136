"""The picker's hits: a list model and a delegate that paints number, signs, title and set.

What matched is marked in the title; where only the body matched, a piece of it stands behind.
"""

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.phrases.reasons import Why, why
from companion.phrases.search import Entry, Hit
from companion.ui import signs
from companion.ui.style import Tokens, bold, small

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 36
_NO_PARENT = QModelIndex()
_PAD = 8
_NO_NAMES: Mapping[str, str] = {}
_NUMBERED = 9


def row_height(metrics: QFontMetrics) -> int:
    """How high a row is that shows text of a font."""
    return max(ROW_HEIGHT, metrics.height() + 2 * _PAD)


def signs_of(entry: Entry) -> list[str]:
    """The signs that stand before an entry's title."""
    kind = [entry.kind] if entry.kind in signs.SIGNS else []
    return ["favourite", *kind] if entry.favourite else kind


class HitModel(QAbstractListModel):
    """The hits of the current query; ``names`` says to a screen reader what a sign means."""

    def __init__(self, names: Mapping[str, str] = _NO_NAMES) -> None:
        super().__init__()
        self.query = ""
        self._hits: list[Hit] = []
        self._whys: dict[int, Why] = {}
        self._names = names

    def show(self, query: str, hits: list[Hit]) -> None:
        """Replace what is listed."""
        self.beginResetModel()
        self.query, self._hits = query, hits
        self._whys.clear()
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry in a row, or None past the end."""
        return self._hits[row].entry if 0 <= row < len(self._hits) else None

    def why(self, row: int) -> Why:
        """Why the hit in a row was found; worked out when the row is first seen."""
        if row not in self._whys:
            self._whys[row] = why(self._hits[row])
        return self._whys[row]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many hits there are."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the entry for the delegate, and what a screen reader says."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            named = (self._names.get(sign, "") for sign in signs_of(entry))
            said = (str(index.row() + 1), entry.title, entry.set, *named)
            return " ".join(filter(None, said))
        return None


class HitDelegate(QStyledItemDelegate):
    """Paints one hit: its number, its signs, its title with the match in bold, its set."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.tokens = tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as the font needs."""
        return QSize(0, row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        entry = index.data(ENTRY)
        model = index.model()
        if not isinstance(entry, Entry) or not isinstance(model, HitModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(0, 1, 0, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.tokens.wash))
            painter.drawRoundedRect(area, 6, 6)
        little = small(option.font)
        line = _Line(painter, area.adjusted(_PAD, 0, -_PAD, 0))
        number = str(index.row() + 1) if index.row() < _NUMBERED else ""
        line.left(little, self.tokens.soft, number, QFontMetrics(little).horizontalAdvance("00"))
        line.gap(_PAD)
        line.right(little, self.tokens.soft, entry.set, line.room // 3)
        if entry.team:
            line.sign("team", self.tokens.soft, QFontMetrics(little).ascent(), at_right=True)
        line.gap(_PAD, at_right=True)
        for sign in signs_of(entry):
            line.sign(sign, self.tokens.soft, QFontMetrics(little).ascent())
        self._reason(line, option.font, little, entry, model.why(index.row()))
        painter.restore()

    def _reason(self, line: "_Line", font: QFont, little: QFont, entry: Entry, why: Why) -> None:
        """The title, and what else is needed to see why it was found."""
        plain, marked = self.tokens.ink, self.tokens.accent
        # Where the body is the reason, the title leaves it half the room.
        room = line.room // 2 if why.snippet else line.room
        line.marked(font, (plain, marked), entry.title, why.title, room)
        if why.snippet:
            line.gap(_PAD)
            line.marked(little, (self.tokens.soft, marked), why.snippet, why.marks, line.room)
        elif why.spelled and 0 not in why.title:
            # Where the title begins with it, everyone sees how it was read.
            line.gap(_PAD)
            self._spelled(line, little, why)

    def _spelled(self, line: "_Line", little: QFont, why: Why) -> None:
        text, typed = "", set[int]()
        for one in why.spelled:
            text += " " if text else ""
            typed.update(range(len(text), len(text) + one.typed))
            text += one.syllable
        if QFontMetrics(bold(little)).horizontalAdvance(text) <= line.room:
            colours = self.tokens.soft, self.tokens.accent
            line.marked(little, colours, text, frozenset(typed), line.room)


class _Line:
    """One line that is filled from both ends."""

    def __init__(self, painter: QPainter, area: QRect) -> None:
        self._painter, self._area = painter, area

    @property
    def room(self) -> int:
        """The width that is left."""
        return max(0, self._area.width())

    def gap(self, width: int, *, at_right: bool = False) -> None:
        """Leave some width empty."""
        self._area = self._area.adjusted(*((0, 0, -width, 0) if at_right else (width, 0, 0, 0)))

    def left(self, font: QFont, colour: str, text: str, width: int) -> None:
        """Write a text into some width at the left."""
        place = QRect(self._area.left(), self._area.top(), width + 2, self._area.height())
        self._write(place, font, colour, text)
        self.gap(width)

    def right(self, font: QFont, colour: str, text: str, most: int) -> None:
        """Write a text at the right, cut to a width."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
        width = metrics.horizontalAdvance(shown)
        place = QRect(self._area.right() - width, self._area.top(), width + 1, self._area.height())
        self._write(place, font, colour, shown)
        self.gap(width, at_right=True)

    def sign(self, name: str, colour: str, size: int, *, at_right: bool = False) -> None:
        """Draw a sign in the middle of the height, with a gap behind it."""
        top = self._area.top() + (self._area.height() - size) / 2
        left = self._area.right() - size - _PAD // 2 if at_right else self._area.left()
        signs.draw(self._painter, name, QRectF(left, top, size, size), colour)
        self.gap(size + _PAD // 2 + 1, at_right=at_right)

    def marked(
        self, font: QFont, colours: tuple[str, str], text: str, marks: frozenset[int], most: int
    ) -> None:
        """Write a text at the left, cut to a width, with some characters in bold and colour."""
        heavy = bold(font)
        shown = QFontMetrics(heavy).elidedText(text, Qt.TextElideMode.ElideRight, most)
        if shown != text:
            # The sign that something is left out matches nothing.
            marks = marks - {len(shown) - 1}
        at = 0
        while at < len(shown):
            end, mark = at + 1, at in marks
            while end < len(shown) and (end in marks) == mark:
                end += 1
            face = heavy if mark else font
            self.left(
                face,
                colours[mark],
                shown[at:end],
                QFontMetrics(face).horizontalAdvance(shown[at:end]),
            )
            at = end

    def _write(self, place: QRect, font: QFont, colour: str, text: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._painter.drawText(place, flags, text)
