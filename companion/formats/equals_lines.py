"""The phrases that Baidu, QQ and 手心 keep in lines of ``code=N,text``."""

import re
from collections.abc import Iterable

from companion.errors import FormatBroken
from companion.formats.encoding import decode
from companion.formats.input_entries import entries, placed, take
from companion.formats.input_lines import EQUALS_FIRST, lines
from companion.formats.items import Parsed, PhraseItem, Problem, Watch
from companion.profile import template

_COMMENT = (";", "#")
_SECTION = re.compile(r"\s*\[([^\[\]]+)\]\s*")
_CODE = re.compile("[A-Za-z0-9]{1,32}")


def share(text: str) -> float:
    """How much of the lines that say something are phrases or sections, 0 to 1."""
    said = [
        (bool(head), bool(head or _SECTION.fullmatch(line)))
        for _, head, line in lines(text, EQUALS_FIRST)
        if line.strip() and not line.startswith(_COMMENT)
    ]
    # A list of JSON looks like a section; and the last line of a glance may be cut short.
    phrases = any(is_phrase for is_phrase, _ in said)
    return sum(fits for _, fits in said) / len(said) if phrases else 0.0


def has_sections(text: str) -> bool:
    """Whether phrases stand in named sections, as Baidu's on a Mac do."""
    return any(_SECTION.fullmatch(line) for _, _, line in lines(text, EQUALS_FIRST))


def read(data: bytes, name: str, format: str, watch: Watch) -> Parsed:
    """The phrases in the order of their places, sections as sets. Raises FormatBroken.

    Problems: empty_skipped, entry_unreadable, characters_dropped.
    """
    decoded = decode(data, name, format)
    parsed = Parsed(problems=decoded.problems)
    places: list[int] = []
    section = ""
    known = False
    for number, head, line in lines(decoded.text, EQUALS_FIRST):
        if number % 256 == 1:
            watch(number - 1, 0)
        if line.startswith(_COMMENT):
            continue
        if head:
            known = True
            item = PhraseItem("", template.literal(head[3]), head[1], section)
            take(parsed, item, number)
            places += [int(head[2])] * (len(parsed.phrases) - len(places))
        elif titled := _SECTION.fullmatch(line):
            section = titled[1].strip()
        elif line.strip():
            parsed.problems.append(Problem("entry_unreadable", line.strip()[:40], number))
    if not known:
        raise FormatBroken(place=name, format=format, line=1)
    placed(parsed, places)
    return parsed


def written(items: Iterable[PhraseItem]) -> tuple[str, list[Problem]]:
    """The phrases as lines that end as in Windows, and what they could not hold.

    Problems: empty_skipped, no_code, code_unfit, text_unfit, filled_as_text.
    """
    made, problems = entries(items, _unfit)
    return "".join(f"{one.code}={one.place},{one.text}\r\n" for one in made), problems


def _unfit(code: str, text: str) -> Problem | None:
    if not _CODE.fullmatch(code):
        return Problem("code_unfit")
    return Problem("text_unfit") if "\n" in text else None
