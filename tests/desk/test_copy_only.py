"""The desk that lets nobody type: it says so at once, and does nothing."""

import pytest

from companion.desk.copy_only import CopyOnlyHotkeys, CopyOnlyTypist, CopyOnlyWindows, NoPresence
from companion.desk.launching import start_command
from companion.desk.ports import Content, CopyKeys, Obstacle, PasteKeys, Target
from companion.desk.recording import RecordingDesk
from companion.errors import HotkeysUnavailable
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.ui.words import LANGUAGES, Words
from companion.wiring.desktop import DeskAdapters


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
    assert not typist.paste(PasteKeys.CTRL_V)
    assert not typist.copy_selected(CopyKeys.CTRL_C, Target(7, "chat", "客户"))
    with pytest.raises(HotkeysUnavailable) as raised:
        hotkeys.register("ctrl+alt+space", lambda: None)
    assert raised.value.facts == {"keys": "ctrl+alt+space", "command": start_command()}
    hotkeys.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agent_is_told_what_was_copied_and_why(language: str) -> None:
    clipboard, words = RecordingDesk(), Words(language)
    desk = DeskAdapters(
        clipboard, CopyOnlyWindows(), CopyOnlyTypist(), CopyOnlyHotkeys(), NoPresence(), "⌘V"
    )
    inserter = Inserter(desk.clipboard, desk.windows, desk.typist)
    steps = inserter.insert([Message(Content("您好"))], desk.windows.focused())
    with pytest.raises(StopIteration) as ended:
        next(steps)
    assert ended.value.value == Outcome(Obstacle.UNSUPPORTED)
    assert clipboard.text() == "您好"
    why = words.say("obstacle.unsupported")
    told = words.say("note.copied", keys=desk.paste_keys, why=why)
    assert "⌘V" in told
    assert why in told
