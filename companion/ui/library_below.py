"""Below a phrase's text: how it goes out, its earlier texts, its images, its programs."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from companion.phrases.differences import Piece
from companion.profile.fields import plain_text, rich_text
from companion.profile.records import Image, Program
from companion.session.library import Wording, one_line
from companion.ui.library_preview import Outgoing, Rendered
from companion.ui.parts import button, grown, label
from companion.ui.style import Tokens
from companion.ui.words import Words

_PAGES = ("preview", "history", "images", "programs")
THUMB, _LEAST = 48, 96


class Below(QWidget):
    """Four pages behind one bar; each says in its title how much it holds."""

    acted = Signal(str, dict)
    image_from_file = Signal()
    image_pasted = Signal()

    def __init__(self, words: Words, tokens: Tokens, rendered: Rendered) -> None:
        super().__init__()
        self._words, self._rendered = words, rendered
        say = words.say
        self.bar = QTabBar()
        self.bar.setAccessibleName(say("library.below"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.preview = Outgoing(tokens, say("library.preview"))
        self.history = _list(say("library.history"))
        self.earlier = Outgoing(tokens, say("library.earlier"))
        self.images = _list(say("library.images"))
        self.programs = _list(say("library.programs"))
        self.bring_back = button(say("library.bring_back"), "plain", self._bring_back)
        self.add_file = button(say("library.image.file"), "plain", self.image_from_file.emit)
        self.paste = button(say("library.image.paste"), "plain", self.image_pasted.emit)
        self.remove = button(say("library.image.remove"), "plain", self._remove)
        self._none = {
            name: label(say(f"library.none.{name}"), "soft", wrap=True) for name in _PAGES
        }
        self._pages = QStackedWidget()
        self._lay_out()
        self.bar.currentChanged.connect(self._pages.setCurrentIndex)
        self.history.currentItemChanged.connect(self._show_earlier)
        self._id = ""

    def show_parts(
        self, wording: Wording, images: Sequence[Image], programs: Sequence[Program], ours: bool
    ) -> None:
        """Show what belongs to a wording of a phrase; ``ours`` says whether it can be changed."""
        self._id = wording.id
        _fill(self.history, [(_history_line(body), body) for body in wording.history])
        _fill(self.images, [(self._line(image), image.id) for image in images])
        _fill(self.programs, [(self._program(one), one.id) for one in programs])
        held = (1, len(wording.history), len(images), len(programs))
        for at, (name, count) in enumerate(zip(_PAGES, held, strict=True)):
            said = self._words.say(f"library.{name}")
            self.bar.setTabText(at, f"{said} {count}" if count and at else said)
            self._none[name].setVisible(not count)
        for view in (self.history, self.images, self.programs):
            view.setVisible(view.count() > 0)
        self.earlier.setVisible(bool(wording.history))
        self.bring_back.setVisible(bool(wording.history) and ours)
        for one in (self.add_file, self.paste):
            one.setVisible(ours)
        self.remove.setVisible(ours and bool(images))

    @property
    def thumb(self) -> int:
        """How high and wide an image is shown, in px of the screen."""
        return round(grown(self, THUMB) * self.devicePixelRatioF())

    def show_body(self, body: str) -> None:
        """Show how a text would go out."""
        self.preview.show_phrase(self._rendered(body))
        self._none["preview"].setVisible(not body)
        self.preview.setVisible(bool(body))

    def show_thumb(self, id: str, image: QImage) -> None:
        """Show an image, made small already."""
        for at in range(self.images.count()):
            item = self.images.item(at)
            if item.data(Qt.ItemDataRole.UserRole) == id:
                item.setIcon(QIcon(QPixmap.fromImage(image)))

    def _bring_back(self) -> None:
        item = self.history.currentItem()
        if item is not None:
            body = item.data(Qt.ItemDataRole.UserRole)
            self.acted.emit("bring_back", {"id": self._id, "body": body})

    def _remove(self) -> None:
        item = self.images.currentItem() or self.images.item(0)
        if item is not None:
            self.acted.emit("trash", {"ids": [item.data(Qt.ItemDataRole.UserRole)]})

    def _show_earlier(self, item: QListWidgetItem | None) -> None:
        body = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        self.earlier.show_pieces([Piece(plain_text(body), False)])

    def _line(self, image: Image) -> str:
        size = f"{max(1, len(image.data) // 1024)} KB"
        said = size if image.data else self._words.say("library.image.awaited")
        return f"{image.title or image.media_type}  {said}"

    def _program(self, program: Program) -> str:
        say = self._words.say
        parts = [program.keys] if program.keys else []
        said = {"plain": program.plain, "enter": program.enter, "hidden": program.hidden}
        parts += [say(f"library.program.{name}") for name, on in said.items() if on]
        return f"{program.program}  {say('list.between').join(parts)}".strip()

    def _lay_out(self) -> None:
        self.images.setIconSize(QSize(grown(self, THUMB), grown(self, THUMB)))
        for name, inside in (
            ("preview", [self.preview]),
            ("history", [self._history()]),
            ("images", [self.images, _row(self.add_file, self.paste, self.remove)]),
            ("programs", [self.programs]),
        ):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 8, 0, 0)
            column.setSpacing(8)
            column.addWidget(self._none[name])
            for part in inside:
                column.addWidget(part)
            column.addStretch(0)
            self._pages.addWidget(page)
            self.bar.addTab(self._words.say(f"library.{name}"))
        self._pages.setMinimumHeight(grown(self, _LEAST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)

    def _history(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.earlier, 1)
        column.addWidget(_row(self.bring_back))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.history, 1)
        row.addWidget(right, 1)
        return both


def _list(name: str) -> QListWidget:
    """A list of a few lines."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def _fill(view: QListWidget, lines: list[tuple[str, Any]]) -> None:
    """List lines with what they stand for; what was chosen stays so where it is still there."""
    at = view.currentRow()
    held = [view.item(row).data(Qt.ItemDataRole.UserRole) for row in range(view.count())]
    if held == [said for _, said in lines]:
        return
    view.clear()
    for text, said in lines:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, said)
        view.addItem(item)
    if lines:
        view.setCurrentRow(max(0, min(at, len(lines) - 1)))


def _row(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return made


def _history_line(body: Any) -> str:
    return one_line(plain_text(body)) + (" (HTML)" if rich_text(body) else "")
