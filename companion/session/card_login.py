"""The login on a seat card: sealed under the agent's passphrase, for one profile and one address.

Argon2id with the salt of the profile's key slot, so that one run opens both; what it gives is
made another key first (BLAKE2b with a name of its own), so that neither says anything of the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from companion.errors import CardDamaged
from companion.profile import sodium
from companion.profile.derived import Derive
from companion.profile.sealing import Kdf, unwrap, wrap
from companion.profile.slots import looks_like_recovery_code
from companion.seat_errors import CardNeedsPassphrase, WrongCardPassphrase
from companion.sync.store import Login

_WHERE = "seat card"
_PERSON = b"companion card"


class _Sealed(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """What stands on a card: how the passphrase is derived, and the login wrapped."""

    salt: bytes
    passes: int
    memory: int
    wrapped: bytes


def sealed(
    login: Login, profile: str, store: str, secret: str, kdf: Kdf, *, derive: Derive = Kdf.derive
) -> bytes:
    """A login as it stands on the card of a profile for a store's address. Raises UnsafeKdf."""
    plain = msgspec.msgpack.encode((login.user, login.password))
    with _key(kdf, secret, derive) as key:
        wrapped = wrap(key, plain, _bound_to(profile, store))
    return msgspec.msgpack.encode(_Sealed(kdf.salt, kdf.passes, kdf.memory, wrapped))


def opened(
    data: bytes, profile: str, store: str, secret: str, derive: Derive = Kdf.derive
) -> Login:
    """The login that sealed() sealed.

    Raises WrongCardPassphrase also where the card's address is not the one it was made for,
    CardNeedsPassphrase for a recovery code, CardDamaged, UnsafeKdf.
    """
    if looks_like_recovery_code(secret):
        raise CardNeedsPassphrase
    found = _read(data)
    if found is None:
        raise CardDamaged
    kdf = Kdf(found.salt, found.passes, found.memory)
    with _key(kdf, secret, derive) as key:
        plain = unwrap(key, found.wrapped, _bound_to(profile, store))
    if plain is None:
        raise WrongCardPassphrase
    try:
        return Login(*msgspec.msgpack.decode(plain, type=tuple[str, str]))
    except msgspec.MsgspecError as error:
        raise CardDamaged from error


def salt(data: bytes) -> bytes | None:
    """The salt that a login was sealed with, None where these are not its bytes."""
    found = _read(data)
    return found.salt if found else None


def _read(data: bytes) -> _Sealed | None:
    try:
        return msgspec.msgpack.decode(data, type=_Sealed)
    except (msgspec.MsgspecError, RecursionError):
        return None


@contextmanager
def _key(kdf: Kdf, secret: str, derive: Derive) -> Iterator[bytearray]:
    derived = derive(kdf, secret, _WHERE)
    key = sodium.keyed_hash(b"", derived, _PERSON)
    sodium.wipe(derived)
    try:
        yield key
    finally:
        sodium.wipe(key)


def _bound_to(profile: str, store: str) -> bytes:
    return f"companion card login 1 {profile} {store}".encode()
