"""How long the phrase window holds up its own thread: opened, scrolled, narrowed, dragged in.

    python -m build_spec.bench.phrase_window HOME

does it once with 5,000 phrases on the display there is, and prints the longest gaps as JSON.
"""

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from build_spec.bench.figures import Figure
from build_spec.bench.gaps import Gaps, of_window
from build_spec.bench.running import Screenful
from build_spec.bench.stores import fill, new_profile
from companion.app.application import make_application
from companion.app.editing import Editing, bring_writing
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.ui import style
from companion.ui.library_rows import RowView
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.app.writing import Writing

PHRASES, CHOSEN = 5_000, 500
_NONE = Qt.KeyboardModifier.NoModifier


def once(home: Path) -> dict[str, float]:
    """The longest gap of each act, in ms."""
    made = make_application()
    session = new_profile(home / "desk", home / "far")
    fill(session, PHRASES)
    index = Index(entries_of(session.profile))

    def find(query: str) -> list[str]:
        return [hit.entry.id for hit in index.find(query, PHRASES)]

    here, away = Tasks(), Tasks()
    tokens = style.apply(made, "light")
    editing = Editing(Words("zh"), tokens, find, (here, away), bring_writing)
    editing.take(session)
    gaps = Gaps()
    _work(gaps, editing, session)
    editing.put_away()
    editing.end()
    return gaps.longest


def _work(gaps: Gaps, editing: "Editing[Writing]", session: Session) -> None:
    def always() -> bool:
        return True

    gaps.of("nothing at all", always, always)
    gaps.of("open, the first time", editing.open, lambda: _rows(editing))
    if editing.writing is None:
        return
    window = editing.writing.window
    rows, model = window.rows, window.middle.model
    window.close()
    gaps.of("open again", editing.open, lambda: model.rows)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
        for _ in range(20):
            gaps.of("scroll and choose", partial(QTest.keyClick, rows, key), always)
    for letter in ("t", "u", "i", "k", "u", "a", "n"):
        gaps.of("narrow", partial(window.search.insert, letter), always)
    gaps.of("narrow", window.search.clear, lambda: len(model.rows) == PHRASES)
    gaps.of("choose all", rows.selectAll, lambda: len(window.chosen) == PHRASES)
    ids = [row.id for row in model.rows[10 : CHOSEN + 10]]
    gaps.of("choose 500", lambda: rows.choose(ids), lambda: len(window.chosen) == CHOSEN)
    before = [row.id for row in model.rows]
    gaps.of("drag 500", lambda: _drag(rows), lambda: [row.id for row in model.rows] != before)
    gaps.of("undo it", lambda: window.acts.do("undo"), lambda: before == [r.id for r in model.rows])
    rows.choose(before[1:PHRASES:10])
    gaps.of(
        "500 apart to the trash",
        lambda: window.acts.do("trash"),
        lambda: len(model.rows) == PHRASES - CHOSEN,
    )
    gaps.of("undo it", lambda: window.acts.do("undo"), lambda: len(model.rows) == PHRASES)
    window.open_at(before[3])
    gaps.of("type", lambda: QTest.keyClicks(window.editor.body, "abcdefghij"), always)
    gaps.of("save", window.editor.flush, lambda: session.profile.history(before[3], "body"))
    found = editing.writing.duplicates
    gaps.of(
        "look for duplicates",
        window.duplicates_wanted.emit,
        lambda: found.window.groups.count() > 0,
    )
    found.window.close()
    gaps.of("close", window.close, always)


def _rows(editing: "Editing[Writing]") -> int:
    """How many phrases the window lists, once it is there."""
    return len(editing.writing.window.middle.model.rows) if editing.writing is not None else 0


def _drag(rows: RowView) -> None:
    """Drag what is chosen over the list and drop it: the events of a real drag, one by one."""
    mime, target = rows.mime(), rows.viewport()
    rows.scrollToTop()
    at = QPointF(40, 2)
    actions, buttons = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at.toPoint(), actions, mime, buttons, _NONE)
    QCoreApplication.sendEvent(target, enter)
    for step in range(40):
        point = QPointF(40, target.height() - 20 - step * 8)
        move = QDragMoveEvent(point.toPoint(), actions, mime, buttons, _NONE)
        QCoreApplication.sendEvent(target, move)
        QApplication.processEvents()
    QCoreApplication.sendEvent(target, QDropEvent(at, actions, mime, buttons, _NONE))


def measure(screenful: Screenful) -> Iterator[Figure]:
    """A figure for each act."""
    return of_window(screenful, "phrase_window", f"{PHRASES:,} phrases")


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
