"""Text Blaze's folders of snippets (JSON), read only."""

import re
from typing import Any

from companion.errors import FormatBroken
from companion.formats import dates, json_values
from companion.formats.bodies import Body
from companion.formats.encoding import decode, glance, title_of
from companion.formats.html_text import text_of
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, unwatched

NAME = "textblaze"
HOLDS = "phrases"

_COMMAND = re.compile(r"\{(?P<word>[a-z]{2,20})(?:\s*:(?P<rest>[^{}\r\n]*))?\}")
_ASKS = ("formtext", "formparagraph", "formdate")
_KEYS = {"enter": "\n", "tab": "\t"}
_KNOWN = (
    *("formtoggle", "endformtoggle", "if", "elseif", "else", "endif", "repeat", "endrepeat"),
    *("note", "endnote", "link", "endlink", "urlload", "urlsend", "click", "wait", "run", "image"),
    *("site", "user", "button", "endbutton", "error", "dbselect", "dbinsert", "dbupdate"),
)
_SHIFT = re.compile(r"\s*([+-])\s*(\d{1,4})\s*([YMWDhm])\s*")
_UNITS = {"Y": (12, "month"), "M": (1, "month"), "W": (1, "week"), "D": (1, "day")}
_UNITS |= {"h": (1, "hour"), "m": (1, "minute")}
# Text Blaze's letters for dates beside Unicode's; square brackets hold text.
_DATE = re.compile(r"\[([^\]]*)\]|Y+|D+|d+|A|[^\[YDdA]+|.")
_MOST_PATTERN = 500
_LETTERS = {"YYYY": "yyyy", "YY": "yy", "DD": "dd", "D": "d", "dddd": "EEEE", "ddd": "EEE"}
_LETTERS |= {"A": "a"}


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are Text Blaze's: the names of its keys tell."""
    text = glance(data)
    keys = ('"folders"', '"snippets"', '"shortcut"')
    return 0.9 if text.lstrip().startswith("{") and all(key in text for key in keys) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The snippets as phrases, their folders as sets. No command is run. Raises FormatBroken.

    Problems: variable_kept_as_text, script_kept_as_text, date_form_changed, slot_renamed,
    slot_simplified, empty_skipped, characters_dropped.
    """
    decoded = decode(data, name, NAME)
    root, broken = json_values.load(decoded.text, name, NAME)
    folders = root.get("folders") if isinstance(root, dict) else None
    if not isinstance(folders, list):
        raise FormatBroken(place=name, format=NAME, line=0)
    parsed = Parsed(problems=decoded.problems, broken=broken)
    done = 0
    for folder in json_values.objects(folders):
        for snippet in json_values.objects(folder.get("snippets")):
            if done % 256 == 0:
                watch(done, 0)
            done += 1
            _add(parsed, snippet, json_values.text(folder, "name"))
    return parsed


def _add(parsed: Parsed, snippet: dict[str, Any], set: str) -> None:
    markup = json_values.text(snippet, "html") if snippet.get("type") == "html" else ""
    text = text_of(markup) or json_values.text(snippet, "text")
    abbr = json_values.text(snippet, "shortcut")
    named = json_values.text(snippet, "name")
    title = title_of(text, named, abbr)
    if not text.strip():
        parsed.problems.append(Problem("empty_skipped", title))
        return
    body = _body(text)
    rich = _body(markup).text if markup else ""
    parsed.problems += [Problem(kind, title) for kind in body.kinds]
    parsed.phrases.append(PhraseItem(title, body.text, abbr, set, (), rich))


def _body(text: str) -> Body:
    body, at = Body(text), 0
    for found in _COMMAND.finditer(text):
        body.say(text[at : found.start()])
        at = found.end()
        _command(body, found[0], found["word"], found["rest"] or "")
    body.say(text[at:])
    return body


def _command(body: Body, whole: str, word: str, rest: str) -> None:
    pieces = [piece.strip() for piece in rest.split(";")]
    named = dict(piece.split("=", 1) for piece in pieces if re.match(r"[a-z]+\s*=", piece))
    named = {key.strip(): value.strip() for key, value in named.items()}
    name = named.get("name") or ("fill in" if body.english else "填写")
    if word in _ASKS:
        if not body.slot(name, named.get("default", "")):
            body.keep(whole)
    elif word == "formmenu":
        default = [named["default"]] if named.get("default") else []
        plain = [piece for piece in pieces if piece and not re.match(r"[a-z]+\s*=", piece)]
        offered = [*default, *(one for one in plain if one not in default)]
        if not offered or not body.slot(name, "", tuple(offered)):
            body.keep(whole)
    elif word == "cursor":
        body.cursor()
    elif word == "clipboard":
        body.clipboard()
    elif word == "import" and pieces[0]:
        body.other(pieces[0], whole)
    elif word == "key" and pieces[0].lower() in _KEYS:
        body.say(_KEYS[pieces[0].lower()])
    elif word in ("time", "date") and pieces[0]:
        _date(body, whole, pieces[0], named.get("shift", ""))
    elif word == "key" or word in _KNOWN:
        body.keep(whole, "script_kept_as_text" if word == "run" else "variable_kept_as_text")
    else:
        body.say(whole)


def _date(body: Body, whole: str, pattern: str, shift: str) -> None:
    found = _SHIFT.fullmatch(shift)
    if (shift and not found) or len(pattern) > _MOST_PATTERN:
        body.keep(whole)
        return
    size, unit = _UNITS[found[3]] if found else (1, "day")
    count = int(f"{found[1]}{found[2]}") * size if found else 0
    letters = "".join(
        f"'{one[1]}'" if one[1] is not None else _LETTERS.get(one[0], one[0])
        for one in _DATE.finditer(pattern)
    )
    body.date(dates.from_pattern(letters), whole, count, unit)
