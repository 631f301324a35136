"""How the keys of a hotkey are written for people, as everywhere in the windows: ``Ctrl Alt K``."""

from companion.ui.words import Words


def spelled(keys: str, words: Words) -> str:
    """The keys of a setting, such as ``ctrl+alt+space``; empty for none."""
    return " ".join(_name(key, words) for key in keys.split("+") if key.strip())


def _name(key: str, words: Words) -> str:
    bare = key.strip().lower()
    return words.say(f"key.{bare}") if words.knows(f"key.{bare}") else bare.title()
