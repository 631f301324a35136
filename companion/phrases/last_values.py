"""What slots were filled with last, to be offered again: in memory only, for one agent."""

from collections.abc import Mapping
from datetime import datetime

from companion.profile.template import Slot
from companion.profile.template_dates import Moment, clock_of

MOST_VALUES = 5


class LastValues:
    """The last values by slot name, newest first.

    They are customers' names: they are written nowhere, and never stand in a slot by themselves.
    """

    def __init__(self) -> None:
        self._held: dict[str, list[str]] = {}

    def take(self, slots: list[Slot], values: Mapping[str, str]) -> None:
        """Remember what went out, but for what the phrase offers by itself."""
        for slot in slots:
            value = values.get(slot.name, "").strip()
            if value and not slot.choices and value != slot.default.strip():
                before = [one for one in self._held.get(slot.name, []) if one != value]
                self._held[slot.name] = [value, *before][:MOST_VALUES]

    def offers(self, slot: Slot, now: datetime) -> list[str]:
        """What to offer for a slot; for one that is called date or time also the next ones."""
        found = list(self._held.get(slot.name, []))
        meaning = clock_of(slot.name)
        if meaning is not None:
            clock, english = meaning
            unit = "hour" if clock else "day"
            found += [Moment(clock, english, count, unit).said(now) for count in range(3)]
        return list(dict.fromkeys(found))

    def wipe(self) -> None:
        """Forget everything."""
        self._held.clear()
