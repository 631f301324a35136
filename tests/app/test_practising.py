"""Five minutes of practice in the window, by keyboard: what is kept, and what is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from companion.app.practising import Practising
from companion.app.tray_app import TrayApp
from companion.empathy.practice import SITTING_S, Practice, lines
from companion.errors import AppLocked
from companion.runtime.tasks import Tasks
from companion.ui.style import LIGHT
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session

WORDS = Words("zh")
ALL = [text for six in lines("zh").values() for text in six]


class Scene:
    """A window to practise in, without a profile, and a clock that is moved on by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.tasks = Tasks()
        self.failed: list[Exception] = []
        self.practising = Practising(
            WORDS, LIGHT, self.tasks, self.failed.append, clock=lambda: self.now
        )
        self.window = self.practising.window

    def answer(self, qtbot: QtBot, reply: str) -> None:
        self.window.reply.insertPlainText(reply)
        QTest.keyClick(self.window.reply, Qt.Key.Key_Return)
        qtbot.waitUntil(self.window.card.isVisible)

    def rate(self, qtbot: QtBot, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)
        qtbot.waitUntil(lambda: not self.window.card.isVisible())


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    made = Scene()
    qtbot.addWidget(made.window)
    made.practising.open(None)
    qtbot.waitUntil(made.window.isVisible)
    yield made
    made.practising.end()
    made.tasks.finish(5_000)
    made.tasks.end()


def shown(scene: Scene) -> str:
    """All that the window says now."""
    labels = scene.window.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


def test_from_the_line_by_the_card_to_the_next_line(qtbot: QtBot, scene: Scene) -> None:
    first = scene.window.line.text()
    assert first in ALL
    assert WORDS.say("practice.not_kept") in shown(scene)
    scene.answer(qtbot, "尽快给您办")
    assert 'background-color:#DFE3E1">尽快</span>' in scene.window.card.reply.text()
    assert "下一步" in shown(scene) and "别说" in shown(scene)
    assert scene.window.line.text() == first
    scene.rate(qtbot, Qt.Key.Key_3)
    assert scene.window.line.text() != first
    assert scene.window.reply.toPlainText() == ""
    assert "尽快给您办" not in shown(scene)


def test_shift_and_enter_begin_a_new_line_and_enter_alone_shows_the_card(
    qtbot: QtBot, scene: Scene
) -> None:
    reply = scene.window.reply
    QTest.keyClick(reply, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert reply.toPlainText() == "\n"
    reply.clear()
    scene.answer(qtbot, "")
    assert not scene.window.card.tier.isVisible()
    assert scene.window.card.need.isVisible()


def test_what_looks_like_html_is_shown_as_it_was_typed(qtbot: QtBot, scene: Scene) -> None:
    scene.answer(qtbot, "<b>稍等</b>")
    assert "&lt;b&gt;" in scene.window.card.reply.text()
    assert "&lt;b&gt;" in scene.window.card.findings.text()


def test_a_number_typed_into_a_reply_is_no_rating(qtbot: QtBot, scene: Scene) -> None:
    first = scene.window.line.text()
    QTest.keyClicks(scene.window.reply, "3")
    QTest.keyClick(scene.window, Qt.Key.Key_3)
    assert scene.window.line.text() == first
    assert scene.window.reply.toPlainText() == "3"


def test_another_line_is_of_another_situation_and_none_comes_back(
    qtbot: QtBot, scene: Scene
) -> None:
    met = [scene.window.line.text()]
    for _ in range(28):
        scene.window.other.click()
        qtbot.waitUntil(lambda: scene.window.line.text() not in ("", met[-1]))
        met.append(scene.window.line.text())
    assert len(set(met)) == 29
    scene.window.other.click()
    qtbot.waitUntil(scene.window.shut.isVisible)
    assert WORDS.say("practice.end_head_early") in shown(scene)


def test_after_five_minutes_it_ends_kindly_and_may_begin_again(qtbot: QtBot, scene: Scene) -> None:
    scene.answer(qtbot, "我来查")
    scene.now = SITTING_S + 1.0
    QTest.keyClick(scene.window, Qt.Key.Key_4)
    qtbot.waitUntil(scene.window.shut.isVisible)
    assert WORDS.say("practice.end_text", count=1) in shown(scene)
    QTest.keyClick(scene.window.again, Qt.Key.Key_Return)
    qtbot.waitUntil(scene.window.reply.isVisible)
    assert scene.window.time.value() == 0


def test_a_line_under_way_is_not_cut_off_by_the_clock(qtbot: QtBot, scene: Scene) -> None:
    scene.now = SITTING_S + 9.0
    scene.answer(qtbot, "我来查")
    assert scene.window.ratings[0].isVisible()


def test_esc_leaves_and_nothing_stays_in_the_window(qtbot: QtBot, scene: Scene) -> None:
    scene.answer(qtbot, "秘密 canary")
    QTest.keyClick(scene.window, Qt.Key.Key_Escape)
    assert not scene.window.isVisible()
    every = [one.text() for one in scene.window.findChildren(QLabel)]
    assert not [text for text in every if "canary" in text or text in ALL]
    assert not scene.window.reply.document().isUndoAvailable()
    scene.practising.open(None)
    qtbot.waitUntil(scene.window.isVisible)
    assert scene.window.line.text() in ALL


def test_an_answer_that_comes_after_leaving_shows_nothing(qtbot: QtBot, scene: Scene) -> None:
    QTest.keyClick(scene.window.reply, Qt.Key.Key_Return)
    scene.practising.put_away()
    scene.tasks.finish(5_000)
    QApplication.processEvents()
    assert not scene.window.isVisible()


def test_a_failure_is_told_and_the_window_closed(
    qtbot: QtBot, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_self: Practice, _situation: str, _rating: int) -> int:
        raise AppLocked

    monkeypatch.setattr(Practice, "rate", locked)
    scene.answer(qtbot, "好的")
    QTest.keyClick(scene.window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(scene.failed))
    assert isinstance(scene.failed[0], AppLocked)
    assert not scene.window.isVisible()


def test_the_crisis_line_comes_with_care(qtbot: QtBot, scene: Scene) -> None:
    assert not scene.window.care.isVisible()
    scene.window.show_line(lines("zh")["crisis"][0], keeps=False, careful=True)
    assert "12356" in shown(scene)
    scene.answer(qtbot, "")
    assert not scene.window.care.isVisible()


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(new_session(tmp_path / "home", server))
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


def test_from_the_tray_into_the_profile_and_away_when_the_agent_leaves(
    qtbot: QtBot, app: TrayApp
) -> None:
    assert app.tray.actions["practice"].isVisible()
    app.tray.actions["practice"].trigger()
    window = app.practising.window
    qtbot.waitUntil(window.isVisible)
    assert window.kept.text() == WORDS.say("practice.kept")
    QTest.keyClick(window.reply, Qt.Key.Key_Return)
    qtbot.waitUntil(window.card.isVisible)
    QTest.keyClick(window, Qt.Key.Key_2)
    assert app.session is not None
    profile = app.session.profile
    qtbot.waitUntil(lambda: bool(profile.practice()))
    ((_, rating),) = profile.practice()[0].reviews
    assert rating == 2
    app.put_away()
    assert not window.isVisible()


def test_the_agents_own_openings_stand_first_on_the_card_in_its_language_only(
    qtbot: QtBot, app: TrayApp
) -> None:
    assert app.session is not None
    for situation in lines("zh"):
        for text in ("My own words.", f"我自己的话：{situation}"):
            app.session.profile.add("opening", situation=situation, text=text)
    app.tray.actions["practice"].trigger()
    window = app.practising.window
    qtbot.waitUntil(lambda: bool(window.line.text()))
    QTest.keyClick(window.reply, Qt.Key.Key_Return)
    qtbot.waitUntil(window.card.isVisible)
    shown = window.card.openings.text()
    assert "“我自己的话：" in shown.partition("</p>")[0]
    assert "My own words." not in shown
