"""The page of the import window that shows what would happen, and asks what is to happen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from companion.formats.items import PhraseItem, Problem
from companion.phrases.differences import Piece, differences
from companion.session.planning import Choices, Fate, Plan, Planned
from companion.ui.import_columns import ImportColumns
from companion.ui.import_rows import ImportList, Line
from companion.ui.library_preview import Outgoing, rendered
from companion.ui.parts import Button, grown, label
from companion.ui.style import Tokens
from companion.ui.words import Words

# Longer texts are shown without marks: to compare them would hold up the window.
_MOST_MARKED, _MOST_SHOWN = 400, 20_000
_ALL, _PROBLEMS = "all", "problems"


class ImportPreview(QWidget):
    """What was found in a file; ``choices`` is what the agent has decided."""

    changed = Signal()
    """The agent has decided otherwise: the plan is to be made anew."""
    format_chosen = Signal(str)

    def __init__(self, words: Words, tokens: Tokens, text_of: Callable[[str], str]) -> None:
        super().__init__()
        self._words, self._text_of = words, text_of
        say = words.say
        self.heading = label("", "heading", wrap=True)
        self.format, self.into = QComboBox(), QComboBox()
        self.format.setAccessibleName(say("import.format"))
        self._line = QLineEdit()
        self.into.setEditable(True)
        self.into.setLineEdit(self._line)
        self.into.setAccessibleName(say("import.into"))
        self.into.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.columns = ImportColumns(words)
        self.doubles, self.changes = QCheckBox(), QCheckBox()
        self._chips = QButtonGroup(self)
        self._chip_row = QHBoxLayout()
        self.rows = ImportList(words, tokens, say("import.entries"))
        self.model = self.rows.lines
        self.shown = Outgoing(tokens, say("editor.body"))
        self.now = Outgoing(tokens, say("import.now"))
        self._now_label = label(say("import.now"), "small")
        self.there = label(say("import.there"), "small")
        self._problem = label("", "warning", wrap=True)
        self._plan: Plan[Any] | None = None
        self._lay_out()
        self.rows.selectionModel().currentChanged.connect(lambda *_: self._show_entry())
        self._chips.buttonClicked.connect(lambda _button: self._filter())
        for box in (self.doubles, self.changes):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.into.activated.connect(lambda _row: self.changed.emit())
        self._line.editingFinished.connect(self._typed)
        self.format.activated.connect(lambda _row: self.format_chosen.emit(self._chosen_format()))

    @property
    def choices(self) -> Choices:
        """What the agent has decided."""
        into = self.into.currentText().strip()
        return Choices(into or None, self.doubles.isChecked(), self.changes.isChecked())

    @property
    def chips(self) -> list[QAbstractButton]:
        """What narrows the list, in order; each has a property ``filter``."""
        return self._chips.buttons()

    def begin(
        self, name: str, format: str, holds: str, formats: Sequence[str], places: Sequence[str]
    ) -> None:
        """Another file: its name, what it was read as, what it may be read as, where it may go."""
        say = self._words.say
        self.heading.setText(name)
        self._fill(self.format, [(say(f"format.{each}"), each) for each in formats])
        self.format.setCurrentIndex(self.format.findData(format))
        # The files of a folder may be of several formats.
        self.format.setPlaceholderText(say("import.several"))
        self._fill(self.into, [("", ""), *((title, title) for title in places if title)])
        hint = "import.as_it_stands" if holds == "phrases" else "import.folders_as_they_stand"
        self._line.setPlaceholderText(say(hint))
        self._typed_before = ""
        for box in (self.doubles, self.changes):
            box.blockSignals(True)
            box.setChecked(True)
            box.blockSignals(False)
        self._plan = None

    def show_plan(self, plan: Plan[Any]) -> None:
        """Show what would happen now."""
        first = self._plan is None
        self._plan = plan
        say = self._words.say
        doubles, changed = plan.counts[Fate.DUPLICATE], plan.counts[Fate.CHANGED]
        self.doubles.setText(say("import.doubles", count=doubles))
        self.doubles.setVisible(bool(doubles))
        self.changes.setText(say("import.changes", count=changed))
        self.changes.setVisible(bool(changed))
        chosen = _ALL if first else self._filter_name()
        counts = {_ALL: len(plan.rows), **{fate.value: plan.counts[fate] for fate in Fate}}
        counts[_PROBLEMS] = len(plan.problems)
        self._show_chips(counts, chosen)
        self._filter()
        if first:
            self.rows.setCurrentIndex(self.model.index(0, 0))

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self._plan = None
        self.model.show(())
        self.heading.clear()
        self.into.clear()
        for text in (self.shown, self.now):
            text.clear()

    # ---- inside

    def _show_chips(self, counts: dict[str, int], chosen: str) -> None:
        for old in self._chips.buttons():
            self._chips.removeButton(old)
            self._chip_row.removeWidget(old)
            old.deleteLater()
        names = [name for name, count in counts.items() if count or name == _ALL]
        for at, name in enumerate(names):
            chip = Button(self._words.say(f"import.chip.{name}", count=counts[name]))
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setProperty("filter", name)
            chip.setChecked(name == (chosen if chosen in names else _ALL))
            self._chips.addButton(chip)
            self._chip_row.insertWidget(at, chip)

    def _filter_name(self) -> str:
        chip = self._chips.checkedButton()
        return str(chip.property("filter")) if chip is not None else _ALL

    def _filter(self) -> None:
        plan, name = self._plan, self._filter_name()
        if plan is None:
            return
        rows: Sequence[Line] = plan.rows
        if name == _PROBLEMS:
            rows = plan.problems
        elif name != _ALL:
            rows = [row for row in plan.rows if row.fate == name]
        if self.model.show(rows):
            self.rows.setCurrentIndex(self.model.index(0, 0))
        self._show_entry()

    def _show_entry(self) -> None:
        at = self.rows.currentIndex().row()
        row = self.model.rows[at] if 0 <= at < len(self.model.rows) else None
        changed = isinstance(row, Planned) and row.fate is Fate.CHANGED
        self.now.setVisible(changed)
        self._now_label.setVisible(changed)
        skipped = isinstance(row, Planned) and not self.choices.takes(row.fate)
        self.there.setText(self._words.say("import.skips" if skipped else "import.there"))
        self._problem.setVisible(isinstance(row, Problem))
        if isinstance(row, Problem):
            self._problem.setText(self._words.say(f"problem.{row.kind}"))
            row = self._named(row.name)
        if isinstance(row, Planned) and changed:
            self._compare(self._text_of(row.record), _text(row))
        elif isinstance(row, Planned) and isinstance(row.item, PhraseItem):
            self.shown.show_phrase(rendered(_text(row)))
        else:
            self.shown.show_pieces([Piece(_text(row), False)] if row is not None else [])

    def _named(self, title: str) -> Planned[Any] | None:
        """The first entry of this title: the one that a problem is about."""
        rows = self._plan.rows if self._plan is not None and title else []
        return next((row for row in rows if row.item.title == title), None)

    def _compare(self, here: str, there: str) -> None:
        if max(len(here), len(there)) > _MOST_MARKED:
            pieces = [Piece(here[:_MOST_SHOWN], False)], [Piece(there, False)]
        else:
            pieces = differences(here, there)
        self.now.show_pieces(pieces[0])
        self.shown.show_pieces(pieces[1])

    def _typed(self) -> None:
        """Where the line is left as it was, nothing is decided."""
        typed = self.into.currentText().strip()
        if typed != self._typed_before:
            self._typed_before = typed
            self.changed.emit()

    def _chosen_format(self) -> str:
        return str(self.format.currentData() or "")

    @staticmethod
    def _fill(box: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
        box.clear()
        for text, name in entries:
            box.addItem(text, name)

    def _lay_out(self) -> None:
        self._typed_before = ""
        say = self._words.say
        asked = QHBoxLayout()
        asked.setSpacing(8)
        asked.addWidget(label(say("import.format"), "soft"))
        asked.addWidget(self.format, 2)
        asked.addSpacing(8)
        asked.addWidget(label(say("import.into"), "soft"))
        asked.addWidget(self.into, 2)
        ticks = QHBoxLayout()
        ticks.setSpacing(16)
        ticks.addWidget(self.changes)
        ticks.addWidget(self.doubles)
        ticks.addStretch()
        self._chip_row.setSpacing(8)
        self._chip_row.addStretch()
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(16, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self._problem)
        inside.addWidget(self._now_label)
        inside.addWidget(self.now, 1)
        inside.addWidget(self.there)
        inside.addWidget(self.shown, 2)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.rows)
        split.addWidget(right)
        split.setSizes([grown(self, 380), grown(self, 340)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addLayout(asked)
        column.addWidget(self.columns)
        for row in (ticks, self._chip_row):
            column.addLayout(row)
        column.addWidget(split, 1)


def _text(row: Planned[Any]) -> str:
    item = row.item
    body = item.body if isinstance(item, PhraseItem) else f"{item.title}\n{item.url}"
    return str(body)[:_MOST_SHOWN]
