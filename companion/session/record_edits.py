"""What the phrase window and the bookmark window can both do with records, act by act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from companion.profile.profile import Profile
from companion.profile.records import View
from companion.session.acts import Act, Acts

LAST = "\x00"
"""No record has this id: what is put behind it stands at the end."""


@dataclass(frozen=True)
class Done:
    """An act by its name, how many it was about, and the record to show after it.

    ``clashes`` are fields that another desk had written meanwhile: both values are kept.
    ``ids`` are the records to be chosen that an undo or a redo has brought back or changed.
    """

    name: str
    count: int = 1
    id: str = ""
    clashes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class RecordEdits:
    """The acts of one open window. To be called by one thread at a time.

    Ids that begin with DRAFT are the window's own names for records it has yet to make.
    """

    DRAFT = "draft:"

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._acts = Acts(profile)
        self.born: dict[str, str] = {}
        """By the name of a draft, the id of the record that was made of it."""

    def named(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The arguments of an act, with the ids of the records that drafts have become."""
        known = self.born
        ids = {"ids": [known.get(id, id) for id in facts["ids"]]} if "ids" in facts else {}
        id = {"id": known.get(facts["id"], facts["id"])} if "id" in facts else {}
        return facts | ids | id

    def write(self, id: str, seen: dict[str, Any], fields: dict[str, Any]) -> Done:
        """Write fields of a record, or make the one of a draft.

        ``seen`` holds the values that the fields had when the agent began to type.
        """
        if id.startswith(self.DRAFT):
            return self._make(id, fields)
        if "tags" in fields:
            tags = self._tags(id, seen.get("tags", ()), fields["tags"])
            fields, seen = fields | {"tags": tags}, seen | {"tags": None}
        edit = self._acts.run("write", 1, lambda: self._profile.change_from(id, seen, **fields))
        return Done("write", 1, id, edit)

    def trash(self, ids: Sequence[str]) -> Done:
        """Put records into the trash, each with what is in it."""
        return self._do("trash", ids, lambda: self._profile.trash(*ids))

    def restore(self, ids: Sequence[str]) -> Done:
        """Take records out of the trash."""
        return self._do("restore", ids, lambda: self._profile.restore(*ids), ids[0])

    def rename(self, id: str, title: str) -> Done:
        """Give a record another title."""
        return self._do("rename", [id], lambda: self._profile.change(id, title=title), id)

    def settle(self, id: str, field: str, value: Any) -> Done:
        """Settle a conflict on one value."""
        return self._do("settle", [id], lambda: self._profile.resolve(id, field, value), id)

    def undo(self) -> Done:
        """Take back the last act; its name is empty where there is none."""
        return self._told("undo", self._acts.undo())

    def redo(self) -> Done:
        """Do again what was taken back last; the name is empty where nothing was."""
        return self._told("redo", self._acts.redo())

    def _do(self, name: str, ids: Sequence[str], edit: Callable[[], Any], show: str = "") -> Done:
        made = self._acts.run(name, len(ids), edit)
        return Done(name, len(ids), show or (made if isinstance(made, str) else ""))

    def _make(self, draft: str, fields: dict[str, Any]) -> Done:
        """Make the record of a draft."""
        raise NotImplementedError

    def _listed(self, view: View) -> str:
        """The id under which the window lists a record, empty where it lists none."""
        raise NotImplementedError

    def _told(self, name: str, act: Act | None) -> Done:
        if act is None:
            return Done("", 0)
        views = [self._profile.get(id) for id in (*act.changes, *act.born)]
        found = filter(None, (self._listed(view) for view in views if view is not None))
        return Done(f"{name}.{act.name}", act.count, ids=tuple(dict.fromkeys(found)))

    def _tags(self, id: str, seen: Sequence[str], typed: Sequence[str]) -> tuple[str, ...]:
        """The tags as they are now, with what was typed added and what was taken out left out."""
        view = self._profile.shown(id)
        now = [tag for tag in view.tags if tag in typed or tag not in seen]
        return tuple(
            dict.fromkeys((*(tag for tag in typed if tag in now or tag not in seen), *now))
        )
