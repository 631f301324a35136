"""Where an agent says whether, and in which programs, copied messages are read."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from companion.session.watching import Watch
from companion.ui.parts import Form, button, field, label, repolish, rule
from companion.ui.program_names import listed, named, told
from companion.ui.words import Words

_WIDTH, _MARGIN, _LONGEST = 460, 24, 40


class WatchWindow(Form):
    """A switch, and a tick for each program: says what is wished for, and shows what is wanted."""

    wished = Signal(object)
    """A Watch, as it is to be; show_watch() is to follow."""

    def __init__(self, words: Words) -> None:
        super().__init__(_WIDTH, _MARGIN)
        self._words = words
        self._watch, self._can = Watch(), True
        say = words.say
        self.setWindowTitle(say("watch.title"))
        self.heading = label(say("watch.title"), "heading", wrap=True)
        self.about = label(say("watch.about"), "soft", wrap=True)
        self.switch = QCheckBox(say("watch.on"))
        self.none = label(say("watch.none_open"), "soft", wrap=True)
        self.boxes: dict[str, QCheckBox] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.other = field(say("watch.other"), hint=say("watch.other"))
        self.other.setMaxLength(_LONGEST)
        self.add = button(say("watch.add"), "", self._add)
        self.state = label("", "notice", wrap=True)
        self.promise = label(say("watch.promise"), "small", wrap=True)
        self.done = button(say("watch.close"), "", self.close)
        self.switch.toggled.connect(self._switch)
        self.other.returnPressed.connect(self._add)
        self._lay_out()

    def open_for(self, watch: Watch, there: Sequence[str], can: bool) -> None:
        """Show what is wanted, and the programs that are open, the foremost first.

        Where this desk cannot hear others copy, it says so.
        """
        self._can = can
        self.other.setText("")
        self._fill(watch, there)
        self.show_watch(watch)
        self.show()
        self.raise_()
        self.activateWindow()
        self.switch.setFocus()

    def show_watch(self, watch: Watch) -> None:
        """Show what is wanted now, be it changed elsewhere."""
        self._watch = watch
        with QSignalBlocker(self.switch):
            self.switch.setChecked(watch.on)
        for program in watch.programs:
            if program not in self.boxes:
                self._add_box(program, told(program, self._words))
        for program, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(program in watch.programs)
        self._order()
        self.none.setVisible(not self.boxes)
        self._say_state()
        if self.isVisible():
            self.fit()

    def _fill(self, watch: Watch, there: Sequence[str]) -> None:
        for box in self.boxes.values():
            self._rows.removeWidget(box)
            box.deleteLater()
        self.boxes.clear()
        words, before = self._words, there[0] if there else ""
        for program in dict.fromkeys((*watch.programs, *there)):
            name = told(program, words)
            said = f"{name} · {words.say('watch.before')}" if program == before else name
            self._add_box(program, said)

    def _add_box(self, program: str, said: str) -> None:
        box = QCheckBox(said.replace("&", "&&"))
        box.toggled.connect(lambda on, program=program: self._tick(program, on))
        self.boxes[program] = box
        self._rows.addWidget(box)
        # Qt would show it a moment later, and fit() count it as hidden.
        box.show()

    def _order(self) -> None:
        """Have Tab go through the parts as they stand: Qt goes by when they were made."""
        parts = (self.switch, *self.boxes.values(), self.other, self.add, self.done)
        for one, after in pairwise(parts):
            self.setTabOrder(one, after)

    def _say_state(self) -> None:
        watch, say = self._watch, self._words.say
        look = "notice"
        if not self._can:
            said, look = say("watch.cannot"), "warning"
        elif not watch.on:
            said = say("watch.off")
        elif not watch.programs:
            said, look = say("watch.no_programs"), "warning"
        else:
            said = say("watch.watches", names=listed(watch.programs, self._words))
        self.state.setObjectName(look)
        repolish(self.state)
        self.state.setText(said)

    def _switch(self, on: bool) -> None:
        self.wished.emit(Watch(on, self._watch.programs))

    def _tick(self, program: str, on: bool) -> None:
        rest = tuple(one for one in self._watch.programs if one != program)
        self.wished.emit(Watch(self._watch.on, (*rest, program) if on else rest))

    def _add(self) -> None:
        found = named(self.other.text(), self._words)
        if not found:
            self.other.setFocus()
            return
        self.other.setText("")
        programs = dict.fromkeys((*self._watch.programs, *found))
        self.wished.emit(Watch(self._watch.on, tuple(programs)))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.other, 1)
        row.addWidget(self.add)
        column = self.column
        for part in (self.heading, self.about):
            column.addWidget(part)
            column.addSpacing(8)
        column.addWidget(self.switch)
        column.addSpacing(8)
        column.addWidget(label(self._words.say("watch.programs"), "small"))
        column.addSpacing(4)
        column.addWidget(self.none)
        column.addLayout(self._rows)
        column.addSpacing(8)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.state)
        column.addSpacing(8)
        column.addWidget(rule())
        column.addSpacing(4)
        column.addWidget(self.promise)
        self.foot.addWidget(self.done, 0, Qt.AlignmentFlag.AlignRight)
