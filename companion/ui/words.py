"""The words of Companion in each language, from the catalogues in resources/i18n."""

import locale
import os
from functools import cache

import msgspec

from companion.resource_files import resource

LANGUAGES = ("zh", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every key and text of a language, from all files of its folder."""
    found: dict[str, str] = {}
    for file in sorted(resource("i18n", language).glob("*.json")):
        found.update(msgspec.json.decode(file.read_bytes(), type=dict[str, str]))
    return found


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else system_language()
        self._texts = catalogue(self.language)

    def say(self, key: str, /, **facts: object) -> str:
        """The text of a key with its facts filled in. Raises KeyError for an unknown key."""
        return self._texts[key].format(**facts)

    def knows(self, key: str) -> bool:
        """Whether there is a text for a key."""
        return key in self._texts


def system_language() -> str:
    """The language of this desk: English where the system says English, else Chinese."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    said = said or locale.getlocale()[0] or ""
    return "en" if said.lower().startswith("en") else "zh"
