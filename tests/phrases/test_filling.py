"""A phrase filled in: values, the clipboard, the cursor, messages, and what is named as missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.desk.ports import Content
from companion.phrases.filled import only_png
from companion.phrases.message import Message
from companion.profile.records import Program
from companion.profile.template import Slot, literal
from tests.phrases.filled import filling, text_of


def sent(body: str, values: dict[str, str] | None = None, clipboard: str = "") -> list[Message]:
    return filling(body, clipboard=clipboard).fill(values or {}).messages(only_png)


@settings(deadline=None)
@given(st.text(max_size=60).filter(str.strip))
def test_literal_text_is_one_message_byte_for_byte(text: str) -> None:
    assert sent(literal(text)) == [Message(Content(text))]
    assert filling(literal(text)).slots == []


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_a_value_is_never_read_as_a_body(value: str) -> None:
    assert sent("{a}", {"a": value}) == [Message(Content(value))]


def test_one_value_stands_wherever_its_name_does() -> None:
    asked = filling("{称呼}，{单号:7}。{称呼:林女士}")
    assert asked.slots == [Slot("称呼", "林女士"), Slot("单号", "7")]
    assert text_of(asked.fill({})) == "林女士，7。林女士"
    assert text_of(asked.fill({"称呼": "王先生", "多余": "x"})) == "王先生，7。王先生"


def test_what_is_empty_is_named_once_and_in_order() -> None:
    asked = filling("{单号}{称呼}{单号}{件:一件}{x:|y}")
    assert asked.fill({}).open == ("单号", "称呼")
    assert asked.fill({"单号": " ", "件": ""}).open == ("单号", "称呼", "件")
    assert asked.fill({"单号": "1", "称呼": "2", "x": ""}).missing == ()


def test_a_copied_text_goes_in_without_what_acts() -> None:
    assert sent("[{剪贴板}]", clipboard="\r\n甲\r\n乙\x1b[201~\t丙\r\n\n") == [
        Message(Content("[甲\n乙[201~\t丙]"))
    ]
    assert filling("{剪贴板}", clipboard="甲").slots == []


@pytest.mark.parametrize("clipboard", ["", "\r\n", "\x00"])
def test_an_empty_clipboard_is_asked_for(clipboard: str) -> None:
    asked = filling("[{剪贴板}{clipboard}]", clipboard=clipboard)
    assert asked.slots == [Slot("剪贴板"), Slot("clipboard")]
    assert asked.fill({}).open == ("剪贴板", "clipboard")
    assert text_of(asked.fill({"剪贴板": "甲"})) == "[甲]"


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("您好{光标}，再见", 3),
        ("{cursor}您好", 2),
        ("您好{光标}", 0),
        ("a{光标}👨\u200d👩\u200d👧e\u0301\r\nb", 4),
        ("a{光标}b{光标}c", 2),
        ("a{光标}{称呼}", 3),
        ("没有", 0),
    ],
)
def test_the_cursor_goes_back_by_what_a_person_counts(body: str, left: int) -> None:
    (message,) = sent(body, {"称呼": "林👍🏽!"})
    assert message.left == left


def test_enter_goes_out_only_where_the_phrase_says_so() -> None:
    assert sent("甲\n{发送}\n\n乙{光标}丙{send}丁{光标}戊\n") == [
        Message(Content("甲"), enter=True),
        Message(Content("乙丙"), enter=True),
        Message(Content("丁戊\n"), left=2),
    ]


def test_enter_never_goes_out_alone() -> None:
    assert sent("{发送}{发送}甲{发送} \n{发送}") == [Message(Content("甲"), enter=True)]
    assert sent("{发送}") == []
    assert sent("{称呼}{发送}") == []


def test_a_line_break_in_a_value_is_kept_beside_enter() -> None:
    assert sent("{剪贴板}{发送}乙", clipboard="甲\n ") == [
        Message(Content("甲\n "), enter=True),
        Message(Content("乙")),
    ]


def test_what_a_team_shares_presses_no_enter() -> None:
    filled = filling("甲{发送}乙", team="客服一组").fill({})
    assert filled.messages(only_png) == [Message(Content("甲\n乙"))]


def rule(program: str, enter: bool = False) -> Program:
    return Program(id=program, program=program, enter=enter)


def test_a_program_that_the_phrase_names_gets_enter_behind_the_last_message() -> None:
    asked = filling("甲{发送}乙", programs=(rule("xterm", enter=True), rule("qq")))
    enters = {
        program: [draft.enter for draft in asked.fill({}, program).drafts]
        for program in ("xterm", "qq", "", "other")
    }
    assert enters == {"xterm": [True, True], "qq": [True, False], "": [True, False]} | {
        "other": [True, False]
    }
