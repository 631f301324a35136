"""The profile in memory: edits, for one agent at one desk, on top of the queries."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from companion.errors import InputInvalid
from companion.profile import merge as merging
from companion.profile.fields import checked, packed, saw, trashed, value
from companion.profile.images import check_image
from companion.profile.placing import moved, placed
from companion.profile.reading import Reading
from companion.profile.records import Record, Stamp, kind_of, new_id, option_id


class Profile(Reading):
    """A profile: its records (Holding), what can be asked (Reading), and the edits."""

    def add(self, kind: str, **fields: Any) -> str:
        """Make a record at the end of its parent; its id."""
        return self.add_many(kind, [fields])[0]

    def add_many(self, kind: str, rows: Iterable[dict[str, Any]]) -> list[str]:
        """Make many records of one kind, in this order, each at the end of its parent.

        Raises ImageTooLarge and InputInvalid for an image that is none.
        """
        rows = [packed(row) for row in rows]
        if kind == "image":
            for row in rows:
                check_image(row)
        with self._editing():
            ids = [new_id() for _ in rows]
            born = self._stamp()
            for id, row in zip(ids, placed(kind, rows, self._places_behind()), strict=True):
                self._bear(Record(id, kind, born, row))
            return ids

    def change(self, id: str, **fields: Any) -> None:
        """Write fields of a record; values that are the same already are not written.

        A new ``body`` has no HTML unless ``rich`` gives it. Images are not changed (InputInvalid):
        another image is another record.
        """
        with self._editing():
            record = self._records[id]
            self._write(record, packed(fields, value(record, "body")))

    def change_from(self, id: str, seen: Mapping[str, Any], **fields: Any) -> tuple[str, ...]:
        """Write fields by one who saw the values ``seen``; the fields that are a conflict now.

        What was written meanwhile is not replaced but kept beside the new value, as if both had
        been written on two desks. ``seen`` holds values as value() gives them; what is still as
        it was seen is not written.
        """
        with self._editing():
            record, stamp = self._records[id], self._stamp()
            new = packed(fields, value(record, "body"))
            new = {name: said for name, said in new.items() if said != seen.get(name)}
            checked(Record(id, record.kind, stamp, new))
            # None: what was never written is nothing to keep.
            beside = tuple(
                name
                for name, said in new.items()
                if name in kind_of(record).kept
                and value(record, name) not in (None, said, seen.get(name))
            )
            for name in beside:
                record = merging.write_beside(record, name, stamp, new.pop(name))
            if beside:
                self._keep(record, beside)
            self._write(record, new, stamp)
            return beside

    def move(self, id: str, parent: str, after: str) -> None:
        """Put a record into a parent (empty: the root), right behind its sibling ``after``.

        An empty ``after`` is the front; one that is not there (any more) is the end. A set in a
        set holds no sets: what is put there stands in the outer one. Raises InputInvalid for a
        parent that cannot hold it.
        """
        self.move_all([id], parent, after)

    def move_all(self, ids: Sequence[str], parent: str, after: str) -> None:
        """Put records of one kind into a parent, in this order, as move() puts one."""
        with self._editing():
            tree, kind = self._places(), self._records[ids[0]].kind
            if kind == "set":
                parent = tree.up.get(parent) or parent
            home, inside = self._records.get(parent), kind_of(self._records[ids[0]]).inside
            fits = home is not None and home.kind == inside
            around = {parent, *tree.above(self._records[parent])} if fits else set[str]()
            if parent and (not fits or not around.isdisjoint(ids)):
                raise InputInvalid(name="parent", allowed=inside)
            moving = set(ids)
            siblings = [held for held in self._siblings(kind, parent) if held[1] not in moving]
            stamp = self._stamp()
            for other, position in moved(ids, siblings, after).items():
                place = {"position": position}
                if other in moving:
                    # Also where it stays the same: a place wins or loses as a whole.
                    place["parent"] = parent
                record = self._records[other]
                for name, said in place.items():
                    record = merging.write(record, name, stamp, said)
                self._keep(record, place)

    def trash(self, *ids: str) -> None:
        """Delete records; they stay in the trash and can be restored.

        A set or folder is deleted with everything in it, a phrase with its parts. What is added or
        rewritten there on another desk meanwhile comes back, with what it stands in.
        """
        with self._editing():
            tree, stamp = self._places(), self._stamp()
            asked = set(ids)
            holders = {id for id in ids if id in tree.up}
            records = [self._records[id] for id in ids]
            if holders:
                records += [
                    record
                    for record in self._records.values()
                    if record.id not in tree.gone
                    and record.id not in asked
                    # The parts of a phrase go with it.
                    and kind_of(record).inside in ("set", "folder")
                    and not holders.isdisjoint(tree.above(record))
                ]
            noted = [(record, saw(record, tree.inside(record.id))) for record in records]
            for record, said in noted:
                self._keep(merging.write(record, "trashed", stamp, said), ("trashed",))

    def restore(self, *ids: str) -> None:
        """Take records out of the trash, each with all that was deleted with it."""
        with self._editing():
            tree, stamp, wanted = self._places(), self._stamp(), set(ids)
            back = [
                record
                for record in self._records.values()
                if trashed(record)
                and any(
                    above in wanted and self._same_act(record, above)
                    for above in tree.above(record)
                )
            ]
            for record in (*(self._records[id] for id in ids), *back):
                self._write(record, {"trashed": False}, stamp)

    def resolve(self, id: str, field: str, value: Any) -> None:
        """Settle a conflict on one value; the others go to the field's history."""
        with self._editing():
            self._keep(merging.resolve(self._records[id], field, self._stamp(), value), (field,))

    def undo(self, id: str, field: str) -> bool:
        """Give a field the value it had before; the one it has is kept as well.

        False where nothing else came before. Undone twice it is as it was.
        """
        with self._editing():
            record = self._records[id]
            now = value(record, field)
            # Two desks that undid the same thing have the same text twice.
            before = [said for said in self.history(id, field) if said != now]
            if before:
                self._write(record, {field: before[0]})
            return bool(before)

    def set_option(self, name: str, value: Any) -> None:
        """Write a setting that travels."""
        self.put(option_id(name), "option", name=name, value=value)

    def put(self, id: str, kind: str, **fields: Any) -> None:
        """Write fields of a record whose id is made from what it is; made where it is missing.

        One in the trash comes back.
        """
        with self._editing():
            record = self._records.get(id)
            if record is None:
                self._bear(Record(id, kind, self._stamp(), packed(fields)))
            else:
                self._write(record, packed(fields) | _not_gone(record))

    def set_program(self, phrase: str, program: str, **fields: Any) -> str:
        """Say how a phrase goes into one program (records.Program); the record's id.

        The id follows from both names, so that two desks that do so at once write one record.
        """
        name = program.strip().casefold()
        id = f"program:{phrase}:{name}"
        self.put(id, "program", parent=phrase, program=name, **fields)
        return id

    def count_use(self, id: str) -> None:
        """Count one use, now, of a record or of a team's entry, which is in no pack of ours."""
        with self._editing():
            record = self._records.get(id) or Record(id, "use", self._stamp(), {})
            count, _ = record.uses.get(self._writer, (0, 0))
            uses = record.uses | {self._writer: (count + 1, int(time.time()))}
            self._keep(msgspec.structs.replace(record, uses=uses), ())

    def add_uses(self, id: str, others: Iterable[str]) -> None:
        """Count the uses of other records as uses of this one, too."""
        with self._editing():
            uses, record = self.uses(), self._records[id]
            found = [uses[other] for other in others if other in uses]
            if found:
                count, last = record.uses.get(self._writer, (0, 0))
                counts, moments = zip(*found, strict=True)
                mine = (count + sum(counts), max(last, *moments))
                record = msgspec.structs.replace(record, uses=record.uses | {self._writer: mine})
                self._keep(record, ())

    # ---- inside

    def _bear(self, record: Record) -> None:
        checked(record)
        self._keep(record, record.plain)

    def _write(self, record: Record, fields: dict[str, Any], stamp: Stamp | None = None) -> None:
        """Write what is another value than before, all under one stamp: it wins or loses as one."""
        new = {name: said for name, said in fields.items() if value(record, name) != said}
        if not new:
            return
        if record.kind == "image" and new.keys() & {"data", "media_type"}:
            raise InputInvalid(name="image", allowed="title")
        # Only what is written: another field may hold what a newer version alone understands.
        stamp = stamp or self._stamp()
        checked(Record(record.id, record.kind, stamp, new))
        for name, said in new.items():
            record = merging.write(record, name, stamp, said)
        self._keep(record, new)


def _not_gone(record: Record) -> dict[str, bool]:
    return {"trashed": False} if value(record, "trashed") else {}
