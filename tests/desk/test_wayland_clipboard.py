"""A copy waits for the focus of a window of ours, and is tried all the same where none gets it."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.desk import wayland_clipboard
from companion.desk.clipboard import QtClipboard
from companion.desk.ports import Content
from companion.desk.wayland_clipboard import WaylandClipboard

COPIED = Content("您好", "<b>您好</b>")


@pytest.fixture
def focused_at(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[QWindow | None]:
    """The visible window with the focus at every copy that is really made."""
    seen: list[QWindow | None] = []
    copy = QtClipboard.copy

    def copied(self: QtClipboard, content: Content, lasting: bool = False) -> None:
        window = QGuiApplication.focusWindow()
        seen.append(window if window is not None and window.isVisible() else None)
        copy(self, content, lasting)

    monkeypatch.setattr(QtClipboard, "copy", copied)
    return seen


@pytest.fixture
def none_of_ours() -> Callable[[], bool]:
    """Whether no more windows are visible than before the test."""

    def visible() -> set[QWindow]:
        return {window for window in QGuiApplication.topLevelWindows() if window.isVisible()}

    before = visible()
    return lambda: visible() <= before


def test_with_the_focus_it_is_copied_at_once(
    focused_at: list[QWindow | None], qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    WaylandClipboard().copy(COPIED)
    assert focused_at == [window.windowHandle()]
    held = QGuiApplication.clipboard().mimeData()
    assert (held.text(), held.html()) == (COPIED.text, COPIED.html)


@pytest.mark.parametrize("hidden_before", [True, False], ids=["hidden", "none"])
def test_without_the_focus_a_window_gets_it_first(
    hidden_before: bool,
    focused_at: list[QWindow | None],
    none_of_ours: Callable[[], bool],
    qtbot: QtBot,
) -> None:
    clipboard = WaylandClipboard()
    if hidden_before:
        window = QWidget()
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.hide()
    clipboard.copy(COPIED)
    qtbot.waitUntil(lambda: bool(focused_at))
    assert focused_at[0] is not None
    assert QGuiApplication.clipboard().text() == COPIED.text
    qtbot.waitUntil(none_of_ours)
    assert len(focused_at) == 1


def test_what_still_waits_for_the_focus_is_forgotten_too(
    focused_at: list[QWindow | None], none_of_ours: Callable[[], bool], qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("")
    clipboard = WaylandClipboard()
    clipboard.copy(COPIED)
    clipboard.forget()
    qtbot.waitUntil(none_of_ours)
    qtbot.wait(50)
    assert focused_at == []
    assert QGuiApplication.clipboard().text() == ""


def test_where_no_window_gets_the_focus_it_is_tried_in_the_end(
    focused_at: list[QWindow | None],
    none_of_ours: Callable[[], bool],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wayland_clipboard, "_FOCUS_MS", 30)
    monkeypatch.setattr(wayland_clipboard._Carrier, "focusInEvent", lambda *_: None)
    # Kept, as an app keeps it: with what waits in it, it is a circle.
    clipboard = WaylandClipboard()
    clipboard.copy(COPIED)
    qtbot.waitUntil(lambda: len(focused_at) == 1)
    assert QGuiApplication.clipboard().text() == COPIED.text
    assert none_of_ours()
