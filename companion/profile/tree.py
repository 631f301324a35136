"""What stands in what, what comes before what, and what is gone: the same on every desk.

All of it follows from the records alone, whatever way they came. Moves of two desks can put sets
into each other, or deeper than they may stand; nothing ever disappears because of its place.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from companion.profile.fields import stamp_of, text, there, trashed
from companion.profile.records import Record, Stamp, kind_of

CONTAINERS = ("set", "folder")
"""Kinds that hold others of their kind."""
PARTS = ("variant", "image", "program")
"""Kinds of which a phrase is made: gone with it, and back with it."""


class Tree:
    """The places of some records, as they are now.

    ``up`` gives the parent of every set and folder, empty for the root; ``rank`` orders them, each
    before what is in it; ``parts`` are the ids of a phrase's parts; ``gone`` is what is in the
    trash or hidden with it; ``holders_deleted`` whether sets or folders were deleted at all.
    """

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records = records
        self.up: dict[str, str] = {}
        self.parts: dict[str, list[str]] = defaultdict(list)
        self.gone: set[str] = set()
        self.holders_deleted = False
        deleted: list[Record] = []
        for record in records.values():
            if "trashed" in record.registers or "trashed" in record.plain:
                deleted.append(record)
            if record.kind in CONTAINERS:
                self.up[record.id] = self._claimed(record)
            elif record.kind in PARTS and there(record):
                self.parts[self._claimed(record)].append(record.id)
        self._break_cycles()
        self._flatten_sets()
        self.rank = self._ranks()
        self._find_gone(deleted)

    def parent(self, record: Record) -> str:
        """Where a record stands: the id of its parent, empty for the root."""
        up = self.up.get(record.id)
        return self._claimed(record) if up is None else up

    def above(self, record: Record) -> Iterator[str]:
        """The ids of everything a record stands in, the nearest first."""
        at = self.parent(record)
        while at:
            yield at
            at = self.parent(self._records[at])

    def inside(self, id: str) -> list[Record]:
        """The parts of a phrase that were not deleted themselves."""
        found = (self._records[part] for part in self.parts.get(id, ()))
        return [part for part in found if not trashed(part)]

    def _claimed(self, record: Record) -> str:
        """The parent a record names, empty where that is unknown or can hold no such record."""
        said = text(record, "parent")
        home = self._records.get(said)
        fits = home is not None and home.kind == kind_of(record).inside and there(home)
        return said if fits else ""

    def _break_cycles(self) -> None:
        """Of the moves that make a circle, the latest one counts as to the root."""
        done: set[str] = set()
        for start in self.up:
            path: dict[str, None] = {}
            at = start
            while at and at not in done and at not in path:
                path[at] = None
                at = self.up[at]
            if at in path:
                way = list(path)
                self.up[max(way[way.index(at) :], key=self._moved)] = ""
            done.update(path)

    def _moved(self, id: str) -> tuple[Stamp, str]:
        return stamp_of(self._records[id], "parent"), id

    def _flatten_sets(self) -> None:
        """Sets stand in sets one level deep: deeper ones count as in the topmost."""
        top: dict[str, str] = {"": ""}
        for start in self.up:
            path = []
            at = start
            while at not in top and self.up[at]:
                path.append(at)
                at = self.up[at]
            root = top.setdefault(at, at)
            top.update(dict.fromkeys(path, root))
        for id in self.up:
            if self._records[id].kind == "set" and self.up[id]:
                self.up[id] = top[id]

    def _ranks(self) -> dict[str, int]:
        below: dict[str, list[str]] = defaultdict(list)
        for id in sorted(self.up, key=self._order, reverse=True):
            below[self.up[id]].append(id)
        ranks: dict[str, int] = {}
        # A stack of our own: folders may be nested deeper than Python calls can be.
        waiting = below[""]
        while waiting:
            id = waiting.pop()
            ranks[id] = len(ranks)
            waiting.extend(below.get(id, ()))
        return ranks

    def _order(self, id: str) -> tuple[str, str]:
        return text(self._records[id], "position"), id

    def _find_gone(self, deleted: Iterable[Record]) -> None:
        """A deleted phrase is gone with its parts; a set or folder, once all in it is gone."""
        holders = set[str]()
        for record in deleted:
            if record.kind in CONTAINERS and trashed(record):
                holders.add(record.id)
            elif record.kind == "phrase" and trashed(record, self.inside(record.id)):
                self.gone.update((record.id, *self.parts.get(record.id, ())))
            elif record.kind not in CONTAINERS and record.kind != "phrase" and trashed(record):
                self.gone.add(record.id)
        self.holders_deleted = bool(holders)
        if holders:
            self._bring_back(holders)
            self.gone |= holders

    def _bring_back(self, holders: set[str]) -> None:
        """Take those out of some deleted sets and folders that something stands in."""
        for record in self._records.values():
            if record.id in holders or record.id in self.gone or not there(record):
                continue
            at = self.parent(record)
            while at in holders:
                holders.discard(at)
                at = self.up[at]
