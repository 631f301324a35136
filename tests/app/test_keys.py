"""The hotkey is named where one reads of it, and missed where another program has it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.desk.ports import Ask
from companion.errors import HotkeyTaken
from companion.ui.tray import Tray
from companion.wiring.desktop import DeskAdapters
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session

FIND, LOCK = "Ctrl Alt 空格", "Ctrl Alt K"
SPACE = "ctrl+alt+space"


class HeldHotkeys:
    """A desk on which another program has some of the hotkeys, until it ends."""

    def __init__(self) -> None:
        self.others = {SPACE}
        self.ours: list[str] = []

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        if keys in self.others:
            raise HotkeyTaken(keys=keys)
        self.ours.append(keys)

    def resume(self, window: int) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is given back."""


class Started:
    """An app that was started on such a desk, and what its tray told."""

    def __init__(self, app: TrayApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.hotkeys, self.told = app, HeldHotkeys(), list[str]()
        desk = app.desk
        app.desk = DeskAdapters(
            desk.clipboard, desk.windows, desk.typist, self.hotkeys, desk.presence
        )
        monkeypatch.setattr(app.tray, "tell", lambda text, *_: self.told.append(text))
        monkeypatch.setattr(Tray, "show", lambda _: None)
        monkeypatch.setattr(app.instance, "take", lambda _: True)

    def named(self, act: str) -> tuple[str, str]:
        """What the menu and the picker's page of keys name for an act."""
        key, _ = self.app.inserting.picker.panel.help._lines[act]
        return self.app.tray.actions[act].text().partition("  ")[2], key.text()


@pytest.fixture
def desk(make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Started:
    return Started(make_app(tmp_path / "home"), monkeypatch)


def test_keys_of_another_program_are_missed_in_the_window_and_tried_again(desk: Started) -> None:
    assert desk.app.start()
    window = desk.app.seating.window
    taken = desk.app.words.say("error.hotkey_taken.what", keys="Ctrl Alt 空格")
    assert desk.told[0].startswith(taken)
    assert window.notice.isVisible() and window.notice.text().startswith(taken)
    assert (desk.named("find"), desk.named("lock")) == (("", ""), (LOCK, LOCK))
    # Cards that are found a moment later do not wipe it away; nor does it wipe away an error.
    desk.app.seating.offer([])
    assert window.notice.isVisible()
    window.show_problem("x")
    desk.app.seating.offer([])
    assert window.problem.isVisible()
    desk.hotkeys.others.clear()
    desk.app.seating.put_away()
    desk.app.seating.ask()
    assert desk.hotkeys.ours.count(SPACE) == 1
    assert not window.notice.isVisible()
    assert desk.named("find") == (FIND, FIND)
    desk.app.act("sign_in")
    assert desk.hotkeys.ours.count(SPACE) == 1
    desk.app.seating.put_away()


def test_the_page_that_lets_the_hotkey_be_tried_says_why_it_is_none(desk: Started) -> None:
    assert desk.app.start()
    window = desk.app.seating.window
    window.ask_first()
    assert not window.notice.isVisible()
    window.came.emit("import")
    assert not window.notice.isVisible()
    window.came.emit("try")
    assert window.notice.isVisible()
    desk.app.seating.put_away()


def test_the_keys_that_lock_are_tried_again_without_another_word(desk: Started) -> None:
    desk.hotkeys.others = {"ctrl+alt+k"}
    assert desk.app.start()
    (told,) = desk.told
    assert LOCK in told and desk.named("lock") == ("", "")
    desk.app.act("sign_in")
    assert desk.told == [told]
    desk.hotkeys.others.clear()
    desk.app.act("sign_in")
    assert desk.named("lock") == (LOCK, LOCK)
    desk.app.act("sign_in")
    assert desk.hotkeys.ours == [SPACE, "ctrl+alt+e", "ctrl+alt+r", "ctrl+alt+k"]
    desk.app.seating.put_away()


def test_the_keys_of_the_prompt_are_told_of_once_and_tried_again(desk: Started) -> None:
    desk.hotkeys.others = {"ctrl+alt+e"}
    assert desk.app.start()
    (told,) = desk.told
    assert "Ctrl Alt E" in told and desk.named("prompt") == ("", "")
    desk.app.act("sign_in")
    assert desk.told == [told]
    desk.hotkeys.others.clear()
    desk.app.act("sign_in")
    assert desk.named("prompt") == ("Ctrl Alt E", "Ctrl Alt E")
    desk.app.seating.put_away()


@pytest.mark.parametrize("taken", [True, False])
def test_whoever_sat_down_is_told_that_it_worked_and_what_is_next(
    desk: Started, qtbot: QtBot, tmp_path: Path, server: SlowServer, taken: bool
) -> None:
    app = desk.app
    if not taken:
        desk.hotkeys.others.clear()
    assert app.start()
    desk.told.clear()
    session = new_session(tmp_path / "home", server)
    session.profile.add("phrase", title="退款", body="x")
    app.seating.take(session)
    app.seating.sat_down.emit(session)
    qtbot.waitUntil(lambda: bool(desk.told))
    key = "note.sat_down_menu" if taken else "note.sat_down"
    assert desk.told == [app.words.say(key, count=1, keys=FIND)]
