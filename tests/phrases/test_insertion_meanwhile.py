"""What may happen while a text goes in: windows, hands, other programs and the clipboard."""

from dataclasses import dataclass

from companion.desk.ports import Content, Obstacle, PasteKeys, Target
from companion.desk.recording import RecordingDesk, RecordingOffer
from companion.phrases.borrowing import TOLD_S
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.phrases.pasting import FETCH_S, LEAST_S, MOST_ASKED
from companion.phrases.pressing import TRIES
from tests.phrases.driving import (
    CHAT,
    OTHER,
    PASTED,
    POLLS,
    TEXT,
    Driver,
    insert,
    offered,
    pressed,
)


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


@dataclass
class FlashingDesk(RecordingDesk):
    """Another window comes up just as the keys are to be pressed, so many times."""

    flashes: int = 1
    _away: bool = False

    def paste(self, keys: PasteKeys, into: Target | None = None) -> bool:
        assert into == CHAT
        if self.flashes:
            self.flashes -= 1
            self.bring_back(OTHER)
            return super().paste(keys, into)
        return super().paste(keys, into)


def test_a_window_that_flashes_up_before_the_keys_gets_nothing_and_the_target_all() -> None:
    desk = FlashingDesk(CHAT)

    def tick(number: int) -> None:
        # It goes by itself, and the window manager gives the focus back.
        desk.focus(CHAT)

    assert insert(desk, tick).inserted
    assert desk.pasted == [TEXT.text]
    assert desk.acts.count("paste ctrl+v") == 1


def test_windows_that_keep_coming_up_end_it() -> None:
    desk = FlashingDesk(CHAT, flashes=TRIES)

    def tick(number: int) -> None:
        desk.focus(CHAT)

    assert insert(desk, tick) == Outcome(Obstacle.TARGET_CHANGED)
    assert desk.pasted == []


def test_a_target_that_closes_while_keys_are_held_is_gone() -> None:
    desk = RecordingDesk(CHAT, held=True)

    def tick(number: int) -> None:
        if number == 2:
            desk.held = False
            desk.shut()

    assert insert(desk, tick) == Outcome(Obstacle.TARGET_GONE)
    assert not pressed(desk)


def test_a_target_that_closes_on_the_keys_is_gone_and_not_waited_for() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False)

    def tick(number: int) -> None:
        if pressed(desk):
            desk.target = None

    driver = Driver(tick)
    outcome = driver.run(Inserter(desk, desk, desk).insert([Message(TEXT)], CHAT))
    assert outcome == Outcome(Obstacle.TARGET_GONE)
    assert driver.waited < FETCH_S


def test_another_program_taking_the_clipboard_after_the_paste_is_not_overwritten() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")

    def tick(number: int) -> None:
        if desk.pasted:
            desk.clipboard = "of another program"
            offered(desk).gone = True

    assert insert(desk, tick).inserted
    assert desk.clipboard == "of another program"
    assert desk.acts == PASTED[:-1]


def test_what_another_program_copies_before_the_keys_is_what_comes_back() -> None:
    desk = RecordingDesk(CHAT, clipboard="before", held=True)

    def tick(number: int) -> None:
        if number == 2:
            desk.clipboard = "newer"
            offered(desk).gone = True
            desk.held = False

    assert insert(desk, tick).inserted
    assert desk.pasted == [TEXT.text]
    assert desk.clipboard == "newer"


def test_what_another_program_copies_between_the_keys_and_the_fetch_stays_and_is_told() -> None:
    desk = RecordingDesk(CHAT, clipboard="before", takes_paste=False)

    def tick(number: int) -> None:
        if pressed(desk):
            desk.clipboard = "newer"
            offered(desk).gone = True

    outcome = insert(desk, tick)
    assert (outcome, outcome.sent, outcome.copied) == (Outcome(Obstacle.CLIPBOARD_BUSY), 0, 0)
    assert desk.clipboard == "newer"


class TakenDesk(RecordingDesk):
    """Another program never lets go of the clipboard."""

    def offer(self, content: Content, both: bool = False) -> RecordingOffer:
        return RecordingOffer(content, gone=True)


def test_a_clipboard_that_cannot_be_had_is_told_and_nothing_is_pressed() -> None:
    desk = TakenDesk(CHAT, clipboard="before")
    assert insert(desk) == Outcome(Obstacle.CLIPBOARD_BUSY)
    assert not pressed(desk)
    assert desk.clipboard == "before"


def test_a_program_that_is_slow_to_tell_what_it_has_copied_is_waited_for() -> None:
    desk = RecordingDesk(CHAT, clipboard="a large picture", tells=False)

    def tick(number: int) -> None:
        assert "offer" not in desk.acts or desk.tells
        desk.tells = number >= 4

    assert insert(desk, tick).inserted
    assert desk.clipboard == "a large picture"


def test_a_program_that_never_tells_what_it_has_copied_does_not_stop_the_agent() -> None:
    desk = RecordingDesk(CHAT, tells=False)
    driver = Driver()
    assert driver.run(Inserter(desk, desk, desk).insert([Message(TEXT)], CHAT)).inserted
    # Beside that, only what the paste itself takes.
    assert TOLD_S <= driver.waited < TOLD_S + 0.5


def test_a_fetch_before_the_keys_does_not_count_as_taken() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False, held=True)

    def tick(number: int) -> None:
        desk.held = False
        if not pressed(desk):
            offered(desk).count += 1

    assert insert(desk, tick) == Outcome(Obstacle.NOT_TAKEN)


def test_a_clipboard_history_that_fetches_does_not_count_as_the_target() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False)

    def tick(number: int) -> None:
        offered(desk).others += 1

    assert insert(desk, tick) == Outcome(Obstacle.NOT_TAKEN)


def test_where_another_program_carries_the_clipboard_its_fetch_is_the_targets() -> None:
    remote = Target(9, "todesk", "")
    desk = RecordingDesk(remote, takes_paste=False, clipboard="before")

    def tick(number: int) -> None:
        # Read at once, long before the keys, and never again.
        offered(desk).others = 1

    driver = Driver(tick)
    outcome = driver.run(Inserter(desk, desk, desk).insert([Message(TEXT)], remote))
    assert outcome.inserted
    assert LEAST_S <= driver.waited < FETCH_S + LEAST_S
    assert desk.clipboard == "before"


def test_a_paste_that_could_not_be_counted_has_its_time_and_is_no_failure() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False, clipboard="before", held=True)
    after_keys = 0

    def tick(number: int) -> None:
        nonlocal after_keys
        desk.held = False
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
        if pressed(desk) and 5 <= number <= last:
            offered(desk).count += 1
        if number <= last:
            assert "restore" not in desk.acts

    driver = Driver(tick)
    assert driver.run(Inserter(desk, desk, desk).insert([Message(TEXT)], CHAT)).inserted
    assert driver.ticks > last
    assert desk.clipboard == "before"


def test_a_program_that_never_stops_fetching_does_not_keep_the_clipboard() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")

    def tick(number: int) -> None:
        offered(desk).count += 1
        assert number < 2 * (MOST_ASKED + 2) * POLLS

    assert insert(desk, tick).inserted
    assert desk.clipboard == "before"


def test_a_slow_program_has_time_to_ask() -> None:
    assert min(FETCH_S, LEAST_S) >= 0.3
