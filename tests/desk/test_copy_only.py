"""The desk that lets nobody type: it says so at once, and does nothing."""

import pytest

from companion.desk.copy_only import CopyOnlyHotkeys, CopyOnlyTypist, CopyOnlyWindows
from companion.desk.ports import Obstacle, PasteKeys, Target
from companion.errors import HotkeyTaken


def test_a_desk_without_windows_says_so() -> None:
    windows, target = CopyOnlyWindows(), Target(7, "chat", "客户")
    windows.bring_back(target)
    assert windows.focused() is None
    assert not windows.is_focused(target)
    assert not windows.exists(target)
    assert windows.obstacle(target) is Obstacle.UNSUPPORTED


def test_a_desk_without_keys_presses_none_and_refuses_every_hotkey() -> None:
    typist, hotkeys = CopyOnlyTypist(), CopyOnlyHotkeys()
    assert not typist.modifiers_held()
    typist.paste(PasteKeys.CTRL_V)
    with pytest.raises(HotkeyTaken):
        hotkeys.register("ctrl+alt+space", lambda: None)
    hotkeys.close()
