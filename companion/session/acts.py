"""What an agent did to a profile, act by act, each with the way back and forth."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from companion.profile.fields import there, value, values
from companion.profile.profile import Profile
from companion.profile.records import Record, kind_of

_T = TypeVar("_T")
MOST_ACTS = 100


@dataclass(frozen=True)
class Act:
    """One act: its name, how many records it was about, and what it made of their fields.

    ``changes`` gives by record and field the values before and after; ``born`` are the records
    that it made, as it made them.
    """

    name: str
    count: int
    changes: dict[str, dict[str, tuple[Any, Any]]]
    born: dict[str, Record]


class Acts:
    """The acts of one window on a profile; edits from elsewhere are never taken back by it."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._done: list[Act] = []
        self._undone: list[Act] = []

    @property
    def last(self) -> str:
        """The name of the last act, empty where there is none."""
        return self._done[-1].name if self._done else ""

    def run(self, name: str, count: int, edit: Callable[[], _T]) -> _T:
        """Do an edit as one act that undo() takes back as a whole."""
        with self._profile.together():
            before, gone = self._records(), self._profile.gone()
            answer = edit()
            act = _act(name, count, before, self._records())
            gone_now = self._profile.gone()
            for id, fields in act.changes.items():
                if "trashed" in fields:
                    # What a deletion has noted may not hold any more: what counts is what is seen.
                    fields["trashed"] = (id in gone, id in gone_now)
        if act.changes or act.born:
            self._done = [*self._done[1 - MOST_ACTS :], act]
            self._undone.clear()
        return answer

    def undo(self) -> Act | None:
        """Take the last act back; None where there is none."""
        if not self._done:
            return None
        act = self._done.pop()
        with self._profile.together():
            self._write(act, before=True)
            if own := self._still_as_made(act.born):
                self._profile.trash(*own)
        self._undone.append(act)
        return act

    def redo(self) -> Act | None:
        """Do again what was taken back last; None where nothing was."""
        if not self._undone:
            return None
        act = self._undone.pop()
        with self._profile.together():
            if act.born:
                self._profile.restore(*act.born)
            self._write(act, before=False)
        self._done.append(act)
        return act

    def _write(self, act: Act, before: bool) -> None:
        """Give every field the value of one side, where it still has the other side's."""
        gone, to_trash = self._profile.gone(), []
        for id, fields in act.changes.items():
            new = {}
            for name, (was, became) in fields.items():
                now, said = (became, was) if before else (was, became)
                held = id in gone if name == "trashed" else self._profile.value(id, name)
                # What was written since, here or elsewhere, stays.
                if held == now != said:
                    new[name] = said
            if new.get("trashed"):
                # A deletion notes what it saw: it is done anew.
                to_trash.append(id)
                del new["trashed"]
            if new:
                self._profile.change(id, **new)
        if to_trash:
            self._profile.trash(*to_trash)

    def _still_as_made(self, born: dict[str, Record]) -> list[str]:
        """The records in which nobody has written since, and into which nobody has put anything."""
        held, gone = self._records(), self._profile.gone()
        foreign = {
            value(record, "parent")
            for id, record in held.items()
            if id not in born and id not in gone
        }
        return [
            id
            for id, made in born.items()
            if id in held and id not in foreign and _says_the_same(held[id], made)
        ]

    def _records(self) -> dict[str, Record]:
        return {record.id: record for record in self._profile.everything()[1]}


def _act(name: str, count: int, before: dict[str, Record], after: dict[str, Record]) -> Act:
    changes: dict[str, dict[str, tuple[Any, Any]]] = {}
    born: dict[str, Record] = {}
    for id, record in after.items():
        held = before.get(id)
        if held is record:
            continue
        if held is None or not there(held):
            born[id] = record
            continue
        fields = {
            field: (_said(held, field), said)
            for field, said in values(record).items()
            if value(held, field) != said
        }
        if fields:
            changes[id] = fields
    return Act(name, count, changes, born)


def _says_the_same(one: Record, other: Record) -> bool:
    return all(_said(one, name) == _said(other, name) for name in kind_of(one).kept)


def _said(record: Record, name: str) -> Any:
    """The value of a field, its default where the record does not have it yet."""
    if name in record.plain or name in record.registers:
        return value(record, name)
    form = kind_of(record).view
    defaults = {field.name: field.default for field in msgspec.structs.fields(form)}
    default = defaults.get(name, False)
    return list(default) if isinstance(default, tuple) else default
