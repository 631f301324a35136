"""A profile's header and its key slots: small immutable files that wrap the profile key."""

import hashlib
import re
import secrets
from typing import Literal, TypeVar

import msgspec

from companion.errors import HeaderDamaged, NewerFormat, PassphraseTooShort, WrongPassphrase
from companion.profile import sodium
from companion.profile.derived import Derive
from companion.profile.sealing import LEAST_PASSPHRASE, Kdf, ProfileKey

FORMAT = 1
HEADER = "profile.json"
SUFFIX = ".slot"
SlotKind = Literal["passphrase", "recovery"]
_T = TypeVar("_T", "Header", "Slot")

# Crockford's base 32: no I, L, O or U, so that a code read aloud or copied by hand survives.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_BITS, _CODE_CHARS, _CHECK_CHARS = 128, 26, 2


class Header(msgspec.Struct, frozen=True):
    """What profile.json holds: the format and the profile's random id, nothing private."""

    format: int
    profile: str


class Slot(msgspec.Struct, frozen=True):
    """The profile key wrapped under a passphrase or a recovery code.

    ``vouched`` proves to whoever has that key, and knows no passphrase, that the slot holds it.
    """

    format: int
    profile: str
    kind: SlotKind
    kdf: Kdf
    wrapped: bytes
    vouched: bytes = b""

    def is_vouched(self, key: ProfileKey) -> bool:
        """Whether somebody who had the profile key made this slot."""
        return key.open(self.vouched, self._whole()) is not None

    def _bound_to(self) -> bytes:
        return f"companion slot {self.format} {self.profile} {self.kind}".encode()

    def _whole(self) -> bytes:
        return (
            b"companion slot whole "
            + self._bound_to()
            + msgspec.json.encode(self.kdf)
            + self.wrapped
        )


def encode_header(profile: str) -> bytes:
    """The bytes of profile.json."""
    return msgspec.json.encode(Header(FORMAT, profile))


def decode_header(data: bytes) -> Header:
    """The header in profile.json. Raises HeaderDamaged or NewerFormat."""
    header = _decode(data, HEADER, Header)
    if not re.fullmatch(r"[A-Za-z0-9_-]{22}", header.profile):
        raise HeaderDamaged(name=HEADER)
    return header


def make_slot(
    profile: str, kind: SlotKind, secret: str, key: ProfileKey, derive: Derive = Kdf.derive
) -> tuple[str, bytes]:
    """The name and bytes of a new slot. Raises PassphraseTooShort (least)."""
    if kind == "passphrase" and len(secret) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(least=LEAST_PASSPHRASE)
    bare = Slot(FORMAT, profile, kind, Kdf.fresh(), b"")
    wrapping = derive(bare.kdf, _plain_secret(kind, secret), kind)
    slot = msgspec.structs.replace(bare, wrapped=key.wrapped(wrapping, bare._bound_to()))
    sodium.wipe(wrapping)
    slot = msgspec.structs.replace(slot, vouched=key.seal(b"", slot._whole()))
    data = msgspec.json.encode(slot)
    return _slot_name(kind, data), data


def slot_kind(name: str) -> SlotKind | None:
    """The kind of slot an object name says it is; None for anything else."""
    if name.endswith(SUFFIX):
        if name.startswith("passphrase-"):
            return "passphrase"
        if name.startswith("recovery-"):
            return "recovery"
    return None


def open_slot(
    name: str, data: bytes, profile: str, secret: str, derive: Derive = Kdf.derive
) -> ProfileKey:
    """The profile key in a slot.

    Raises HeaderDamaged where the slot's bytes are not what its name promises, UnsafeKdf where
    its parameters are out of bounds, WrongPassphrase where the secret does not fit.
    """
    slot = read_slot(name, data, profile)
    plain = _plain_secret(slot.kind, secret)
    wrapping = derive(slot.kdf, plain, name)
    key = ProfileKey.unwrapped(wrapping, slot.wrapped, slot._bound_to())
    sodium.wipe(wrapping)
    if key is None:
        raise WrongPassphrase
    return key


def read_slot(name: str, data: bytes, profile: str) -> Slot:
    """A slot, not opened. Raises HeaderDamaged, NewerFormat."""
    kind = slot_kind(name)
    if kind is None or _slot_name(kind, data) != name:
        raise HeaderDamaged(name=name)
    slot = _decode(data, name, Slot)
    if slot.profile != profile or slot.kind != kind:
        raise HeaderDamaged(name=name)
    return slot


def new_recovery_code() -> str:
    """A random recovery code: 128 bits and two check characters, in seven groups of four."""
    number = secrets.randbits(_CODE_BITS)
    chars = "".join(_ALPHABET[number >> (5 * at) & 31] for at in reversed(range(_CODE_CHARS)))
    chars += _check(chars)
    return "-".join(chars[at : at + 4] for at in range(0, len(chars), 4))


def looks_like_recovery_code(secret: str) -> bool:
    """Whether this is a recovery code, correctly copied (its check characters fit)."""
    chars = _plain_secret("recovery", secret)
    return (
        len(chars) == _CODE_CHARS + _CHECK_CHARS
        and set(chars) <= set(_ALPHABET)
        and _check(chars[:_CODE_CHARS]) == chars[_CODE_CHARS:]
    )


def plain_code(said: str) -> str:
    """A recovery code, or a group of one, in its own signs, whatever was typed that looks alike."""
    return _plain_secret("recovery", said)


def _plain_secret(kind: SlotKind, secret: str) -> str:
    if kind == "passphrase":
        return secret
    return re.sub(r"[\s-]", "", secret).upper().replace("O", "0").translate({73: "1", 76: "1"})


def _check(chars: str) -> str:
    digest = hashlib.blake2b(chars.encode(), digest_size=2).digest()
    return "".join(_ALPHABET[byte & 31] for byte in digest)


def _slot_name(kind: str, data: bytes) -> str:
    return f"{kind}-{hashlib.sha256(data).hexdigest()[:32]}{SUFFIX}"


def _decode(data: bytes, name: str, form: type[_T]) -> _T:
    try:
        found = msgspec.json.decode(data)
        version = found.get("format") if isinstance(found, dict) else None
        if isinstance(version, int) and version > FORMAT:
            raise NewerFormat(found=version, known=FORMAT)
        return msgspec.convert(found, form)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise HeaderDamaged(name=name) from error
