"""The bookmark window where its bookmarks cannot be read: it says so once, and does not ask on."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app import marking as module
from companion.app.around import Around
from companion.app.marking import Marking
from companion.runtime.tasks import Tasks
from companion.session.bookmark_tree import MarkTree
from companion.ui.style import LIGHT
from companion.ui.words import Words
from tests.app.stores import SlowServer, new_session


def test_what_cannot_be_read_is_not_read_again_and_again(
    qtbot: QtBot, tmp_path: Path, server: SlowServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def fails(*_said: object) -> MarkTree:
        asked.append(1)
        raise ValueError

    monkeypatch.setattr(module, "tree_of", fails)
    own = Tasks()
    around = Around(lambda _text: None, lambda _way: None)
    marking = Marking(Words("zh"), LIGHT, lambda _query: [], own, around=around)
    marking.make_window()
    qtbot.addWidget(marking.window)
    marking.show(new_session(tmp_path / "home", server), "")
    foot = marking.window.foot.text
    qtbot.waitUntil(lambda: foot.objectName() == "problem")
    # What else was asked of the worker by then is done before this.
    done: list[int] = []
    own.run(lambda: 1, done.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(done))
    assert own.finish()
    assert len(asked) == 1
    marking.window.close()
    marking.end()
