"""The hint and the window that switches it on: what they say, where they stand, what they hold."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from companion.session.hinting import Hint
from companion.session.watching import Watch
from companion.ui import style, watch_hint
from companion.ui.placing import in_the_corner
from companion.ui.program_names import KNOWN, listed, name_of, named, told
from companion.ui.tray import app_icon, watching_icon
from companion.ui.watch_hint import WatchHint
from companion.ui.watch_window import WatchWindow
from companion.ui.words import LANGUAGES, Words, catalogue

WORDS = Words("zh")
LATE, DARK = Hint("催发货", "准话", False), Hint("自伤的话", "安全", True)
NOWHERE, ROOM = QRect(), QRect(0, 0, 1280, 800)
SMALL = QSize(340, 112)


@pytest.fixture
def hint(qtbot: QtBot) -> Iterator[WatchHint]:
    made = WatchHint(WORDS, style.LIGHT)
    # What Watching does.
    made.gone.connect(made.forget)
    qtbot.addWidget(made)
    yield made
    made.forget()


@pytest.fixture
def window(qtbot: QtBot) -> WatchWindow:
    made = WatchWindow(WORDS)
    # What WatchOptions does.
    made.wished.connect(made.show_watch)
    qtbot.addWidget(made)
    return made


def said(hint: WatchHint) -> set[str]:
    return {part.text() for part in hint.findChildren(QLabel) if part.isVisible()}


def test_it_says_what_may_be_needed_and_by_which_keys(hint: WatchHint) -> None:
    hint.show_hint(LATE, "Ctrl Alt E", None, NOWHERE)
    say = WORDS.say
    assert said(hint) == {
        *("催发货", "准话", "Ctrl Alt E"),
        *(say("prompt.need"), say("watch.hint.keys")),
    }
    hint.show_hint(DARK, "", None, NOWHERE)
    assert said(hint) == {
        *("自伤的话", "安全", say("prompt.safety")),
        *(say("prompt.safety.need"), say("watch.hint.click")),
    }


def test_it_can_have_no_focus_and_stands_above(hint: WatchHint) -> None:
    for flag in (
        Qt.WindowType.WindowDoesNotAcceptFocus,
        Qt.WindowType.FramelessWindowHint,
        Qt.WindowType.WindowStaysOnTopHint,
    ):
        assert hint.windowFlags() & flag
    assert hint.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_a_click_takes_it_the_cross_and_the_other_button_dismiss_it(hint: WatchHint) -> None:
    heard = list[str]()
    hint.taken.connect(lambda: heard.append("taken"))
    hint.gone.connect(lambda: heard.append("gone"))
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        hint.show_hint(DARK, "", None, NOWHERE)
        QTest.mouseClick(hint, button, pos=QPoint(30, 30))
    hint.show_hint(DARK, "", None, NOWHERE)
    hint.away.click()
    assert heard == ["taken", "gone", "gone"]
    assert not hint.isVisible() and said(hint) == set()
    assert {hint.heading.text(), hint.need.text(), hint.accessibleDescription()} == {""}


def test_under_the_pointer_it_waits(
    hint: WatchHint, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_hint, "LASTS_MS", 40)
    hint.show_hint(LATE, "", None, NOWHERE)
    at = QPointF(5, 5)
    QApplication.sendEvent(hint, QEnterEvent(at, at, at))
    qtbot.wait(80)
    assert hint.isVisible()
    QApplication.sendEvent(hint, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not hint.isVisible())
    hint.show_hint(DARK, "", None, NOWHERE)
    QApplication.sendEvent(hint, QEnterEvent(at, at, at))
    QApplication.sendEvent(hint, QEvent(QEvent.Type.Leave))
    qtbot.wait(80)
    assert hint.isVisible()


@pytest.mark.parametrize(
    ("tray", "corner"),
    [
        (NOWHERE, QPoint(1280 - 340 - 16, 800 - 112 - 16)),
        (QRect(1200, 780, 20, 20), QPoint(1280 - 340 - 16, 800 - 112 - 16)),
        (QRect(1200, 2, 20, 20), QPoint(1280 - 340 - 16, 16)),
    ],
)
def test_it_stands_in_the_corner_where_the_tray_is(tray: QRect, corner: QPoint) -> None:
    assert in_the_corner(SMALL, ROOM, tray) == corner


def test_it_never_leaves_a_screen_that_is_too_small() -> None:
    room = QRect(100, 50, 300, 90)
    assert in_the_corner(SMALL, room, NOWHERE) == room.topLeft()


def test_the_window_says_what_is_wanted(window: WatchWindow) -> None:
    heard = list[Watch]()
    window.wished.connect(heard.append)
    window.open_for(Watch(False, ("qq",)), ["weixin", "chrome"], can=True)
    assert list(window.boxes) == ["qq", "weixin", "chrome"]
    assert [box.isChecked() for box in window.boxes.values()] == [True, False, False]
    assert window.state.text() == WORDS.say("watch.off")
    window.switch.click()
    window.boxes["weixin"].click()
    window.boxes["qq"].click()
    window.boxes["weixin"].click()
    assert heard == [
        Watch(True, ("qq",)),
        Watch(True, ("qq", "weixin")),
        Watch(True, ("weixin",)),
        Watch(True, ()),
    ]
    assert window.state.text() == WORDS.say("watch.no_programs")


def test_a_name_is_typed_and_enter_adds_it(window: WatchWindow) -> None:
    heard = list[Watch]()
    window.wished.connect(heard.append)
    window.open_for(Watch(True), [], can=True)
    assert window.none.isVisible()
    window.add.click()
    assert heard == [] and window.focusWidget() is window.other
    for typed in ("微信", "  Foo.EXE ", "foo"):
        window.other.setText(typed)
        QTest.keyClick(window.other, Qt.Key.Key_Return)
    assert heard[-1] == Watch(True, ("weixin", "wechat", "wechatappex", "foo"))
    assert list(window.boxes) == list(heard[-1].programs) and not window.none.isVisible()
    assert window.state.text() == WORDS.say("watch.watches", names="微信、foo")


def test_tab_goes_down_the_window(window: WatchWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.open_for(Watch(True, ("qq",)), ["weixin"], can=True)
    parts = [window.switch, *window.boxes.values(), window.other, window.add, window.done]
    for part in parts:
        assert window.focusWidget() is part
        QTest.keyClick(part, Qt.Key.Key_Tab)
    assert window.focusWidget() is parts[0]


def test_where_it_cannot_work_the_window_says_so(window: WatchWindow) -> None:
    window.open_for(Watch(True, ("qq",)), [], can=False)
    assert window.state.text() == WORDS.say("watch.cannot")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_program_that_is_known_has_a_name(language: str) -> None:
    words = Words(language)
    names = {key for key in catalogue(language) if key.startswith("program.")}
    assert names - {"program.told", "program.more"} == {f"program.{one}" for one in KNOWN}
    for program in KNOWN:
        assert program in named(name_of(program, words), words)
        assert program in named(program, words)


def test_programs_go_by_the_names_people_have_for_them() -> None:
    assert told("aliworkbench", WORDS) == "千牛（aliworkbench）"
    assert told("qq", WORDS) == "QQ" and told("foo", WORDS) == "foo"
    assert listed(("weixin", "wechat", "qq", "foo"), WORDS) == "微信、QQ、foo"
    assert listed("abcde", WORDS) == WORDS.say("program.more", names="a、b、c", count=5)
    assert named(" ", WORDS) == ()


def test_the_marked_icon_differs_at_every_size(qtbot: QtBot) -> None:
    def picture(icon: QIcon, side: int) -> object:
        return icon.pixmap(side).toImage()

    for side in (16, 22, 24, 32, 48, 64):
        assert picture(app_icon(), side) != picture(watching_icon(), side)
        assert picture(watching_icon(), side) == picture(watching_icon(), side)
