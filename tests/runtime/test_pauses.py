"""What is settled is looked through no more, and what is no circle is let go all the same."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from companion.runtime.pauses import settle, take_short_turns, unsettle


class Held:
    pass


@pytest.fixture(autouse=True)
def unsettled() -> Iterator[None]:
    yield
    unsettle()


def test_what_is_settled_is_out_of_the_search_until_it_is_unsettled() -> None:
    circle = Held()
    vars(circle)["itself"] = circle
    seen = weakref.ref(circle)
    settle()
    del circle
    gc.collect()
    assert seen() is not None
    unsettle()
    gc.collect()
    assert seen() is None


def test_what_is_no_circle_goes_at_once() -> None:
    plain = Held()
    seen = weakref.ref(plain)
    settle()
    del plain
    assert seen() is None


def test_a_thread_that_works_gives_way_to_a_window_sooner_than_by_itself() -> None:
    usual = sys.getswitchinterval()
    try:
        take_short_turns()
        assert sys.getswitchinterval() < usual / 2
    finally:
        sys.setswitchinterval(usual)
