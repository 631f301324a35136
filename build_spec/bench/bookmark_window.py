"""How long the bookmark window holds up its own thread: opened, searched, dragged in.

    python -m build_spec.bench.bookmark_window HOME

does it once with 5,000 bookmarks in 300 folders on the display there is, and prints the longest
gaps as JSON.
"""

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from build_spec.bench.figures import Figure
from build_spec.bench.gaps import Gaps, of_window
from build_spec.bench.running import Screenful
from build_spec.bench.stores import new_profile
from companion.app.application import make_application
from companion.app.around import Around
from companion.app.editing import Editing, bring_marking
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile.profile import Profile
from companion.runtime.tasks import Tasks
from companion.ui import style
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.app.marking import Marking

MARKS, FOLDERS, DEEP, CHOSEN = 5_000, 300, 10, 500


def fill(profile: Profile) -> None:
    """Put bookmarks into folders, some of these ten deep."""
    parents = [""]
    for level in range(DEEP):
        parents.append(profile.add("folder", title=f"内部 {level}", parent=parents[-1]))
    rows = [{"title": f"文件夹 {at}", "parent": parents[at % DEEP]} for at in range(FOLDERS)]
    folders = profile.add_many("folder", rows)
    marks = [
        {"title": f"网页 {at}", "url": f"https://s{at}.example/a", "parent": folders[at % FOLDERS]}
        for at in range(MARKS)
    ]
    profile.add_many("bookmark", marks)


def once(home: Path) -> dict[str, float]:
    """The longest gap of each act, in ms."""
    made = make_application()
    session = new_profile(home / "desk", home / "far")
    fill(session.profile)
    index = Index(entries_of(session.profile))

    def find(query: str) -> list[str]:
        return [hit.entry.id for hit in index.find(query, MARKS)]

    tokens = style.apply(made, "light")
    bring = partial(bring_marking, Around(lambda _text: None, lambda _way: None))
    behind = Tasks()
    marking = Editing(Words("zh"), tokens, find, (behind,), bring)
    marking.take(session)
    gaps = Gaps()
    _work(gaps, marking)
    marking.put_away()
    # It waits for what the window still writes.
    behind.finish()
    marking.end()
    return gaps.longest


def _work(gaps: Gaps, marking: "Editing[Marking]") -> None:
    def always() -> bool:
        return True

    def listed() -> bool:
        return marking.writing is not None and marking.writing.window.tree.count == MARKS

    gaps.of("nothing at all", always, always)
    gaps.of("open, the first time", marking.open, listed)
    if marking.writing is None:
        return
    window = marking.writing.window
    gaps.of("close", window.close, lambda: not window.tree.nodes)
    gaps.of("open again", marking.open, listed)
    for letter in ("w", "y", "1"):
        gaps.of("search", partial(window.search.insert, letter), always)
    gaps.of("search", window.search.clear, lambda: not window.finds)
    ids = [node.id for node in window.tree.nodes.values() if node.url]
    window.want(ids)
    gaps.of("open all folders", partial(window.show_tree, window.tree), lambda: window.chosen)
    rows = window.left.model.rows
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_Home):
        for _ in range(10):
            gaps.of("scroll and choose", partial(QTest.keyClick, window.tree_view, key), always)
    gaps.of("choose 500", lambda: window.tree_view.choose(ids[:CHOSEN]), always)
    gaps.of(
        "500 to the trash",
        lambda: window.acts.do("trash"),
        lambda: window.tree.count == MARKS - CHOSEN,
    )
    gaps.of("undo it", lambda: window.acts.do("undo"), listed)
    window.open_at(rows[-1].id)
    gaps.of("type", lambda: QTest.keyClicks(window.editor.title, "abcdefghij"), always)
    gaps.of("save", window.editor.flush, window.foot.undo.isVisible)


def measure(screenful: Screenful) -> Iterator[Figure]:
    """A figure for each act."""
    return of_window(screenful, "bookmark_window", f"{MARKS:,} bookmarks")


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
