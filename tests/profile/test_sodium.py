"""Our calls of libsodium give what PyNaCl's own calls give, and leave keys that can be wiped."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import pwhash
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)

from companion.errors import AppLocked
from companion.profile import sodium
from companion.profile.sealing import ProfileKey, unwrap, wrap

KEYS = st.binary(min_size=32, max_size=32)
NONCES = st.binary(min_size=24, max_size=24)


@given(st.binary(), st.binary(), NONCES, KEYS)
def test_sealing_is_what_everybody_else_calls_it(
    plain: bytes, bound_to: bytes, nonce: bytes, key: bytes
) -> None:
    sealed = sodium.encrypt(plain, bound_to, nonce, key)
    assert sealed == crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)
    opened = sodium.decrypt(sealed, bound_to, nonce, bytearray(key))
    assert opened is not None and bytes(opened) == plain
    assert crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound_to, nonce, key) == plain


@given(st.binary(max_size=60), st.binary(max_size=9), KEYS, st.integers(0), st.integers(1, 255))
def test_one_changed_byte_opens_nothing(
    plain: bytes, bound_to: bytes, key: bytes, at: int, by: int
) -> None:
    wrapped = bytearray(wrap(key, plain, bound_to))
    assert unwrap(key, bytes(wrapped), bound_to) == plain
    assert unwrap(key, bytes(wrapped), bound_to + b"x") is None
    wrapped[at % len(wrapped)] ^= by
    assert unwrap(key, bytes(wrapped), bound_to) is None


@given(st.binary(max_size=39))
def test_what_is_too_short_to_be_sealed_opens_nothing(wrapped: bytes) -> None:
    assert unwrap(bytes(32), wrapped, b"") is None


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    for act in (sodium.encrypt, sodium.decrypt):
        with pytest.raises(ValueError):
            act(bytes(40), b"", bytes(24), bytes(length))


def test_derivation_is_what_everybody_else_calls_it() -> None:
    salt, memory = bytes(range(16)), 64 * 1024 * 1024
    theirs = pwhash.argon2id.kdf(32, "口令".encode(), salt, opslimit=3, memlimit=memory)
    assert sodium.argon2id("口令".encode(), salt, 3, memory) == theirs


@given(st.binary(), KEYS)
def test_the_keyed_hash_is_blake2b(message: bytes, key: bytes) -> None:
    theirs = hashlib.blake2b(message, key=key, digest_size=32, person=b"companion pin").digest()
    assert sodium.keyed_hash(message, bytearray(key), b"companion pin") == theirs


def test_a_key_that_is_forgotten_is_overwritten_and_seals_nothing() -> None:
    raw = bytearray(range(32))
    key = ProfileKey(raw)
    sealed = key.seal(b"x", b"y")
    key.forget()
    assert bytes(raw) == bytes(32)
    with pytest.raises(AppLocked):
        key.seal(b"x", b"y")
    with pytest.raises(AppLocked):
        key.open(sealed, b"y")
