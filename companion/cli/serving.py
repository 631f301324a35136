"""Runs a command inside the running app, for the shell that handed it over."""

import io
from collections.abc import Callable
from pathlib import Path

import msgspec

from companion.cli.context import Context
from companion.cli.run import run
from companion.cli.secrets import SecretName
from companion.session.session import Session
from companion.ui.words import Words
from companion.wiring.seats import language_laid_down, seat


def execute(
    session: Session | None,
    message: dict[str, object],
    insert: Callable[[str], None],
    opened: Callable[[Session], None],
    lock: Callable[[], None] | None = None,
) -> dict[str, object]:
    """The answer ``{exit, out, err}`` to a message of cli/forwarding.py; never raises."""
    argv = message.get("argv")
    arguments = [str(one) for one in argv] if isinstance(argv, list) else []
    out, err = io.StringIO(), io.StringIO()
    context = Context(
        make_seat=seat,
        cwd=Path(str(message.get("cwd") or ".")),
        words=Words(language_laid_down()),
        lines=lambda: iter(io.StringIO(str(message.get("stdin", "")))),
        in_app=True,
        session=session,
        handed_over=msgspec.convert(message.get("secrets", {}), dict[SecretName, str]),
        insert=insert,
        opened=opened,
        lock=lock,
    )
    status = run(arguments, context, out, err)
    return {"exit": status, "out": out.getvalue(), "err": err.getvalue()}
