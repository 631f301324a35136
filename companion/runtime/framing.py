"""Messages between a command and the running app: a length and JSON, both ways."""

import struct
from collections.abc import Mapping

import msgspec

_Message = dict[str, object]
_LENGTH = struct.Struct(">I")
HEAD_BYTES = _LENGTH.size
MOST_BYTES = 256 * 1024 * 1024


def frame(message: Mapping[str, object]) -> bytes:
    """A message as bytes: four bytes of length, big-endian, then UTF-8 JSON."""
    data = msgspec.json.encode(message)
    return _LENGTH.pack(len(data)) + data


def length(head: bytes) -> int:
    """How many bytes of JSON follow a head. Raises ValueError where it is more than MOST_BYTES."""
    (size,) = _LENGTH.unpack(head)
    if size > MOST_BYTES:
        raise ValueError("a message too long")
    return int(size)


def unframe(received: bytes | bytearray) -> _Message | None:
    """The message in what was received, None while it is not whole. Raises ValueError."""
    if len(received) < HEAD_BYTES:
        return None
    size = length(bytes(received[:HEAD_BYTES]))
    if len(received) < HEAD_BYTES + size:
        return None
    # Read where it lies: a passphrase may be in it, and a copy would stay behind.
    with memoryview(received) as whole, whole[HEAD_BYTES : HEAD_BYTES + size] as json:
        try:
            return msgspec.json.decode(json, type=_Message)
        except RecursionError as error:
            raise ValueError("a message too deep") from error
