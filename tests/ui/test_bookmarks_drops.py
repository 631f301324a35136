"""Bookmarks and folders are dropped between others and into folders, and addresses from outside."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.ui.bookmarks_links import links_in, links_of
from tests.session.test_bookmark_tree import PACK
from tests.ui.bookmarks_window import Desk, desk_on_some
from tests.ui.dropping import drop

ALL = "a .b ..3 .1 .2 c .4 5"
TOP, MIDDLE, BOTTOM = 0.05, 0.5, 0.95


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    found = desk_on_some({"t": PACK})
    qtbot.addWidget(found.window)
    yield found


def spot(desk: Desk, title: str, share: float) -> QPointF:
    """A point on the line of a title, so far down."""
    titles = [line.node.title for line in desk.window.left.model.rows]
    view = desk.window.tree_view
    area = view.visualRect(view.model().index(titles.index(title), 0))
    return QPointF(area.center().x(), area.top() + share * area.height())


def let_go(desk: Desk, what: tuple[str, ...], title: str, share: float) -> bool:
    desk.choose(*what)
    view = desk.window.tree_view
    return drop(view, view.mime(), spot(desk, title, share))


@pytest.mark.parametrize(
    ("what", "title", "share", "seen"),
    [
        (("5",), "1", TOP, "a .b ..3 .5 .1 .2 c .4"),
        (("5",), "1", BOTTOM, "a .b ..3 .1 .5 .2 c .4"),
        (("5",), "c", MIDDLE, "a .b ..3 .1 .2 c .4 .5"),
        (("1", "4"), "b", MIDDLE, "a .b ..3 ..1 ..4 .2 c 5"),
        (("c", "5"), "3", TOP, "a .b ..c ...4 ..5 ..3 .1 .2"),
        (("c",), "a", TOP, "c .4 a .b ..3 .1 .2 5"),
        # Behind the last line of a folder is still in it.
        (("5",), "3", BOTTOM, "a .b ..3 ..5 .1 .2 c .4"),
        (("1", "2"), "1", TOP, ALL),
        # A folder and what is in it: what is in it goes along.
        (("b", "3"), "c", MIDDLE, "a .1 .2 c .b ..3 .4 5"),
    ],
)
def test_what_is_dropped_stands_there_and_goes_back_by_undo(
    desk: Desk, what: tuple[str, ...], title: str, share: float, seen: str
) -> None:
    assert let_go(desk, what, title, share)
    assert desk.seen == f"{seen} 一组"
    assert {*desk.chosen} == {*what}
    desk.window.acts.do("undo")
    assert desk.seen == f"{ALL} 一组"


@pytest.mark.parametrize(
    ("what", "title", "share"),
    [
        (("a",), "b", MIDDLE),
        (("a",), "3", TOP),
        (("a", "5"), "a", MIDDLE),
        (("5",), "一组", MIDDLE),
        (("规则",), "c", MIDDLE),
    ],
)
def test_nothing_goes_into_itself_nor_in_or_out_of_what_a_team_shares(
    desk: Desk, what: tuple[str, ...], title: str, share: float
) -> None:
    desk.window.show_open(desk.id("一组"), True)
    assert not let_go(desk, what, title, share)
    assert desk.done == []


def test_a_closed_folder_opens_under_what_is_held_over_it(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_open(desk.id("a"), False)
    desk.choose("5")
    view = desk.window.tree_view
    at, data = spot(desk, "a", MIDDLE).toPoint(), view.mime()
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(at, move, data, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view.viewport(), event)
    qtbot.waitUntil(lambda: desk.seen == f"{ALL} 一组")


def test_hits_are_not_put_in_order(desk: Desk) -> None:
    desk.window.search.setText("example")
    assert len(desk.window.left.model.rows) == 6
    desk.choose("5")
    view = desk.window.tree_view
    assert not drop(view, view.mime(), spot(desk, "1", TOP))


def mozilla(*lines: str) -> QMimeData:
    """A link as Firefox and Chromium hand it over."""
    data = QMimeData()
    data.setData("text/x-moz-url", "\n".join(lines).encode("utf-16-le"))
    data.setUrls([QUrl(lines[0])])
    return data


def test_a_link_is_dropped_out_of_a_browser_with_its_title(desk: Desk) -> None:
    data = mozilla("https://n.example/?a=退", "退款说明")
    assert drop(desk.window.tree_view, data, spot(desk, "2", TOP))
    assert desk.seen.startswith("a .b ..3 .1 .退款说明 .2")
    assert desk.chosen == ["退款说明"]
    assert desk.mark("退款说明").url == "https://n.example/?a=退"
    assert drop(desk.window.tree_view, data, spot(desk, "c", MIDDLE))
    assert not drop(desk.window.tree_view, data, spot(desk, "一组", MIDDLE))
    text = QMimeData()
    text.setText("no address")
    assert not drop(desk.window.tree_view, text, spot(desk, "c", MIDDLE))


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.example/x", ["https://a.example/x"]),
        ("HTTP://A.example", ["HTTP://A.example"]),
        (
            "www.a.example/x\r\nmailto:a@b.example",
            ["https://www.a.example/x", "mailto:a@b.example"],
        ),
        ("https://a.example/ and more", []),
        ("https://a.example/\nwords", []),
        ("javascript:alert(1)", []),
        ("a.example", []),
        ("", []),
    ],
)
def test_only_a_text_of_nothing_but_addresses_is_links(text: str, urls: list[str]) -> None:
    assert [url for _, url in links_of(text)] == urls


def test_a_link_that_is_cut_off_is_taken_by_its_address_alone() -> None:
    assert links_in(mozilla("https://a.example/")) == [("", "https://a.example/")]
    both = mozilla("https://a.example/", "A", "https://b.example/", "B")
    assert [title for title, _ in links_in(both)] == ["A", "B"]
    assert links_in(QMimeData()) == []
    many = QMimeData()
    many.setText("\n".join(f"https://a.example/{at}" for at in range(5_000)))
    assert len(links_in(many)) == 200
