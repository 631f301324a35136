"""Rime's custom phrases (custom_phrase.txt): text, code and weight, read and written."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from companion.errors import FormatBroken
from companion.formats.encoding import decode, glance
from companion.formats.input_entries import Entry, entries, placed, take
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "rime"
HOLDS = "phrases"
ENDINGS = (".txt",)

_HEAD = """# Rime table
# coding: utf-8
#@/db_name	{name}
#@/db_type	tabledb
#
# no comment
"""
# With this line the signs of comments become text.
_NO_COMMENT = "# no comment"
_CODE = re.compile("[!-~]{1,64}")
_ROW = re.compile(r"[^\t]+\t[a-z' ;/]{1,64}(?:\t-?\d{0,9}(?:\.\d+)?)?")


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is a table of Rime's: by its head, else by text before its code."""
    text = glance(data)
    if text.startswith(("# Rime table", "#@")):
        return 0.95
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    fit = [row for row in rows if _ROW.fullmatch(row) and not row.partition("\t")[0].isascii()]
    return 0.6 if rows and len(fit) >= 0.8 * len(rows) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The phrases of each code by weight. Raises FormatBroken where there is none.

    Problems: entry_unreadable, empty_skipped, characters_dropped.
    """
    decoded = decode(data, name, NAME)
    parsed = Parsed(problems=decoded.problems)
    places: list[int] = []
    comments = True
    ended = decoded.text.replace("\r\n", "\n")
    for number, line in enumerate(ended.split("\n"), 1):
        if number % 256 == 1:
            watch(number - 1, 0)
        if not line.strip() or (comments and line.startswith("#")):
            comments = comments and line.rstrip() != _NO_COMMENT
            continue
        text, code, *rest = [*line.split("\t"), ""]
        # The code of several syllables is typed without the blanks between them.
        code = "".join(code.split())
        if not code or not text:
            parsed.problems.append(Problem("entry_unreadable", text.strip()[:40], number))
            continue
        take(parsed, PhraseItem("", template.literal(text), code), number)
        places += [-_weight(rest[0])] * (len(parsed.phrases) - len(places))
    if not places and not decoded.text.startswith("# Rime table"):
        raise FormatBroken(place=name, format=NAME, line=1)
    placed(parsed, places)
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A custom_phrase.txt. Problems: empty_skipped, no_code, code_unfit, text_unfit,
    filled_as_text.
    """
    made, problems = entries(items, unfit)
    return Written(table(made, "custom_phrase.txt"), problems)


def table(made: Iterable[Entry], name: str) -> bytes:
    """These phrases as a table of this name, the first of a code with the greatest weight."""
    made = list(made)
    left = Counter(entry.code for entry in made)
    rows = [f"{one.text}\t{one.code}\t{left[one.code] - one.place + 1}\n" for one in made]
    return (_HEAD.format(name=name) + "".join(rows)).encode()


def unfit(code: str, text: str) -> Problem | None:
    """Why a table cannot hold this: a row is one line of three cells."""
    if not _CODE.fullmatch(code):
        return Problem("code_unfit")
    return Problem("text_unfit") if re.search(r"[\n\t]", text) else None


def _weight(said: str) -> int:
    try:
        return int(float(said))
    except (ValueError, OverflowError):
        return 0
