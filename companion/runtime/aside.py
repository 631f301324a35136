"""Does what may hang for good on a thread of its own, which is left behind when nobody waits."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Answer = TypeVar("Answer")
_TICK_S = 0.1


def aside(act: Callable[[], Answer], meanwhile: Callable[[], None]) -> Answer:
    """What act gives or raises; ``meanwhile`` is called ten times a second until then.

    Where meanwhile raises, act is left to itself: it must harm nothing by ending later.
    """
    result: Future[Answer] = Future()
    done = threading.Event()

    def work() -> None:
        try:
            result.set_result(act())
        except BaseException as error:
            result.set_exception(error)
        done.set()

    threading.Thread(target=work, daemon=True).start()
    while not done.wait(_TICK_S):
        meanwhile()
    return result.result()
