"""What the agent hears about the hotkey, and the focus that a second start brings along."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.desk.copy_only import CopyOnlyHotkeys
from companion.desk.ports import Ask, Hotkeys
from companion.errors import HotkeyRefused
from companion.ui.tray import Tray
from companion.wiring.desktop import DeskAdapters
from tests.app.conftest import MakeApp


@dataclass
class AskingHotkeys:
    """A desktop that answers when the test says so."""

    asks: list[Ask] = field(default_factory=list)

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        assert ask is not None
        self.asks.append(ask)

    def resume(self, window: int) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing was taken."""


def started(app: TrayApp, hotkeys: Hotkeys, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Start an app on a desktop with such hotkeys; what its tray tells."""
    told: list[str] = []
    desk = app.desk
    app.desk = DeskAdapters(desk.clipboard, desk.windows, desk.typist, hotkeys, desk.presence)
    monkeypatch.setattr(app.tray, "tell", lambda text, *_: told.append(text))
    monkeypatch.setattr(Tray, "show", lambda _: None)
    assert app.start()
    app.seating.window.close()
    return told


def test_a_late_answer_is_told_in_the_agents_words(
    make_app: MakeApp, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, hotkeys = make_app(tmp_path / "home"), AskingHotkeys()
    told = started(app, hotkeys, monkeypatch)
    ask, prompt, reply, lock = hotkeys.asks
    purposes = [one.purpose for one in (ask, prompt, reply, lock)]
    assert purposes == ["找短语", "打开安抚提示", "检查选中的回复", "锁上随席"]
    assert told == []
    ask.answered("Meta+J")
    qtbot.waitUntil(lambda: told == ["桌面给随席的快捷键是 Meta+J：按它找短语。"])
    ask.answered(HotkeyRefused(keys="ctrl+alt+space"))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1].startswith("桌面没有把快捷键 ctrl+alt+space 给随席。")
    lock.answered("Meta+K")
    qtbot.waitUntil(lambda: told[2:] == ["桌面给的锁定快捷键是 Meta+K。"])
    # The menu names the keys that there are.
    assert "  " not in app.tray.actions["find"].text()
    assert app.tray.actions["lock"].text().endswith("  Meta+K")
    prompt.answered("Meta+E")
    qtbot.waitUntil(lambda: told[3:] == ["桌面给安抚提示的快捷键是 Meta+E。"])
    assert app.tray.actions["prompt"].text().endswith("  Meta+E")
    reply.answered("Meta+R")
    qtbot.waitUntil(lambda: told[4:] == ["桌面给检查回复的快捷键是 Meta+R。"])
    lock.answered(HotkeyRefused(keys="ctrl+alt+k"))
    qtbot.waitUntil(lambda: "  " not in app.tray.actions["lock"].text())
    app.instance.release()


def test_a_desk_without_hotkeys_is_told_with_the_way_round(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(tmp_path / "home")
    (told,) = started(app, CopyOnlyHotkeys(), monkeypatch)
    assert "按键 ctrl+alt+space，命令 " in told
    app.instance.release()


def test_a_second_start_brings_its_right_to_the_focus(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(tmp_path / "home")
    found: list[str] = []
    monkeypatch.setattr(app, "hotkey", lambda: found.append(os.environ["XDG_ACTIVATION_TOKEN"]))
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    answers: list[dict[str, object]] = []
    app._serving.asked({"argv": ["raise"], "token": "令牌"}, answers.append)
    assert found == ["令牌"]
    assert answers[0]["exit"] == 0
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
