"""Stepping away: however the desk is locked, nothing is shown or held, and all comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.desk.ports import Going
from companion.errors import FileUnwritable
from tests.app.lock_scene import CANARY, CHAT, WORDS, Scene
from tests.app.present import shown_anywhere
from tests.app.stores import SlowServer

WAYS: dict[str, Callable[[Scene], object]] = {
    "menu": lambda scene: scene.app.act("lock"),
    "hotkey": lambda scene: scene.desk.press("ctrl+alt+k"),
    "screen": lambda scene: scene.presence.go(Going.LOCKED),
    "sleep": lambda scene: scene.presence.go(Going.SLEEPS),
    "idle": lambda scene: scene.app.locking.idling.idle.emit(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_way_locks_and_the_passphrase_opens(
    scene: Scene, way: Callable[[Scene], object]
) -> None:
    app = scene.app
    session = scene.session()
    session.profile.add("phrase", title="未保存", body="x")
    way(scene)
    scene.rest(session)
    assert app.tray.actions["unlock"].isVisible()
    assert not app.tray.actions["find"].isVisible()
    assert app.inserting.index.entries == []
    assert shown_anywhere(CANARY) == []
    assert scene.unlock() is not session
    scene.qtbot.waitUntil(lambda: scene.found("未保存") == 1)
    assert not app.tray.actions["unlock"].isVisible()


def test_the_desktop_hears_that_all_is_safe_once_it_is(scene: Scene) -> None:
    session = scene.session()
    scene.presence.go(Going.SLEEPS)
    assert scene.presence.safe == []
    scene.qtbot.waitUntil(lambda: scene.presence.safe == [Going.SLEEPS])
    assert session.closed
    # Locked already, it is safe at once.
    scene.presence.go(Going.LOCKED)
    scene.qtbot.waitUntil(lambda: scene.presence.safe == [Going.SLEEPS, Going.LOCKED])


def test_by_hand_the_window_shows_that_it_is_locked_and_otherwise_it_does_not(scene: Scene) -> None:
    app = scene.app
    window = app.seating.unlocking.window
    for way, shown in (("idle", False), ("screen", False), ("menu", True)):
        session = scene.session()
        WAYS[way](scene)
        scene.rest(session)
        assert window.isVisible() is shown
        scene.unlock()
    assert scene.told == [WORDS.say("note.locked_idle")]


def test_with_the_picker_open(scene: Scene) -> None:
    app = scene.app
    session, picker = scene.session(), app.inserting.picker
    scene.desk.target = CHAT
    app.hotkey()
    picker.search.setText("退款")
    assert picker.model.rowCount() > 0
    scene.desk.press("ctrl+alt+k")
    scene.rest(session)
    assert not picker.isVisible()
    assert shown_anywhere(CANARY) == []


def test_the_picker_hotkey_unlocks_and_then_opens_it_for_the_window_one_came_from(
    scene: Scene,
) -> None:
    app = scene.app
    session, desk = scene.session(), scene.desk
    scene.presence.go(Going.LOCKED)
    scene.rest(session)
    desk.target = CHAT
    desk.press("ctrl+alt+space")
    window = app.seating.unlocking.window
    scene.qtbot.waitUntil(window.isVisible)
    assert not desk.waits
    scene.unlock()
    picker = app.inserting.picker
    scene.qtbot.waitUntil(lambda: picker.isVisible() and picker.model.rowCount() > 0)
    picker.search.setText(CANARY)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: len(desk.pasted) == 1)
    assert CANARY in desk.pasted[0]


def test_with_a_form_filled_in_it_comes_back_as_it_was(scene: Scene) -> None:
    app = scene.app
    session, desk = scene.session(), scene.desk
    scene.fill_in(CANARY)
    app.act("lock")
    scene.rest(session)
    assert app.inserting.asking.form is None
    assert CANARY.encode() not in b"".join(
        path.read_bytes() for path in app.seat.home.rglob("*") if path.is_file()
    )
    scene.qtbot.wait(1)
    assert shown_anywhere(CANARY) == []
    scene.unlock()
    scene.qtbot.waitUntil(lambda: app.inserting.asking.form is not None)
    form = app.inserting.asking.form
    assert form is not None and form.isVisible()
    assert {name: part.value for name, part in form.fields.items()} == {
        "称呼": CANARY,
        "单号": "",
    }
    form.fields["单号"].setProperty("text", "42")
    QTest.keyClick(form, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: desk.pasted == [f"{CANARY}好，42在路上"])
    assert not list(app.seat.home.rglob("*.sealed"))


@pytest.mark.parametrize("body", [f"{CANARY} 还没写完", ""])
def test_with_a_new_phrase_half_written_it_comes_back_and_is_no_phrase(
    scene: Scene, body: str
) -> None:
    session, editor = scene.session(), scene.app.editor
    editor.write("标题", body)
    editor.abbr.setText("bt")
    editor.set.setText("售后")
    scene.app.act("lock")
    scene.rest(session)
    assert not editor.isVisible()
    assert shown_anywhere(CANARY) == []
    session = scene.unlock()
    scene.qtbot.waitUntil(editor.isVisible)
    written = [editor.title.text(), editor.body.toPlainText(), editor.abbr.text()]
    assert [*written, editor.set.text()] == ["标题", body, "bt", "售后"]
    assert len(session.profile.phrases()) == 1


def test_with_an_insertion_under_way_nothing_is_pasted_any_more(scene: Scene) -> None:
    app = scene.app
    session, desk = scene.session(), scene.desk
    desk.target, desk.held = CHAT, True
    app.hotkey()
    app.inserting.picker.search.setText(CANARY)
    QTest.keyClick(app.inserting.picker.search, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: "offer" in desk.acts)
    app.act("lock")
    scene.rest(session)
    desk.held = False
    scene.qtbot.waitUntil(lambda: not app.inserting.busy)
    assert desk.pasted == []
    assert desk.clipboard == "before"


def test_what_was_copied_here_stands_on_the_clipboard_no_more(scene: Scene) -> None:
    app = scene.app
    session, desk = scene.session(), scene.desk
    app.copy_text(CANARY)
    assert desk.text() == CANARY
    app.act("lock")
    scene.rest(session)
    assert desk.text() == ""


def test_with_a_sync_that_hangs_nobody_waits_for_it(scene: Scene, server: SlowServer) -> None:
    app = scene.app
    session = scene.session()
    session.profile.add("phrase", title="未送出", body="x")
    with server.shut():
        app.act("sync")
        scene.qtbot.waitUntil(lambda: server.inside == 1)
        app.act("lock")
        scene.rest(session)
        there = server.packs()
    app.away.finish(5_000)
    scene.qtbot.wait(20)
    assert server.packs() == there
    session = scene.unlock()
    scene.qtbot.waitUntil(lambda: session.status().waiting == 0)


def test_with_an_import_being_read_it_is_stopped(scene: Scene, tmp_path: Path) -> None:
    app = scene.app
    session = scene.session()
    lines = "\n".join(f"{CANARY} {number},内容 {number}" for number in range(20_000))
    (tmp_path / "many.csv").write_text(f"标题,内容\n{lines}", "utf-8")
    app.act("import")
    app.bringing.read(tmp_path / "many.csv")
    app.act("lock")
    scene.rest(session)
    assert not app.bringing.window.isVisible()
    scene.qtbot.wait(50)
    assert shown_anywhere(CANARY) == []
    assert len(scene.unlock().profile.phrases()) == 1


def test_with_the_question_of_signing_out_open_it_is_asked_no_more(scene: Scene) -> None:
    app = scene.app
    session = scene.session()
    app.act("sign_out")
    app.act("lock")
    scene.rest(session)
    assert not app.leaving.window.isVisible()
    scene.unlock()


def test_with_a_recovery_code_on_the_screen_it_is_shown_no_more(scene: Scene) -> None:
    app = scene.app
    session = scene.session()
    app.seating.window.show_recovery(CANARY, "companion1:x")
    app.seating.window.show()
    app.act("lock")
    scene.rest(session)
    assert not app.seating.window.isVisible()
    assert shown_anywhere(CANARY) == []


def test_while_one_is_leaving_that_goes_on(scene: Scene, server: SlowServer) -> None:
    app = scene.app
    session = scene.session()
    session.profile.add("phrase", title="未送出", body="x")
    with server.shut():
        app.sign_out()
        app.act("lock")
        scene.presence.go(Going.LOCKED)
        scene.qtbot.waitUntil(lambda: scene.presence.safe == [Going.LOCKED])
        assert app.leaving.under_way
    scene.qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    assert not app.seat.settings.read()["profile"]
    assert app.tray.actions["sign_in"].isVisible()
    assert not session.closed


def test_a_desk_that_cannot_save_stays_open_and_says_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = scene.app
    session = scene.session()
    app.editor.write("标题", "")
    app.editor.body.setPlainText(CANARY)

    def full() -> bool:
        raise FileUnwritable(place="here", reason="OSError")

    with monkeypatch.context() as patch:
        patch.setattr(session.engine, "save", full)
        scene.presence.go(Going.LOCKED)
        scene.qtbot.waitUntil(lambda: scene.presence.safe == [Going.LOCKED])
    assert app.session is session
    assert WORDS.say("error.file_unwritable.what", place="here", reason="OSError") in scene.told[-1]
    scene.qtbot.waitUntil(app.editor.isVisible)
    assert app.editor.body.toPlainText() == CANARY


def test_signing_out_overwrites_what_was_held_as_locking_does(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, session = list[object](), scene.session()
    for name in ("overwrite_freed", "overwrite_as_freed"):
        monkeypatch.setattr(f"companion.app.locking.{name}", lambda *on: done.append(on))
    scene.app.sign_out()
    # The scene has another one of these, which hears of it as well.
    scene.qtbot.waitUntil(lambda: done.count((False,)) == 2)
    assert done[:3] == [(True,), (True,), ()] and done[-1] == (False,)
    assert scene.app.session is None and session.profile.phrases() == []
