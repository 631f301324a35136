"""A server's process for the tests: started, ended, and ended too when the tests cannot do it."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

_KEEPER = Path(__file__).with_name("keeper.py")


class Kept:
    """A program under a keeper; ``folder`` is deleted with it, ``owner`` whom it runs as.

    Nothing else that is started holds the keeper's line open, as Python's pipes are inherited only
    on purpose: however this process ends, so does the server with all its helpers.
    """

    def __init__(
        self,
        command: list[str],
        *,
        said: IO[bytes] | int,
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
        folder: Path | None = None,
        owner: tuple[int, int] | None = None,
    ) -> None:
        who = [str(number) for number in owner] if owner else ["", ""]
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_KEEPER), str(folder or ""), *who, *command],
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            cwd=cwd,
            env=env,
            # Away from the terminal, whose Ctrl+C is for the tests.
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._keeper.pid

    def runs(self) -> bool:
        return self._keeper.poll() is None

    def end(self, *, folder_stays: bool = False) -> None:
        """End every process of it and wait until none is left."""
        line = self._keeper.stdin
        assert line is not None
        with suppress(BrokenPipeError):
            if folder_stays and not line.closed:
                line.write(b".")
            line.close()
        self._keeper.wait(30)
