"""The settings that AutoKey keeps beside each text and in each folder, as JSON."""

import json
from typing import Any

from companion.errors import FormatBroken
from companion.formats.encoding import clean, decode
from companion.formats.items import PhraseItem

OURS, TAGS = "companion", "companionTags"
"""Keys of our own, which AutoKey does not look at."""

_TYPES = ("phrase", "script", "folder")
_ABBREVIATION = 1


def settings_in(path: str, data: bytes) -> dict[str, Any] | None:
    """What a file of settings says; None for any other file."""
    if not path.lower().endswith(".json") or len(data) > 1_000_000 or b'"type"' not in data:
        return None
    try:
        said = json.loads(decode(data, path, "autokey", always_utf8=True).text)
    except (ValueError, RecursionError, FormatBroken):
        return None
    return said if isinstance(said, dict) and said.get("type") in _TYPES else None


def saved(settings: dict[str, dict[str, Any] | None], *paths: str) -> dict[str, Any] | None:
    """What the first of these files says, one that AutoKey itself has saved before one of ours."""
    found = [said for path in paths if (said := settings.get(path))]
    return min(found, key=lambda said: OURS in said, default=None)


def _common(modes: list[int], codes: list[str]) -> dict[str, Any]:
    return {
        "modes": modes,
        "usageCount": 0,
        "showInTrayMenu": False,
        "abbreviation": {
            "abbreviations": codes,
            "backspace": True,
            "ignoreCase": False,
            "immediate": False,
            "triggerInside": False,
            "wordChars": "[\\w]",
        },
        "hotkey": {"modifiers": [], "hotKey": None},
        "filter": {"regex": None, "isRecursive": False},
    }


def folder_settings(title: str) -> dict[str, Any]:
    """What AutoKey keeps of a folder."""
    return {"type": "folder", "title": title, **_common([], [])}


def phrase_settings(item: PhraseItem, by_keys: bool) -> dict[str, Any]:
    """What AutoKey keeps of a phrase, which is typed key by key or pasted."""
    codes = [item.abbr] if item.abbr else []
    said = {
        "type": "phrase",
        "description": item.title,
        **_common([_ABBREVIATION] if codes else [], codes),
        "prompt": False,
        "omitTrigger": False,
        "matchCase": False,
        # The cursor is moved by keys; all else is pasted, since Chinese is not typed well.
        "sendMode": "kb" if by_keys else "<ctrl>+v",
    }
    return said | ({TAGS: list(item.tags)} if item.tags else {})


def text_in(said: dict[str, Any], key: str) -> str:
    """A text in settings, empty where there is none."""
    value = said.get(key)
    return clean(value) if isinstance(value, str) else ""
