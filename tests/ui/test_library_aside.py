"""What stands beside the agent's own phrases: conflicts, what teams share, and duplicates."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.phrases.duplicates import Alike, find_duplicates
from companion.phrases.search import Entry
from companion.profile.profile import Profile
from companion.profile.team import entry_id
from companion.profile.team_content import TeamPack, TeamPhrase, TeamSet
from companion.session.library import CLASHES, TEAM
from companion.ui.library_duplicates import Duplicates
from companion.ui.style import LIGHT
from tests.profile.desks import exchange, two_desks
from tests.ui.library_window import WORDS, Opened, opened, some

ALT = Qt.KeyboardModifier.AltModifier
NO_ID = "A" * 22
PACK = TeamPack(
    version=1,
    at=0,
    name="一组",
    sets=(TeamSet("售后", (TeamPhrase(NO_ID, "退款", "共享的", "tk", ("急",)),)),),
)


@pytest.fixture
def clashing(qtbot: QtBot) -> Iterator[Opened]:
    """A phrase whose text and title were changed at two desks."""
    here, there, id = two_desks()
    there.change(id, body="那边的说法", title="那边")
    here.change(id, body="这边的说法", title="这边")
    exchange(here, there)
    desk = opened(here)
    qtbot.addWidget(desk.window)
    desk.window.places.choose(CLASHES)
    desk.window.rows.choose([id])
    yield desk


def bodies(desk: Opened) -> list[str]:
    return [phrase.body for phrase in desk.profile.phrases()]


def test_both_texts_stand_side_by_side_with_what_differs_marked(clashing: Opened) -> None:
    pane = clashing.window.clash
    assert pane.isVisible()
    sides = {pane.left.toPlainText(), pane.right.toPlainText()}
    assert sides in ({"这边的说法", "那边的说法"}, {"这边", "那边"})
    for side in (pane.left, pane.right):
        marked = [
            piece.toPlainText().strip()
            for piece in (side.document(),)
            if LIGHT.amber_wash.lower() in side.toHtml().lower()
        ]
        assert marked
        assert side.accessibleName()


@pytest.mark.parametrize(("key", "side"), [(Qt.Key.Key_1, "left"), (Qt.Key.Key_2, "right")])
def test_one_side_is_kept_and_the_next_field_comes(
    clashing: Opened, key: Qt.Key, side: str
) -> None:
    pane, kept = clashing.window.clash, set[str]()
    for _ in range(2):
        kept.add(getattr(pane, side).toPlainText())
        QTest.keyClick(pane, key, ALT)
    assert clashing.profile.conflicts() == {}
    (phrase,) = clashing.profile.phrases()
    assert {phrase.title, phrase.body} == kept
    assert clashing.window.middle.advice.text() == WORDS.say("library.empty.clashes")


def to_body(desk: Opened) -> str:
    """Settle the title, so that the text is what is left; the text that stands."""
    pane = desk.window.clash
    while not pane.as_variant.isVisible():
        QTest.keyClick(pane, Qt.Key.Key_1, ALT)
    return pane.left.toPlainText()


def test_both_are_kept_the_other_as_a_wording(clashing: Opened) -> None:
    left = to_body(clashing)
    right = clashing.window.clash.right.toPlainText()
    QTest.mouseClick(clashing.window.clash.as_variant, Qt.MouseButton.LeftButton)
    (phrase,) = clashing.profile.phrases()
    assert phrase.body == left
    assert [one.body for one in clashing.profile.variants(phrase.id)] == [right]
    assert "body" not in clashing.profile.conflicts().get(phrase.id, {})


def test_both_are_kept_the_other_as_a_phrase_and_that_can_be_undone(clashing: Opened) -> None:
    left = to_body(clashing)
    right = clashing.window.clash.right.toPlainText()
    QTest.mouseClick(clashing.window.clash.as_phrase, Qt.MouseButton.LeftButton)
    assert bodies(clashing) == [left, right]
    clashing.window.acts.do("undo")
    assert bodies(clashing) == [left]
    (phrase,) = clashing.profile.phrases()
    assert right in clashing.profile.history(phrase.id, "body")


def test_what_a_team_shares_is_read_and_copied_but_not_changed(qtbot: QtBot) -> None:
    profile = Profile("p")
    some(profile)
    desk = opened(profile, {"t": PACK})
    qtbot.addWidget(desk.window)
    desk.window.places.choose(TEAM + "t")
    assert desk.titles == ["退款"]
    id = entry_id("t", NO_ID)
    desk.window.open_at(id)
    editor = desk.window.editor
    assert editor.body.text() == "共享的" and editor.body.isReadOnly()
    assert editor.title.isReadOnly() and not editor.star.isVisible()
    assert editor.notice.text.text() == WORDS.say("library.of_team", team="一组")
    QTest.keyClick(desk.window.rows, Qt.Key.Key_Delete)
    QTest.keyClick(desk.window.rows, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    editor.flush()
    assert desk.done == []
    QTest.mouseClick(editor.notice.act, Qt.MouseButton.LeftButton)
    assert desk.copied == [id]


# ---- duplicates


def entry(id: str, body: str, uses: int = 0) -> Entry:
    return Entry(id, "phrase", f"标题 {id}", body, uses=uses)


BODY = "您好,退款已经提交给银行,一般一到三个工作日到账。"
ENTRIES = [
    entry("a", BODY, 3),
    entry("b", BODY + "!"),
    entry("c", BODY.replace("一到三", "两到三")),
    entry("x", "hello there"),
    entry("y", "Hello there."),
]


@pytest.fixture
def found() -> list[Alike]:
    return find_duplicates(ENTRIES)


@pytest.fixture
def window(qtbot: QtBot, found: list[Alike]) -> Iterator[Duplicates]:
    window = Duplicates(WORDS, LIGHT)
    qtbot.addWidget(window)
    window.show()
    window.show_groups(found)
    yield window


def heard(window: Duplicates) -> list[list[tuple[str, list[str]]]]:
    said: list[list[tuple[str, list[str]]]] = []
    window.merged.connect(said.append)
    return said


def test_the_group_is_merged_into_what_is_ticked(window: Duplicates) -> None:
    said = heard(window)
    assert window.groups.count() == 3
    window.groups.setCurrentRow(2)
    assert [window.entries.item(row).text()[:4] for row in range(2)] == ["标题 a", "标题 c"]
    window.entries.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not window.merge.isEnabled()
    window.entries.item(1).setCheckState(Qt.CheckState.Checked)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert said == [[("c", ["a"])]]
    # What is gone is no part of another group any more.
    assert window.groups.count() == 1


def test_a_ticked_box_shows_a_tick_and_an_empty_one_none(window: Duplicates) -> None:
    entries = window.entries

    def drawn(row: int) -> bool:
        """Whether there is something of the ground's colour within the box, inside its edge."""
        area = entries.visualItemRect(entries.item(row))
        picture = entries.viewport().grab(area.adjusted(0, 0, 36 - area.width(), 0)).toImage()
        filled = [
            (x, y)
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y) == QColor(LIGHT.accent)
        ]
        if not filled:
            return False
        (left, *_, right), (top, *_, bottom) = (
            sorted(x for x, _ in filled),
            sorted(y for _, y in filled),
        )
        inside = [
            picture.pixelColor(x, y)
            for x in range(left + 3, right - 2)
            for y in range(top + 3, bottom - 2)
        ]
        return QColor(LIGHT.on_accent) in inside

    assert entries.item(0).checkState() == Qt.CheckState.Checked
    assert drawn(0)
    assert not drawn(1)
    entries.item(1).setCheckState(Qt.CheckState.Checked)
    assert drawn(1)


def test_all_that_are_the_same_are_merged_at_once_and_near_ones_are_not(
    window: Duplicates,
) -> None:
    said = heard(window)
    QTest.mouseClick(window.merge_all, Qt.MouseButton.LeftButton)
    assert sorted(said[0]) == [("a", ["b"]), ("x", ["y"])]
    assert window.groups.count() == 1
    assert not window.merge_all.isVisible()
    QTest.mouseClick(window.skip, Qt.MouseButton.LeftButton)
    assert window.heading.text() == WORDS.say("library.dup.none")
    assert not window.merge.isVisible()


def test_a_search_can_be_stopped_and_closing_stops_it(window: Duplicates, qtbot: QtBot) -> None:
    window.show_search(3, 10)
    assert window.bar.isVisible() and not window.groups.isVisible()
    with qtbot.waitSignal(window.stopped):
        QTest.mouseClick(window.stop, Qt.MouseButton.LeftButton)
    window.say(WORDS.say("library.dup.stopped"))
    assert not window.bar.isVisible()
    with qtbot.waitSignal(window.stopped):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert window.groups.count() == 0
