"""A program that writes into FILE that the session ends, needs half a second, and is safe then."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from companion.desk.ports import Going
from companion.desk.win32_presence import Win32Presence

PATIENCE_S = 60


def main(file: Path) -> None:
    said: list[str] = []
    answers: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def say(word: str) -> None:
        said.append(word)
        file.write_text(" ".join(said), "utf-8")

    def heard(going: Going, safe: Callable[[], None]) -> None:
        say(going.value)
        answers.put(safe)

    Win32Presence().listen(heard)
    say("ready")
    # As the app does, it puts things away on another thread than the one that is told.
    safe = answers.get(timeout=PATIENCE_S)
    time.sleep(0.5)
    say("safe")
    safe()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
