"""What can be done in the phrase window: every act a single edit that can be taken back."""

from collections.abc import Sequence
from typing import Any

import msgspec

from companion.profile.fields import plain_text, rich_text
from companion.profile.records import Image, Phrase, PhraseSet, Program, Variant, View
from companion.profile.team_content import TeamPhrase
from companion.session.record_edits import LAST, Done, RecordEdits

_TITLE = 40


class Edits(RecordEdits):
    """The acts of one open phrase window, as RecordEdits says."""

    def move(self, ids: Sequence[str], parent: str, after: str) -> Done:
        """Put phrases into a set, behind another one of it (empty: in front)."""
        return self._do("move", ids, lambda: self._profile.move_all(ids, parent, after))

    def move_to(self, ids: Sequence[str], parent: str, title: str) -> Done:
        """Put phrases at the end of a set, or of a new one with a title."""

        def edit() -> None:
            home = self._profile.add("set", title=title) if title else parent
            self._profile.move_all(ids, home, LAST)

        return self._do("move", ids, edit)

    def favourite(self, ids: Sequence[str], on: bool) -> Done:
        """Make phrases favourites, or take that back."""

        def edit() -> None:
            for id in ids:
                self._profile.change(id, favourite=on)

        return self._do("favourite" if on else "unfavourite", ids, edit)

    def add_set(self, title: str, parent: str) -> Done:
        """Make a set, in the outermost set of ``parent``."""
        held = self._profile.get(parent)
        home = (held.parent or parent) if isinstance(held, PhraseSet) else ""
        return self._do(
            "add_set", [title], lambda: self._profile.add("set", title=title, parent=home)
        )

    def move_set(self, id: str, parent: str, after: str) -> Done:
        """Put a set into another one, or among the outermost ones."""
        return self._do("move_set", [id], lambda: self._profile.move(id, parent, after), id)

    def add_wording(self, id: str, title: str, body: str) -> Done:
        """Add a variant to a phrase."""
        row = {"title": title, "body": body, "parent": id}
        return self._do("add_wording", [id], lambda: self._profile.add("variant", **row))

    def add_image(self, id: str, title: str, data: bytes) -> Done:
        """Add an image to a phrase. Raises ImageTooLarge, InputInvalid for what is none."""
        row = {"title": title, "data": data, "parent": id}
        return self._do("add_image", [id], lambda: self._profile.add("image", **row))

    def bring_back(self, id: str, body: Any) -> Done:
        """Give a text the body it had before; the one it has goes to its history."""
        return self._do("bring_back", [id], lambda: self._profile.change(id, body=body), id)

    def settle_both(self, id: str, field: str, others: Sequence[Any], variant: bool) -> Done:
        """Keep what stands now, and the others as variants of the phrase or as phrases."""
        profile = self._profile
        view = profile.shown(id)

        def edit() -> None:
            profile.resolve(id, field, profile.value(id, field))
            bodies = [_body(value) for value in others]
            if variant:
                home = view.parent if isinstance(view, Variant) else id
                profile.add_many("variant", [body | {"parent": home} for body in bodies])
                return
            phrase = profile.shown(view.parent) if isinstance(view, Variant) else view
            if isinstance(phrase, Phrase):
                kept = {"title": phrase.title, "tags": phrase.tags, "parent": phrase.parent}
                made = profile.add_many("phrase", [kept | body for body in bodies])
                profile.move_all(made, phrase.parent, phrase.id)

        return self._do("settle", [id], edit, id)

    def merge(self, groups: Sequence[tuple[str, Sequence[str]]]) -> Done:
        """Of every group keep the first and put the others into the trash.

        What is kept gets their tags, their uses, the star of any, the code where it has none, and
        the variants whose texts it does not have. Counts of uses stay counted when this is undone.
        """

        def edit() -> None:
            for keep, others in groups:
                # Meanwhile another desk may have deleted some.
                here = [id for id in others if self._profile.get(id) is not None]
                if here and self._profile.get(keep) is not None:
                    self._merge(keep, here)

        gone = [id for _, others in groups for id in others]
        return self._do("merge", gone, edit, groups[0][0])

    def copy_shared(self, phrase: TeamPhrase, parent: str) -> Done:
        """Make a phrase of a team one of the agent's own."""
        row = {"title": phrase.title, "body": phrase.body, "abbr": phrase.abbr, "tags": phrase.tags}
        return self._do("copy", [""], lambda: self._profile.add("phrase", **row, parent=parent))

    def undo_merge(self) -> Done:
        """Take back the last act where that has merged; nothing else."""
        return self.undo() if self._acts.last == "merge" else Done("", 0)

    def _make(self, draft: str, fields: dict[str, Any]) -> Done:
        body = plain_text(fields.get("body", ""))
        title = fields.get("title") or body.strip().split("\n")[0][:_TITLE]
        row = fields | {"title": title}
        done = self._do("new", [draft], lambda: self._profile.add("phrase", **row))
        self.born[draft] = done.id
        return done

    def _listed(self, view: View) -> str:
        id = view.parent if isinstance(view, Variant | Image | Program) else view.id
        return id if isinstance(self._profile.get(id), Phrase) else ""

    def _merge(self, keep: str, others: Sequence[str]) -> None:
        profile = self._profile
        views = [profile.shown(id) for id in (keep, *others)]
        phrases = [view for view in views if isinstance(view, Phrase)]
        kept = phrases[0]
        tags = tuple(dict.fromkeys(tag for phrase in phrases for tag in phrase.tags))
        abbr = next((phrase.abbr for phrase in phrases if phrase.abbr), "")
        star = any(phrase.favourite for phrase in phrases)
        profile.change(keep, tags=tags, abbr=abbr, favourite=star)
        profile.add_uses(keep, others)
        self._take_parts(keep, kept.body, others)
        profile.trash(*others)

    def _take_parts(self, keep: str, body: str, others: Sequence[str]) -> None:
        """Give a phrase the parts of others that it has none like."""
        profile = self._profile
        texts = {body, *(variant.body for variant in profile.variants(keep))}
        pictures = {image.data for image in profile.images(keep)}
        programs = {program.program for program in profile.programs(keep)}
        for other in others:
            for variant in profile.variants(other):
                if variant.body not in texts:
                    texts.add(variant.body)
                    profile.add("variant", **_fields(variant), parent=keep)
            for image in profile.images(other):
                if not image.data:
                    # Still on its way to this desk: it goes over as it is.
                    profile.change(image.id, parent=keep)
                elif image.data not in pictures:
                    pictures.add(image.data)
                    profile.add("image", title=image.title, data=image.data, parent=keep)
            for program in profile.programs(other):
                if program.program not in programs:
                    programs.add(program.program)
                    profile.set_program(keep, **_fields(program))


def _fields(part: Variant | Program) -> dict[str, Any]:
    """What a part says, apart from what it is and where it stands."""
    fields = msgspec.structs.asdict(part)
    return {name: fields[name] for name in fields.keys() - {"id", "parent", "position", "tags"}}


def _body(value: Any) -> dict[str, Any]:
    return {"body": plain_text(value), "rich": rich_text(value)}
