"""The shell's way in: sets up the streams and the surroundings, and runs the command."""

import getpass
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from companion.cli.context import Context
from companion.cli.run import FAILED, run
from companion.formats.encoding import clean
from companion.runtime.asking import ask
from companion.ui.words import Words
from companion.wiring.seats import language_laid_down, seat


def main(argv: list[str] | None = None) -> int:
    """Run a command line without the program's name (by default this process's); exit status."""
    # Windows consoles and pipes speak the system's code page; what we print is UTF-8 everywhere.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Some shells put a byte order mark before what they pipe.
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig")
    context = Context(
        make_seat=seat,
        cwd=Path.cwd(),
        words=Words(language_laid_down()),
        lines=_stdin,
        ask=getpass.getpass if _is_person() else None,
        talk=input if _is_person() else None,
        forward=ask,
    )
    arguments = [clean(said) for said in (sys.argv[1:] if argv is None else argv)]
    try:
        code = run(arguments, context, sys.stdout, sys.stderr)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (head, less); Python would complain once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code


def _stdin() -> Iterator[str]:
    # A program without a console has no standard input at all.
    return iter(()) if sys.stdin is None else sys.stdin


def _is_person() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


if __name__ == "__main__":
    raise SystemExit(main())
