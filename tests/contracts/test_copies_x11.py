"""Hearing on X11 that another program copies: what is read, what is not, and that nothing waits."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.lines import Lines
from tests.e2e.owning import clipboard, own

HERE = Path(__file__).parent
MOST = 2_000
BLOCKED_S = 0.25
Owns = Callable[[str, int], None]


class Copies:
    """Our ears in a process of their own."""

    def __init__(self, desktop: Desktop) -> None:
        self.lines = Lines([sys.executable, str(HERE / "copies_process.py")], desktop)
        self.gap = 0.0

    def __call__(self, act: str, **rest: object) -> Any:
        answer = self.lines.ask(json.dumps({"act": act} | rest))
        self.gap = max(self.gap, float(answer["gap"]))
        return answer["found"]

    def read(self, most: int = MOST) -> str:
        """What was copied, as soon as it is handed over."""
        found = [self("copied", most=most)]

        def told() -> bool:
            found.append(self("copied", most=most) if found[-1] is None else found[-1])
            return found[-1] is not None

        wait_for(told)
        return str(found[-1])


@pytest.fixture
def copies(desktop: Desktop) -> Iterator[Copies]:
    copies = Copies(desktop)
    copies("hark")
    yield copies
    copies.lines.close()


@pytest.fixture
def owns(desktop: Desktop) -> Iterator[Owns]:
    owners = list[Lines]()

    def begin(kind: str, length: int) -> None:
        owners.append(
            Lines([sys.executable, str(HERE / "odd_owner.py"), kind, str(length)], desktop)
        )

    yield begin
    for owner in owners:
        owner.close()


def heard_more(copies: Copies, than: int) -> bool:
    return bool(copies("changes") > than)


def test_it_is_heard_that_another_program_copies_and_what(desktop: Desktop, copies: Copies) -> None:
    for _ in range(2):
        before = copies("changes")
        said = own(desktop)
        wait_for(partial(heard_more, copies, before))
        assert not copies("from_here")
        assert copies.read() == said["text"]
    assert copies.gap < BLOCKED_S
    copies("hark", on=False)
    before = copies("changes")
    own(desktop)
    time.sleep(0.2)
    assert copies("changes") == before


@pytest.mark.parametrize("kind", ["whole", "pieces"])
@pytest.mark.parametrize("length", [MOST, MOST + 1, 400_000])
def test_what_is_longer_than_a_message_is_not_read(
    copies: Copies, owns: Owns, kind: str, length: int
) -> None:
    owns(kind, length)
    wait_for(lambda: copies("changes"))
    assert copies.read() == ("文" * length if length <= MOST else "")
    assert copies.gap < BLOCKED_S


def test_what_a_password_manager_marks_is_not_read(copies: Copies, owns: Owns) -> None:
    owns("secret", 7)
    wait_for(lambda: copies("changes"))
    assert copies.read() == ""


def test_a_program_that_hangs_stops_nothing_and_the_next_one_is_read(
    desktop: Desktop, copies: Copies, owns: Owns
) -> None:
    owns("mute", 1)
    wait_for(lambda: copies("changes"))
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        assert copies("copied", most=MOST) is None
    assert copies.gap < BLOCKED_S
    before = copies("changes")
    said = own(desktop)
    wait_for(lambda: copies("changes") > before)
    assert copies.read() == said["text"]


def test_what_is_put_and_put_back_here_is_ours(desktop: Desktop, copies: Copies) -> None:
    own(desktop)
    wait_for(lambda: copies("changes"))
    assert not copies("from_here")
    copies("snapshot")
    wait_for(lambda: copies("complete"))
    copies("offer", text="ours")
    assert copies("from_here")
    copies("restore")
    assert copies("from_here")
    copies("copy", text="ours")
    assert copies("from_here")
    assert clipboard(desktop)["text"] == "ours"
