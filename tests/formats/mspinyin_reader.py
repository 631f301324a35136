"""Reads Microsoft Pinyin's files by the bytes alone, sharing nothing with the project's reader.

The head of a file of Windows 10 1703: ``mschxudp``, a word, the number 1; at 0x10 where the table
of offsets begins, at 0x14 where the entries begin, at 0x18 how long the file is, at 0x1C how many
entries there are. An entry: 10 00 10 00, two bytes from its beginning to its text, one its place,
06, eight more, the code and the text in UTF-16, each with a NUL.
"""


def number(data: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(data[at : at + size], "little")


def entries(data: bytes) -> list[tuple[str, int, str]]:
    """Code, place and text of every entry; whatever is not as it should be is an error."""
    assert data[:0x10] == b"mschxudp" + bytes.fromhex("0200600001000000")
    table, start, end, count = (number(data, at) for at in (0x10, 0x14, 0x18, 0x1C))
    assert (table, start, end) == (0x40, 0x40 + 4 * count, len(data))
    assert data[0x24:0x40] == bytes(0x1C)
    found = []
    at = start
    for index in range(count):
        assert at == start + number(data, table + 4 * index)
        assert data[at : at + 4] == bytes.fromhex("10001000")
        assert data[at + 7 : at + 12] == bytes.fromhex("0600000000")
        text_at = at + number(data, at + 4, 2)
        code, code_end = string(data, at + 16)
        assert code_end == text_at
        text, after = string(data, text_at)
        found.append((code, data[at + 6], text))
        at = after
    assert at == end
    return found


def string(data: bytes, at: int) -> tuple[str, int]:
    """The text up to its NUL, and where it is over."""
    end = at
    while data[end : end + 2] != b"\0\0":
        end += 2
        assert end < len(data)
    return data[at:end].decode("utf-16-le"), end + 2
