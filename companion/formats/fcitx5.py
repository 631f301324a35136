"""fcitx5 Pinyin's custom phrases (pinyin/customphrase): code, place and text, read and written."""

import re
from collections.abc import Sequence

from companion.errors import FormatBroken
from companion.formats import input_moments as moments
from companion.formats.encoding import decode, glance
from companion.formats.input_entries import Entry, entries, placed, plain, take
from companion.formats.input_lines import LETTERS_FIRST, begins, several
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
    written={
        moments.DATE: "$month月$day日",
        moments.LONG: "$year年$month月$day日",
        moments.ISO: "$year-$month_mm-$day_dd",
        moments.WEEKDAY: "星期$weekday_cn",
        moments.FULL: "$month月$day日（星期$weekday_cn）",
        moments.TIME: "$fullhour:$minute",
    },
    read={
        "$month_mm月$day_dd日": moments.DATE,
        "$month月$day_dd日": moments.DATE,
        "$year年$month_mm月$day_dd日": moments.LONG,
        "$year年$month月$day_dd日": moments.LONG,
        "$year-$month-$day": moments.ISO,
    },
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
    decoded = decode(data, name, NAME)
    parsed = Parsed(problems=decoded.problems)
    places: list[int] = []
    for number, line in enumerate(several(decoded.text, LETTERS_FIRST, _COMMENT)):
        if number % 256 == 0:
            watch(number, 0)
        # fcitx5 knows no place 0.
        if not line.code or not line.place:
            parsed.problems.append(Problem("entry_unreadable", line.text[:40], line.number))
            continue
        body, kept = _body(unquoted(line.text) if line.text else "\n".join(line.more))
        hidden = "was_disabled" if line.place < 0 else ""
        kind = "variable_kept_as_text" if kept else hidden
        take(parsed, PhraseItem("", body, line.code), line.number, kind)
        places += [abs(line.place)] * (len(parsed.phrases) - len(places))
    if not places and not any(problem.kind == "empty_skipped" for problem in parsed.problems):
        raise FormatBroken(place=name, format=NAME, line=1)
    placed(parsed, places)
    return parsed


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
