"""Where a panel goes: never over an edge, never over the line of the caret if it can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from companion.desk.ports import Rect
from companion.ui.placing import GAP, Screen, beside, free_height, in_the_middle, screen_of

ROOM = QRect(0, 0, 1920, 1040)
PANEL = QSize(720, 430)
sizes = st.builds(QSize, st.integers(50, 900), st.integers(50, 700))
rooms = st.builds(
    QRect,
    st.integers(-4_000, 4_000),
    st.integers(-4_000, 4_000),
    st.integers(900, 4_000),
    st.integers(700, 2_500),
)
nears = st.builds(
    QRect,
    st.integers(-9_000, 9_000),
    st.integers(-9_000, 9_000),
    st.integers(1, 4_000),
    st.integers(1, 2_500),
)


@st.composite
def lines_in_rooms(draw: st.DrawFn) -> tuple[QRect, QRect]:
    """A room, and a line of text that stands in it."""
    room = draw(rooms)
    height = draw(st.integers(1, 64))
    near = QRect(
        draw(st.integers(room.left(), room.right() - 3)),
        draw(st.integers(room.top(), room.bottom() - height + 1)),
        draw(st.integers(1, 3)),
        height,
    )
    return near, room


@st.composite
def desktops(draw: st.DrawFn) -> list[Screen]:
    """Screens beside each other in device pixels, each with a scale of its own."""
    found, left = [], draw(st.integers(-2_000, 0))
    for _ in range(draw(st.integers(1, 4))):
        scale = draw(st.sampled_from((1.0, 1.25, 1.5, 2.0)))
        # Widths that every scale divides, so that nothing is lost by rounding.
        width, height = draw(st.integers(2, 8)) * 600, draw(st.integers(2, 4)) * 600
        area = QRect(left, draw(st.integers(-600, 600)), int(width / scale), int(height / scale))
        found.append(Screen(area, area.adjusted(0, 0, 0, -40), scale))
        left += width
    return found


@given(sizes, nears, rooms)
def test_a_panel_is_never_over_an_edge(panel: QSize, near: QRect, room: QRect) -> None:
    assert room.contains(QRect(beside(panel, near, room), panel))
    assert room.contains(QRect(in_the_middle(panel, room), panel))


@given(sizes, lines_in_rooms())
def test_a_line_is_never_covered_where_any_side_has_room(
    panel: QSize, held: tuple[QRect, QRect]
) -> None:
    near, room = held
    found = QRect(beside(panel, near, room), panel)
    free = (
        near.top() - room.top() >= panel.height() + GAP
        or room.bottom() - near.bottom() >= panel.height() + GAP
        or near.left() - room.left() >= panel.width() + GAP
        or room.right() - near.right() >= panel.width() + GAP
    )
    assert not (free and found.intersects(near))


@given(sizes, lines_in_rooms())
def test_a_panel_that_gave_up_height_covers_no_line(
    panel: QSize, held: tuple[QRect, QRect]
) -> None:
    near, room = held
    high = free_height(near, room, panel.height())
    assert 0.4 * panel.height() <= high <= panel.height()
    if high < panel.height():
        smaller = QSize(panel.width(), high)
        assert not QRect(beside(smaller, near, room), smaller).intersects(near)


@given(desktops(), st.data())
def test_a_place_on_the_desktop_is_found_on_its_own_screen(
    screens: list[Screen], data: st.DataObject
) -> None:
    screen = data.draw(st.sampled_from(screens))
    whole = screen.device()
    x, y = data.draw(st.integers(0, whole.width - 1)), data.draw(st.integers(0, whole.height - 1))
    near = Rect(whole.left + x, whole.top + y, 0, 1)
    assert screen_of(near, screens) == screen
    assert screen.area.adjusted(-1, -1, 1, 1).contains(screen.logical(near))


@given(desktops(), nears, sizes)
def test_wherever_a_window_is_the_panel_is_whole_on_one_screen(
    screens: list[Screen], window: QRect, panel: QSize
) -> None:
    near = Rect(window.x(), window.y(), window.width(), window.height())
    screen = screen_of(near, screens)
    small = panel.boundedTo(screen.room.size())
    found = QRect(beside(small, screen.logical(near), screen.room), small)
    assert screen.room.contains(found)


def test_on_a_screen_of_another_scale_a_place_is_counted_from_its_own_corner() -> None:
    area = QRect(1280, 0, 960, 600)
    screens = [Screen(QRect(0, 0, 1280, 800), QRect(0, 0, 1280, 800), 1.0), Screen(area, area, 2.0)]
    near = Rect(1380, 100, 400, 200)
    assert screen_of(near, screens) is screens[1]
    assert screens[1].logical(near) == QRect(1330, 50, 200, 100)
    assert screens[1].device() == Rect(1280, 0, 1920, 1200)


@pytest.mark.parametrize(
    ("near", "at"),
    [
        (QRect(300, 200, 2, 20), QPoint(300, 220 + GAP)),
        (QRect(300, 900, 2, 20), QPoint(300, 900 - GAP - 430)),
        (QRect(1900, 200, 2, 20), QPoint(1200, 220 + GAP)),
        (QRect(200, 100, 500, 300), QPoint(200, 400 + GAP)),
        (QRect(200, 100, 1000, 300), QPoint(340, 400 + GAP)),
        (QRect(0, 0, 1920, 1040), QPoint(600, 175)),
        (QRect(0, 0, 960, 1040), QPoint(960 + GAP, 175)),
        (QRect(960, 0, 960, 1040), QPoint(960 - GAP - 720, 175)),
        (QRect(500, 0, 800, 1040), QPoint(1200, 175)),
        (QRect(460, 0, 1000, 1040), QPoint(600, 175)),
    ],
    ids=[
        *("below", "above", "right edge", "small window", "wide window", "whole screen"),
        *("left half", "right half", "a little over its edge", "no room beside"),
    ],
)
def test_it_lies_where_an_agent_would_look(near: QRect, at: QPoint) -> None:
    assert beside(PANEL, near, ROOM) == at


@given(sizes, rooms, st.data())
def test_at_the_side_of_a_window_most_of_it_stays_readable(
    panel: QSize, room: QRect, data: st.DataObject
) -> None:
    width = data.draw(st.integers(100, room.width()))
    height = data.draw(st.integers(65, room.height()))
    right, down = (
        data.draw(st.integers(0, free)) for free in (room.width() - width, room.height() - height)
    )
    near = QRect(room.left() + right, room.top() + down, width, height)
    beyond = max(room.right() - near.right(), near.left() - room.left())
    covered = QRect(beside(panel, near, room), panel).intersected(near)
    if beyond - GAP >= panel.width() - width // 5 and not covered.isEmpty():
        assert covered.width() <= width // 5


def test_a_line_in_the_middle_of_a_low_screen_is_left_free() -> None:
    room = QRect(0, 0, 1920, 700)
    near = QRect(200, 340, 2, 20)
    assert beside(PANEL, near, room) == QPoint(202 + GAP, 270)
    assert free_height(near, room, 430) == 332


def test_a_window_may_be_covered_and_costs_no_height() -> None:
    assert free_height(QRect(0, 0, 1920, 1040), ROOM, 430) == 430
    assert free_height(QRect(300, 340, 2, 20), QRect(0, 0, 1920, 400), 430) == 332
    assert free_height(QRect(300, 200, 2, 20), QRect(0, 0, 1920, 400), 430) == 192
    assert free_height(QRect(300, 160, 2, 20), QRect(0, 0, 1920, 320), 430) == 430
