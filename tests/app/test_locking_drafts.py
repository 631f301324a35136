"""What is being written when the desk is locked: sealed whatever comes next, and nobody else's."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.desk.ports import Going
from companion.errors import FileUnwritable
from tests.app.lock_scene import CANARY, Scene
from tests.app.present import shown_anywhere
from tests.app.stores import PASSPHRASE, SlowServer, new_session


def half_written(scene: Scene) -> None:
    """Lock the desk in the middle of a new phrase."""
    session = scene.session()
    scene.app.editor.restore("标题", f"{CANARY} 还没写完", "", "")
    scene.app.act("lock")
    scene.rest(session)


def begin_to_unlock(scene: Scene) -> None:
    window = scene.app.seating.unlocking.window
    QTest.keyClicks(window.secret, PASSPHRASE)
    QTest.keyClick(window.secret, Qt.Key.Key_Return)


def sealed(scene: Scene) -> list[Path]:
    return list(scene.app.seat.home.rglob("*.sealed"))


def test_locked_again_while_it_is_unlocked_it_is_sealed_again(scene: Scene) -> None:
    half_written(scene)
    begin_to_unlock(scene)
    scene.presence.go(Going.SLEEPS)
    scene.qtbot.waitUntil(lambda: scene.presence.safe == [Going.SLEEPS])
    assert scene.app.session is None
    assert sealed(scene)
    scene.qtbot.wait(20)
    assert shown_anywhere(CANARY) == []
    scene.unlock()
    scene.qtbot.waitUntil(scene.app.editor.isVisible)
    assert CANARY in scene.app.editor.body.toPlainText()
    assert not sealed(scene)


def test_where_it_cannot_be_sealed_it_stays_on_the_screen(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = scene.session()
    scene.app.editor.restore("标题", CANARY, "", "")

    def full(_drafts: object) -> None:
        raise FileUnwritable(place="here", reason="OSError")

    with monkeypatch.context() as patch:
        patch.setattr(session.drafts, "keep", full)
        scene.app.act("lock")
        scene.qtbot.waitUntil(lambda: scene.app.session is session)
    scene.qtbot.waitUntil(scene.app.editor.isVisible)
    assert scene.app.editor.body.toPlainText() == CANARY
    # Nobody is asked for what opens a desk that is open.
    assert not scene.app.seating.unlocking.window.isVisible()


def test_a_form_whose_phrase_is_gone_is_not_the_next_agents(
    scene: Scene, server: SlowServer, tmp_path: Path
) -> None:
    app = scene.app
    session = scene.session()
    session.profile.trash(scene.fill_in(CANARY))
    app.act("lock")
    scene.rest(session)
    assert sealed(scene)
    scene.unlock()
    scene.qtbot.waitUntil(lambda: not sealed(scene))
    app.sign_out()
    scene.qtbot.waitUntil(lambda: app.session is None)
    with SlowServer() as other:
        following = new_session(tmp_path / "home", other)
        app.seating.take(following)
        scene.qtbot.waitUntil(lambda: not app.syncing.running)
        app.act("lock")
        scene.rest(following)
        assert not sealed(scene)
        app.syncing.end()
