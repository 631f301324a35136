"""Sogou Pinyin's phrases (PhraseEdit.txt): code, place and text, in UTF-16, read and written."""

import codecs
import re
from collections.abc import Sequence

from companion.formats import input_moments as moments
from companion.formats.encoding import glance
from companion.formats.input_entries import entries, one_break, plain
from companion.formats.input_lines import CODE_FIRST, Line, begins, read_lines
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "sogou"
HOLDS = "phrases"
ENDINGS = (".txt",)

# What Sogou says of itself at the head of every such file.
_MOST_CHARACTERS, _MOST_LINES = 30_000, 100_000
_COMMENT = (";",)
_OWN_COMMENT = re.compile("^;.*搜狗", re.MULTILINE)
_CODE = re.compile("[A-Za-z0-9]{1,32}")
_NAMES = "year|month|day|weekday|fullhour|halfhour|ampm|minute|second"
_FUNCTIONS = moments.Functions(
    written={**moments.DOLLARS, moments.TIME: "$fullhour_hh:$minute"},
    read={**moments.DOLLARS_READ, "$fullhour:$minute": moments.TIME},
    sign=re.compile(rf"\$(?:{_NAMES})"),
)


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is Sogou's: fcitx5 writes the same lines, otherwise encoded."""
    text = glance(data)
    if not begins(text, CODE_FIRST, _COMMENT):
        return 0.0
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide or _OWN_COMMENT.search(text):
        return 0.95
    return 0.9 if "\r\n" in text else 0.82


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The phrases in the order of their places. Raises FormatBroken where there is none.

    Problems: variable_kept_as_text, empty_skipped, entry_unreadable, was_disabled,
    characters_dropped.
    """
    return read_lines(data, name, NAME, watch, head=CODE_FIRST, comment=_COMMENT, said=_told)


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A file that Sogou's own window for phrases takes in.

    Problems: empty_skipped, no_code, code_unfit, too_long, text_unfit, too_many, filled_as_text.
    """
    made, problems = entries(items, _unfit, _text)
    out: list[str] = []
    lines = 0
    for number, entry in enumerate(made):
        # A text that begins with a blank line would look like one that begins on the next.
        several = "\n" in entry.text
        lines += 1 + (entry.text.count("\n") + 1) * several
        if lines > _MOST_LINES:
            problems += [Problem("too_many", left.text[:40]) for left in made[number:]]
            break
        text = "\r\n" * several + entry.text.replace("\n", "\r\n")
        out.append(f"{entry.code},{entry.place}={text}\r\n")
    return Written(codecs.BOM_UTF16_LE + "".join(out).encode("utf-16-le"), problems)


def _unfit(code: str, text: str) -> Problem | None:
    if not _CODE.fullmatch(code):
        return Problem("code_unfit")
    if len(text) > _MOST_CHARACTERS:
        return Problem("too_long")
    lines = text.split("\n")
    if len(lines) > 1 and any(map(CODE_FIRST.fullmatch, lines)):
        return Problem("text_unfit")
    return None


def _told(line: Line) -> tuple[str, bool]:
    return _body(one_break(line.text or "\n".join(line.more)))


def _body(text: str) -> tuple[str, bool]:
    """A text of Sogou's as a body, and whether something in it fills itself that we cannot say."""
    if not (text.startswith("#") and _FUNCTIONS.sign.search(text)):
        return template.literal(text), False
    body = _FUNCTIONS.body(text[1:])
    return (template.literal(text), True) if body is None else (body, False)


def _text(body: str) -> tuple[str, Problem | None]:
    """A body as a text of Sogou's: with its functions where nothing else would act as one."""
    said, kind = plain(body, _FUNCTIONS.say)
    bare, bare_kind = plain(body)
    # A name at the end of a moment may go on in the text that follows it.
    if said != bare and not _FUNCTIONS.acts(body) and not _body(f"#{said}")[1]:
        return f"#{said}", kind
    acts = bare.startswith("#") and _FUNCTIONS.acts(body)
    return bare, Problem("text_unfit") if acts else bare_kind
