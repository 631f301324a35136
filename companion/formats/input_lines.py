"""Text files of input methods in which a line begins with a code and its place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from companion.errors import FormatBroken
from companion.formats.encoding import decode
from companion.formats.input_entries import placed, take
from companion.formats.items import Parsed, PhraseItem, Problem, Watch

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


def read_lines(
    data: bytes,
    name: str,
    format: str,
    watch: Watch,
    *,
    head: re.Pattern[str],
    comment: tuple[str, ...],
    said: Callable[[Line], tuple[str, bool] | None],
) -> Parsed:
    """The phrases of a ``code,N=text`` file in the order of their places; see several().

    ``said`` makes a body of a line, and tells whether something in it fills itself that ours
    cannot say; it gives None for a line that is none of the format's. Raises FormatBroken where
    there is no phrase. Problems: variable_kept_as_text, was_disabled, empty_skipped,
    entry_unreadable, characters_dropped.
    """
    decoded = decode(data, name, format)
    parsed = Parsed(problems=decoded.problems)
    places: list[int] = []
    for number, line in enumerate(several(decoded.text, head, comment)):
        if number % 256 == 0:
            watch(number, 0)
        found = said(line) if line.code else None
        if found is None:
            parsed.problems.append(Problem("entry_unreadable", line.text[:40], line.number))
            continue
        body, kept = found
        hidden = "was_disabled" if line.place < 0 else ""
        kind = "variable_kept_as_text" if kept else hidden
        take(parsed, PhraseItem("", body, line.code), line.number, kind)
        places += [abs(line.place)] * (len(parsed.phrases) - len(places))
    if not places and not any(problem.kind == "empty_skipped" for problem in parsed.problems):
        raise FormatBroken(place=name, format=format, line=1)
    placed(parsed, places)
    return parsed


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
