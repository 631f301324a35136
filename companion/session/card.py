"""The seat card: a short text that carries where an agent's store is."""

import base64
import binascii
import hashlib

import msgspec

from companion.errors import CardDamaged, NewerFormat

FORMAT = 1
_HEAD = "companion"
_CHECK_BYTES = 4


class Card(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """What a card says: the profile's id, the agent's name, the store's address.

    Nothing on it opens anything: the passphrase is not on it.
    """

    profile: str
    agent: str
    store: str

    def text(self) -> str:
        """The card as text: ``companion1:`` and URL-safe base64 with a checksum."""
        plain = msgspec.msgpack.encode(self)
        packed = base64.urlsafe_b64encode(plain + _checksum(plain)).rstrip(b"=").decode()
        return f"{_HEAD}{FORMAT}:{packed}"


def read_card(text: str) -> Card:
    """The card in a text; spaces and line breaks from mails and printouts do not matter.

    Raises CardDamaged where it is cut short, mistyped or something else, NewerFormat where a
    newer Companion made it.
    """
    joined = "".join(text.split())
    head, _, packed = joined.partition(":")
    version = head.removeprefix(_HEAD)
    if not head.startswith(_HEAD) or not version.isascii() or not version.isdigit():
        raise CardDamaged
    if int(version) != FORMAT:
        raise NewerFormat(found=int(version), known=FORMAT)
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        plain, checksum = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
        if _checksum(plain) != checksum:
            raise CardDamaged
        return msgspec.msgpack.decode(plain, type=Card)
    except (binascii.Error, msgspec.MsgspecError, UnicodeError) as error:
        raise CardDamaged from error


def _checksum(plain: bytes) -> bytes:
    return hashlib.blake2b(plain, digest_size=_CHECK_BYTES, person=b"companion card").digest()
