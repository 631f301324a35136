"""Inserting as one transaction: in order, into the right window, or copied with the reason."""

from dataclasses import dataclass, field

import pytest

from companion.desk.copy_only import CopyOnlyTypist, CopyOnlyWindows
from companion.desk.ports import Content, Obstacle, Target
from companion.desk.recording import RecordingDesk, RecordingOffer
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.phrases.rules import Rule
from tests.phrases.driving import (
    CHAT,
    OTHER,
    PASTED,
    TEXT,
    Driver,
    Tick,
    insert,
    offered,
    pressed,
    still,
)


def test_the_acts_come_in_order_and_the_clipboard_is_as_before() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")
    assert insert(desk) == Outcome()
    assert insert(desk).inserted
    assert desk.acts == PASTED * 2
    assert desk.pasted == [TEXT.text] * 2
    assert desk.clipboard == "before"


def obstructed(obstacle: Obstacle) -> tuple[RecordingDesk, Tick, Target | None, Content]:
    """A desk on which this obstacle turns up, what happens meanwhile, the target and the text."""
    xterm = Target(9, "xterm", "")
    tick: Tick = still
    text = TEXT
    desk, target = RecordingDesk(CHAT), CHAT
    match obstacle:
        case Obstacle.NO_TARGET:
            return desk, tick, None, text
        case Obstacle.TARGET_GONE:
            desk = RecordingDesk(OTHER)
        case Obstacle.TARGET_CHANGED:
            desk = RecordingDesk(CHAT, returns_focus=False)
        case Obstacle.ELEVATED | Obstacle.UNSUPPORTED:
            desk = RecordingDesk(CHAT, found_obstacle=obstacle)
        case Obstacle.KEYS_HELD:
            desk = RecordingDesk(CHAT, held=True)
        case Obstacle.NOT_TAKEN:
            desk = RecordingDesk(CHAT, takes_paste=False)
        case Obstacle.LINES_RUN:
            desk, target, text = RecordingDesk(xterm), xterm, Content("rm -r x\n")
        case Obstacle.NO_PICTURES:
            desk, target, text = RecordingDesk(xterm), xterm, Content("", image=b"PNG")
        case Obstacle.NOT_SENT | Obstacle.CLIPBOARD_BUSY | Obstacle.LOCKED:
            raise ValueError("these end otherwise")
    return desk, tick, target, text


IN_A_COPY = sorted(
    set(Obstacle) - {Obstacle.NOT_SENT, Obstacle.CLIPBOARD_BUSY, Obstacle.LOCKED},
    key=lambda each: each.value,
)


@pytest.mark.parametrize("obstacle", IN_A_COPY)
def test_every_obstacle_ends_in_a_copy_and_pastes_nothing(obstacle: Obstacle) -> None:
    desk, tick, target, text = obstructed(obstacle)
    outcome = insert(desk, tick, target, Message(text))
    assert outcome == Outcome(obstacle)
    assert (outcome.inserted, outcome.sent, outcome.copied) == (False, 0, 1)
    assert desk.pasted == []
    assert desk.acts[-1] == "copy"
    assert "restore" not in desk.acts
    assert desk.clipboard == text
    # Only a program that was asked and did not answer has seen the keys.
    assert pressed(desk) is (obstacle is Obstacle.NOT_TAKEN)


@pytest.mark.parametrize(
    "obstacle",
    [
        Obstacle.NO_TARGET,
        Obstacle.TARGET_GONE,
        Obstacle.ELEVATED,
        Obstacle.UNSUPPORTED,
        Obstacle.LINES_RUN,
        Obstacle.NO_PICTURES,
    ],
)
def test_what_is_known_before_trying_moves_no_window(obstacle: Obstacle) -> None:
    desk, tick, target, text = obstructed(obstacle)
    insert(desk, tick, target, Message(text))
    assert desk.acts == ["copy"]


def test_a_desk_that_can_only_copy_copies_and_says_why() -> None:
    desk = RecordingDesk(CHAT)
    inserter = Inserter(desk, CopyOnlyWindows(), CopyOnlyTypist())
    outcome = Driver().run(inserter.insert([Message(TEXT)], CHAT))
    assert outcome == Outcome(Obstacle.UNSUPPORTED)
    assert desk.acts == ["copy"]


@dataclass
class BothDesk(RecordingDesk):
    """Remembers whether the second selection was asked for."""

    asked: list[bool] = field(default_factory=list)

    def snapshot(self, both: bool = False) -> object:
        self.asked.append(both)
        return super().snapshot(both)

    def offer(self, content: Content, both: bool = False) -> RecordingOffer:
        self.asked.append(both)
        return super().offer(content, both)


@pytest.mark.parametrize(("program", "both"), [("xterm", True), ("chat", False)])
def test_only_a_terminal_has_its_second_selection_touched(program: str, both: bool) -> None:
    target = Target(9, program, "")
    desk = BothDesk(target)
    assert insert(desk, target=target).inserted
    assert desk.asked == [both, both]


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        (Rule(), Content("文", "<b>文</b>", b"PNG")),
        (Rule(rich=False), Content("文", "", b"PNG")),
        (Rule(pictures=False), Content("文", "<b>文</b>")),
    ],
)
def test_a_program_is_offered_what_it_takes(rule: Rule, content: Content) -> None:
    desk = RecordingDesk(CHAT)
    inserter = Inserter(desk, desk, desk, lambda program, own: rule)
    message = Message(Content("文", "<b>文</b>", b"PNG"))
    assert Driver().run(inserter.insert([message], CHAT)).inserted
    assert offered(desk).content == content
