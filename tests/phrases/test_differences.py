"""Where two texts differ: in pieces that make the texts again, quickly also for long ones."""

import time

from hypothesis import given
from hypothesis import strategies as st

from companion.phrases.differences import Piece, differences

TEXTS = st.text(st.sampled_from("退款一二 ab1。\n"), max_size=30)


def test_what_differs_is_marked_and_a_word_is_marked_whole() -> None:
    left, right = differences("退款一到三天 order 12", "退款两到三天 order 13")
    assert left == [
        Piece("退款", False),
        Piece("一", True),
        Piece("到三天 order ", False),
        Piece("12", True),
    ]
    assert right[1::2] == [Piece("两", True), Piece("13", True)]


@given(TEXTS, TEXTS)
def test_the_pieces_make_the_texts_and_what_is_not_marked_is_the_same(one: str, two: str) -> None:
    left, right = differences(one, two)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == two
    same = ["".join(piece.text for piece in side if not piece.differs) for side in (left, right)]
    assert same[0] == same[1]


def test_long_texts_take_no_longer_than_one_would_wait() -> None:
    one = "".join(f"第{number}句话说的是退款的事。" for number in range(2_000))
    two = one.replace("第77句", "第七十七句")
    begun = time.thread_time()
    left, _ = differences(one, two)
    assert time.thread_time() - begun < 2
    assert "".join(piece.text for piece in left) == one
    assert sum(len(piece.text) for piece in left if piece.differs) < 100
    assert differences("甲" * 9_000, "乙" * 9_000) == (
        [Piece("甲" * 9_000, True)],
        [Piece("乙" * 9_000, True)],
    )
