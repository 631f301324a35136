"""Two and three desks at random, offline and killed and with a failing store: nothing is lost.

COMPANION_FUZZ_STEPS=100000 runs a longer one (the default is a thousand steps a seed).
"""

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.errors import CompanionError, InputInvalid
from companion.profile import slots
from companion.profile.fields import plain_text, rich_text
from companion.profile.profile import Profile
from companion.profile.records import Record, View
from companion.profile.tree import PARTS
from companion.sync.folder import FolderStore
from tests.faults.faulty import FAILURES, LIES, Faulty, Killed, Plan
from tests.profile.desks import PNG
from tests.sync.test_engine import ID, SLOT, Desk

STEPS = int(os.environ.get("COMPANION_FUZZ_STEPS", "1000"))


# The field of a kind that is rewritten, and in what it stands.
TEXT = {"phrase": "body", "variant": "body", "opening": "text"}
HOME = {"phrase": "set", "set": "set", "variant": "phrase", "folder": "folder"}


LISTS: dict[str, Callable[[Profile], Sequence[View]]] = {
    "set": Profile.sets,
    "phrase": Profile.phrases,
    "variant": Profile.variants,
    "image": Profile.images,
    "opening": Profile.openings,
    "folder": Profile.folders,
}


class World:
    """Some desks over one store, and what was ever written to the texts of records."""

    def __init__(self, folder: Path, desks: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.plan = Plan()
        self.far = Faulty(FolderStore(folder / "far", make=True), self.plan)
        for name, data in ((SLOT, b"{}"), (slots.HEADER, slots.encode_header(ID))):
            self.far.put(name, data)
        self.folders = [folder / f"{at}" for at in range(desks)]
        self.desks = [Desk(path) for path in self.folders]
        self.written: dict[tuple[str, str], set[str]] = {}
        self.replaced: set[str] = set()
        self.kept: set[str] = set()
        self.number = 0

    def step(self) -> None:
        at = self.chance.randrange(len(self.desks))
        desk = self.desks[at]
        acts: tuple[tuple[Callable[[Desk], None], int], ...] = (
            (self.add, 4), (self.rewrite, 8), (self.undo, 2), (self.move, 3), (self.trash, 1),
            (self.restore, 1), (self.use, 3), (self.option, 1), (self.program, 1),
            (self.settle, 1), (self.save, 4), (self.sync, 6),
        )  # fmt: skip
        act = self.chance.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
        if act == self.sync and self.chance.random() < 0.4:
            # An act that fails, half or whole, is the last of the process, or lies.
            self.plan.at = self.plan.acts + self.chance.randrange(1, 12)
            self.plan.how = self.chance.choice((*FAILURES, *LIES))
        try:
            act(desk)
        except CompanionError:
            pass
        except Killed:
            # What was not saved is gone with the process; only what was is promised.
            self.desks[at] = Desk(self.folders[at])
        self.plan.at, self.plan.gone = 0, False

    def _some(self, desk: Desk, *kinds: str) -> str | None:
        profile = desk.profile
        ids = [view.id for kind in kinds for view in LISTS[kind](profile)]
        return self.chance.choice(ids) if ids else None

    def _text(self, id: str, field: str) -> str:
        self.number += 1
        self.written.setdefault((id, field), set()).add(f"b{self.number}")
        return f"b{self.number}"

    def add(self, desk: Desk) -> None:
        kind = self.chance.choice(("phrase", "phrase", "variant", "opening", "image", "set"))
        parent = self._some(desk, HOME[kind]) if kind in HOME and self.chance.random() < 0.5 else ""
        fields: dict[str, Any] = {"data": PNG} if kind == "image" else {"title": "t"}
        if kind == "opening":
            fields = {"situation": "queue"}
        if kind in ("variant", "image"):
            parent = self._some(desk, "phrase")
        id = desk.profile.add(kind, parent=parent or "", **fields)
        if kind in TEXT:
            desk.profile.change(id, **{TEXT[kind]: self._text(id, TEXT[kind])})
        if kind == "set":
            desk.profile.add("folder", title="f", parent=self._some(desk, "folder") or "")
        desk.engine.save()
        self._stays(desk, id)

    def rewrite(self, desk: Desk) -> None:
        id = self._some(desk, *TEXT)
        if id is not None:
            field = TEXT[desk.profile.kind(id)]
            # Sometimes two edits go out in one pack.
            for _ in range(self.chance.choice((1, 1, 1, 2))):
                self.replaced.add(plain_text(desk.profile.value(id, field)))
                text = self._text(id, field)
                rich = field == "body" and self.number % 3 == 0
                html = {"rich": f"<b>{text}</b>"} if rich else {}
                desk.profile.change(id, **{field: text}, **html)
            desk.engine.save()
            self._stays(desk, id)

    def _stays(self, desk: Desk, id: str) -> None:
        """Who deletes it now has seen what was written, or it comes back; a part with its phrase.

        A set need not: another desk may have moved out what was written.
        """
        self.kept.add(id)
        if desk.profile.kind(id) in PARTS:
            self.kept.add(desk.profile.shown(id).parent)

    def undo(self, desk: Desk) -> None:
        id = self._some(desk, *TEXT)
        if id is not None:
            field = TEXT[desk.profile.kind(id)]
            before = plain_text(desk.profile.value(id, field))
            if desk.profile.undo(id, field):
                self.replaced.add(before)
                desk.engine.save()
                self._stays(desk, id)

    def move(self, desk: Desk) -> None:
        id = self._some(desk, *HOME)
        if id is not None:
            kind = desk.profile.kind(id)
            parent, behind = self._some(desk, HOME[kind]) or "", self._some(desk, kind) or ""
            if kind in PARTS:
                # Nobody moves a part to another phrase.
                parent = desk.profile.shown(id).parent
            try:
                desk.profile.move(id, parent, behind)
            except InputInvalid:
                # Put into each other all the same: a circle, as two desks make it.
                desk.profile.change(id, parent=parent, position=self.chance.choice("GMTZ"))

    def trash(self, desk: Desk) -> None:
        id = self._some(desk, *LISTS)
        if id is not None:
            before = {view.id for kind in LISTS for view in LISTS[kind](desk.profile)}
            desk.profile.trash(id)
            after = {view.id for kind in LISTS for view in LISTS[kind](desk.profile)}
            self.kept -= before - after

    def restore(self, desk: Desk) -> None:
        gone = desk.profile.trash_can()
        if gone:
            desk.profile.restore(self.chance.choice(gone).id)

    def use(self, desk: Desk) -> None:
        id = self._some(desk, "phrase")
        if id is not None:
            desk.profile.count_use(id)

    def option(self, desk: Desk) -> None:
        desk.profile.set_option("theme", self.chance.choice(("light", "dark")))

    def program(self, desk: Desk) -> None:
        id = self._some(desk, "phrase")
        if id is not None:
            # One record, though several desks make it.
            enter = self.chance.random() < 0.5
            desk.profile.set_program(id, self.chance.choice("ab"), enter=enter)

    def settle(self, desk: Desk) -> None:
        for id, fields in desk.profile.conflicts().items():
            for field, others in fields.items():
                live = [desk.profile.value(id, field), *(version.value for version in others)]
                taken = self.chance.choice(live)
                desk.profile.resolve(id, field, taken)
                desk.engine.save()
                self.replaced.update(plain_text(value) for value in live if value != taken)

    def save(self, desk: Desk) -> None:
        desk.engine.save()

    def sync(self, desk: Desk) -> None:
        desk.sync(self.far)

    def settle_down(self) -> None:
        for desk in (*self.desks, *self.desks):
            desk.sync(self.far)


def state(profile: Profile) -> dict[str, Record]:
    return {record.id: record for record in profile.everything()[1]}


@pytest.mark.parametrize("desks", [2, 3])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happens_nothing_is_lost_and_all_end_alike(
    tmp_path: Path, desks: int, seed: int
) -> None:
    world = World(tmp_path, desks, 1000 * desks + seed)
    for step in range(STEPS):
        world.step()
        if step % 250 == 249:
            world.settle_down()
    world.settle_down()
    fresh = Desk(tmp_path / "fresh")
    assert fresh.sync(world.far).unreadable == []
    whole = state(fresh.profile)
    for desk in world.desks:
        assert state(desk.profile) == whole
        assert state(Desk(Path(desk.local.place)).profile) == whole
    held = fresh.profile
    for (id, field), texts in world.written.items():
        bodies = [held.value(id, field)]
        bodies += [version.value for version in held.conflicts().get(id, {}).get(field, [])]
        # A value nobody has replaced on purpose stands, or is a conflict that is shown.
        assert texts - world.replaced <= {plain_text(body) for body in bodies}, id
        # And no HTML is that of another text.
        assert all(rich_text(body) in ("", f"<b>{plain_text(body)}</b>") for body in bodies)
    # Only what somebody deleted is gone.
    assert world.kept - {""} <= {view.id for kind in LISTS for view in LISTS[kind](held)}
