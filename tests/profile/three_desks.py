"""Three desks that do anything, and the packs on their way between them: a machine for tests."""

import random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from companion.errors import InputInvalid
from companion.profile.fields import there, trashed
from companion.profile.merge import merge
from companion.profile.packs import Pack
from companion.profile.profile import Profile
from companion.profile.records import HISTORY, Record, Register, Stamp, Version
from companion.sync.compaction import together
from tests.profile.desks import PNG, whole


def shown(profile: Profile) -> list[Any]:
    """All that a profile shows."""
    return [
        profile.sets(), profile.phrases(), profile.folders(), profile.bookmarks(),
        profile.variants(), profile.images(), profile.programs(), profile.openings(),
        profile.options(), profile.trash_can(),
        {id: {f: {str(v.value) for v in vs} for f, vs in fields.items()}
         for id, fields in profile.conflicts().items()},
    ]  # fmt: skip


TEXT = {"set": "title", "folder": "title", "phrase": "body", "variant": "body",
        "opening": "text", "bookmark": "url"}  # fmt: skip
HOMES = {"set": "set", "phrase": "set", "variant": "phrase", "image": "phrase",
         "folder": "folder", "bookmark": "folder"}  # fmt: skip
desks = st.integers(0, 2)
seeds = st.integers(0, 2**30)


class Desks(RuleBasedStateMachine):
    """Three desks and the packs that are on their way between them, for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.desks = [Profile("p") for _ in range(3)]
        self.packs: list[Pack] = []
        self.written: dict[tuple[str, str], set[str]] = {}
        self.replaced: set[str] = set()
        self.number = 0

    def some(self, desk: Profile, seed: int, *kinds: str) -> str | None:
        ids = sorted(
            id
            for id, record in whole(desk).items()
            if (record.kind in kinds or not kinds) and there(record) and desk.get(id) is not None
        )
        return random.Random(seed).choice(ids) if ids else None

    def say(self, id: str, field: str) -> str:
        self.number += 1
        text = f"{field} {self.number}"
        self.written.setdefault((id, field), set()).add(text)
        return text

    @rule(at=desks, kind=st.sampled_from([*TEXT, "image"]), seed=seeds)
    def add(self, at: int, kind: str, seed: int) -> None:
        desk = self.desks[at]
        parent = self.some(desk, seed, HOMES.get(kind, "none")) or ""
        if kind == "image":
            desk.add(kind, data=PNG, parent=parent)
            return
        id = desk.add(kind, parent=parent)
        desk.change(id, **{TEXT[kind]: self.say(id, TEXT[kind])})

    @rule(at=desks, seed=seeds, rich=st.booleans())
    def rewrite(self, at: int, seed: int, rich: bool) -> None:
        desk = self.desks[at]
        id = self.some(desk, seed, *TEXT)
        if id is not None:
            field = TEXT[desk.kind(id)]
            self.replaced.add(flat(desk.value(id, field)))
            text = self.say(id, field)
            if rich and field == "body":
                desk.change(id, body=text, rich=f"<b>{text}</b>")
            else:
                desk.change(id, **{field: text})

    @rule(at=desks, seed=seeds)
    def undo(self, at: int, seed: int) -> None:
        desk = self.desks[at]
        id = self.some(desk, seed, "phrase", "variant", "opening")
        if id is not None:
            field = TEXT[desk.kind(id)]
            before = flat(desk.value(id, field))
            if desk.undo(id, field):
                self.replaced.add(before)

    @rule(at=desks, seed=seeds)
    def program(self, at: int, seed: int) -> None:
        desk = self.desks[at]
        id = self.some(desk, seed, "phrase")
        if id is not None:
            chance = random.Random(seed)
            desk.set_program(id, chance.choice("ab"), enter=chance.random() < 0.5)
            desk.set_option("theme", chance.choice("ab"))
            desk.count_use(id)

    @rule(at=desks, seed=seeds)
    def move(self, at: int, seed: int) -> None:
        desk = self.desks[at]
        id = self.some(desk, seed, *HOMES)
        if id is not None:
            home = HOMES[desk.kind(id)]
            parent = self.some(desk, seed + 1, home) or ""
            behind = self.some(desk, seed + 2, desk.kind(id)) or ""
            try:
                desk.move(id, parent, behind)
            except InputInvalid:
                # As two moves of two desks would: a circle, or a set too deep.
                desk.change(id, parent=parent)

    @rule(at=desks, seed=seeds)
    def trash(self, at: int, seed: int) -> None:
        id = self.some(self.desks[at], seed)
        if id is not None:
            self.desks[at].trash(id)

    @rule(at=desks, seed=seeds)
    def restore(self, at: int, seed: int) -> None:
        gone = sorted(self.desks[at].trash_can(), key=lambda view: view.id)
        if gone:
            id = random.Random(seed).choice(gone).id
            self.desks[at].restore(id)
            assert self.desks[at].get(id) is not None

    @rule(at=desks, seed=seeds)
    def resolve(self, at: int, seed: int) -> None:
        desk = self.desks[at]
        for id, fields in desk.conflicts().items():
            for field, others in fields.items():
                live = [desk.value(id, field), *(version.value for version in others)]
                taken = random.Random(seed).choice(live)
                desk.resolve(id, field, taken)
                self.replaced.update(flat(said) for said in live if said != taken)

    @rule(at=desks, seed=seeds, known=st.booleans())
    def newer(self, at: int, seed: int, known: bool) -> None:
        """What a newer version writes: a kind, a field, a type that this one does not know."""
        desk = self.desks[at]
        stamp = Stamp(desk.clock + 1, f"newer {len(self.packs)}")
        id = self.some(desk, seed) if known else None
        held = whole(desk)[id] if id else Record(f"new{seed}", "hologram", stamp, {"depth": [1]})
        seen = {stamp.writer: stamp.counter} if seed % 2 else {}
        fields = {"glow": Register((Version(stamp, {"lumen": seed}),), seen)}
        # Wins over what is there, and is of a type that nobody here knows.
        wide = {"position": Register((Version(stamp, seed),), {})} if seed % 3 else {}
        part = Record(held.id, held.kind, held.born, {}, fields | wide)
        self.packs.append(Pack("p", stamp.counter, [], [part]))

    @rule(at=desks)
    def send(self, at: int) -> None:
        clock, parts = self.desks[at].take_changes()
        if parts:
            self.packs.append(Pack("p", clock, [], parts))

    @rule(at=desks)
    def fail_to_send(self, at: int) -> None:
        desk = self.desks[at]
        desk.put_back_changes(desk.take_changes()[1])

    @rule(at=desks, seed=seeds, many=st.booleans())
    def receive(self, at: int, seed: int, many: bool) -> None:
        """Any packs, in any order, some again, some put together on the way."""
        if not self.packs:
            return
        chance = random.Random(seed)
        chosen = chance.choices(self.packs, k=5 if many else 1)
        if many:
            named = {str(number): pack for number, pack in enumerate(chosen)}
            self.packs.append(together("p", named))
        for pack in chosen:
            self.desks[at].absorb(pack.records, pack.clock)

    @invariant()
    def nothing_disappears_by_its_place(self) -> None:
        for desk in self.desks:
            listed = {view.id: view for views in shown(desk)[:8] for view in views}
            tree = desk._places()
            for id, record in whole(desk).items():
                if record.kind in HOMES and there(record) and not trashed(record):
                    within = listed if record.kind not in ("variant", "image") else None
                    hidden = within is None and tree.parent(record) in tree.gone
                    assert id in listed or hidden, record
            for view in listed.values():
                # Everything stands in something that is shown, and sets no deeper than one level.
                assert not view.parent or view.parent in listed
                if desk.kind(view.id) == "set" and view.parent:
                    assert not listed[view.parent].parent

    @invariant()
    def what_is_remembered_is_what_would_be_found(self) -> None:
        for desk in self.desks:
            again = Profile("p")
            again.absorb(desk.everything()[1], desk.clock)
            assert shown(again) == shown(desk)

    def teardown(self) -> None:
        for at in range(3):
            self.send(at)
        ends = [*self.desks, Profile("p")]
        for number, desk in enumerate(ends):
            packs = list(self.packs)
            random.Random(number).shuffle(packs)
            for pack in (*packs, *packs[:3]):
                desk.absorb(pack.records, pack.clock)
        for desk in ends[1:]:
            assert whole(desk) == whole(ends[0])
            assert shown(desk) == shown(ends[0])
        self.nothing_disappears_by_its_place()
        for (id, field), texts in self.written.items():
            held = ends[0].conflicts().get(id, {}).get(field, [])
            live = {flat(ends[0].value(id, field)), *(flat(v.value) for v in held)}
            assert texts - self.replaced <= live
            assert len(ends[0].history(id, field)) <= HISTORY
            for body in (ends[0].value(id, field), *(v.value for v in held)):
                # A text and its HTML are never of two rewrites.
                assert not isinstance(body, list) or body[1] == f"<b>{body[0]}</b>"
        a, b, c = (whole(desk) for desk in self.desks)
        assert all(merge(a[id], merge(b[id], c[id])) == a[id] for id in a)


def flat(body: Any) -> str:
    return str(body[0]) if isinstance(body, list) else str(body)
