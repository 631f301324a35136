"""The profile in memory: queries, edits and change events, for one agent at one desk."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from companion.profile import merge as merging
from companion.profile.placing import placed
from companion.profile.records import (
    Bookmark,
    Folder,
    Option,
    Phrase,
    PhraseSet,
    Record,
    Reflection,
    Stamp,
    Version,
    View,
    content_stamps,
    new_id,
    new_writer,
    register,
    trashed,
    values,
    view,
)

_V = TypeVar("_V", bound=View)
Listener = Callable[[frozenset[str]], None]


class Profile:
    """All records of one agent, thread-safe.

    The GUI thread never waits for the lock: it reads from snapshots that listeners make.
    Listeners are called without the lock, on the thread that made the change, with the ids.
    """

    def __init__(self, id: str) -> None:
        self.id = id
        self.lock = threading.RLock()
        self.clock = 0
        self._writer = new_writer()
        self._records: dict[str, Record] = {}
        self._changed: dict[str, set[str]] = {}
        self._touched: set[str] = set()
        self._depth = 0
        self._listeners: list[Listener] = []

    # ---- reading

    def sets(self) -> list[PhraseSet]:
        """The phrase sets in order."""
        return self._views("set", PhraseSet)

    def phrases(self) -> list[Phrase]:
        """Every phrase, by set and position."""
        return self._views("phrase", Phrase)

    def folders(self) -> list[Folder]:
        """The bookmark folders in order."""
        return self._views("folder", Folder)

    def bookmarks(self) -> list[Bookmark]:
        """Every bookmark, by folder and position."""
        return self._views("bookmark", Bookmark)

    def reflections(self) -> list[Reflection]:
        """The entries of the log, oldest first."""
        return sorted(self._views("reflection", Reflection), key=lambda entry: (entry.at, entry.id))

    def options(self) -> dict[str, Any]:
        """The settings that travel, by name."""
        return {option.name: option.value for option in self._views("option", Option)}

    def get(self, id: str) -> View | None:
        """A record that is not in the trash, or None."""
        with self.lock:
            record = self._records.get(id)
            return None if record is None or self._gone(record) else view(record)

    def kind(self, id: str) -> str:
        """The kind of a record, in the trash or not. Raises KeyError for an unknown id."""
        return self._records[id].kind

    def value(self, id: str, field: str) -> Any:
        """The winning value of a field, None where the record does not have it."""
        with self.lock:
            return values(self._records[id]).get(field)

    def trash_can(self) -> list[View]:
        """What was deleted and can be restored."""
        with self.lock:
            return [view(r) for r in self._records.values() if self._gone(r) and trashed(r)]

    def conflicts(self) -> dict[str, dict[str, list[Version]]]:
        """By id and field, the values that lost without the winner's writer having seen them."""
        with self.lock:
            found = {id: merging.conflicts(record) for id, record in self._records.items()}
        return {id: fields for id, fields in found.items() if fields}

    def history(self, id: str, field: str) -> list[Any]:
        """The values a field had before, newest first."""
        with self.lock:
            held = register(self._records[id], field)
            return [version.value for version in held.past] if held else []

    def uses(self) -> dict[str, tuple[int, int]]:
        """By id, how often a record was used and when last (Unix seconds), over all desks."""
        with self.lock:
            return {
                id: (
                    sum(n for n, _ in record.uses.values()),
                    max(t for _, t in record.uses.values()),
                )
                for id, record in self._records.items()
                if record.uses
            }

    # ---- editing

    def add(self, kind: str, **fields: Any) -> str:
        """Make a record at the end of its parent; its id."""
        return self.add_many(kind, [fields])[0]

    def add_many(self, kind: str, rows: Iterable[dict[str, Any]]) -> list[str]:
        """Make many records of one kind, in this order, each at the end of its parent."""
        rows = [msgspec.to_builtins(row) for row in rows]
        with self._editing():
            ids = [new_id() for _ in rows]
            self.clock += 1
            born = Stamp(self.clock, self._writer)
            for id, row in zip(ids, placed(kind, rows, self._records.values()), strict=True):
                record = Record(id, kind, born, row)
                view(record)
                self._keep(record, row)
            return ids

    def change(self, id: str, **fields: Any) -> None:
        """Write fields of a record; values that are the same already are not written."""
        with self._editing():
            record = self._records[id]
            now = values(record)
            for name, value in msgspec.to_builtins(fields).items():
                if now.get(name) != value:
                    record = merging.write(record, name, self._stamp(), value)
                    view(record)
                    self._keep(record, (name,))

    def trash(self, id: str) -> None:
        """Delete a record; it stays in the trash and can be restored."""
        record = self._records[id]
        saw = [[*msgspec.structs.astuple(stamp)] for stamp in content_stamps(record)]
        self.change(id, trashed=saw)

    def restore(self, id: str) -> None:
        """Take a record out of the trash."""
        self.change(id, trashed=False)

    def resolve(self, id: str, field: str, value: Any) -> None:
        """Settle a conflict on one value; the others go to the field's history."""
        with self._editing():
            self._keep(merging.resolve(self._records[id], field, self._stamp(), value), (field,))

    def set_option(self, name: str, value: Any) -> None:
        """Write a setting that travels."""
        self.put(f"option:{name}", "option", name=name, value=value)

    def put(self, id: str, kind: str, **fields: Any) -> None:
        """Write fields of a record whose id is made from what it is; made where it is missing."""
        with self._editing():
            if id in self._records:
                self.change(id, **fields)
            else:
                row = msgspec.to_builtins(fields)
                self._keep(Record(id, kind, self._stamp(), row), row)

    def count_use(self, id: str) -> None:
        """Count one use, now, of a record or of a team's entry, which is in no pack of ours."""
        with self._editing():
            record = self._records.get(id) or Record(id, "use", self._stamp(), {})
            count, _ = record.uses.get(self._writer, (0, 0))
            uses = record.uses | {self._writer: (count + 1, int(time.time()))}
            self._keep(msgspec.structs.replace(record, uses=uses), ())

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several edits that listeners hear of as one."""
        with self._editing():
            yield

    # ---- exchanging

    def absorb(self, records: Iterable[Record], clock: int) -> None:
        """Merge records from a pack."""
        with self._editing(own=False):
            self.clock = max(self.clock, clock)
            for record in records:
                held = self._records.get(record.id)
                merged = record if held is None else merging.merge(held, record)
                if merged is not held:
                    self._records[record.id] = merged
                    self._touched.add(record.id)

    def everything(self) -> tuple[int, list[Record]]:
        """The clock and every record, to be packed."""
        with self.lock:
            return self.clock, list(self._records.values())

    def take_changes(self) -> tuple[int, list[Record]]:
        """The clock and what this profile changed since the last call: only the changed fields."""
        with self.lock:
            changed, self._changed = self._changed, {}
            return self.clock, [self._part(id, names) for id, names in changed.items()]

    def put_back_changes(self, records: Iterable[Record]) -> None:
        """Mark changes as not yet saved again, after they could not be written."""
        with self.lock:
            for record in records:
                names = {*record.plain, *record.registers}
                self._changed.setdefault(record.id, set()).update(names)

    def has_changes(self, uses: bool = True) -> bool:
        """Whether anything changed since take_changes(); without ``uses``, anything but counts."""
        return bool(self._changed) if uses else any(tuple(self._changed.values()))

    def listen(self, listener: Listener) -> None:
        """Call listener with the ids of what changed, after every edit or merge."""
        self._listeners.append(listener)

    # ---- inside

    def _stamp(self) -> Stamp:
        self.clock += 1
        return Stamp(self.clock, self._writer)

    def _keep(self, record: Record, names: Iterable[str]) -> None:
        self._records[record.id] = record
        self._changed.setdefault(record.id, set()).update(names)
        self._touched.add(record.id)

    def _part(self, id: str, names: set[str]) -> Record:
        record = self._records[id]
        plain = {name: value for name, value in record.plain.items() if name in names}
        # History is not sent along: whoever merges this makes the same history of what it had.
        registers = {
            name: msgspec.structs.replace(held, past=())
            for name, held in record.registers.items()
            if name in names
        }
        uses = {name: use for name, use in record.uses.items() if name == self._writer}
        return Record(id, record.kind, record.born, plain, registers, uses)

    def _gone(self, record: Record, above: tuple[str, ...] = ()) -> bool:
        """Whether it is in the trash; a set or folder comes back for what was added to it.

        A record of which only a use count has arrived so far is not there yet either. ``above``
        are those it is asked for: deleted sets that two moves have put into each other hold
        nothing by that.
        """
        if not record.plain and not record.registers:
            return True
        if not trashed(record):
            return False
        if record.kind not in ("set", "folder") or record.id in above:
            return True
        return not any(
            values(child).get("parent") == record.id and not self._gone(child, (*above, record.id))
            for child in self._records.values()
        )

    def _views(self, kind: str, form: type[_V]) -> list[_V]:
        with self.lock:
            found = [
                view(r) for r in self._records.values() if r.kind == kind and not self._gone(r)
            ]
        typed = [item for item in found if isinstance(item, form)]
        return sorted(typed, key=lambda item: (item.parent, item.position, item.id))

    @contextmanager
    def _editing(self, own: bool = True) -> Iterator[None]:
        """Hold the lock; when the outermost edit is done, tell the listeners."""
        with self.lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                outermost = self._depth == 0
                touched = frozenset(self._touched) if outermost else frozenset()
                if outermost:
                    self._touched.clear()
        if touched:
            for listener in self._listeners:
                listener(touched)
