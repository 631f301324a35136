"""A large pack is put together in parts, and is the same to the byte as in one go."""

import msgspec
import pytest

from companion.profile import packs
from companion.profile.packs import Pack, decode, encode, name_of
from companion.profile.records import Record, Stamp
from companion.profile.sealing import ProfileKey


def pack_of(count: int) -> Pack:
    records = [Record(f"{n:022}", "phrase", Stamp(n, "w"), {}) for n in range(count)]
    return Pack("p", count, ["covered"], records)


@pytest.mark.parametrize("count", [0, 1, 15, 16, 1_999, 2_000, 2_001, 65_535, 65_536])
def test_the_parts_are_the_whole(count: int) -> None:
    pack = pack_of(count)
    parts = list(vars(packs)["_parts"](pack))
    assert b"".join(parts) == msgspec.msgpack.encode(pack)
    one = len(msgspec.msgpack.encode(pack_of(2_001).records[-1]))
    # No other thread runs while a part is made.
    assert max(map(len, parts)) <= max(2_000 * one, count)


def test_what_was_put_together_is_read_back() -> None:
    key, pack = ProfileKey.fresh(), pack_of(5_000)
    sealed = encode(pack, key)
    assert decode(name_of(sealed), sealed, "p", key) == pack
