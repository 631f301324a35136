"""The tests in lanes: those that show windows in two, all the others beside, a few alone."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from build_spec.setup import children

WITH_WINDOWS = tuple(
    f"tests/{name}" for name in ("app", "bench", "contracts", "desk", "e2e", "runtime", "wiring")
)
"""Folders whose tests need the screen, and so each other's turn; none of the rest touches it."""

WITH_OTHERS = ("tests/ui", "tests/phrases")
"""The same, on a screen of their own: windows by themselves, without another program's."""

ALONE = ("tests/e2e/test_hard_day.py", "tests/e2e/test_input_method.py")
"""Tests of what other programs do within milliseconds: a busy machine is not what they try."""

UNSEEN = (
    "tests/contracts/test_servers.py",
    "tests/contracts/test_store.py",
    "tests/contracts/test_watched_stores.py",
    "tests/contracts/test_webdav_servers.py",
    "tests/e2e/test_browser_bookmarks.py",
    "tests/e2e/test_chromium_import.py",
    "tests/e2e/test_firefox_bookmarks.py",
)
"""Tests among those with windows that show none: of servers, and of browsers without a screen."""

ALONG = ("tests/formats",)
"""Folders that touch no screen and go along with those: the third lane is the shortest."""

WITH = (*WITH_WINDOWS, *(f"--ignore={file}" for file in (*ALONE, *UNSEEN)))
"""What pytest is told for the lane with windows."""

OTHERS = (*WITH_OTHERS, *ALONG)
"""What pytest is told for the second lane with windows."""

# Python's own, and what is tried under Wine.
_ELSEWHERE = ("__pycache__", "windows")


def without(root: Path) -> list[str]:
    """What pytest is told for the rest: whatever is new belongs there until it is named above.

    By name: what lies in a folder that it is told to ignore is not tried, also where it is named.
    """
    found = sorted(root.glob("tests/*/")) + sorted(root.glob("tests/test_*.py"))
    names = (path.relative_to(root).as_posix() for path in found if path.name not in _ELSEWHERE)
    seen = (*WITH_WINDOWS, *WITH_OTHERS, *ALONG)
    return [*(name for name in names if name not in seen), *UNSEEN]


@contextmanager
def beside(
    command: Sequence[str], env: Mapping[str, str], cwd: Path
) -> Iterator[Callable[[], int]]:
    """Run a command while something else is done.

    What is handed out waits for its end, prints what it said, and returns its exit status as a
    shell would name it.
    """
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, env=env, cwd=cwd, stdout=said, stderr=subprocess.STDOUT)

        def finish() -> int:
            status = child.wait()
            said.seek(0)
            sys.stdout.write(said.read().decode("utf-8", "replace"))
            sys.stdout.flush()
            return status if status >= 0 else 128 - status

        try:
            yield finish
        finally:
            children.end(child)
