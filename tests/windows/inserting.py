"""Insertions and copies by the adapters of this PC, stepped by the GUI's timer as in the app."""

from collections.abc import Callable, Sequence

from pytestqt.qtbot import QtBot

from companion.desk.ports import Content, Target
from companion.phrases.copying import Copied, Copier
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.runtime.tasks import Stepper
from companion.wiring.desktop import adapters

LINE = "您好，订单👩‍👩‍👧 𠮷é̂已为您申请；预计３个工作日到账🇨🇳。请放心，有事随时找我👋🏽！"
# 60 lines and 5,000 characters, each line another one.
LONG = "\n".join(f"{number:02} {LINE}{LINE[:34]}" for number in range(60)) + LINE[:21]


class Hands:
    """What the agent does: look where the focus is, and have something inserted there."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.desk = adapters()
        self._inserter = Inserter(self.desk.clipboard, self.desk.windows, self.desk.typist)

    def target(self) -> Target:
        """The window that has the focus."""
        target = self.desk.windows.focused()
        assert target is not None
        return target

    def begin(self, content: Content | Sequence[Message], target: Target) -> list[Outcome]:
        """Begin an insertion; the outcome is in the list once there is one."""
        messages = [Message(content)] if isinstance(content, Content) else content
        outcomes = list[Outcome]()
        self._stepper = Stepper(self._inserter.insert(messages, target), outcomes.append)
        return outcomes

    def insert(self, content: Content | Sequence[Message], target: Target) -> Outcome:
        """Insert and wait for the outcome."""
        outcomes = self.begin(content, target)
        self.until(lambda: bool(outcomes))
        return outcomes[0]

    def begin_copy(self, target: Target) -> list[Copied]:
        """Begin to copy what is selected; what comes of it is in the list once it is there."""
        copies = list[Copied]()
        copier = Copier(self.desk.clipboard, self.desk.windows, self.desk.typist)
        self._copying = Stepper(copier.copy(target), copies.append)
        return copies

    def copy(self, target: Target) -> Copied:
        """Copy what is selected, and wait for what comes of it."""
        copies = self.begin_copy(target)
        self.until(lambda: bool(copies))
        return copies[0]

    def until(self, condition: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something is so, while the GUI goes on."""
        self._qtbot.waitUntil(condition, timeout=round(seconds * 1_000))

    def wait(self, seconds: float) -> None:
        """Let time pass in which nothing may happen."""
        self._qtbot.wait(round(seconds * 1_000))

    def close(self) -> None:
        self.desk.hotkeys.close()
