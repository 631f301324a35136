"""Sealing, slots and packs: what opens, what does not, and what is said."""

import json
import zlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import (
    HeaderDamaged,
    NewerFormat,
    PackDamaged,
    PassphraseTooShort,
    UnsafeKdf,
    WrongPassphrase,
)
from companion.profile import slots
from companion.profile.packs import Pack, decode, encode, name_of
from companion.profile.profile import Profile
from companion.profile.records import Record, Register, Stamp
from companion.profile.sealing import Kdf, ProfileKey

PASSPHRASE = "正确的口令 correct horse"
ID = "A" * 22
# As only a pack can hold it that is none of ours.
OFTEN: Any = {"w": ("often", 1)}


def make_pack() -> Pack:
    profile = Profile(ID)
    profile.add("phrase", title="退款", body="钱没到账肯定惦记")
    clock, records = profile.everything()
    return Pack(ID, clock, [], records)


def test_a_pack_opens_as_it_was_and_shows_nothing() -> None:
    key, pack = ProfileKey.fresh(), make_pack()
    sealed = encode(pack, key)
    assert decode(name_of(sealed), sealed, ID, key) == pack
    assert "退款".encode() not in sealed
    assert encode(pack, key) != sealed


@given(at=st.integers(4), bit=st.integers(0, 7))
def test_a_pack_with_any_bit_flipped_or_cut_does_not_open(at: int, bit: int) -> None:
    key = ProfileKey(b"k" * 32)
    sealed = encode(make_pack(), key)
    # The length differs from pack to pack: ids and nonces are random.
    at = 4 + at % (len(sealed) - 4)
    flipped = sealed[:at] + bytes([sealed[at] ^ 1 << bit]) + sealed[at + 1 :]
    for broken in (flipped, sealed[:at]):
        with pytest.raises(PackDamaged):
            decode(name_of(sealed), broken, ID, key)
        with pytest.raises(PackDamaged):
            decode(name_of(broken), broken, ID, key)


def test_a_pack_of_another_profile_or_key_does_not_open() -> None:
    key = ProfileKey.fresh()
    sealed = encode(make_pack(), key)
    for profile, other in (("B" * 22, key), (ID, ProfileKey.fresh())):
        with pytest.raises(PackDamaged):
            decode(name_of(sealed), sealed, profile, other)


def test_a_newer_pack_is_named_so() -> None:
    sealed = b"CPN2" + encode(make_pack(), key := ProfileKey.fresh())[4:]
    with pytest.raises(NewerFormat):
        decode(name_of(sealed), sealed, ID, key)


def test_a_value_of_a_wrong_type_hides_neither_its_pack_nor_its_record() -> None:
    key = ProfileKey.fresh()
    wrong = Record("x", "phrase", Stamp(1, "w"), {"title": 7, "body": "text"})
    sealed = encode(Pack(ID, 1, [], [wrong]), key)
    profile = Profile(ID)
    profile.absorb(decode(name_of(sealed), sealed, ID, key).records, 1)
    assert [(phrase.title, phrase.body) for phrase in profile.phrases()] == [("", "text")]
    assert profile.everything()[1] == [wrong]


@pytest.mark.parametrize(
    "pack",
    [
        Pack(ID, 2**63, [], []),
        Pack(ID, -1, [], []),
        Pack(ID, 1, [], [Record("x", "phrase", Stamp(1, "w"), {}, {"body": Register((), {})})]),
        Pack(ID, 1, [], [Record("x", "phrase", Stamp(1, "w"), {}, {}, OFTEN)]),
    ],
    ids=["clock", "clock below nought", "field without a value", "use count"],
)
def test_what_is_no_pack_of_ours_is_refused(pack: Pack) -> None:
    key = ProfileKey.fresh()
    sealed = encode(pack, key)
    with pytest.raises(PackDamaged):
        decode(name_of(sealed), sealed, ID, key)


def test_a_pack_that_inflates_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.profile.packs.MOST_BYTES", 2_000_000)
    key = ProfileKey.fresh()
    sealed = key.seal(zlib.compress(bytes(5_000_000)), b"companion pack 1 " + ID.encode())
    with pytest.raises(PackDamaged):
        decode(name_of(sealed), sealed, ID, key)


def test_passphrase_and_recovery_code_open_the_same_key() -> None:
    key, code = ProfileKey.fresh(), slots.new_recovery_code()
    by_passphrase = slots.make_slot(ID, "passphrase", PASSPHRASE, key)
    by_code = slots.make_slot(ID, "recovery", code, key)
    assert slots.open_slot(*by_passphrase, ID, PASSPHRASE).id == key.id
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert slots.looks_like_recovery_code(spoken)
    assert slots.open_slot(*by_code, ID, spoken).id == key.id


def test_the_same_passphrase_in_another_unicode_form_opens() -> None:
    key = ProfileKey.fresh()
    slot = slots.make_slot(ID, "passphrase", "café ABC longer", key)
    assert slots.open_slot(*slot, ID, "cafe\u0301 ABC longer").id == key.id


def test_a_wrong_passphrase_and_a_broken_slot_are_told_apart() -> None:
    name, data = slots.make_slot(ID, "passphrase", PASSPHRASE, ProfileKey.fresh())
    with pytest.raises(WrongPassphrase):
        slots.open_slot(name, data, ID, "not the passphrase")
    with pytest.raises(HeaderDamaged):
        slots.open_slot(name, data[:-3], ID, PASSPHRASE)
    with pytest.raises(HeaderDamaged):
        slots.open_slot(name, data, "B" * 22, PASSPHRASE)


@pytest.mark.parametrize(
    "weak", [{"memory": 8 * 1024 * 1024}, {"passes": 1}, {"memory": 2**40}, {"name": "md5"}]
)
def test_parameters_outside_the_bounds_are_refused(weak: dict[str, object]) -> None:
    _, data = slots.make_slot(ID, "passphrase", PASSPHRASE, ProfileKey.fresh())
    slot = json.loads(data)
    slot["kdf"].update(weak)
    changed = msgspec.json.encode(slot)
    # An attacker who may write the store can name the file rightly as well.
    renamed = slots._slot_name("passphrase", changed)
    with pytest.raises(UnsafeKdf):
        slots.open_slot(renamed, changed, ID, PASSPHRASE)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(PassphraseTooShort):
        slots.make_slot(ID, "passphrase", "1234567", ProfileKey.fresh())


DEEP = b'{"format":1,"x":' + b"[" * 100_000


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff\xfe", b'{"format":1,"profile":"../x"}', DEEP]
)
def test_a_header_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(HeaderDamaged):
        slots.decode_header(data)


def test_a_newer_header_is_named_so() -> None:
    with pytest.raises(NewerFormat):
        slots.decode_header(b'{"format":2,"profile":"x"}')


def test_a_mistyped_recovery_code_is_seen() -> None:
    code = slots.new_recovery_code()
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    assert slots.looks_like_recovery_code(code)
    assert not slots.looks_like_recovery_code(wrong)


def test_two_derivations_need_the_same_salt() -> None:
    assert Kdf.fresh().derive("x", "t") != Kdf.fresh().derive("x", "t")
