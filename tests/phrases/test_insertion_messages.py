"""A phrase of several messages: the keys after each, what is left when one does not go in."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.ports import Content, Key, Obstacle, Target
from companion.desk.recording import RecordingDesk
from companion.phrases.insertion import Outcome
from companion.phrases.message import Message, joined
from tests.phrases.driving import CHAT, OTHER, TEXT, insert, offered, pressed

GREET = Message(Content("您好"), enter=True)
ASK = Message(Content("请问订单号是？"), left=1)
BYE = Message(Content("祝您愉快"), enter=True)


def test_messages_go_in_one_after_another_and_the_clipboard_is_as_before() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")
    outcome = insert(desk, None, CHAT, GREET, ASK, BYE)
    assert (outcome, outcome.sent, outcome.copied) == (Outcome(), 3, 0)
    assert desk.pasted == ["您好", "请问订单号是？", "祝您愉快"]
    assert desk.clipboard == "before"
    assert [act for act in desk.acts if act not in ("snapshot", "offer")] == [
        "bring back",
        "paste ctrl+v",
        "enter 1",
        "paste ctrl+v",
        "left 1",
        "paste ctrl+v",
        "enter 1",
        "restore",
    ]


def test_no_key_follows_a_message_that_asks_for_none() -> None:
    desk = RecordingDesk(CHAT)
    assert insert(desk, None, CHAT, Message(TEXT)).inserted
    assert not [act for act in desk.acts if act.startswith(("enter", "left"))]


def test_the_keys_come_after_the_text_was_fetched() -> None:
    desk = RecordingDesk(CHAT, takes_paste=False)

    def tick(number: int) -> None:
        if pressed(desk) and not offered(desk).count:
            assert "enter 1" not in desk.acts
            offered(desk).count = int(number > 3)

    assert insert(desk, tick, CHAT, GREET).inserted
    assert "enter 1" in desk.acts


def test_a_target_that_goes_between_two_messages_leaves_the_others_copied() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")

    def tick(number: int) -> None:
        if "enter 1" in desk.acts:
            desk.shut()

    outcome = insert(desk, tick, CHAT, GREET, ASK, BYE)
    assert (outcome, outcome.sent, outcome.copied) == (Outcome(Obstacle.TARGET_GONE), 1, 2)
    assert desk.pasted == ["您好"]
    assert desk.clipboard == Content("请问订单号是？\n祝您愉快")


@dataclass
class StolenDesk(RecordingDesk):
    """Another window comes up before the Enter and stays."""

    def stroke(self, key: Key, times: int = 1, into: Target | None = None) -> bool:
        self.bring_back(OTHER)
        return super().stroke(key, times, into)


@pytest.mark.parametrize(
    ("messages", "left"), [((GREET,), "before"), ((GREET, BYE), Content("祝您愉快"))]
)
def test_enter_is_not_pressed_in_another_window_and_that_is_said(
    messages: tuple[Message, ...], left: object
) -> None:
    desk = StolenDesk(CHAT, clipboard="before")
    outcome = insert(desk, None, CHAT, *messages)
    assert outcome == Outcome(Obstacle.NOT_SENT)
    assert (outcome.sent, outcome.copied) == (1, len(messages) - 1)
    assert "enter 1" not in desk.acts
    assert desk.clipboard == left


def test_a_cursor_that_cannot_go_back_is_no_failure() -> None:
    desk = StolenDesk(CHAT, clipboard="before")
    assert insert(desk, None, CHAT, ASK).inserted
    assert desk.clipboard == "before"


def test_what_is_copied_between_two_messages_is_what_comes_back() -> None:
    desk = RecordingDesk(CHAT, clipboard="before")

    def tick(number: int) -> None:
        if "enter 1" in desk.acts and desk.clipboard == GREET.content:
            desk.clipboard = "newer"
            offered(desk).gone = True

    assert insert(desk, tick, CHAT, GREET, ASK).inserted
    assert desk.clipboard == "newer"


contents = st.builds(Content, st.text(), st.sampled_from(["", "<i>x</i>"]), st.binary(max_size=4))


@given(st.lists(st.builds(Message, contents), min_size=1, max_size=4))
def test_joined_messages_hold_every_text_in_order(messages: list[Message]) -> None:
    whole = joined(messages)
    assert whole.text == "\n".join(message.content.text for message in messages)
    assert bool(whole.html) is any(message.content.html for message in messages)
    assert bool(whole.image) is any(message.content.image for message in messages)
    if len(messages) == 1:
        assert whole == messages[0].content


def test_a_plain_message_stays_what_it_is_beside_a_rich_one() -> None:
    messages = [Message(Content("a<b", "<b>a</b>")), Message(Content("1 < 2\n好"))]
    assert joined(messages).html == "<b>a</b><br>1 &lt; 2<br>好"
