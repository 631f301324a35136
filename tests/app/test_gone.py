"""Whoever is locked here and does not come back: the shift ends, or somebody else sits down."""

from datetime import datetime, timedelta

from tests.app.lock_scene import Scene


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
