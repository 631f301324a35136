"""From a passphrase to keys, and from plain bytes to sealed ones: PyNaCl and nothing of our own.

Argon2id (RFC 9106) derives the key that wraps a random profile key; XChaCha20-Poly1305 with random
24-byte nonces seals packs and wraps keys. What is sealed is bound to its use by associated data.
"""

import hashlib
import secrets
import unicodedata

import msgspec
from nacl import utils

from companion.errors import AppLocked, UnsafeKdf
from companion.profile import sodium
from companion.profile.sodium import Bytes

KEY_BYTES = 32
KEY_ID_BYTES = 8
LEAST_PASSPHRASE = 8
# Every sealed thing begins with these bytes and the number of its format.
_FAMILY = b"CPN"
FORMAT = 1
_MAGIC = _FAMILY + b"%d" % FORMAT
_NONCE = sodium.NONCE_BYTES
_SALT_BYTES = 16
_MIB = 1024 * 1024

# Parameters from a store are refused below the floor (a store must not be able to weaken a
# profile) and above the ceiling (nor to hang a desk). OWASP's least for Argon2id is 19 MiB, t=2.
FLOOR_MEMORY, FLOOR_PASSES = 64 * _MIB, 3
CEILING_MEMORY, CEILING_PASSES = 1024 * _MIB, 16
# What a new slot is made with; a slot made with less is made anew when it is next opened.
TODAY_MEMORY, TODAY_PASSES = FLOOR_MEMORY, FLOOR_PASSES


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id parameters: passes, memory in bytes, a 16-byte salt."""

    salt: bytes
    passes: int
    memory: int
    name: str = "argon2id"

    @classmethod
    def fresh(cls) -> "Kdf":
        """The parameters of today with a new salt."""
        salt = secrets.token_bytes(_SALT_BYTES)
        return cls(salt, TODAY_PASSES, TODAY_MEMORY)

    def outdated(self) -> bool:
        """Whether a new slot would be made with more."""
        return self.passes < TODAY_PASSES or self.memory < TODAY_MEMORY

    def derive(self, secret: str, where: str) -> bytearray:
        """The 32-byte key of a passphrase, for the caller to wipe.

        Raises UnsafeKdf (name=where) outside the bounds.
        """
        safe = (
            self.name == "argon2id"
            and FLOOR_PASSES <= self.passes <= CEILING_PASSES
            and FLOOR_MEMORY <= self.memory <= CEILING_MEMORY
            and len(self.salt) == _SALT_BYTES
        )
        if not safe:
            raise UnsafeKdf(name=where)
        # The same passphrase typed on a Mac, on Windows or through an input method may arrive in
        # different Unicode forms.
        normal = unicodedata.normalize("NFKC", secret).encode()
        return sodium.argon2id(normal, self.salt, self.passes, self.memory)


class ProfileKey:
    """The random key that seals a profile. Forgotten, it raises AppLocked.

    A bytearray is taken over, so that there is no second one to be forgotten.
    """

    def __init__(self, key: Bytes) -> None:
        self._key = key if isinstance(key, bytearray) else bytearray(key)
        self._forgotten = False
        self.id = hashlib.blake2b(
            key, digest_size=KEY_ID_BYTES, person=b"companion key id"
        ).digest()

    @classmethod
    def fresh(cls) -> "ProfileKey":
        """A new random key."""
        return cls(bytearray(utils.random(KEY_BYTES)))

    def seal(self, plain: bytes, bound_to: bytes) -> bytes:
        """Sealed bytes: magic, key id, nonce, ciphertext; they open only with the same bound_to."""
        head = _MAGIC + self.id
        return head + wrap(self._held(), plain, head + bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes | None:
        """The plain bytes, or None where they were sealed otherwise or changed."""
        head = _MAGIC + self.id
        if not sealed.startswith(head):
            return None
        return unwrap(self._held(), sealed[len(head) :], head + bound_to)

    def wrapped(self, wrapping: Bytes, bound_to: bytes) -> bytes:
        """The key itself under another one."""
        return wrap(wrapping, self._held(), bound_to)

    @classmethod
    def unwrapped(cls, wrapping: Bytes, wrapped: bytes, bound_to: bytes) -> "ProfileKey | None":
        """The key of wrapped(), or None where anything is not the same."""
        raw = _opened(wrapping, wrapped, bound_to)
        return cls(raw) if raw is not None else None

    def forget(self) -> None:
        """Overwrite the key in memory."""
        self._forgotten = True
        sodium.wipe(self._key)

    def _held(self) -> bytearray:
        if self._forgotten:
            raise AppLocked
        return self._key


def wrap(key: Bytes, plain: Bytes, bound_to: bytes) -> bytes:
    """Nonce and ciphertext of plain under a 32-byte key."""
    nonce = utils.random(_NONCE)
    return nonce + sodium.encrypt(plain, bound_to, nonce, key)


def unwrap(key: Bytes, wrapped: bytes, bound_to: bytes) -> bytes | None:
    """The plain bytes of wrap(), or None where key, binding or bytes are not the same."""
    plain = _opened(key, wrapped, bound_to)
    return bytes(plain) if plain is not None else None


def _opened(key: Bytes, wrapped: bytes, bound_to: bytes) -> bytearray | None:
    return sodium.decrypt(wrapped[_NONCE:], bound_to, wrapped[:_NONCE], key)


def newer_format(sealed: bytes) -> int:
    """The format number of bytes sealed by a newer Companion, 0 for our own or anything else."""
    number = sealed[len(_FAMILY) : len(_MAGIC)]
    if sealed.startswith(_FAMILY) and number.isdigit() and int(number) > FORMAT:
        return int(number)
    return 0
