"""What the editor's lines last had in common with the profile, so that typing is never lost."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from companion.profile.fields import plain_text

Key = tuple[str, str]
"""A record's id and the name of a field."""


class Seen:
    """By field, the stored value that the agent has seen, and how its line has shown that."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[Any, Any]] = {}
        self.elsewhere: set[Key] = set()
        """What was written elsewhere while it is being typed in here."""

    def forget(self) -> None:
        """Begin with another phrase."""
        self._held.clear()
        self.elsewhere.clear()

    def rename(self, old: str, new: str) -> None:
        """A record has another id now."""
        for id, name in list(self._held):
            if id == old:
                self._held[new, name] = self._held.pop((id, name))

    def stored(self, key: Key, stored: Any) -> Any:
        """The value that a field was last seen or written with, ``stored`` where it was not."""
        return self._held[key][0] if key in self._held else stored

    def came(self, key: Key, stored: Any, shown: Any) -> bool:
        """Take in a stored value; whether the line, which shows ``shown``, is to show it now.

        A line in which something else was typed keeps that.
        """
        if key not in self._held:
            return True
        before, shown_before = self._held[key]
        if shown == shown_before:
            return bool(stored != before)
        if plain_text(stored) == shown or stored == shown:
            self.shows(key, stored, shown)
        elif stored != before:
            self.elsewhere.add(key)
        return False

    def shows(self, key: Key, stored: Any, shown: Any) -> None:
        """A line shows a stored value, as ``shown``: not every sign can stand in every line."""
        self._held[key] = (stored, shown)
        self.elsewhere.discard(key)

    def typed(self, shown: Mapping[Key, Any]) -> dict[str, dict[str, Any]]:
        """By record and field, what the lines show that was not so when it was seen."""
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for key, now in shown.items():
            if key in self._held and self._held[key][1] != now:
                found[key[0]][key[1]] = now
        return dict(found)

    def write(self, id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """What was seen of fields that are being written; from now on they are seen as written."""
        seen = {name: self._held[id, name][0] for name in fields}
        for name, said in fields.items():
            self.shows((id, name), said, said)
        return seen
