"""The rules by which a store tries again: how often, how long, and that somebody may stop it."""

import time

import pytest

from companion.errors import Stopped, StoreBusy, StoreDenied, StoreUnreachable
from companion.sync import retrying
from companion.sync.retrying import Passing, patiently
from companion.sync.store import Watch

BUSY = StoreBusy(place="far", seconds=0)


class Act:
    """Fails in these ways, one a call, and then gives 7."""

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.calls = list(failures), 0

    def __call__(self) -> int:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return 7


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(retrying, "wait", lambda seconds, _: waited.append(seconds))
    return waited


def test_what_passes_is_tried_three_times_in_all(waits: list[float]) -> None:
    act = Act(Passing(BUSY), Passing(BUSY))
    assert (patiently(act, Watch()), act.calls) == (7, 3)
    assert 0.5 <= waits[0] <= 0.75 and 2 <= waits[1] <= 3
    act = Act(*[Passing(BUSY)] * 3)
    with pytest.raises(StoreBusy):
        patiently(act, Watch())
    assert act.calls == 3


def test_what_does_not_pass_is_not_tried_again(waits: list[float]) -> None:
    act = Act(StoreDenied(place="far", act="read"))
    with pytest.raises(StoreDenied):
        patiently(act, Watch())
    assert (act.calls, waits) == (1, [])


def test_the_wait_that_is_asked_for_is_kept_or_not_waited_for_at_all(waits: list[float]) -> None:
    assert patiently(Act(Passing(BUSY, 4)), Watch()) == 7
    assert waits == [4]
    act = Act(Passing(BUSY, 6))
    with pytest.raises(StoreBusy):
        patiently(act, Watch())
    assert (act.calls, waits) == (1, [4])


def test_no_try_begins_after_a_minute(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "LONGEST_S", -1.0)
    act = Act(Passing(StoreUnreachable(place="far", reason="EOF")))
    with pytest.raises(StoreUnreachable):
        patiently(act, Watch())
    assert (act.calls, waits) == (1, [])


def test_a_wait_is_stopped_at_once() -> None:
    watch, began = Watch(), time.monotonic()
    with watch.by(lambda _: None, lambda: time.monotonic() - began > 0.1), pytest.raises(Stopped):
        patiently(Act(Passing(BUSY, 5)), watch)
    assert time.monotonic() - began < 1
