"""Firefox's daily bookmark backup (.jsonlz4): its JSON, packed with LZ4, read."""

from companion.errors import FileTooLarge, FormatBroken
from companion.formats import firefox_json
from companion.formats.bundle import MOST_BYTES
from companion.formats.items import Parsed, Watch, unwatched

NAME = "firefox_jsonlz4"
HOLDS = "bookmarks"

_MAGIC = b"mozLz40\0"
# The size that follows the magic is what some file says: it is neither trusted nor needed.
_HEAD = len(_MAGIC) + 4
_TELL = 64 * 1024


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is such a backup: nothing else of bookmarks begins so."""
    return 0.95 if data.startswith(_MAGIC) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """What firefox_json reads. Raises FormatBroken; FileTooLarge where too much comes out."""
    if not data.startswith(_MAGIC):
        raise FormatBroken(place=name, format=NAME, line=0)
    try:
        text = unpacked(data[_HEAD:], MOST_BYTES, watch)
    except ValueError as error:
        raise FormatBroken(place=name, format=NAME, line=0) from error
    if len(text) > MOST_BYTES:
        raise FileTooLarge(place=name, most=MOST_BYTES // 1024**2)
    return firefox_json.read(text, name, watch)


def unpacked(block: bytes, most: int, watch: Watch = unwatched) -> bytes:
    """The content of an LZ4 block, broken off a little beyond ``most`` bytes.

    Raises ValueError where the block is damaged.
    """
    out = bytearray()
    at, end, told = 0, len(block), 0
    try:
        while at < end and len(out) <= most:
            if at >= told:
                told = at + _TELL
                watch(0, 0)
            token = block[at]
            count, at = _length(block, at + 1, token >> 4)
            if at + count > end:
                raise ValueError("literals cut short")
            out += block[at : at + count]
            at += count
            if at == end:
                # The last sequence has literals only.
                return bytes(out)
            back = block[at] | block[at + 1] << 8
            count, at = _length(block, at + 2, token & 15)
            _repeat(out, back, count + 4, most)
    except IndexError as error:
        raise ValueError("sequence cut short") from error
    if len(out) <= most and end:
        raise ValueError("no last literals")
    return bytes(out)


def _length(block: bytes, at: int, nibble: int) -> tuple[int, int]:
    """A length that goes on in further bytes as long as they are full."""
    if nibble < 15:
        return nibble, at
    start = at
    while block[at] == 255:
        at += 1
    return 15 + 255 * (at - start) + block[at], at + 1


def _repeat(out: bytearray, back: int, count: int, most: int) -> None:
    """Adds what stands ``back`` bytes before the end; it may run into what it adds itself."""
    if not 0 < back <= len(out):
        raise ValueError("refers to before the beginning")
    count = min(count, most + 1)
    piece = out[len(out) - back :][:count]
    if count > back:
        piece = (piece * (count // back + 1))[:count]
    out += piece
