"""Inserting as one transaction: in order, into the right window, or copied with the reason."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from companion.desk.copy_only import CopyOnlyTypist, CopyOnlyWindows
from companion.desk.ports import Content, Obstacle, PasteKeys, Target
from companion.desk.recording import RecordingDesk, RecordingOffer
from companion.phrases.insertion import FETCH_S, Inserter, Outcome, Steps, paste_keys
from companion.phrases.message import Message

CHAT = Target(7, "chat", "客户 — 会话")
OTHER = Target(8, "mail", "收件箱")
TEXT = Content("钱没到账肯定惦记，我来查")
POLLS = 6
PASTED = ["snapshot", "offer", "bring back", "paste ctrl+v", "restore"]
Tick = Callable[[int], None]


def still(number: int) -> None:
    """Nothing happens while the insertion waits."""


@dataclass
class Driver:
    """Answers waits at once: each is looked at a few times, ``tick`` moves the world between."""

    tick: Tick = still
    ticks: int = 0

    def run(self, steps: Steps) -> Outcome:
        try:
            wait = next(steps)
            while True:
                assert wait.at_most > 0
                wait = steps.send(any(self._look(wait.until) for _ in range(POLLS)))
        except StopIteration as end:
            assert isinstance(end.value, Outcome)
            return end.value

    def _look(self, until: Callable[[], bool]) -> bool:
        self.tick(self.ticks)
        self.ticks += 1
        return until()


def insert(desk: RecordingDesk, tick: Tick | None = None, target: Target | None = CHAT) -> Outcome:
    return Driver(tick or still).run(Inserter(desk, desk, desk).insert([Message(TEXT)], target))


def offered(desk: RecordingDesk) -> RecordingOffer:
    assert desk.offered is not None
    return desk.offered


def test_the_acts_come_in_order_and_the_clipboard_is_as_before() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")
    assert insert(desk) == Outcome()
    assert insert(desk).inserted
    assert desk.acts == PASTED * 2
    assert desk.pasted == [TEXT.text] * 2
    assert desk.clipboard == "before"


def lose_clipboard(desk: RecordingDesk) -> Tick:
    def tick(number: int) -> None:
        offered(desk).gone = True

    return tick


def obstructed(obstacle: Obstacle) -> tuple[RecordingDesk, Tick, Target | None]:
    """A desk on which this obstacle turns up, what happens meanwhile, and the target."""
    match obstacle:
        case Obstacle.NO_TARGET:
            return RecordingDesk(CHAT), still, None
        case Obstacle.TARGET_GONE:
            return RecordingDesk(OTHER), still, CHAT
        case Obstacle.TARGET_CHANGED:
            return RecordingDesk(CHAT, returns_focus=False), still, CHAT
        case Obstacle.ELEVATED | Obstacle.UNSUPPORTED:
            return RecordingDesk(CHAT, found_obstacle=obstacle), still, CHAT
        case Obstacle.KEYS_HELD:
            return RecordingDesk(CHAT, held=True), still, CHAT
        case Obstacle.CLIPBOARD_BUSY:
            desk = RecordingDesk(CHAT)
            return desk, lose_clipboard(desk), CHAT
        case Obstacle.NOT_TAKEN:
            return RecordingDesk(CHAT, takes_paste=False), still, CHAT


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_ends_in_a_copy_and_pastes_nothing(obstacle: Obstacle) -> None:
    desk, tick, target = obstructed(obstacle)
    outcome = insert(desk, tick, target)
    assert outcome == Outcome(obstacle)
    assert not outcome.inserted
    assert desk.pasted == []
    assert desk.acts[-1] == "copy"
    assert "restore" not in desk.acts
    assert desk.clipboard == TEXT
    # Only a program that was asked and did not answer has seen the keys.
    pressed = any(act.startswith("paste") for act in desk.acts)
    assert pressed is (obstacle is Obstacle.NOT_TAKEN)


@pytest.mark.parametrize(
    "obstacle",
    [Obstacle.NO_TARGET, Obstacle.TARGET_GONE, Obstacle.ELEVATED, Obstacle.UNSUPPORTED],
)
def test_what_is_known_before_trying_moves_no_window(obstacle: Obstacle) -> None:
    desk, tick, target = obstructed(obstacle)
    insert(desk, tick, target)
    assert desk.acts == ["copy"]


def test_a_desk_that_can_only_copy_copies_and_says_why() -> None:
    desk = RecordingDesk(CHAT)
    inserter = Inserter(desk, CopyOnlyWindows(), CopyOnlyTypist())
    outcome = Driver().run(inserter.insert([Message(TEXT)], CHAT))
    assert outcome == Outcome(Obstacle.UNSUPPORTED)
    assert desk.acts == ["copy"]


def test_held_modifiers_are_waited_for() -> None:
    desk = RecordingDesk(CHAT, held=True)

    def tick(number: int) -> None:
        assert not desk.held or not desk.pasted
        desk.held = number < 4

    assert insert(desk, tick).inserted
    assert desk.acts == PASTED


def test_a_window_that_comes_up_while_keys_are_held_gets_nothing() -> None:
    desk = RecordingDesk(CHAT, held=True)

    def tick(number: int) -> None:
        if number == 3:
            desk.bring_back(OTHER)
            desk.held = False

    assert insert(desk, tick) == Outcome(Obstacle.TARGET_CHANGED)
    assert desk.pasted == []
    assert desk.clipboard == TEXT


def test_another_program_taking_the_clipboard_after_the_paste_is_not_overwritten() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")

    def tick(number: int) -> None:
        if desk.pasted:
            desk.clipboard = "of another program"
            offered(desk).gone = True

    assert insert(desk, tick).inserted
    assert desk.clipboard == "of another program"
    assert desk.acts == PASTED[:-1]


def test_a_fetch_before_the_keys_does_not_count_as_taken() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False)

    def tick(number: int) -> None:
        if number == 0:
            offered(desk).count += 1

    assert insert(desk, tick) == Outcome(Obstacle.NOT_TAKEN)


def test_a_paste_that_could_not_be_counted_has_its_time_and_is_no_failure() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False, clipboard="before")
    after_keys = 0

    def tick(number: int) -> None:
        nonlocal after_keys
        offered(desk).count, offered(desk).counts = 1, False
        after_keys += "paste ctrl+v" in desk.acts
        assert "restore" not in desk.acts

    assert insert(desk, tick).inserted
    assert after_keys == POLLS
    assert desk.clipboard == "before"


def test_a_program_that_fetches_late_and_several_times_is_waited_for() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False, clipboard="before")
    last = 14

    def tick(number: int) -> None:
        if "paste ctrl+v" in desk.acts and 5 <= number <= last:
            offered(desk).count += 1
        if number <= last:
            assert "restore" not in desk.acts

    driver = Driver(tick)
    assert driver.run(Inserter(desk, desk, desk).insert([Message(TEXT)], CHAT)).inserted
    assert driver.ticks > last
    assert desk.clipboard == "before"


def test_a_slow_program_has_time_to_ask() -> None:
    assert FETCH_S >= 0.3


@pytest.mark.parametrize(
    ("program", "keys"),
    [
        ("xterm", PasteKeys.SHIFT_INSERT),
        ("putty", PasteKeys.SHIFT_INSERT),
        ("konsole", PasteKeys.CTRL_SHIFT_V),
        ("gnome-terminal-server", PasteKeys.CTRL_SHIFT_V),
        ("chat", PasteKeys.CTRL_V),
        ("", PasteKeys.CTRL_V),
    ],
)
def test_each_program_is_given_its_own_keys(program: str, keys: PasteKeys) -> None:
    target = Target(9, program, "")
    desk = RecordingDesk(target)
    assert paste_keys(target) is keys
    assert insert(desk, target=target).inserted
    assert f"paste {keys.value}" in desk.acts


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
