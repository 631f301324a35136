"""What others wrote is shown as it is: nothing of it is HTML, a key or a picture."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from companion.bookmarks.browsers import Browser
from companion.profile.profile import Profile
from companion.session.bookmark_tree import BOOKMARK, tree_of
from companion.ui.bookmarks import Bookmarks
from companion.ui.import_preview import ImportPreview
from companion.ui.import_window import ImportWindow
from companion.ui.parts import hint_of, label
from companion.ui.style import LIGHT
from companion.ui.words import Words

WORDS = Words("zh")
PICTURE = "运费 <img width=900 height=900 src='file://share.example/x.png'>"
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def window(qtbot: QtBot) -> ImportWindow:
    made = ImportWindow(WORDS, LIGHT, ImportPreview(WORDS, LIGHT, lambda _id: ""))
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_title_that_looks_like_html_is_text(qtbot: QtBot) -> None:
    shown = label(PICTURE)
    qtbot.addWidget(shown)
    assert shown.sizeHint().height() == label("运费").sizeHint().height()


def test_so_it_is_in_a_tool_tip(qtbot: QtBot) -> None:
    profile = Profile("p")
    profile.add(BOOKMARK, title="t", url=f"https://t.example/?{PICTURE}")
    window = Bookmarks(WORDS, LIGHT)
    qtbot.addWidget(window)
    window.show_tree(tree_of(profile, {}))
    model = window.left.model
    said = str(model.data(model.index(0, 0), TIP))
    assert "<img" not in said
    assert "&lt;img" in said
    assert hint_of("a & b") == "a & b"


def test_a_browsers_profile_may_have_an_ampersand(window: ImportWindow) -> None:
    window.show_browsers([Browser("Chrome", "R&D", "x", "chromium")])
    assert window.browsers[0].text() == "Chrome · R&&D"
