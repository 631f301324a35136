"""The seat card: a short text that carries where an agent's store is."""

import base64
import binascii
import hashlib
from typing import TypeVar

import msgspec

from companion.errors import CardDamaged, NewerFormat

FORMAT = 1
_HEAD, _PERSON = "companion", b"companion card"
_CHECK_BYTES = 4
_T = TypeVar("_T", bound=msgspec.Struct)


class Card(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """What a card says: the profile's id, the agent's name, the store's address.

    Nothing on it opens anything: the passphrase is not on it.
    """

    profile: str
    agent: str
    store: str

    def text(self) -> str:
        """The card as text: ``companion1:`` and URL-safe base64 with a checksum."""
        return written(self, _HEAD, _PERSON)


def read_card(text: str) -> Card:
    """The card in a text; spaces and line breaks from mails and printouts do not matter.

    Raises CardDamaged where it is cut short, mistyped or something else, NewerFormat where a
    newer Companion made it.
    """
    found = read(text, Card, _HEAD, _PERSON)
    if found is None:
        raise CardDamaged
    return found


def written(card: msgspec.Struct, head: str, person: bytes) -> str:
    """A card of any kind as text; ``person`` keeps the checksums of two kinds apart."""
    plain = msgspec.msgpack.encode(card)
    packed = base64.urlsafe_b64encode(plain + _checksum(plain, person)).rstrip(b"=").decode()
    return f"{head}{FORMAT}:{packed}"


def read(text: str, form: type[_T], head: str, person: bytes) -> _T | None:
    """The card in a text, None where it is not whole or of another kind. Raises NewerFormat."""
    joined = "".join(text.split())
    said, _, packed = joined.partition(":")
    version = said.removeprefix(head)
    if not said.startswith(head) or not version.isascii() or not version.isdigit():
        return None
    if int(version) != FORMAT:
        raise NewerFormat(found=int(version), known=FORMAT)
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        plain, checksum = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
        if _checksum(plain, person) != checksum:
            return None
        return msgspec.msgpack.decode(plain, type=form)
    except (binascii.Error, msgspec.MsgspecError, UnicodeError):
        return None


def _checksum(plain: bytes, person: bytes) -> bytes:
    return hashlib.blake2b(plain, digest_size=_CHECK_BYTES, person=person).digest()
