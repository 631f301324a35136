"""Work off the GUI thread answers on it, one at a time; step-by-step work waits on a timer."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from companion.phrases.insertion import Wait
from companion.runtime.tasks import Stepper, Tasks

Waits = Generator[Wait, bool, str]


@dataclass
class Answers:
    """What was answered, and on which threads."""

    done: list[object] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)

    def answer(self, value: object) -> None:
        self.threads.append(threading.get_ident())
        self.done.append(value)

    def fail(self, error: Exception) -> None:
        self.threads.append(threading.get_ident())
        self.failed.append(error)

    def __len__(self) -> int:
        return len(self.threads)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.finish()


def test_work_is_done_elsewhere_and_answered_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    answers = Answers()
    tasks.run(threading.get_ident, answers.answer, answers.fail)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert answers.done != [threading.get_ident()]
    assert answers.threads == [threading.get_ident()]
    assert answers.failed == []


def test_a_failure_arrives_on_the_gui_thread_as_it_was_raised(tasks: Tasks, qtbot: QtBot) -> None:
    answers, error = Answers(), KeyError("lost")

    def work() -> None:
        raise error

    tasks.run(work, answers.answer, answers.fail)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert answers.failed == [error]
    assert answers.done == []
    assert answers.threads == [threading.get_ident()]


def test_a_failure_does_not_stop_the_works_behind_it(tasks: Tasks, qtbot: QtBot) -> None:
    answers = Answers()
    tasks.run(lambda: 1 // 0, answers.answer, answers.fail)
    tasks.run(lambda: "next", answers.answer, answers.fail)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers.done == ["next"]
    assert [type(error) for error in answers.failed] == [ZeroDivisionError]


def test_works_never_overlap_and_answer_in_order(tasks: Tasks, qtbot: QtBot) -> None:
    answers, alone, overlaps = Answers(), threading.Lock(), []

    def work(number: int) -> int:
        if not alone.acquire(blocking=False):
            overlaps.append(number)
            return number
        time.sleep(0.005)
        alone.release()
        return number

    def numbered(number: int) -> Callable[[], int]:
        return lambda: work(number)

    for number in range(20):
        tasks.run(numbered(number), answers.answer, answers.fail)
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert overlaps == []
    assert answers.done == list(range(20))


def test_finish_waits_for_every_work(tasks: Tasks) -> None:
    finished: list[int] = []

    def work() -> None:
        time.sleep(0.02)
        finished.append(1)

    for _ in range(5):
        tasks.run(work, lambda _: None, lambda _: None)
    tasks.finish()
    assert len(finished) == 5


def test_told_from_any_thread_is_done_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    answers = Answers()
    other = threading.Thread(target=lambda: tasks.tell(lambda: answers.answer("told")))
    other.start()
    other.join()
    assert answers.done == []
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert answers.threads == [threading.get_ident()]


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_steps_that_wait_for_nothing_are_done_at_once(owner: QObject) -> None:
    def steps() -> Waits:
        yield from ()
        return "answer"

    done: list[str] = []
    Stepper(steps(), done.append, owner)
    assert done == ["answer"]


def test_a_fulfilled_wait_ends_at_once_and_says_so(owner: QObject, qtbot: QtBot) -> None:
    looked: list[int] = []
    done: list[str] = []

    def until() -> bool:
        looked.append(threading.get_ident())
        return len(looked) == 3

    def steps() -> Waits:
        return f"met {(yield Wait(until, 3600.0))}"

    Stepper(steps(), done.append, owner)
    assert done == []
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["met True"]
    assert looked == [threading.get_ident()] * 3


def test_a_wait_in_vain_ends_after_its_time_and_says_so(owner: QObject, qtbot: QtBot) -> None:
    done: list[str] = []

    def steps() -> Waits:
        return f"met {(yield Wait(lambda: False, 0.05))}"

    begun = time.monotonic()
    Stepper(steps(), done.append, owner)
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["met False"]
    assert time.monotonic() - begun >= 0.05


def test_waits_follow_one_another_and_the_answer_comes_once(owner: QObject, qtbot: QtBot) -> None:
    done: list[str] = []

    def steps() -> Waits:
        first = yield Wait(lambda: True, 3600.0)
        second = yield Wait(lambda: False, 0.01)
        third = yield Wait(lambda: True, 3600.0)
        return f"{first} {second} {third}"

    Stepper(steps(), done.append, owner)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.wait(20)
    assert done == ["True False True"]


def test_the_gui_goes_on_while_steps_wait(owner: QObject, qtbot: QtBot) -> None:
    released, done = threading.Event(), Answers()

    def steps() -> Waits:
        yield Wait(released.is_set, 3600.0)
        return "released"

    Stepper(steps(), done.answer, owner)
    QTimer.singleShot(10, released.set)
    qtbot.waitUntil(lambda: len(done) == 1)
    assert done.done == ["released"]


def test_a_step_that_fails_ends_the_work_and_is_raised_once(owner: QObject, qtbot: QtBot) -> None:
    done: list[str] = []

    def steps() -> Waits:
        yield Wait(lambda: True, 3600.0)
        raise KeyError("broken")

    with qtbot.captureExceptions() as raised:
        Stepper(steps(), done.append, owner)
        qtbot.waitUntil(lambda: bool(raised))
        qtbot.wait(30)
    assert [kind for kind, _, _ in raised] == [KeyError]
    assert done == []


def test_a_first_step_that_fails_is_raised_to_the_caller(owner: QObject) -> None:
    def steps() -> Waits:
        yield from ()
        raise KeyError("broken")

    with pytest.raises(KeyError):
        Stepper(steps(), lambda _: None, owner)
