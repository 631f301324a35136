"""Follows what an agent has chosen: read when his session opens, and whenever that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from companion.profile.records import option_id

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session


def follow(
    app: TrayApp,
    session: Session,
    names: Sequence[str],
    chosen: Callable[[list[str | int | bool]], None],
) -> None:
    """Hand over the options of these names, in their order, on the GUI thread.

    They are read by the worker; what comes once the session is over is dropped.
    """
    records = frozenset(map(option_id, names))

    def read() -> list[str | int | bool]:
        return [session.option(name) for name in names]

    def done(values: list[str | int | bool]) -> None:
        if session is app.session:
            chosen(values)

    def again() -> None:
        app.tasks.run(read, done, app.fail)

    # A profile is changed on whichever thread.
    session.profile.listen(lambda ids: app.tasks.tell(again) if ids & records else None)
    again()
