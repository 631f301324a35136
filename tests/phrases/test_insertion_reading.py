"""A program that reads what it pastes more than once gets the same each time."""

import pytest

from companion.desk.ports import Content
from companion.desk.recording import RecordingDesk
from companion.phrases.insertion import Inserter
from companion.phrases.message import Message
from companion.phrases.pasting import QUIET_S
from tests.phrases.driving import CHAT, POLLS, TEXT, Driver, offered, pressed


def test_a_program_that_looks_again_and_again_may_read_once_more() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")
    last = 20 * POLLS

    def tick(number: int) -> None:
        if number <= last:
            offered(desk).looks += 1
            assert "restore" not in desk.acts

    driver = Driver(tick)
    assert driver.run(Inserter(desk, desk, desk).insert([Message(TEXT)], CHAT)).inserted
    assert driver.ticks > last
    assert desk.clipboard == "before"


@pytest.mark.parametrize("enter", [True, False])
def test_a_program_that_reads_once_more_after_a_while_gets_the_same(enter: bool) -> None:
    desk = RecordingDesk(CHAT, clipboard="before")
    driver, read = Driver(), list[object]()

    def tick(number: int) -> None:
        if pressed(desk) and not read and driver.waited >= 0.25:
            read.append(desk.clipboard)

    driver.tick = tick
    messages = [Message(TEXT, enter=enter), Message(Content("42"))]
    assert driver.run(Inserter(desk, desk, desk).insert(messages, CHAT)).inserted
    assert read == [TEXT]
    assert desk.clipboard == "before"


def test_what_another_program_copies_ends_the_wait_for_one_more_read() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")
    driver = Driver()

    def tick(number: int) -> None:
        if pressed(desk):
            desk.clipboard = "newer"
            offered(desk).gone = True

    driver.tick = tick
    assert driver.run(Inserter(desk, desk, desk).insert([Message(TEXT)], CHAT)).inserted
    assert driver.waited == pytest.approx(2 * QUIET_S)
    assert desk.clipboard == "newer"
