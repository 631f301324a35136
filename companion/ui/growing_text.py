"""A field for a message that is as high as its text, within a few lines."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_TO_TELL = Qt.ScrollBarPolicy.ScrollBarAsNeeded


class GrowingText(QPlainTextEdit):
    """``around`` is what its frame takes in px, beside the text and its margins."""

    def __init__(
        self, name: str, hint: str, keys: QObject, *, lines: tuple[int, int], around: int
    ) -> None:
        """``keys`` filters its events; ``lines`` are the fewest and the most that are shown."""
        super().__init__()
        self._lines, self._around = lines, around
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.installEventFilter(keys)
        self.textChanged.connect(self.fit)

    def begin(self, text: str) -> None:
        """Show a text from its beginning; nothing leads back to what was there."""
        # Not insert: that could be undone, and so the field would remember what was there before.
        self.setPlainText(text)
        self.fit()

    def turn_to(self) -> None:
        """Give it the focus, behind what is there."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the text has other lines."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Be as high as the text."""
        least, most = self._lines
        # QPlainTextEdit counts its height in lines, as they are broken now.
        needed = round(self.document().size().height())
        margins = 2 * round(self.document().documentMargin())
        height = max(least, min(most, needed)) * self.fontMetrics().lineSpacing()
        self.setFixedHeight(height + margins + self._around)
        # One line that fits would have a bar, for the sake of what stands around it.
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(_TO_TELL if needed > most else off)
