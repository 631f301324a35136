"""A set of bookmarks is handed to the browser as one, in its order."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.around import Around
from companion.app.marking import Marking
from companion.runtime.tasks import Tasks
from companion.session.bookmark_tree import BOOKMARK
from companion.ui.style import LIGHT
from companion.ui.words import Words
from tests.app.stores import SlowServer, new_session

URLS = [f"https://x{number}.example/" for number in range(3)]


@pytest.mark.parametrize("count", [1, 3])
def test_several_are_opened_at_once(
    qtbot: QtBot, tmp_path: Path, server: SlowServer, count: int
) -> None:
    session = new_session(tmp_path / "home", server)
    rows = [{"title": "x", "url": url} for url in URLS[:count]]
    ids = session.profile.add_many(BOOKMARK, rows)
    sets, own = list[list[str]](), Tasks()
    around = Around(
        lambda _text: None, lambda _way: None, open=lambda urls: sets.append(list(urls))
    )
    marking = Marking(Words("zh"), LIGHT, lambda _query: [], own, around=around)
    marking.make_window()
    qtbot.addWidget(marking.window)
    marking.show(session, "")
    qtbot.waitUntil(lambda: len(marking.window.left.model.rows) == count)
    marking.window.tree_view.selectAll()
    marking.window.acts.do("open")
    qtbot.waitUntil(lambda: len(session.profile.uses()) == count)
    assert sets == [URLS[:count]]
    assert session.profile.uses().keys() == set(ids)
    marking.window.close()
    assert own.finish() and marking.browser.finish()
    marking.end()
