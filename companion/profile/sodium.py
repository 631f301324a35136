"""libsodium with keys that are ours to overwrite: PyNaCl's own calls leave copies of them behind.

The keys that it makes come out as bytearrays, which nothing else holds.
"""

from nacl._sodium import ffi, lib
from nacl.exceptions import CryptoError

Bytes = bytes | bytearray
TAG_BYTES = 16
NONCE_BYTES = 24
_KEY_BYTES = 32
_PERSON_BYTES = 16


def encrypt(plain: Bytes, bound_to: bytes, nonce: bytes, key: Bytes) -> bytes:
    """XChaCha20-Poly1305: ciphertext and tag."""
    _check(nonce, NONCE_BYTES)
    _check(key, _KEY_BYTES)
    out = bytearray(len(plain) + TAG_BYTES)
    failed = lib.crypto_aead_xchacha20poly1305_ietf_encrypt(
        _of(out),
        ffi.NULL,
        _of(plain),
        len(plain),
        _of(bound_to),
        len(bound_to),
        ffi.NULL,
        _of(nonce),
        _of(key),
    )
    if failed:
        raise CryptoError
    return bytes(out)


def decrypt(sealed: bytes, bound_to: bytes, nonce: bytes, key: Bytes) -> bytearray | None:
    """What encrypt() was given; None where anything is not the same."""
    _check(key, _KEY_BYTES)
    if len(nonce) != NONCE_BYTES or len(sealed) < TAG_BYTES:
        return None
    out = bytearray(len(sealed) - TAG_BYTES)
    failed = lib.crypto_aead_xchacha20poly1305_ietf_decrypt(
        _of(out),
        ffi.NULL,
        ffi.NULL,
        _of(sealed),
        len(sealed),
        _of(bound_to),
        len(bound_to),
        _of(nonce),
        _of(key),
    )
    return None if failed else out


def argon2id(secret: bytes, salt: bytes, passes: int, memory: int) -> bytearray:
    """The 32-byte key of a secret."""
    _check(salt, lib.crypto_pwhash_saltbytes())
    out = bytearray(_KEY_BYTES)
    failed = lib.crypto_pwhash(
        _of(out),
        len(out),
        _of(secret),
        len(secret),
        _of(salt),
        passes,
        memory,
        lib.crypto_pwhash_alg_argon2id13(),
    )
    if failed:
        # Only for want of memory.
        raise MemoryError
    return out


def keyed_hash(message: bytes, key: bytearray, person: bytes) -> bytearray:
    """BLAKE2b of a message under a key, for one purpose: 32 bytes."""
    _check(key, _KEY_BYTES)
    out = bytearray(_KEY_BYTES)
    failed = lib.crypto_generichash_blake2b_salt_personal(
        _of(out),
        len(out),
        _of(message),
        len(message),
        _of(key),
        len(key),
        ffi.NULL,
        _of(person.ljust(_PERSON_BYTES, b"\0")),
    )
    if failed:
        raise CryptoError
    return out


def wipe(secret: bytearray) -> None:
    """Overwrite a secret, where it stands."""
    secret[:] = bytes(len(secret))


def _of(data: Bytes) -> object:
    return ffi.from_buffer("unsigned char[]", data) if data else ffi.NULL


def _check(given: Bytes, length: int) -> None:
    if len(given) != length:
        raise ValueError(len(given))
