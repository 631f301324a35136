"""Delivers messages to windows, one phrase after another: two would take the clipboard in turn."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from companion.desk.ports import Target
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.phrases.rules import Rule
from companion.profile.records import Program
from companion.runtime.tasks import Stepper
from companion.wiring.desktop import DeskAdapters

Done = Callable[[Outcome], None]


class _Delivery(NamedTuple):
    messages: Sequence[Message]
    target: Target | None
    own: Program | None
    done: Done


class Deliveries(QObject):
    """Those that wait, and the one that is under way."""

    def __init__(
        self,
        desk: DeskAdapters,
        rule: Callable[[str, Program | None], Rule],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clipboard = desk.clipboard
        self._inserter = Inserter(desk.clipboard, desk.windows, desk.typist, rule)
        self.busy = False
        """Whether one is under way."""
        self.age = 0
        """How often all was forgotten: what was begun before that presses no key any more."""
        self._waiting: deque[_Delivery] = deque()

    def forget(self) -> None:
        """Begin no other, and have the one that is under way press no key any more.

        Where one was pressed already the clipboard is given back once the window has taken the
        text.
        """
        self.age += 1
        self._waiting.clear()
        if not self.busy:
            self._clipboard.forget()

    def deliver(
        self,
        messages: Sequence[Message],
        target: Target | None,
        own: Program | None,
        done: Done,
    ) -> None:
        """Insert messages into a window when its turn has come, then call done.

        ``own`` is how one phrase wants it, in place of its program's rule.
        """
        self._waiting.append(_Delivery(messages, target, own, done))
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting and not self.busy:
            self._begin(self._waiting.popleft())

    def _begin(self, one: _Delivery) -> None:
        self.busy, age = True, self.age

        def over() -> bool:
            return age != self.age

        def rest() -> None:
            self.busy = False
            if over():
                self._clipboard.forget()

        def ended(outcome: Outcome) -> None:
            rest()
            one.done(outcome)
            self._go_on()

        def broken() -> None:
            # What waits behind it must not wait for ever.
            rest()
            QTimer.singleShot(0, self, self._go_on)

        steps = self._inserter.insert(one.messages, one.target, one.own, over)
        Stepper(steps, ended, self, broken)
