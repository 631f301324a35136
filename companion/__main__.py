"""Starts Companion: without a verb the tray app, with one the command line."""

import os
import sys
from pathlib import Path

from companion.cli.main import main as run_command
from companion.cli.serving import execute
from companion.errors import DisplayMissing
from companion.ui.messages import explain
from companion.ui.words import Words

_DEMO = "demo"


def main(argv: list[str] | None = None) -> int:
    """The exit status of a start with these arguments (by default the process's own)."""
    arguments = sys.argv[1:] if argv is None else argv
    home, rest = _home(arguments)
    if rest and rest[0] != _DEMO:
        return run_command(arguments)
    if rest[1:] and rest[1] != "--pictures":
        return run_command(arguments)
    if not _has_display():
        print(explain(DisplayMissing(), Words("")), file=sys.stderr)
        return 1
    # Qt takes a fifth of a second and fifty megabytes: only a start with windows pays for it.
    from companion.app.start import start_app, start_demo

    if rest:
        return start_demo(Path(rest[2]) if len(rest) > 2 else None, execute)
    return start_app(home, execute)


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
