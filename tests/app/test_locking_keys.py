"""The hotkey and the idle time that lock, as the agent and the desk's policy say."""

import threading
from dataclasses import replace

import pytest

from companion.errors import SecretsUnavailable
from companion.policy import Policy
from companion.session.remembering import remember, remembered_until
from tests.app.lock_scene import CANARY, WORDS, Scene
from tests.app.present import shown_anywhere


def choose(scene: Scene, name: str, value: str | int) -> None:
    """Change an option, and wait until the app has taken that up."""
    scene.session().profile.set_option(name, value)
    scene.app.tasks.finish()
    scene.qtbot.wait(20)
    scene.app.tasks.finish()
    scene.qtbot.wait(20)


def test_other_keys_lock_as_soon_as_they_are_chosen_and_the_old_ones_no_more(
    scene: Scene,
) -> None:
    session = scene.session()
    choose(scene, "lock_keys", "ctrl+alt+j")
    scene.desk.press("ctrl+alt+k")
    scene.qtbot.wait(20)
    assert scene.app.session is session
    scene.desk.press("ctrl+alt+j")
    scene.rest(session)
    session = scene.unlock()
    choose(scene, "lock_keys", "ctrl+alt+k")
    scene.desk.press("ctrl+alt+k")
    scene.rest(session)


@pytest.mark.parametrize("keys", ["ctrl+alt+space", "no such key", ""])
def test_keys_that_cannot_be_had_are_told_and_break_nothing(scene: Scene, keys: str) -> None:
    session = scene.session()
    choose(scene, "lock_keys", keys)
    assert len(scene.told) == bool(keys)
    scene.app.hotkey()
    assert scene.app.inserting.picker.isVisible()
    scene.app.act("lock")
    scene.rest(session)


def test_a_desk_at_which_nobody_is_any_more_locks_after_the_time_that_was_chosen(
    scene: Scene,
) -> None:
    session = scene.session()
    scene.presence.idle = 5 * 60.0
    choose(scene, "idle_minutes", 6)
    assert scene.app.session is session
    choose(scene, "idle_minutes", 5)
    scene.rest(session)
    assert scene.told == [WORDS.say("note.locked_idle")]


def test_the_policy_has_the_last_word_on_the_time(scene: Scene) -> None:
    session = scene.session()
    session.seat = replace(session.seat, policy=Policy(idle_minutes=3))
    scene.presence.idle = 3 * 60.0
    choose(scene, "idle_minutes", 0)
    scene.rest(session)


def test_locked_nobody_is_asked_how_long_the_desk_was_alone(scene: Scene) -> None:
    session = scene.session()
    scene.app.act("lock")
    scene.rest(session)
    asked = scene.presence.asked
    scene.app.locking.idling.begin(0)
    scene.qtbot.wait(50)
    assert scene.presence.asked == asked


def test_a_pin_opens_the_desk_and_after_wrong_ones_only_the_passphrase(scene: Scene) -> None:
    session, window = scene.session(), scene.app.seating.unlocking.window
    remember(session, "24680a")
    scene.app.act("lock")
    scene.rest(session)
    assert window.by_pin
    window.secret.setText("24680a")
    window.go.click()
    scene.qtbot.waitUntil(lambda: scene.app.session is not None)
    session = scene.session()
    scene.app.act("lock")
    scene.rest(session)
    for _ in range(5):
        window.secret.setText("wrong one")
        window.go.click()
        scene.qtbot.waitUntil(window.go.isEnabled)
    assert not window.by_pin
    assert window.other.isHidden()
    assert WORDS.say("error.pin_over.what") in window.problem.text()
    scene.unlock()


def test_a_pin_is_set_in_its_form_and_taken_back(scene: Scene) -> None:
    app, form = scene.app, scene.app.locking.remembering.window
    app.act("remember")
    scene.qtbot.waitUntil(form.isVisible)
    for line in (form.pin, form.again):
        line.setText("12345")
    form.go.click()
    scene.qtbot.waitUntil(lambda: not form.problem.isHidden())
    assert WORDS.say("error.pin_too_short.what", least=6) in form.problem.text()
    for line in (form.pin, form.again):
        line.setText("24680a")
    form.go.click()
    scene.qtbot.waitUntil(lambda: not form.isVisible())
    assert remembered_until(app.seat)
    assert len(scene.told) == 1
    app.act("remember")
    scene.qtbot.waitUntil(form.off.isVisible)
    form.off.click()
    scene.qtbot.waitUntil(lambda: not form.isVisible())
    assert not remembered_until(app.seat)


def test_a_desk_without_a_secret_store_says_so_before_a_pin_is_typed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, form = scene.app, scene.app.locking.remembering.window

    def none_here() -> bool:
        raise SecretsUnavailable(reason="NoKeyringError")

    with monkeypatch.context() as patch:
        patch.setattr(app.seat.secrets, "may_ask", none_here)
        app.act("remember")
        scene.qtbot.waitUntil(form.problem.isVisible)
    assert WORDS.say("reason.NoKeyringError") in form.problem.text()
    assert not form.go.isEnabled()
    form.close()
    monkeypatch.setattr(app.seat.secrets, "may_ask", lambda: True)
    app.act("remember")
    scene.qtbot.waitUntil(form.store.isVisible)
    assert form.go.isEnabled()


def test_a_pin_that_a_slow_secret_store_keeps_goes_with_the_agent(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, session = scene.app, scene.session()
    secrets, form = app.seat.secrets, app.locking.remembering.window
    asked, answered, put = threading.Event(), threading.Event(), secrets.put

    def slowly(name: str, secret: str) -> None:
        asked.set()
        answered.wait(5)
        put(name, secret)

    monkeypatch.setattr(secrets, "put", slowly)
    app.act("remember")
    scene.qtbot.waitUntil(form.isVisible)
    for line in (form.pin, form.again):
        line.setText("24680a")
    form.go.click()
    assert asked.wait(5)
    session.profile.add("phrase", title="没送出去", body="x")
    monkeypatch.setattr(session, "send", lambda *_: (0, "store_unreachable"))
    app.sign_out()
    scene.qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    answered.set()
    app.shell.finish()
    app.tasks.finish()
    assert not app.seat.pin_file(session.profile.id).exists()
    assert secrets.get(app.seat.guard_name(session.profile.id)) is None


def test_a_pin_form_that_is_open_is_gone_when_the_desk_is_locked(scene: Scene) -> None:
    session, form = scene.session(), scene.app.locking.remembering.window
    scene.app.act("remember")
    scene.qtbot.waitUntil(form.isVisible)
    form.pin.setText(CANARY)
    scene.app.act("lock")
    scene.rest(session)
    assert not form.isVisible()
    assert shown_anywhere(CANARY) == []


def test_where_it_is_forbidden_no_pin_is_asked_for(scene: Scene) -> None:
    session = scene.session()
    session.seat = replace(session.seat, policy=Policy(remember=False))
    scene.app.act("remember")
    assert WORDS.say("error.policy_forbids.what", name="remember") in scene.told[0]


def test_quitting_hears_nothing_more_of_the_desktop(scene: Scene) -> None:
    scene.app.locking.end()
    assert scene.presence.closed
