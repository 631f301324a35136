"""Whatever stands in the fields of a pack, the profile can be read, edited and packed again."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.bookmarks.opening import openable
from companion.profile.packs import Pack, decode, encode, name_of
from companion.profile.profile import Profile
from companion.profile.records import KINDS, Record, Register, Stamp, Version
from companion.profile.sealing import ProfileKey

ID = "A" * 22
KEY = ProfileKey(b"k" * 32)
BORN = Stamp(1, "w")


def read(*records: Record) -> Profile:
    """A profile that got these records in a sealed pack."""
    sealed = encode(Pack(ID, 9, [], list(records)), KEY)
    pack = decode(name_of(sealed), sealed, ID, KEY)
    profile = Profile(ID)
    profile.absorb(pack.records, pack.clock)
    return profile


def everything_works(profile: Profile) -> None:
    profile.phrases(), profile.sets(), profile.folders(), profile.bookmarks(), profile.variants()
    profile.images(), profile.programs(), profile.openings(), profile.reflections()
    profile.options(), profile.trash_can(), profile.conflicts(), profile.uses()
    for record in profile.everything()[1]:
        profile.get(record.id), profile.shown(record.id), profile.history(record.id, "body")
        profile.trash(record.id)
        profile.restore(record.id)
        if record.kind in ("phrase", "bookmark", "set", "folder"):
            profile.change(record.id, title="t")
            profile.move(record.id, "", "")
        profile.add(record.kind if record.kind in ("phrase", "set") else "bookmark", title="new")
    clock, records = profile.everything()
    sealed = encode(Pack(ID, clock, [], records), KEY)
    assert decode(name_of(sealed), sealed, ID, KEY).records == records


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False)
    | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from([*KINDS, "hologram"]))
def test_any_value_in_any_field_can_be_read(data: st.DataObject, kind: str) -> None:
    known = KINDS[kind].view.__struct_fields__ if kind in KINDS else ("depth", "parent")
    fields = {name: data.draw(anything) for name in (*known, "trashed", "unknown") if name != "id"}
    once = data.draw(st.sets(st.sampled_from(sorted(fields))))
    registers = {
        name: Register((Version(Stamp(3, "x"), said), Version(Stamp(2, "w"), said)), {"x": 3})
        for name, said in fields.items()
        if name not in once
    }
    record = Record("r", kind, BORN, {name: fields[name] for name in once}, registers)
    everything_works(read(record))


@pytest.mark.parametrize(
    "said", ["yes", 7, True, {}, {"a": 1}, [1], [["a"]], [[1]], [[{}, []]], [[1, "other"]], [[]]]
)
def test_a_deletion_that_is_none_deletes_nothing(said: Any) -> None:
    profile = read(Record("r", "phrase", BORN, {"title": "t", "trashed": said}))
    assert [phrase.title for phrase in profile.phrases()] == ["t"]
    assert not profile.trash_can()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "x" * 100_000, 7, None])
def test_a_bookmark_of_any_address_is_listed_and_never_opened(url: Any) -> None:
    rows = [Record("r", "bookmark", BORN, {"title": "t", "url": url})]
    (mark,) = read(*rows).bookmarks()
    assert mark.title == "t" and not openable(mark.url)
    assert mark.url == (url if isinstance(url, str) else "")


def test_absurd_sizes_are_read() -> None:
    profile = read(
        Record("p", "phrase", BORN, {"title": "x" * 3_000_000, "position": "z" * 100_000}),
        Record("i", "image", BORN, {"data": bytes(2_000_000), "parent": "p"}),
        Record("s", "set", BORN, {"title": "s", "tags": ["t"] * 10_000}),
    )
    assert len(profile.images("p")[0].data) == 2_000_000
    everything_works(profile)


def test_a_chain_of_folders_deeper_than_python_calls_go() -> None:
    rows = [Record(f"{n}", "folder", BORN, {"parent": f"{n - 1}"}) for n in range(3_000)]
    profile = read(*rows)
    assert [folder.id for folder in profile.folders()] == [f"{n}" for n in range(3_000)]
    profile.trash("1")
    assert [folder.id for folder in profile.folders()] == ["0"]
    profile.restore("1")
    assert len(profile.folders()) == 3_000


def test_packs_from_before_read_as_they_did() -> None:
    """As a version wrote them that knew nothing of parts: the bytes of then."""
    old = msgspec.msgpack.decode(
        msgspec.msgpack.encode(
            [
                ["s", "set", [1, "w"], {"title": "售后", "position": "V"}, {}, {}],
                ["p", "phrase", [2, "w"], {"title": "退款", "abbr": "tk", "parent": "s"},
                 {"body": [[[[3, "w"], "二"]], {"w": 3}, [[[2, "w"], "一"]]]}, {"w": [2, 9]}],
                ["d", "phrase", [2, "w"], {"title": "x", "body": "y"},
                 {"trashed": [[[[4, "w"], [[2, "w"]]]], {}, []]}, {}],
            ]
        ),
        type=list[Record],
    )  # fmt: skip
    profile = read(*old)
    (phrase,) = profile.phrases()
    assert (phrase.title, phrase.body, phrase.rich, phrase.parent) == ("退款", "二", "", "s")
    assert profile.history("p", "body") == ["一"]
    assert [item.id for item in profile.trash_can()] == ["d"]
    assert profile.uses() == {"p": (2, 9)}
