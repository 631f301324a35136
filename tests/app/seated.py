"""A sign-in window at a desk, for the tests of sitting down."""

from pytestqt.qtbot import QtBot

from companion.app.seating import Seating
from companion.runtime.tasks import Tasks
from companion.session.seat import Seat
from companion.session.session import Session
from companion.ui.words import Words

WORDS = Words("zh")


class Sat:
    """A sign-in window at a desk, and what came of it."""

    def __init__(self, qtbot: QtBot, seat: Seat) -> None:
        self.tasks = (Tasks(), Tasks())
        self.seating = Seating(seat, WORDS, *self.tasks)
        self.window = self.seating.window
        qtbot.addWidget(self.window)
        self.opened, self.sat = list[Session](), list[Session]()
        self.seating.opened.connect(self.opened.append)
        self.seating.sat_down.connect(self.sat.append)
        self.seating.ask()

    def end(self) -> None:
        for tasks in self.tasks:
            tasks.finish(5_000)
            tasks.end()
