"""Reads a hotkey written as text (``ctrl+alt+space``), the same for every platform."""

from dataclasses import dataclass

from companion.errors import HotkeyUnknown

MODIFIERS = frozenset({"ctrl", "alt", "shift", "super"})

# Punctuation has names and not signs, because "+" stands between the keys; they are X11's names.
PUNCTUATION = {
    "comma": ",",
    "period": ".",
    "slash": "/",
    "backslash": "\\",
    "semicolon": ";",
    "apostrophe": "'",
    "grave": "`",
    "minus": "-",
    "equal": "=",
    "bracketleft": "[",
    "bracketright": "]",
}

KEYS = frozenset(
    {
        *"abcdefghijklmnopqrstuvwxyz0123456789",
        *(f"f{number}" for number in range(1, 25)),
        *("space", "enter", "tab", "escape", "insert", "delete", "home", "end"),
        *("pageup", "pagedown", "up", "down", "left", "right"),
        *PUNCTUATION,
    }
)

# What people and other programs (Qt's key editor among them) call the same keys.
_OTHER_NAMES = {
    "control": "ctrl",
    "win": "super",
    "meta": "super",
    "return": "enter",
    "esc": "escape",
    "ins": "insert",
    "del": "delete",
    "pgup": "pageup",
    "pgdown": "pagedown",
    **{sign: name for name, sign in PUNCTUATION.items()},
}


# How X11 names a key's symbol where it is not our own name of it.
_KEYSYMS = {
    "enter": "Return",
    "tab": "Tab",
    "escape": "Escape",
    "insert": "Insert",
    "delete": "Delete",
    "home": "Home",
    "end": "End",
    "pageup": "Prior",
    "pagedown": "Next",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}


@dataclass(frozen=True)
class Hotkey:
    """One key of KEYS, pressed while every one of ``modifiers`` (of MODIFIERS) is held."""

    modifiers: frozenset[str]
    key: str


def parse(text: str) -> Hotkey:
    """The hotkey that ``text`` names, such as ``ctrl+alt+space`` or ``Win+F9``.

    Modifiers stand before the key, in any order, case and spaces make no difference, and there
    may be none. Raises HotkeyUnknown(keys=text) for an unknown name, a modifier named twice, or
    a text without a key.
    """
    names = [name.strip().lower() for name in text.split("+")]
    *modifiers, key = [_OTHER_NAMES.get(name, name) for name in names]
    held = frozenset(modifiers)
    if key not in KEYS or not held <= MODIFIERS or len(held) < len(modifiers):
        raise HotkeyUnknown(keys=text)
    return Hotkey(held, key)


def keysym_name(key: str) -> str:
    """How X11, and what was made after it, names the symbol of a key of KEYS."""
    return _KEYSYMS.get(key, key)


def other_keys(hotkey: Hotkey, described: str) -> bool:
    """Whether a desktop's description (``Press Ctrl+Alt+J``) names other keys than these.

    A key in another language (``Ctrl+Alt+空格``) is not known to be another one.
    """
    words = described.split()
    combined = [word for word in words if "+" in word.strip("+")] or words[-1:]
    names = [name.strip().lower() for name in "".join(combined[:1]).split("+")]
    *modifiers, key = [_OTHER_NAMES.get(name, name) for name in names]
    return frozenset(modifiers) != hotkey.modifiers or (key in KEYS and key != hotkey.key)
