"""The records of one profile in memory: who may touch them, what changed, and who hears of it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import msgspec

from companion.errors import AppLocked
from companion.profile import merge as merging
from companion.profile.fields import there, value
from companion.profile.placing import Ends, ends_of, note_end
from companion.profile.records import Record, Stamp, Version, new_writer
from companion.profile.tree import CONTAINERS, PARTS, Tree

Listener = Callable[[frozenset[str]], None]


class Holding:
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
        # Up to which count of the clock take_changes() has given away what was written here.
        self._taken = 0
        self._touched: set[str] = set()
        self._depth = 0
        self._listeners: list[Listener] = []
        self._tree: Tree | None = None
        self._ends: Ends | None = None
        self._over = False

    # ---- exchanging

    def absorb(self, records: Iterable[Record], clock: int) -> None:
        """Merge records from a pack."""
        with self._editing():
            self.clock = max(self.clock, clock)
            for record in records:
                held = self._records.get(record.id)
                merged = record if held is None else merging.merge(held, record)
                if merged is not held:
                    self._set(merged)

    def everything(self) -> tuple[int, list[Record]]:
        """The clock and every record, to be packed."""
        with self.lock:
            return self.clock, list(self._records.values())

    def take_changes(self) -> tuple[int, list[Record]]:
        """The clock and what this profile changed since the last call: only the changed fields."""
        with self.lock:
            changed, self._changed = self._changed, {}
            parts = [self._part(id, names) for id, names in changed.items()]
            self._taken = self.clock
            return self.clock, parts

    def put_back_changes(self, records: Iterable[Record]) -> None:
        """Mark changes as not yet saved again, after they could not be written."""
        with self.lock:
            # Which earlier texts went with them is not worth remembering: send those of here again.
            self._taken = 0
            for record in records:
                names = {*record.plain, *record.registers}
                self._changed.setdefault(record.id, set()).update(names)

    def has_changes(self, uses: bool = True) -> bool:
        """Whether anything changed since take_changes(); without ``uses``, anything but counts."""
        return bool(self._changed) if uses else any(tuple(self._changed.values()))

    def listen(self, listener: Listener) -> None:
        """Call listener with the ids of what changed, after every edit or merge."""
        self._listeners.append(listener)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several edits that listeners hear of as one."""
        with self._editing():
            yield

    def forget(self) -> None:
        """Hold no record any more; whoever edits from now on gets AppLocked."""
        with self.lock:
            self._over = True
            self._records, self._changed, self._tree, self._ends = {}, {}, None, None
            self._listeners.clear()

    def wrote(self, stamp: Stamp) -> bool:
        """Whether something was written here, since this profile was opened."""
        return stamp.writer == self._writer

    # ---- inside

    def _stamp(self) -> Stamp:
        self.clock += 1
        return Stamp(self.clock, self._writer)

    def _keep(self, record: Record, names: Iterable[str]) -> None:
        """Take in what was edited here; ``names`` are the fields that changed."""
        self._set(record)
        self._changed.setdefault(record.id, set()).update(names)

    def _set(self, record: Record) -> None:
        if self._tree and _may_move(self._tree, self._records.get(record.id), record):
            self._tree = None
        self._records[record.id] = record
        self._touched.add(record.id)
        if self._ends is not None:
            note_end(self._ends, record)

    def _places(self) -> Tree:
        """The tree of the records as they are; made when it is asked for."""
        if self._tree is None:
            self._tree = Tree(self._records)
        return self._tree

    def _places_behind(self) -> Ends:
        if self._ends is None:
            self._ends = ends_of(self._records.values())
        return self._ends

    def _part(self, id: str, names: set[str]) -> Record:
        record = self._records[id]
        plain = {name: said for name, said in record.plain.items() if name in names}
        # Of the history only what nobody else can know goes along: texts that were written and
        # replaced here since the last pack. The rest whoever merges this has.
        registers = {
            name: msgspec.structs.replace(held, past=tuple(filter(self._untaken, held.past)))
            for name, held in record.registers.items()
            if name in names
        }
        uses = {name: use for name, use in record.uses.items() if name == self._writer}
        return Record(id, record.kind, record.born, plain, registers, uses)

    def _untaken(self, version: Version) -> bool:
        return version.stamp.writer == self._writer and version.stamp.counter > self._taken

    @contextmanager
    def _editing(self) -> Iterator[None]:
        """Hold the lock; when the outermost edit is done, tell the listeners."""
        with self.lock:
            if self._over:
                raise AppLocked
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


def _may_move(tree: Tree, before: Record | None, now: Record) -> bool:
    """Whether the tree that was made with ``before`` may be another with ``now``."""
    if "trashed" in now.registers or "trashed" in now.plain or now.kind in PARTS:
        return True
    new = before is None or not there(before)
    moved = before is None or value(before, "parent") != value(now, "parent")
    if now.kind in CONTAINERS:
        # They are ordered by the tree, too.
        shifted = before is None or value(before, "position") != value(now, "position")
        return new or moved or shifted
    # Others bring back the deleted set or folder they stand in; a phrase may have been missed.
    return (moved and tree.holders_deleted) or (new and bool(tree.parts.get("")))
