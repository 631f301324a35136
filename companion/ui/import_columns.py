"""The line of the import window on which the agent says what the columns of a table hold."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from companion.formats.headers import guess
from companion.formats.items import Sheet
from companion.ui.parts import label
from companion.ui.words import Words

ROLES = ("title", "body", "abbr", "set", "tags")
_LONGEST_NAME, _NONE = 24, ""


class ImportColumns(QWidget):
    """A choice for each thing a phrase has; hidden where the file is no table."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.boxes = {role: QComboBox() for role in ROLES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for role, box in self.boxes.items():
            name = words.say(f"import.column.{role}")
            box.setAccessibleName(name)
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.activated.connect(lambda _row: self.changed.emit())
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label(name, "small"))
            column.addWidget(box)
            row.addLayout(column, 1)
        self.hide()

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Offer the columns of the first table that has any, as they were guessed."""
        sheet = next((one for one in sheets if one.rows), None)
        self.setVisible(sheet is not None)
        if sheet is None:
            return
        mapping = guess(sheet)
        names = _names(sheet, mapping.heading)
        for role, box in self.boxes.items():
            box.clear()
            # Without a text there is no phrase.
            if role != "body":
                box.addItem(self._words.say("import.column.none"), _NONE)
            for at, name in enumerate(names, 1):
                box.addItem(name, str(at))
            found = mapping.of(role)
            # Two columns can make one title: that is offered as it is.
            both = "+".join(str(at + 1) for at in found)
            if len(found) > 1:
                box.addItem(" + ".join(names[at] for at in found), both)
            box.setCurrentIndex(max(0, box.findData(both)))

    @property
    def said(self) -> str:
        """The choices, as headers.given() reads them."""
        return ",".join(f"{role}={box.currentData() or ''}" for role, box in self.boxes.items())


def _names(sheet: Sheet, heading: int) -> list[str]:
    """What the columns are called: by their header, else by their first words."""
    width = max(len(cells) for _, cells in sheet.rows[:100])
    row = sheet.rows[max(0, heading - 1)][1]
    names = [row[at] if at < len(row) else "" for at in range(width)]
    short = (" ".join(name.split())[:_LONGEST_NAME] for name in names)
    return [f"{at} {name}".strip() for at, name in enumerate(short, 1)]
