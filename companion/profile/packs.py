"""The pack format: records in, sealed bytes out; a pack may be one edit or the whole profile."""

import hashlib
import sys
import zlib
from collections.abc import Iterator
from typing import Annotated

import msgspec

from companion.errors import NewerFormat, PackDamaged
from companion.profile.records import Record, Stamp
from companion.profile.sealing import FORMAT, ProfileKey, newer_format

SUFFIX = ".pack"
# Of a pack that others need not wait for; see behind.py and docs/adr/0020-images-behind.md.
LATER = f".later{SUFFIX}"
# A pack of 100,000 phrases is about 40 MB before compression; more than this is not ours.
MOST_BYTES = 512 * 1024 * 1024
# So many edits nobody makes; a clock near the end of the numbers could not go on.
MOST_CLOCK = 2**53
_CHUNK = 1024 * 1024
_AT_ONCE = 2_000


Clock = Annotated[int, msgspec.Meta(ge=0, le=MOST_CLOCK)]


class Pack(msgspec.Struct, array_like=True, frozen=True):
    """Records of a profile and the clock of the one who wrote them.

    ``covers`` names the packs whose content this one holds as well.
    """

    profile: str
    clock: Clock
    covers: list[str]
    records: list[Record]


_decoder = msgspec.msgpack.Decoder(Pack)
_encoder = msgspec.msgpack.Encoder()


def name_of(sealed: bytes, later: bool = False) -> str:
    """The name of these sealed bytes in a store: SHA-256 in hex, and the suffix of their kind."""
    return hashlib.sha256(sealed).hexdigest() + (LATER if later else SUFFIX)


def is_later(name: str) -> bool:
    """Whether a name is that of a pack that others need not wait for."""
    return name.endswith(LATER)


def is_named(name: str, sealed: bytes) -> bool:
    """Whether these are the bytes that the name promises."""
    return name_of(sealed, is_later(name)) == name


def encode(pack: Pack, key: ProfileKey) -> bytes:
    """The sealed bytes of a pack: msgpack, deflated, sealed under the profile key."""
    deflate = zlib.compressobj(6)
    deflated = b"".join(map(deflate.compress, _parts(pack))) + deflate.flush()
    return key.seal(deflated, _bound_to(pack.profile))


def _parts(pack: Pack) -> Iterator[bytes]:
    """The msgpack of a pack, some records at a time: no other thread runs within each."""
    count, nothing = len(pack.records), msgspec.structs.replace(pack, records=[])
    # An array is a head that counts, and its entries: one for none, and for a nil, is one byte.
    yield _encoder.encode(nothing)[:-1]
    yield _encoder.encode([None] * count)[: -count or None]
    for at in range(0, count, _AT_ONCE):
        yield b"".join(map(_encoder.encode, pack.records[at : at + _AT_ONCE]))


def decode(name: str, sealed: bytes, profile: str, key: ProfileKey) -> Pack:
    """The pack in sealed bytes.

    Raises PackDamaged where the bytes are not what the name promises, do not open under this
    profile and key, or are no pack; NewerFormat where a newer Companion wrote it. What stands in
    the fields of a record is not looked at: views take what they understand.
    """
    if not is_named(name, sealed):
        raise PackDamaged(name=name)
    newer = newer_format(sealed)
    if newer:
        raise NewerFormat(found=newer, known=FORMAT)
    opened = key.open(sealed, _bound_to(profile))
    if opened is None:
        raise PackDamaged(name=name)
    try:
        pack = _decoder.decode(inflate(opened, MOST_BYTES))
        _share(pack.records)
    except (zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise PackDamaged(name=name) from error
    return pack


def _share(records: list[Record]) -> None:
    """Hold what many records have in common once: a fifth of the memory of a large profile."""
    stamps: dict[Stamp, Stamp] = {}
    for record in records:
        msgspec.structs.force_setattr(record, "born", stamps.setdefault(record.born, record.born))
        parent = record.plain.get("parent")
        if isinstance(parent, str):
            record.plain["parent"] = sys.intern(parent)


def _bound_to(profile: str) -> bytes:
    return b"companion pack %d " % FORMAT + profile.encode()


def inflate(data: bytes, most: int) -> bytes:
    """Deflated bytes, inflated in bounded memory. Raises ValueError past ``most``, zlib.error."""
    stream = zlib.decompressobj()
    parts, size = [], 0
    while data:
        parts.append(stream.decompress(data, _CHUNK))
        size += len(parts[-1])
        if size > most:
            raise ValueError("larger than any pack")
        data = stream.unconsumed_tail
    if not stream.eof:
        raise ValueError("cut short")
    return b"".join(parts)
