"""Hotkeys as text: every name that is understood, and none that is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.hotkey_text import KEYS, MODIFIERS, Hotkey, other_keys, parse
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


@pytest.mark.parametrize(
    ("described", "other"),
    [
        ("Ctrl+Alt+Space", False),
        ("alt+control+space", False),
        ("Press Ctrl+Alt+Space", False),
        # In a language that is not known here: nothing says that it is another key.
        ("Ctrl+Alt+空格", False),
        ("Ctrl+Space", True),
        ("Ctrl+Alt+Shift+空格", True),
        ("Ctrl+Alt+J", True),
        ("Press Meta+J", True),
        ("F9", True),
        ("按 F9", True),
    ],
)
def test_a_description_of_other_keys_is_told_apart(described: str, other: bool) -> None:
    assert other_keys(parse("ctrl+alt+space"), described) is other


@given(st.text())
def test_any_description_can_be_judged(described: str) -> None:
    assert other_keys(parse("f9"), described) in (True, False)


@given(st.sets(st.sampled_from(sorted(MODIFIERS))), st.sampled_from(sorted(KEYS)))
def test_keys_are_not_other_than_themselves(modifiers: set[str], key: str) -> None:
    one = Hotkey(frozenset(modifiers), key)
    assert not other_keys(one, "+".join([*modifiers, key]))
