"""Runs the steps of an insertion at once, on a desk that remembers, the world moving between."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from companion.desk.ports import Content, Target
from companion.desk.recording import RecordingDesk, RecordingOffer
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.phrases.waiting import Wait

CHAT = Target(7, "chat", "客户 — 会话")
OTHER = Target(8, "mail", "收件箱")
TEXT = Content("钱没到账肯定惦记，我来查")
POLLS = 6
PASTED = ["snapshot", "bring back", "offer", "paste ctrl+v", "restore"]
Tick = Callable[[int], None]
_R = TypeVar("_R")


def still(number: int) -> None:
    """Nothing happens while the insertion waits."""


@dataclass
class Driver:
    """Answers waits at once: each is looked at a few times, ``tick`` moves the world between."""

    tick: Tick = still
    ticks: int = 0
    waited: float = 0.0
    """The seconds of the waits that were not met."""

    def run(self, steps: Generator[Wait, bool, _R]) -> _R:
        try:
            wait = next(steps)
            while True:
                assert wait.at_most > 0
                met = any(self._look(wait.until) for _ in range(POLLS))
                self.waited += 0 if met else wait.at_most
                wait = steps.send(met)
        except StopIteration as end:
            ended: _R = end.value
            return ended

    def _look(self, until: Callable[[], bool]) -> bool:
        self.tick(self.ticks)
        self.ticks += 1
        return until()


def insert(
    desk: RecordingDesk,
    tick: Tick | None = None,
    target: Target | None = CHAT,
    *messages: Message,
) -> Outcome:
    steps = Inserter(desk, desk, desk).insert(messages or [Message(TEXT)], target)
    return Driver(tick or still).run(steps)


def offered(desk: RecordingDesk) -> RecordingOffer:
    assert desk.offered is not None
    return desk.offered


def pressed(desk: RecordingDesk) -> bool:
    """Whether the paste keys were pressed."""
    return any(act.startswith("paste") for act in desk.acts)
