"""Work off the GUI thread answers on it, one at a time; step-by-step work waits on a timer."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from companion.phrases.insertion import Wait
from companion.runtime.tasks import Stepper, Tasks

Steps = Iterator[Wait]


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


def test_steps_that_wait_for_nothing_are_done_at_once(qtbot: QtBot) -> None:
    def steps() -> StepsOf[str]:
        return "answer"
        yield Wait(lambda: True, 1.0)

    done: list[str] = []
    Stepper(steps(), done.append)
    assert done == ["answer"]
