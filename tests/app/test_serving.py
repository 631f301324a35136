"""Commands that a shell hands to the running app."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from pytestqt.qtbot import QtBot

from companion.app.serving import Serving
from companion.app.tray_app import TrayApp
from companion.desk.ports import Target
from companion.desk.recording import RecordingDesk
from companion.errors import SlotsOpen
from companion.phrases.search import Entry, Index
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from tests.app.conftest import MakeApp


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
        lock: Callable[[], None],
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


def insert_it(
    session: Session | None,
    message: dict[str, object],
    insert: Callable[[str], None],
    opened: Callable[[Session], None],
    lock: Callable[[], None],
) -> dict[str, object]:
    """Run ``insert QUERY`` as the command line would."""
    argv = message["argv"]
    assert isinstance(argv, list)
    insert(argv[1])
    return {"exit": 0}


def _longer(answers: list[dict[str, object]], than: int) -> bool:
    return len(answers) > than


def test_a_phrase_that_leaves_something_open_is_not_inserted_and_says_what(
    qtbot: QtBot, tmp_path: Path, make_app: MakeApp
) -> None:
    app = make_app(tmp_path)
    desk = app.desk.windows
    assert isinstance(desk, RecordingDesk)
    desk.target = Target(7, "chat", "")
    own = [
        Entry("1", "phrase", "退款", "{称呼}{单号}好"),
        Entry("2", "phrase", "问候", "{称呼:您}好"),
    ]
    app.inserting.show_index(Index(own))
    answers: list[dict[str, object]] = []
    for query in ("退款", "问候"):
        before = len(answers)
        Serving(app, insert_it).asked({"argv": ["insert", query]}, answers.append)
        qtbot.waitUntil(partial(_longer, answers, before))
    refused, inserted = answers
    words = app.words
    assert refused["exit"] == 1
    assert words.say("error.slots_open.what", names="称呼、单号") in str(refused["err"])
    assert (inserted, desk.pasted) == ({"exit": 0}, ["您好"])


def test_an_error_with_the_agents_own_words_keeps_them_out_of_its_own_text() -> None:
    error = SlotsOpen(names="称呼")
    assert error.facts == {"names": "称呼"}
    assert "称呼" not in str(error) + repr(error)
