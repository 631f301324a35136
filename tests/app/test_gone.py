"""Whoever is locked here and does not come back: the shift ends, or somebody else sits down."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.errors import NotSignedIn
from companion.session.sitting import open_here
from companion.ui.messages import explain
from tests.app.lock_scene import WORDS, Scene
from tests.app.stores import PASSPHRASE


def locked(scene: Scene) -> None:
    scene.app.act("lock")
    scene.qtbot.waitUntil(scene.app.seating.unlocking.window.isVisible)


def signed_in(scene: Scene) -> str:
    return str(scene.app.seat.settings.read()["profile"])


def test_at_the_end_of_the_shift_a_locked_desk_is_signed_out(scene: Scene) -> None:
    scene.session().profile.set_option("shift_end", f"{datetime.now() + timedelta(hours=1):%H:%M}")
    shift = scene.app.shift
    scene.qtbot.waitUntil(lambda: shift._shift.end is not None)
    locked(scene)
    assert signed_in(scene)
    shift._now = lambda: datetime.now() + timedelta(hours=2)
    shift.look()
    scene.qtbot.waitUntil(lambda: not signed_in(scene))
    scene.qtbot.waitUntil(scene.app.left_behind.leftovers.window.isVisible)
    # Nobody is asked for the passphrase of who has gone.
    scene.qtbot.waitUntil(lambda: not scene.app.seating.unlocking.window.isVisible())
    assert scene.app.seating.window.isVisible()


def test_who_is_not_the_one_that_is_locked_here_signs_him_out_after_a_question(
    scene: Scene,
) -> None:
    locked(scene)
    scene.app.seating.unlocking.window.not_me.emit()
    form = scene.app.left_behind.leftovers.window
    assert form.isVisible()
    assert signed_in(scene)
    form.stand_down.click()
    scene.qtbot.waitUntil(lambda: not signed_in(scene))
    scene.qtbot.waitUntil(scene.app.seating.window.isVisible)
    assert not scene.app.seating.unlocking.window.isVisible()


def test_who_comes_back_while_he_is_asked_for_stays_signed_in(scene: Scene) -> None:
    locked(scene)
    scene.app.seating.unlocking.window.not_me.emit()
    form = scene.app.left_behind.leftovers.window
    scene.unlock()
    assert not form.isVisible()
    form.stand_down_wanted.emit()
    scene.app.tasks.finish()
    scene.qtbot.wait(20)
    assert signed_in(scene) and scene.app.session is not None


def test_who_is_just_unlocking_when_the_shift_ends_stays_signed_in(scene: Scene) -> None:
    locked(scene)
    window = scene.app.seating.unlocking.window
    QTest.keyClicks(window.secret, PASSPHRASE)
    QTest.keyClick(window.secret, Qt.Key.Key_Return)
    scene.app.left_behind.stand_down()
    scene.qtbot.waitUntil(lambda: scene.app.session is not None)
    scene.qtbot.wait(50)
    scene.app.tasks.finish()
    scene.qtbot.wait(20)
    assert signed_in(scene) and not scene.session().closed


def test_to_answer_twice_is_to_answer_once(scene: Scene) -> None:
    locked(scene)
    scene.app.seating.unlocking.window.not_me.emit()
    form = scene.app.left_behind.leftovers.window
    for _ in range(2):
        QTest.keyClick(form.stand_down, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(form.close_it.isVisible)
    scene.app.tasks.finish()
    scene.qtbot.wait(20)
    assert form.heading.text() != explain(NotSignedIn(), WORDS).what


def test_what_is_tried_when_the_desk_is_opened_otherwise_opens_no_second_time(
    scene: Scene,
) -> None:
    locked(scene)
    app = scene.app
    window = app.seating.unlocking.window
    QTest.keyClicks(window.secret, PASSPHRASE)
    QTest.keyClick(window.secret, Qt.Key.Key_Return)
    opened = open_here(app.seat, PASSPHRASE)
    app.seating.take(opened)
    app.tasks.finish()
    scene.qtbot.wait(50)
    assert app.session is opened and not opened.closed
    app.locking.lock()
    scene.rest(opened)
