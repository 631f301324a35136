"""Two and three desks at random, offline and killed and with a failing store: nothing is lost.

COMPANION_FUZZ_STEPS=100000 runs a longer one (the default is a thousand steps a seed).
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.errors import CompanionError
from companion.profile import slots
from companion.profile.profile import Profile
from companion.profile.records import Record
from companion.sync.folder import FolderStore
from tests.faults.faulty import FAILURES, LIES, Faulty, Killed, Plan
from tests.sync.test_engine import ID, SLOT, Desk

STEPS = int(os.environ.get("COMPANION_FUZZ_STEPS", "1000"))


class World:
    """Some desks over one store, and what was ever written to a phrase's body."""

    def __init__(self, folder: Path, desks: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.plan = Plan()
        self.far = Faulty(FolderStore(folder / "far", make=True), self.plan)
        for name, data in ((SLOT, b"{}"), (slots.HEADER, slots.encode_header(ID))):
            self.far.put(name, data)
        self.folders = [folder / f"{at}" for at in range(desks)]
        self.desks = [Desk(path) for path in self.folders]
        self.written: dict[str, set[str]] = {}
        self.replaced: set[str] = set()
        self.titles: set[str] = set()
        self.number = 0

    def step(self) -> None:
        at = self.chance.randrange(len(self.desks))
        desk = self.desks[at]
        acts: tuple[tuple[Callable[[Desk], None], int], ...] = (
            (self.add, 3), (self.rewrite, 8), (self.move, 2), (self.trash, 1), (self.restore, 1),
            (self.use, 3), (self.option, 1), (self.settle, 1), (self.save, 4), (self.sync, 6),
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

    def _some(self, desk: Desk, kind: str) -> str | None:
        phrases, sets = desk.profile.phrases, desk.profile.sets
        ids = [view.id for view in (phrases() if kind == "phrase" else sets())]
        return self.chance.choice(ids) if ids else None

    def add(self, desk: Desk) -> None:
        self.number += 1
        title = f"t{self.number}"
        id = desk.profile.add("phrase", title=title, body=f"b{self.number}")
        if self.chance.random() < 0.2:
            desk.profile.add("set", title=f"s{self.number}")
        desk.engine.save()
        self.titles.add(id)
        self.written[id] = {f"b{self.number}"}

    def rewrite(self, desk: Desk) -> None:
        id = self._some(desk, "phrase")
        if id is not None:
            self.number += 1
            before = desk.profile.value(id, "body")
            desk.profile.change(id, body=f"b{self.number}")
            desk.engine.save()
            self.replaced.add(str(before))
            self.written[id].add(f"b{self.number}")

    def move(self, desk: Desk) -> None:
        id, parent = self._some(desk, "phrase"), self._some(desk, "set")
        if id is not None and parent is not None:
            desk.profile.change(id, parent=parent, position=self.chance.choice("GMTZ"))
        # Sets put into each other: a cycle, once two desks do it.
        other = self._some(desk, "set")
        if parent is not None and other is not None:
            desk.profile.change(parent, parent=other)

    def trash(self, desk: Desk) -> None:
        id = self._some(desk, self.chance.choice(("phrase", "set")))
        if id is not None:
            desk.profile.trash(id)
            self.titles.discard(id)

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

    def settle(self, desk: Desk) -> None:
        for id, fields in desk.profile.conflicts().items():
            if "body" in fields:
                live = [desk.profile.value(id, "body"), *(v.value for v in fields["body"])]
                taken = self.chance.choice(live)
                desk.profile.resolve(id, "body", taken)
                desk.engine.save()
                self.replaced.update(str(value) for value in live if value != taken)

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
    present = {phrase.id for phrase in fresh.profile.phrases()}
    for id, bodies in world.written.items():
        live = {str(fresh.profile.value(id, "body"))}
        live |= {str(v.value) for v in fresh.profile.conflicts().get(id, {}).get("body", [])}
        # A value nobody has replaced on purpose stands, or is a conflict that is shown.
        assert bodies - world.replaced <= live, id
    # Only what somebody deleted is gone.
    assert world.titles <= present
