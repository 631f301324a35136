"""Which packs are put together: few are left, the large one is seldom among them."""

from hypothesis import given
from hypothesis import strategies as st

from companion.profile.merge import merge
from companion.profile.packs import Pack
from companion.profile.profile import Profile
from companion.profile.records import Record
from companion.sync.compaction import HANDFUL, small_ones, together

NAMES = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.integers(1, 10**7))


@given(NAMES)
def test_a_handful_is_left_alone_and_more_become_a_handful(sizes: dict[str, int]) -> None:
    chosen = small_ones(sizes)
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= sizes.keys()
    assert bool(chosen) == (len(sizes) > HANDFUL)
    if chosen:
        assert len(sizes) - len(chosen) + 1 <= HANDFUL
        left = [size for name, size in sizes.items() if name not in chosen]
        assert max(sizes[name] for name in chosen) <= min(left, default=10**7)


def test_edit_after_edit_sends_little_beside_itself() -> None:
    sizes, sent, seldom = {"whole": 320_000}, list[int](), 0
    for edit in range(2_000):
        sizes[f"{edit}"] = 300
        chosen = small_ones(sizes)
        seldom += "whole" in chosen
        up = sum(sizes.pop(name) for name in chosen) or 300
        if chosen:
            sizes[f"{edit} put together"] = up
        sent.append(up)
        assert len(sizes) <= HANDFUL
    assert sum(up <= 2_048 for up in sent) >= 0.5 * len(sent)
    assert sum(sent) / len(sent) < 6_000
    assert seldom <= 5


def edits() -> tuple[list[Pack], dict[str, Record]]:
    """A pack an edit, and what all of them come to."""
    profile, packs = Profile("A" * 22), list[Pack]()
    id = profile.add("phrase", title="退款", body="一")
    for body in ("二", "三", "四"):
        packs.append(Pack(profile.id, *_as_covering_nothing(profile)))
        profile.change(id, body=body)
        profile.count_use(id)
    packs.append(Pack(profile.id, *_as_covering_nothing(profile)))
    return packs, {record.id: record for record in profile.everything()[1]}


def _as_covering_nothing(profile: Profile) -> tuple[int, list[str], list[Record]]:
    clock, records = profile.take_changes()
    return clock, [], records


def test_packs_put_together_hold_what_each_of_them_held() -> None:
    packs, whole = edits()
    made = together("A" * 22, {f"{at}": pack for at, pack in enumerate(packs)})
    assert made.covers == ["0", "1", "2", "3"]
    assert made.clock == max(pack.clock for pack in packs)
    assert {record.id: record for record in made.records} == whole


def test_some_packs_put_together_and_the_rest_come_to_the_same() -> None:
    packs, whole = edits()
    made = together("A" * 22, {"1": packs[1], "3": packs[3]})
    found: dict[str, Record] = {}
    for pack in (packs[2], made, packs[0]):
        for record in pack.records:
            held = found.get(record.id)
            found[record.id] = record if held is None else merge(held, record)
    assert found == whole


def test_what_is_covered_is_remembered_for_a_while() -> None:
    old = Pack("A" * 22, 1, [f"old {at:03}" for at in range(90)], [])
    made = together("A" * 22, {"one": old, "two": Pack("A" * 22, 2, [], [])})
    assert {"one", "two"} < set(made.covers)
    assert len(made.covers) == 64
