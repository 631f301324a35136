"""Starts Companion: without a verb the tray app, with one the command line."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import DisplayMissing
from companion.ui.messages import explain
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session

_DEMO = "demo"


def main(argv: list[str] | None = None) -> int:
    """The exit status of a start with these arguments (by default the process's own)."""
    arguments = sys.argv[1:] if argv is None else argv
    home, rest = _home(arguments)
    if (rest and rest[0] != _DEMO) or (rest[1:] and rest[1] != "--pictures"):
        from companion.cli.main import main as run_command

        return run_command(arguments)
    if not _has_display():
        print(explain(DisplayMissing(), Words("")), file=sys.stderr)
        return 1
    # Qt takes a fifth of a second and fifty megabytes: only a start with windows pays for it.
    from companion.app.start import start_app, start_demo

    if rest:
        return start_demo(Path(rest[2]) if len(rest) > 2 else None, _execute)
    return start_app(home, _execute)


def _execute(
    session: "Session | None",
    message: dict[str, object],
    insert: Callable[[str], None],
    opened: Callable[["Session"], None],
    lock: Callable[[], None],
) -> dict[str, object]:
    """Run a command that a shell has handed to the app; an app that is never asked needs no cli."""
    from companion.cli.serving import execute

    return execute(session, message, insert, opened, lock)


def _home(arguments: list[str]) -> tuple[Path | None, list[str]]:
    """The folder after ``--home``, and what follows."""
    if arguments[:1] == ["--home"] and len(arguments) > 1:
        return Path(arguments[1]), arguments[2:]
    if arguments and arguments[0].startswith("--home="):
        return Path(arguments[0].removeprefix("--home=")), arguments[1:]
    return None, arguments


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    seen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(seen) or chosen.startswith(("offscreen", "minimal"))


if __name__ == "__main__":
    raise SystemExit(main())
