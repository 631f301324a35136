"""Text files of input methods in which a line begins with a code and its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CODE_FIRST = re.compile(r"([!\"$-+\--:<>-~]{1,64}?),(-?\d{1,9})=(.*)")
"""``code,N=text``, as Sogou writes it, with whatever codes can be typed."""
LETTERS_FIRST = re.compile(r"([A-Za-z]{1,64}),(-?\d{1,9})=(.*)")
"""The same as fcitx5 understands it: codes are letters."""
EQUALS_FIRST = re.compile(r"([!-+\--<>-Z^-~]{1,64}?)=(\d{1,9}),(.*)")
"""``code=N,text``, as Baidu, QQ and 手心 write it; a bracket would begin a section."""


@dataclass
class Line:
    """A line that begins a phrase: where it stands, what it says, and the lines that follow it."""

    number: int
    code: str
    place: int
    text: str
    more: list[str]


def lines(text: str, head_of: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str] | None, str]]:
    """Every line with its number, and what it says where it begins a phrase."""
    ended = text.replace("\r\n", "\n").removesuffix("\n")
    for number, line in enumerate(ended.split("\n"), 1):
        yield number, head_of.fullmatch(line), line


def several(text: str, head_of: re.Pattern[str], comment: tuple[str, ...]) -> Iterator[Line]:
    """The phrases of a ``code,N=text`` file; nothing behind the sign means that lines follow.

    They run to the next line that begins a phrase. A comment stands outside of them.
    """
    current: Line | None = None
    for number, head, line in lines(text, head_of):
        if head:
            if current:
                yield current
            current = Line(number, head[1], int(head[2]), head[3], [])
        elif current and not current.text:
            current.more.append(line)
        elif line.strip() and not line.startswith(comment):
            # A line that belongs nowhere is nothing these programs write.
            if current:
                yield current
            current = Line(number, "", 0, line, [])
    if current:
        yield current


def begins(text: str, head_of: re.Pattern[str], comment: tuple[str, ...]) -> bool:
    """Whether the first line that says anything begins a phrase."""
    for _, found, line in lines(text, head_of):
        if line.strip() and not line.startswith(comment):
            return found is not None
    return False
