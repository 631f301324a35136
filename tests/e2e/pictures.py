"""Pictures for tests, as PNG: of any size, and as hard to compress as is wanted."""

import random
import struct
import zlib


def png(width: int, height: int, noisy: bool = False) -> bytes:
    """A PNG of so many pixels; a noisy one has about three bytes for each."""
    draw = random.Random(width)
    plain = bytes((15, 118, 110)) * width
    rows = (draw.randbytes(width * 3) if noisy else plain for _ in range(height))
    pixels = b"".join(b"\0" + row for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
