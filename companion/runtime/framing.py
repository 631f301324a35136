"""Messages between a command and the running app: a length and JSON, both ways."""

import json
import struct

_LENGTH = struct.Struct(">I")
HEAD_BYTES = _LENGTH.size
MOST_BYTES = 256 * 1024 * 1024


def frame(message: dict[str, object]) -> bytes:
    """A message as bytes: four bytes of length, big-endian, then UTF-8 JSON."""
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTH.pack(len(data)) + data


def length(head: bytes) -> int:
    """How many bytes of JSON follow a head. Raises ValueError where it is more than MOST_BYTES."""
    (size,) = _LENGTH.unpack(head)
    if size > MOST_BYTES:
        raise ValueError("a message too long")
    return int(size)


def unframe(received: bytes | bytearray) -> dict[str, object] | None:
    """The message in what was received, None while it is not whole. Raises ValueError."""
    if len(received) < HEAD_BYTES:
        return None
    size = length(bytes(received[:HEAD_BYTES]))
    if len(received) < HEAD_BYTES + size:
        return None
    message = json.loads(bytes(received[HEAD_BYTES : HEAD_BYTES + size]))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message
