"""The hard day's script is the same for all, and its judgement is of what is really there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_spec.bench.judging import Left, Text, Verdict, judge, script

WANTED, NEWEST = "您好,请稍等。", "copied by another"
KEPT = {"clipboard": NEWEST, "newest": NEWEST}
TEXTS = st.text(max_size=4)


@pytest.mark.parametrize(
    ("target", "elsewhere", "told", "text"),
    [
        (WANTED, "", False, Text.RIGHT),
        (WANTED * 2, "", False, Text.DOUBLED),
        (NEWEST, "", False, Text.OTHER),
        (WANTED[:3], "", False, Text.OTHER),
        ("", "", False, Text.MISSING),
        ("", "", True, Text.DECLINED),
        ("", WANTED, False, Text.WRONG_WINDOW),
        (WANTED, WANTED, False, Text.WRONG_WINDOW),
        # What was pasted stays wrong, however well the program speaks of it afterwards.
        (NEWEST, "", True, Text.OTHER),
        ("", WANTED, True, Text.WRONG_WINDOW),
        # The agent's own Enter, in a window that came up before it.
        ("", "\n", False, Text.MISSING),
    ],
)
def test_a_text_is_judged_by_the_windows(
    target: str, elsewhere: str, told: bool, text: Text
) -> None:
    left = Left(target, elsewhere, told=told, **KEPT)
    assert judge(WANTED, left) == Verdict(text, lost=False, told=told)


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("held", [None, "copied by the agent", WANTED])
def test_a_copy_that_is_gone_is_lost_unless_the_agent_is_told_why(
    held: str | None, told: bool
) -> None:
    left = Left("", "", clipboard=held, newest=NEWEST, told=told)
    assert judge(WANTED, left).lost != (told and held == WANTED)


@given(target=TEXTS, elsewhere=TEXTS, told=st.booleans(), wanted=st.text(min_size=1, max_size=4))
def test_nothing_is_right_but_the_text_once_in_its_window(
    target: str, elsewhere: str, told: bool, wanted: str
) -> None:
    verdict = judge(wanted, Left(target, elsewhere, told=told, **KEPT))
    assert (verdict.text is Text.RIGHT) == (target == wanted and not elsewhere.strip())


def test_every_program_meets_the_same_day() -> None:
    day = script(200)
    assert day == script(200)
    assert day[:50] == script(50)
    assert day != script(200, seed=1)
    # Some hundred milliseconds lie between two copies, and both kinds of trouble are there.
    assert all(0 <= at < 300 for turn in day for at in turn.copies)
    assert 100 < sum(turn.flash is not None for turn in day) < 200
    assert 200 < sum(len(turn.copies) for turn in day) < 600
