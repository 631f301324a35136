"""Switching the watching on and off: tray, window, profile; and that nothing of a message stays."""

import gc
import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.desk.ports import Target
from companion.desk.recording_copies import RecordingCopies
from companion.session.watching import Watch
from tests.app.lock_scene import CHAT, WORDS, Scene
from tests.app.present import shown_anywhere
from tests.app.watched import LATE, WEIXIN, Watched

CANARY = "金丝雀八号"


def test_the_tray_says_so_and_ends_it_with_one_click(watched: Watched) -> None:
    tray = watched.scene.app.tray
    marked = tray.icon.icon().cacheKey()
    said = WORDS.say("watch.tray", names="微信")
    assert said in tray.icon.toolTip() and tray.actions["watch_off"].isVisible()
    tray.actions["watch_off"].trigger()
    assert said not in tray.icon.toolTip() and not tray.actions["watch_off"].isVisible()
    assert tray.icon.icon().cacheKey() != marked
    assert watched.copies.heard is None
    watched.rest()
    assert watched.kept() == Watch(False, ("weixin",))
    assert not watched.scene.session().profile.has_changes()


def test_the_agent_chooses_in_a_window_what_is_kept_with_the_profile(off: Watched) -> None:
    off.scene.desk.target = WEIXIN
    off.scene.desk.open = ["chat", "weixin", "notepad"]
    off.scene.app.tray.actions["watch"].trigger()
    window = off.scene.app.watch.window
    assert list(window.boxes) == ["weixin", "chat", "notepad"]
    assert WORDS.say("watch.before") in window.boxes["weixin"].text()
    window.switch.click()
    assert off.copies.heard is None
    window.boxes["weixin"].click()
    window.other.setText("千牛")
    QTest.keyClick(window.other, Qt.Key.Key_Return)
    off.rest()
    assert off.kept() == Watch(True, ("weixin", "aliworkbench"))
    assert window.state.text() == WORDS.say("watch.watches", names="微信、千牛")
    off.copy(LATE, Target(3, "aliworkbench", "千牛"))
    assert off.hinted() == "催发货"
    # Switched off elsewhere, the window says so.
    off.scene.app.act("watch_off")
    assert not window.switch.isChecked()
    session = off.scene.session()
    off.scene.app.act("lock")
    off.scene.rest(session)
    assert not window.isVisible()


def test_a_program_is_chosen_by_its_short_name_and_read_at_once(off: Watched) -> None:
    off.scene.desk.target = Target(8, "wechat.exe", "under Wine")
    off.scene.desk.open = ["wechat.exe", "chat"]
    off.scene.app.act("watch")
    window = off.scene.app.watch.window
    assert list(window.boxes) == ["wechat", "chat"]
    window.switch.click()
    window.boxes["wechat"].click()
    # The worker has kept nothing yet.
    off.copies.copy(LATE)
    assert off.copies.reads == 1
    off.rest()
    assert off.hinted() == "催发货"
    assert list(window.boxes) == ["wechat", "chat"] and window.boxes["wechat"].isChecked()


def test_where_the_desk_hears_nothing_it_says_so_and_watches_nothing(scene: Scene) -> None:
    watched = Watched(scene, RecordingCopies())
    watched.want(True, "weixin")
    app = scene.app
    assert app.watching is None and not app.tray.actions["watch_off"].isVisible()
    app.act("watch")
    assert app.watch.window.state.text() == WORDS.say("watch.cannot")


def test_nothing_of_a_message_is_kept(
    watched: Watched, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    watched.copy(f"{CANARY}{LATE}")
    assert watched.hinted() == "催发货"
    assert held_anywhere()
    # The desk in the test would hold it: it plays the other program.
    watched.copy("随便", CHAT)
    watched.scene.desk.clipboard = ""
    watched.rest()
    assert CANARY not in caplog.text and not shown_anywhere(CANARY)
    assert CANARY not in repr(watched.scene.session().profile.everything()[1])
    for file in (one for one in tmp_path.rglob("*") if one.is_file()):
        assert CANARY.encode() not in file.read_bytes(), file
    assert held_anywhere() == []


def held_anywhere() -> list[str]:
    """What of this process holds a text with the canary and more: attributes, closures, caches."""
    gc.collect()
    return [
        type(there).__name__
        for there in gc.get_objects()
        for part in gc.get_referents(there)
        if isinstance(part, str) and CANARY in part and part != CANARY
    ]
