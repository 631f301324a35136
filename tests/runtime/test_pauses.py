"""When circles are looked for, on which thread, and what is left out of it."""

import gc
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from pytestqt.qtbot import QtBot

from companion.runtime.pauses import settle, take_short_turns, unsearched, unsettle

_T = TypeVar("_T")


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


def make_many() -> list[list[int]]:
    """Enough for Python to look for circles, were it left to itself."""
    return [[one] for one in range(20_000)]


def on_a_worker(work: Callable[[], _T]) -> _T:
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(work).result()


def an_object_of_qt_in_a_circle(ended_on: list[threading.Thread]) -> None:
    circle = QObject()
    vars(circle)["itself"] = circle
    circle.destroyed.connect(
        lambda: ended_on.append(threading.current_thread()), Qt.ConnectionType.DirectConnection
    )


def test_a_part_of_qt_that_is_garbage_ends_on_the_gui_thread(
    qapp: QCoreApplication, qtbot: QtBot
) -> None:
    ended_on = list[threading.Thread]()
    an_object_of_qt_in_a_circle(ended_on)
    there = on_a_worker(make_many)
    assert ended_on == []
    qtbot.waitUntil(lambda: ended_on == [threading.main_thread()])
    assert there


def test_old_garbage_is_found_once_there_is_much_more_of_everything(
    qapp: QCoreApplication, qtbot: QtBot
) -> None:
    circle = Held()
    vars(circle)["itself"] = circle
    seen = weakref.ref(circle)
    gc.collect()
    del circle
    there = list[object]()

    def found() -> bool:
        there.extend([one] for one in range(5_000))
        return seen() is None

    qtbot.waitUntil(found, timeout=20_000)


def test_while_very_many_things_are_made_nothing_is_looked_for(
    qapp: QCoreApplication, qtbot: QtBot
) -> None:
    ended_on = list[threading.Thread]()
    with unsearched():
        an_object_of_qt_in_a_circle(ended_on)
        there = make_many()
        qtbot.wait(20)
        assert ended_on == []
    assert not gc.isenabled()
    unsettle()
    gc.collect()
    assert there and ended_on == [threading.main_thread()]


def test_where_no_app_runs_python_looks_by_itself_again_afterwards() -> None:
    was = gc.isenabled()
    gc.enable()
    try:
        with unsearched():
            assert not gc.isenabled()
        assert gc.isenabled()
    finally:
        if not was:
            gc.disable()
