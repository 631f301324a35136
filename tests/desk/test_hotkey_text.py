"""Hotkeys as text: every name that is understood, and none that is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.hotkey_text import KEYS, MODIFIERS, Hotkey, parse
from companion.errors import HotkeyUnknown


def hotkey(key: str, *modifiers: str) -> Hotkey:
    return Hotkey(frozenset(modifiers), key)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ctrl+alt+space", hotkey("space", "ctrl", "alt")),
        ("Ctrl+Alt+Space", hotkey("space", "ctrl", "alt")),
        (" ctrl + alt + space ", hotkey("space", "ctrl", "alt")),
        ("control+a", hotkey("a", "ctrl")),
        ("win+1", hotkey("1", "super")),
        ("meta+1", hotkey("1", "super")),
        ("super+shift+f12", hotkey("f12", "super", "shift")),
        ("f24", hotkey("f24")),
        ("ctrl+return", hotkey("enter", "ctrl")),
        ("ctrl+esc", hotkey("escape", "ctrl")),
        ("shift+ins", hotkey("insert", "shift")),
        ("alt+del", hotkey("delete", "alt")),
        ("ctrl+PgUp", hotkey("pageup", "ctrl")),
        ("ctrl+PgDown", hotkey("pagedown", "ctrl")),
        ("ctrl+,", hotkey("comma", "ctrl")),
        ("ctrl+`", hotkey("grave", "ctrl")),
        ("ctrl+semicolon", hotkey("semicolon", "ctrl")),
    ],
)
def test_understood(text: str, meant: Hotkey) -> None:
    assert parse(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "ctrl",
        "ctrl+",
        "+a",
        "ctrl++a",
        "ctrl+alt",
        "a+ctrl",
        "a+b",
        "ctrl+ctrl+a",
        "win+meta+a",
        "hyper+a",
        "ctrl+f25",
        "ctrl+f0",
        "ctrl+plus",
        "ctrl+退",
        "ctrl-a",
        "space bar",
    ],
)
def test_unknown(text: str) -> None:
    with pytest.raises(HotkeyUnknown) as caught:
        parse(text)
    assert caught.value.facts == {"keys": text}


@given(key=st.sampled_from(sorted(KEYS)), modifiers=st.sets(st.sampled_from(sorted(MODIFIERS))))
def test_every_key_with_every_modifier(key: str, modifiers: set[str]) -> None:
    assert parse("+".join([*sorted(modifiers), key])) == Hotkey(frozenset(modifiers), key)


@given(st.text())
def test_any_text_is_a_hotkey_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except HotkeyUnknown:
        return
    assert found.key in KEYS
    assert found.modifiers <= MODIFIERS
