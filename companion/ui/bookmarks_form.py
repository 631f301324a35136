"""The fields of one bookmark or folder and how they are laid out; it decides nothing."""

import time
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from companion.bookmarks.opening import openable
from companion.session.bookmark_tree import BOOKMARK, FOLDER, Node
from companion.ui.bookmarks_line import apart
from companion.ui.notice import Notice
from companion.ui.parts import button, field, label, repolish
from companion.ui.words import Words

_EDGE = 16


class MarkForm(QWidget):
    """Everything that is seen of one line of the tree."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        say = words.say
        self._words = words
        self.notice = Notice()
        self.title = field(say("editor.name"), hint=say("editor.name"))
        self.title.setObjectName("name")
        self.url = field(say("library.field.url"), hint=say("marks.url.hint"))
        self.tags = field(say("library.tags"), hint=say("library.tags.hint"))
        self.never = label(say("marks.never.why"), "warning", wrap=True)
        self.open = button(f"{say('marks.act.open')}  Enter", "", lambda: None)
        self.copy = button(f"{say('marks.act.copy')}  Ctrl C", "", lambda: None)
        self.open_all = button("", "", lambda: None)
        self.place = label("", wrap=True)
        self.move_it = button(f"{say('marks.act.move')}  Ctrl M", "link", lambda: None)
        self.added = label("")
        self.trash = button(f"{say('marks.act.trash')}  Del", "", lambda: None)
        self._names: dict[QWidget, QLabel] = {}
        self._lay_out()
        for part in (self.never, self.added):
            part.hide()

    @property
    def lines(self) -> Sequence[QWidget]:
        """What can be typed in, in order."""
        return (self.title, self.url, self.tags)

    def show_rest(self, node: Node, path: str, made: bool) -> None:
        """Show what cannot be typed; ``made`` is false for a bookmark that is still to be made."""
        say, is_mark, is_open = self._words.say, node.kind == BOOKMARK, node.ours
        for part, seen in (
            (self.url, is_mark),
            (self.tags, is_mark and (node.ours or bool(node.tags))),
            (self.added, is_mark and node.added > 0),
        ):
            part.setVisible(seen)
            self._names[part].setVisible(seen)
        for line in (self.title, self.url, self.tags):
            line.setReadOnly(not is_open)
            repolish(line)
        self.place.setText(path)
        self.move_it.setVisible(is_open and made)
        self.trash.setVisible(is_open and made)
        self.copy.setVisible(is_mark)
        self.open_all.setVisible(node.holds and node.count > 0 and not node.gone)
        self.open_all.setText(f"{say('marks.open_all', count=node.count)}  Ctrl Enter")
        if node.added:
            self.added.setText(time.strftime("%Y-%m-%d %H:%M", time.localtime(node.added)))

    def show_address(self, url: str, is_mark: bool) -> None:
        """Say whether an address, as it is typed, can be opened."""
        fits = openable(url)
        self.never.setVisible(is_mark and bool(url) and not fits)
        self.open.setVisible(is_mark)
        self.open.setEnabled(fits)
        self.copy.setEnabled(bool(url))

    def tell(self, node: Node, elsewhere: bool) -> None:
        """Say what there is to say about it."""
        say, notice = self._words.say, self.notice
        if node.team:
            copies = node.count > 0 or node.kind == BOOKMARK
            act = say("library.copy") if copies and node.kind in (BOOKMARK, FOLDER) else ""
            notice.say(say("library.of_team", team=node.team), act)
        elif node.gone:
            notice.say(say("library.is_gone"), say("library.restore"))
        elif elsewhere:
            notice.say(say("library.elsewhere"), look="warning")
        elif node.clashes:
            name, (value, *_) = next(iter(node.clashes.items()))
            facts = {"field": say(f"library.field.{name}"), "value": apart(value)}
            keep, other = say("marks.clash.keep"), say("marks.clash.other")
            notice.say(say("marks.clash", **facts), keep, "warning", other)
        else:
            notice.say("")

    def _lay_out(self) -> None:
        say = self._words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, _EDGE, 12)
        column.setSpacing(12)
        column.addWidget(self.notice)
        column.addWidget(self.title)
        column.addLayout(_row(self.open, self.open_all, self.copy))
        where = QWidget()
        beside = QHBoxLayout(where)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(self.place, 1)
        beside.addWidget(self.move_it)
        named: tuple[tuple[str, QWidget, tuple[QWidget, ...]], ...] = (
            ("library.field.url", self.url, (self.url, self.never)),
            ("library.tags", self.tags, (self.tags,)),
            ("marks.folder", where, (where,)),
            ("marks.added", self.added, (self.added,)),
        )
        for name, shown, parts in named:
            made = self._names[shown] = label(say(name), "small")
            field_of = QVBoxLayout()
            field_of.setSpacing(4)
            for part in (made, *parts):
                field_of.addWidget(part)
            column.addLayout(field_of)
        column.addStretch()
        column.addLayout(_row(self.trash))


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return row
