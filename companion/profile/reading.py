"""What can be asked of a profile: its records as typed views, each in its place and order."""

from typing import Any, TypeVar

import msgspec

from companion.profile import merge as merging
from companion.profile.fields import register, stamp_of, text, there, trashed, value, view
from companion.profile.holding import Holding
from companion.profile.records import (
    Bookmark,
    Folder,
    Image,
    Opening,
    Option,
    Phrase,
    PhraseSet,
    Practice,
    Program,
    Record,
    Reflection,
    Variant,
    Version,
    View,
)
from companion.profile.tree import PARTS, Tree

_V = TypeVar("_V", bound=View)


class Reading(Holding):
    """The queries. ``parent`` of a view is where the record stands (companion.profile.tree)."""

    def sets(self) -> list[PhraseSet]:
        """The phrase sets in order, each before those in it."""
        return self._views("set", PhraseSet)

    def phrases(self) -> list[Phrase]:
        """Every phrase: those in no set first, then set by set, by position."""
        return self._views("phrase", Phrase)

    def folders(self) -> list[Folder]:
        """The bookmark folders in order, each before those in it."""
        return self._views("folder", Folder)

    def bookmarks(self) -> list[Bookmark]:
        """Every bookmark: those in no folder first, then folder by folder, by position."""
        return self._views("bookmark", Bookmark)

    def variants(self, phrase: str | None = None) -> list[Variant]:
        """The other wordings of a phrase in order, or of all phrases.

        Those whose phrase is not known (its pack is not here yet) are among all, without parent.
        """
        return self._views("variant", Variant, phrase)

    def images(self, phrase: str | None = None) -> list[Image]:
        """The images of a phrase, or of all phrases."""
        return self._views("image", Image, phrase)

    def programs(self, phrase: str | None = None) -> list[Program]:
        """How a phrase goes into single programs, by their names; or of all phrases."""
        found = self._views("program", Program, phrase)
        return sorted(found, key=lambda item: (item.parent, item.program, item.id))

    def openings(self, situation: str | None = None) -> list[Opening]:
        """The agent's own openings for an empathy situation in order, or by situation for all."""
        found = self._views("opening", Opening)
        if situation is not None:
            return [opening for opening in found if opening.situation == situation]
        return sorted(found, key=lambda item: (item.situation, item.position, item.id))

    def reflections(self) -> list[Reflection]:
        """The entries of the log, oldest first."""
        return sorted(self._views("reflection", Reflection), key=lambda entry: (entry.at, entry.id))

    def practice(self) -> list[Practice]:
        """What was practised, by situation."""
        return sorted(self._views("practice", Practice), key=lambda held: held.situation)

    def options(self) -> dict[str, Any]:
        """The settings that travel, by name."""
        return {option.name: option.value for option in self._views("option", Option)}

    def get(self, id: str) -> View | None:
        """A record that is not in the trash, or None."""
        with self.lock:
            record = self._records.get(id)
            if record is None or not there(record) or id in self._places().gone:
                return None
            return self._placed_view(record, self._places())

    def kind(self, id: str) -> str:
        """The kind of a record, in the trash or not. Raises KeyError for an unknown id."""
        return self._records[id].kind

    def value(self, id: str, field: str) -> Any:
        """The winning value of a field as it is kept, None where the record does not have it.

        A body with HTML is ``[text, html]`` here, in conflicts() and in history();
        fields.plain_text and fields.rich_text take it apart.
        """
        with self.lock:
            return value(self._records[id], field)

    def shown(self, id: str) -> View:
        """The view of a record, in the trash or not. Raises KeyError for an unknown id."""
        with self.lock:
            return self._placed_view(self._records[id], self._places())

    def gone(self) -> frozenset[str]:
        """The ids of all that is in the trash, or not to be seen because of what is."""
        with self.lock:
            return frozenset(self._places().gone)

    def trash_can(self) -> list[View]:
        """What was deleted and can be restored; what went with its set or phrase is not listed."""
        with self.lock:
            tree = self._places()
            gone = [record for id in tree.gone if trashed(record := self._records[id])]
            tops = [record for record in gone if not self._went_along(record, tree)]
            tops.sort(key=lambda record: record.id)
            return [self._placed_view(record, tree) for record in tops]

    def conflicts(self) -> dict[str, dict[str, list[Version]]]:
        """By id and field, the values that lost without the winner's writer having seen them."""
        with self.lock:
            found = {
                id: merging.conflicts(record)
                for id, record in self._records.items()
                if record.registers
            }
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

    def _views(self, kind: str, form: type[_V], phrase: str | None = None) -> list[_V]:
        with self.lock:
            tree = self._places()
            if phrase is None:
                records = [record for record in self._records.values() if record.kind == kind]
            else:
                parts = (self._records[id] for id in tree.parts.get(phrase, ()))
                records = [record for record in parts if record.kind == kind]
            found = [
                self._placed_view(record, tree)
                for record in records
                if record.id not in tree.gone and there(record)
            ]
        rank = tree.rank
        if form in (PhraseSet, Folder):
            found.sort(key=lambda item: rank[item.id])
        else:
            found.sort(
                key=lambda item: (rank.get(item.parent, -1), item.parent, item.position, item.id)
            )
        return [item for item in found if isinstance(item, form)]

    @staticmethod
    def _placed_view(record: Record, tree: Tree) -> View:
        found = view(record)
        parent = tree.parent(record)
        return found if found.parent == parent else msgspec.structs.replace(found, parent=parent)

    def _siblings(self, kind: str, parent: str) -> list[tuple[str, str]]:
        """The (position, id) of what is not gone in one place, in order."""
        tree = self._places()
        return sorted(
            (text(record, "position"), record.id)
            for record in self._records.values()
            if record.kind == kind
            and record.id not in tree.gone
            and there(record)
            and tree.parent(record) == parent
        )

    def _went_along(self, record: Record, tree: Tree) -> bool:
        """Whether it was deleted by the act that deleted what it stands in."""
        above = next(tree.above(record), "")
        return above in tree.gone and record.kind not in PARTS and self._same_act(record, above)

    def _same_act(self, record: Record, other: str) -> bool:
        there_too = self._records[other]
        return stamp_of(record, "trashed") == stamp_of(there_too, "trashed")
