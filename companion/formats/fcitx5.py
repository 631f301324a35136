"""fcitx5 Pinyin's custom phrases (pinyin/customphrase): code, place and text, read and written."""

import re
from collections.abc import Sequence

from companion.formats import input_moments as moments
from companion.formats.encoding import glance
from companion.formats.input_entries import Entry, entries, plain
from companion.formats.input_lines import LETTERS_FIRST, Line, begins, read_lines
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "fcitx5"
HOLDS = "phrases"
ENDINGS = (".txt",)

_COMMENT = (";", "#")
_CODE = re.compile("[A-Za-z]{1,64}")
_QUOTED = re.compile(r'"((?:[^\\]|\\[n\\"])*)"')
_ESCAPE = re.compile(r'\\([n\\"])')
_HIDDEN = re.compile(r"^[A-Za-z]+,-\d+=|^[A-Za-z]+,\d+=\".*\\[n\\\"].*\"$", re.MULTILINE)
_FUNCTIONS = moments.Functions(
    written={**moments.DOLLARS, moments.TIME: "$fullhour:$minute"},
    read=moments.DOLLARS_READ,
    # Whatever follows is a name, or is swallowed.
    sign=re.compile(r"\$"),
)


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is fcitx5's: Sogou writes the same lines, otherwise encoded."""
    text = glance(data)
    if not begins(text, LETTERS_FIRST, _COMMENT):
        return 0.0
    return 0.92 if _HIDDEN.search(text) else 0.85


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The phrases in the order of their places. Raises FormatBroken where there is none.

    Problems: variable_kept_as_text, was_disabled, empty_skipped, entry_unreadable,
    characters_dropped.
    """
    return read_lines(data, name, NAME, watch, head=LETTERS_FIRST, comment=_COMMENT, said=_told)


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A file as fcitx5's own window for phrases writes it.

    Problems: empty_skipped, no_code, code_unfit, filled_as_text.
    """
    made, problems = entries(items, unfit, said)
    return Written("".join(map(line, made)).encode(), problems)


def line(entry: Entry) -> str:
    """One phrase as a line, with its line feed, to the byte as fcitx5 would write it."""
    text = entry.text
    if re.search(r"[ \t\v\f\n\\\"]", text):
        escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
        text = f'"{escaped}"'
    return f"{entry.code},{entry.place}={text}\n"


def unfit(code: str, text: str) -> Problem | None:
    """Why fcitx5 cannot hold this: it takes codes of letters."""
    return None if _CODE.fullmatch(code) else Problem("code_unfit")


def unquoted(text: str) -> str:
    """What a text stands for that may be in quotes, with line breaks and quotes escaped."""
    quoted = _QUOTED.fullmatch(text)
    if not quoted:
        return text
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], quoted[1])


def _told(line: Line) -> tuple[str, bool] | None:
    # fcitx5 knows no place 0.
    if not line.place:
        return None
    return _body(unquoted(line.text) if line.text else "\n".join(line.more))


def _body(text: str) -> tuple[str, bool]:
    """A text of fcitx5's as a body, and whether something fills itself that we cannot say."""
    if not text.startswith("#"):
        return template.literal(text), False
    # Two of the sign are one that is meant. No text holds a NUL.
    body = _FUNCTIONS.body(text[1:].replace("$$", "\0"))
    return (template.literal(text), True) if body is None else (body.replace("\0", "$"), False)


def said(body: str) -> tuple[str, Problem | None]:
    """A body as a text of fcitx5's; what begins with its sign for functions is written as one."""
    bare, kind = plain(body)
    text, text_kind = plain(body, _FUNCTIONS.say, _doubled)
    if _body(f"#{text}")[1]:
        # The last name would go on in what follows it.
        text, text_kind = _doubled(bare), kind
    if text == _doubled(bare) and not bare.startswith("#"):
        return bare, kind
    return f"#{text}", text_kind


def _doubled(text: str) -> str:
    """The text with the signs of functions doubled, which makes them one that is meant."""
    return text.replace("$", "$$")
