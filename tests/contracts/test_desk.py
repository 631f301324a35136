"""What every desk promises: one suite for the recording desk and for X11's adapters."""

import pytest

from companion.desk.ports import CopyKeys, Key, PasteKeys, Target
from companion.errors import HotkeyTaken, HotkeyUnknown
from tests.contracts.scenes import CTRL_INSERT, ENTER, LEFT, Scene
from tests.e2e.desktop import wait_for


def test_an_empty_desk_has_no_focused_window(scene: Scene) -> None:
    wait_for(lambda: scene.windows.focused() is None)


def test_the_focused_window_is_named_and_can_be_typed_into(scene: Scene) -> None:
    target = scene.open("chat 7")
    assert (target.program, target.title) == ("xterm", "chat 7")
    assert scene.windows.focused() == target
    assert scene.windows.is_focused(target)
    assert scene.windows.exists(target)
    assert scene.windows.obstacle(target) is None


def test_the_programs_with_a_window_are_named(scene: Scene) -> None:
    wait_for(lambda: scene.windows.programs() == [])
    target = scene.open("chat")
    wait_for(lambda: scene.windows.programs() == [target.program])
    scene.shut(target)
    wait_for(lambda: scene.windows.programs() == [])


def test_a_window_that_lost_the_focus_is_brought_back(scene: Scene) -> None:
    first = scene.open("first")
    second = scene.open("second")
    assert not scene.windows.is_focused(first)
    scene.windows.bring_back(first)
    wait_for(lambda: scene.windows.is_focused(first))
    assert not scene.windows.is_focused(second)


def test_a_window_of_another_program_with_the_same_handle_is_not_the_target(scene: Scene) -> None:
    target = scene.open("chat")
    assert not scene.windows.is_focused(Target(target.handle, "mail", target.title))


def test_a_closed_window_is_gone(scene: Scene) -> None:
    target = scene.open("chat")
    scene.shut(target)
    assert not scene.windows.exists(target)
    wait_for(lambda: scene.windows.focused() is None)


def test_a_window_has_a_place_as_long_as_it_is_there(scene: Scene) -> None:
    target = scene.open("chat")
    place = scene.windows.place(target)
    assert place is not None
    assert place.width > 0 and place.height > 0
    scene.shut(target)
    assert scene.windows.place(target) is None


def test_keys_are_pressed_in_the_named_window(scene: Scene) -> None:
    target = scene.open("chat")
    assert scene.typist.stroke(Key.LEFT, 3, into=target)
    assert scene.typist.stroke(Key.ENTER, into=target)
    wait_for(lambda: scene.got() == LEFT * 3 + ENTER)
    assert not scene.typist.modifiers_held()


def test_the_copy_keys_are_pressed_in_the_named_window(scene: Scene) -> None:
    target = scene.open("chat")
    assert scene.typist.copy_selected(CopyKeys.CTRL_INSERT, target)
    wait_for(lambda: scene.got() == CTRL_INSERT)
    assert not scene.typist.modifiers_held()


def test_keys_for_a_window_without_the_focus_go_nowhere(scene: Scene) -> None:
    target = scene.open("chat")
    scene.open("came up")
    assert not scene.typist.stroke(Key.ENTER, into=target)
    assert not scene.typist.paste(PasteKeys.SHIFT_INSERT, into=target)
    assert not scene.typist.copy_selected(CopyKeys.CTRL_INSERT, target)
    assert scene.typist.stroke(Key.LEFT)
    wait_for(lambda: scene.got() == LEFT)


def test_keys_for_a_window_that_is_gone_go_nowhere(scene: Scene) -> None:
    target = scene.open("chat")
    scene.shut(target)
    wait_for(lambda: not scene.windows.is_focused(target))
    assert not scene.typist.stroke(Key.ENTER, into=target)
    assert not scene.typist.copy_selected(CopyKeys.CTRL_INSERT, target)


def test_held_modifiers_are_seen_until_they_are_let_go(scene: Scene) -> None:
    assert not scene.typist.modifiers_held()
    scene.hold(True)
    assert scene.typist.modifiers_held()
    scene.hold(False)
    assert not scene.typist.modifiers_held()


def test_a_hotkey_calls_back_each_time_and_no_other_key_does(scene: Scene) -> None:
    called: list[str] = []
    scene.hotkeys.register("ctrl+alt+space", lambda: called.append("space"))
    scene.hotkeys.register("ctrl+alt+shift+f9", lambda: called.append("f9"))
    for keys in ("ctrl+alt+space", "ctrl+space", "ctrl+alt+shift+space", "ctrl+alt+space"):
        scene.press(keys)
    scene.press("ctrl+alt+shift+F9")
    wait_for(lambda: len(called) == 3)
    assert called == ["space", "space", "f9"]


def test_a_hotkey_of_another_program_is_taken_until_that_gives_it_back(scene: Scene) -> None:
    called: list[str] = []
    rival = scene.rival()
    rival.register("ctrl+alt+j", lambda: called.append("rival"))
    with pytest.raises(HotkeyTaken) as raised:
        scene.hotkeys.register("ctrl+alt+j", lambda: called.append("late"))
    assert raised.value.facts == {"keys": "ctrl+alt+j"}
    scene.press("ctrl+alt+j")
    wait_for(lambda: called == ["rival"])
    rival.close()
    scene.hotkeys.register("ctrl+alt+j", lambda: called.append("late"))
    scene.press("ctrl+alt+j")
    wait_for(lambda: called == ["rival", "late"])


def test_one_combination_has_one_callback_however_it_is_written(scene: Scene) -> None:
    called: list[str] = []
    scene.hotkeys.register("ctrl+alt+j", lambda: called.append("first"))
    with pytest.raises(HotkeyTaken) as raised:
        scene.hotkeys.register("Alt + Control + J", lambda: called.append("second"))
    assert raised.value.facts == {"keys": "Alt + Control + J"}
    scene.press("ctrl+alt+j")
    wait_for(lambda: bool(called))
    assert called == ["first"]


@pytest.mark.parametrize("keys", ["ctrl+nonsense", "ctrl+ctrl+a", "ctrl", ""])
def test_an_unknown_key_is_refused_by_name(scene: Scene, keys: str) -> None:
    with pytest.raises(HotkeyUnknown) as raised:
        scene.hotkeys.register(keys, lambda: None)
    assert raised.value.facts == {"keys": keys}


def test_a_closed_desk_listens_no_more(scene: Scene) -> None:
    called: list[str] = []
    scene.hotkeys.register("ctrl+alt+k", lambda: called.append("closed"))
    scene.hotkeys.close()
    scene.hotkeys.close()
    scene.press("ctrl+alt+k")
    other = scene.rival()
    other.register("ctrl+alt+k", lambda: called.append("other"))
    scene.press("ctrl+alt+k")
    wait_for(lambda: bool(called))
    assert called == ["other"]
