"""Commands that a shell hands to the running app."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

from pytestqt.qtbot import QtBot

from companion.app.serving import Serving
from companion.app.tray_app import TrayApp
from companion.runtime.tasks import Tasks
from companion.session.session import Session


def test_a_command_waits_until_the_profile_that_is_being_opened_is_open(qtbot: QtBot) -> None:
    tasks = Tasks()
    opened = cast(Session, object())
    settings = SimpleNamespace(read=lambda: {"profile": "p"})
    app = SimpleNamespace(
        tasks=tasks, shell=Tasks(), session=None, seat=SimpleNamespace(settings=settings)
    )
    seen: list[Session | None] = []
    answers: list[dict[str, object]] = []

    def execute(
        session: Session | None,
        message: dict[str, object],
        insert: Callable[[str], None],
        opened: Callable[[Session], None],
    ) -> dict[str, object]:
        seen.append(session)
        return message

    def open_profile() -> Session:
        time.sleep(0.05)
        return opened

    def is_open(session: Session) -> None:
        app.session = session

    tasks.run(open_profile, is_open, lambda _: None)
    Serving(cast(TrayApp, app), execute).asked({"argv": ["status"]}, answers.append)
    # The GUI thread is busy, so that the worker is a step ahead of it.
    tasks.finish()
    qtbot.waitUntil(lambda: bool(answers))
    assert seen == [opened]
    assert answers == [{"argv": ["status"]}]
