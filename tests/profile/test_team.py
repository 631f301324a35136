"""The format of team packs: whatever was done to one, it is refused, and why is said."""

import hashlib
import random
import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from companion.errors import CompanionError, NewerFormat
from companion.profile import team
from companion.profile.sealing import wrap
from companion.profile.team import TeamKeys, seal, sign, unseal
from companion.profile.team_content import (
    TeamBookmark,
    TeamFolder,
    TeamOpening,
    TeamPack,
    TeamPhrase,
    TeamSet,
)
from companion.team_errors import (
    TeamPackDamaged,
    TeamPackUnfit,
    TeamSealedOtherwise,
    TeamSignatureWrong,
)

SEED, OTHER_SEED = b"s" * 32, b"o" * 32
KEYS = TeamKeys(team.public_of(SEED), b"r" * 32)
PACK = TeamPack(
    version=5,
    at=1_700_000_000,
    name="客服一组",
    sets=(TeamSet("售后", (TeamPhrase("p" * 22, "退款", "{称呼:您}好,马上退", "tk", ("售后",)),)),),
    folders=(TeamFolder("网址", (TeamBookmark("b" * 22, "后台", "https://orders.example/?a=1"),)),),
    openings=(TeamOpening("ship_urge", "zh", "让您等了{天数}天"),),
)


def named(version: int, sealed: bytes) -> str:
    """The name that whoever may write to the place would give to these bytes."""
    return f"{version:012x}-{hashlib.sha256(sealed).hexdigest()}.team"


def resealed(signed: bytes, keys: TeamKeys = KEYS, version: int = 5) -> tuple[str, bytes]:
    """An object as a member makes one, who has the reading key and not the signing key."""
    return seal(version, signed, keys)


def signed_as(payload: bytes, seed: bytes = SEED, format: int = 1) -> bytes:
    """What somebody with a signing key and a program of his own makes."""
    key = SigningKey(seed)
    bound = b"companion team pack %d\0" % format + bytes(key.verify_key)
    return key.sign(bound + payload).signature + payload


def test_what_was_published_is_read_and_the_place_sees_nothing() -> None:
    name, sealed = seal(5, sign(PACK, SEED), KEYS)
    found = unseal(name, sealed, KEYS)
    assert found.pack == PACK
    assert found.seen == (5, found.digest)
    assert team.version_in(name) == 5
    for secret in ("售后", "客服", "orders", KEYS.team):
        assert secret.encode() not in sealed
    # Sealed twice it is another object and the same pack.
    again = unseal(*seal(5, sign(PACK, SEED), KEYS), KEYS)
    assert (again.name != name, again.seen) == (True, found.seen)


NAME, SEALED = seal(5, sign(PACK, SEED), KEYS)


@pytest.mark.parametrize("at", range(len(SEALED)))
def test_a_flipped_bit_at_any_byte_is_refused(at: int) -> None:
    broken = SEALED[:at] + bytes([SEALED[at] ^ 1 << at % 8]) + SEALED[at + 1 :]
    with pytest.raises(TeamPackDamaged):
        unseal(NAME, broken, KEYS)
    # Under a name that fits it is refused as well: by the head, the key's id, or what it opens to.
    expected: tuple[type[CompanionError], ...] = (TeamPackDamaged,)
    expected = (TeamPackDamaged, NewerFormat) if at == 3 else expected
    expected = (TeamSealedOtherwise,) if 4 <= at < 12 else expected
    with pytest.raises(expected):
        unseal(named(5, broken), broken, KEYS)


@given(st.integers(0, len(SEALED) - 1))
def test_a_pack_cut_short_is_refused(size: int) -> None:
    cut = SEALED[:size]
    for name in (NAME, named(5, cut)):
        with pytest.raises((TeamPackDamaged, TeamSealedOtherwise)):
            unseal(name, cut, KEYS)


@given(st.binary(max_size=300), st.booleans())
def test_anything_else_is_refused(data: bytes, headed: bool) -> None:
    data = KEYS.head + data if headed else data
    with pytest.raises((TeamPackDamaged, TeamSealedOtherwise, NewerFormat)):
        unseal(named(5, data), data, KEYS)


@settings(max_examples=200)
@given(st.integers(0, len(sign(PACK, SEED)) - 1), st.integers(0, 7))
def test_a_member_cannot_change_a_bit_of_what_the_lead_signed(at: int, bit: int) -> None:
    signed = sign(PACK, SEED)
    at = min(at, len(signed) - 1)
    forged = signed[:at] + bytes([signed[at] ^ 1 << bit]) + signed[at + 1 :]
    with pytest.raises(TeamSignatureWrong):
        unseal(*resealed(forged), KEYS)


@given(st.integers(0, len(sign(PACK, SEED)) - 1))
def test_a_member_cannot_cut_what_the_lead_signed(size: int) -> None:
    with pytest.raises(TeamSignatureWrong):
        unseal(*resealed(sign(PACK, SEED)[:size]), KEYS)


def test_the_signature_of_another_pack_or_another_lead_does_not_do() -> None:
    mine, other = sign(PACK, SEED), sign(msgspec.structs.replace(PACK, version=6), SEED)
    for forged in (other[:64] + mine[64:], sign(PACK, OTHER_SEED), bytes(64) + mine[64:]):
        with pytest.raises(TeamSignatureWrong):
            unseal(*resealed(forged), KEYS)


def test_the_pack_of_another_team_is_refused() -> None:
    other = TeamKeys(team.public_of(OTHER_SEED), b"x" * 32)
    with pytest.raises(TeamSealedOtherwise):
        unseal(*seal(5, sign(PACK, OTHER_SEED), other), KEYS)
    # Even with the same reading key, what is sealed for one team does not open for another.
    twin = TeamKeys(other.public, KEYS.reading)
    with pytest.raises(TeamPackDamaged):
        unseal(*seal(5, sign(PACK, OTHER_SEED), twin), KEYS)
    assert KEYS.team != other.team == twin.team


def test_an_older_pack_under_a_newer_name_is_refused() -> None:
    with pytest.raises(TeamPackDamaged):
        unseal(named(9, SEALED), SEALED, KEYS)


def test_formats_are_not_mixed() -> None:
    newer = b"CPT2" + SEALED[4:]
    with pytest.raises(NewerFormat) as told:
        unseal(named(5, newer), newer, KEYS)
    assert told.value.facts == {"found": 2, "known": 1}
    older = b"CPT0" + SEALED[4:]
    with pytest.raises(TeamPackDamaged):
        unseal(named(5, older), older, KEYS)
    # A signature given for another format is none for this one.
    payload = sign(PACK, SEED)[64:]
    with pytest.raises(TeamSignatureWrong):
        unseal(*resealed(signed_as(payload, format=0)), KEYS)
    # Nor is anything that was sealed for another use under the same key.
    sealed = KEYS.head + wrap(KEYS.reading, sign(PACK, SEED), b"companion store login")
    with pytest.raises(TeamPackDamaged):
        unseal(named(5, sealed), sealed, KEYS)


def test_nothing_is_looked_at_before_the_signature_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("unpacked before it was verified")

    monkeypatch.setattr(team, "inflate", never)
    with pytest.raises(TeamSignatureWrong):
        unseal(*resealed(sign(PACK, OTHER_SEED)), KEYS)


def test_a_pack_that_inflates_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "MOST_PLAIN", 10_000)
    bomb = zlib.compress(bytes(20_000_000), 9)
    with pytest.raises(TeamPackUnfit) as told:
        unseal(*resealed(signed_as(bomb)), KEYS)
    assert told.value.facts["reason"] == "form"
    monkeypatch.setattr(team, "MOST_SEALED", 100)
    with pytest.raises(TeamPackUnfit) as told:
        unseal(NAME, SEALED, KEYS)
    assert told.value.facts["reason"] == "size"


def test_no_lead_can_choose_the_id_of_an_entry() -> None:
    ids = {team.entry_id(group, id) for group in ("a", "b") for id in ("p" * 22, "q" * 22)}
    assert len(ids) == 4
    assert all(len(id) == 37 and id.startswith("team:") for id in ids)


def test_many_random_damages_open_nothing() -> None:
    chance = random.Random(1)
    for _ in range(500):
        data = bytearray(SEALED)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            act = chance.choice(("flip", "drop", "insert", "copy"))
            if act == "flip":
                data[at] ^= chance.randint(1, 255)
            elif act == "drop":
                del data[at]
            elif act == "insert":
                data.insert(at, chance.randrange(256))
            else:
                data[at:at] = data[: chance.randint(1, 40)]
        broken = bytes(data)
        if broken != SEALED:
            with pytest.raises((TeamPackDamaged, TeamSealedOtherwise, NewerFormat)):
                unseal(named(5, broken), broken, KEYS)
