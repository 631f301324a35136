"""Chatwoot's canned responses (JSON of its API, or CSV), read and written as JSON."""

import json
import re
from collections.abc import Sequence
from pathlib import PureWindowsPath

from companion.errors import FormatBroken
from companion.formats import delimited, json_values
from companion.formats.encoding import clean, decode, first_line, glance
from companion.formats.headers import bare_words
from companion.formats.items import Parsed, PhraseItem, Problem, Sheet, Watch, Written, unwatched
from companion.formats.tables import Converted, Mapping, foreign, numbered, phrases, plain_part
from companion.profile import template

NAME = "chatwoot"
HOLDS = "phrases"
ENDINGS = (".json", ".csv")

# Liquid: {{ contact.name }}, with what is said where there is no name, or any tag {% … %}.
_LIQUID = re.compile(r"\{\{([^{}\n]{1,200})\}\}|\{%[^%\n]{0,500}%\}")
_VARIABLE = re.compile(
    r"\s*([a-z_][\w]*(?:\.\w+)+)\s*(?:\|\s*default:?\s*(?:\"([^\"]*)\"|'([^']*)')\s*)?"
)
_NAMED = re.compile(r"(?:contact|conversation|agent|inbox|account)(?:\.\w+)+")
_CODE = '"short_code"'
_LISTS = ("payload", "data", "canned_responses")


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are canned responses, by the names of their fields."""
    text = glance(data).lstrip()
    if text.startswith(("[", "{")) and _CODE in text and '"content"' in text:
        return 0.95
    words = bare_words(delimited.first_row(data)[0])
    return 0.9 if {"shortcode", "content"} <= set(words) and "," not in "".join(words) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The responses as phrases, named by their short codes. Raises FormatBroken.

    Problems: variable_kept_as_text, empty_skipped, entry_unreadable, characters_dropped, and
    those of tables.phrases().
    """
    if not glance(data).lstrip().startswith(("[", "{")):
        (sheet,) = delimited.sheets(data, name, watch, NAME)
        return phrases(sheet, _mapping(sheet), PureWindowsPath(name).stem, watch, _converted)
    decoded = decode(data, name, NAME)
    root, broken = json_values.load(decoded.text, name, NAME)
    if isinstance(root, dict):
        # The list is bare, or the payload of an answer.
        root = next((root[key] for key in _LISTS if key in root), None)
    if not isinstance(root, list):
        raise broken or FormatBroken(place=name, format=NAME, line=0)
    parsed = Parsed(problems=decoded.problems, broken=broken)
    for entry in json_values.entries(root, parsed, watch):
        if not isinstance(entry.get("content"), str):
            parsed.problems.append(Problem("entry_unreadable"))
            continue
        code = json_values.text(entry, "short_code").strip()
        text = json_values.text(entry, "content")
        title = code or first_line(text)
        if not text.strip():
            parsed.problems.append(Problem("empty_skipped", title))
            continue
        body, _, kinds = _converted(text)
        parsed.problems += [Problem(kind, title) for kind in kinds]
        parsed.phrases.append(PhraseItem(title, body, code))
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """Responses as Chatwoot's API takes them: each needs a code of its own, or else its title.

    Problems: title_numbered where a code is there twice.
    """
    codes = [clean(item.abbr.strip() or item.title.strip()) for item in items]
    entries: list[dict[str, str]] = []
    problems: list[Problem] = []
    for item, code, once in zip(items, codes, numbered(codes), strict=True):
        if once != code:
            problems.append(Problem("title_numbered", item.title))
        content = "".join(map(_part, template.parse(item.body)))
        entries.append({"short_code": once, "content": clean(content)})
    return Written(json.dumps(entries, ensure_ascii=False, indent=1).encode(), problems)


def _mapping(sheet: Sheet) -> Mapping:
    words = bare_words(sheet.rows[0][1]) if sheet.rows else []
    code, content = (
        (words.index(one),) if one in words else () for one in ("shortcode", "content")
    )
    if not content:
        return Mapping(body=(1,), abbr=(0,))
    return Mapping(body=content, abbr=code, heading=1)


def _converted(text: str) -> Converted:
    """Liquid in our syntax: a variable is a gap of its name, what decides or counts stays text."""
    at, parts, kinds = 0, list[str](), list[str]()
    for found in _LIQUID.finditer(text):
        parts.append(foreign(text[at : found.start()])[0])
        variable = _VARIABLE.fullmatch(found[1] or "")
        slot = template.slot_name(variable[1]) if variable else ""
        if variable and slot:
            parts.append(_gap(slot, variable[2] or variable[3] or ""))
        else:
            parts.append(template.literal(found[0]))
            kinds = ["variable_kept_as_text"]
        at = found.end()
    return "".join([*parts, foreign(text[at:])[0]]), "", kinds


def _gap(name: str, default: str) -> str:
    try:
        return template.render([template.Slot(name, default)])
    except ValueError:
        return template.gap(name)


def _part(part: template.Part) -> str:
    """A part as Chatwoot fills it in itself, where it can."""
    if isinstance(part, template.Slot) and _NAMED.fullmatch(part.name):
        said = part.default
        default = f' | default: "{said}"' if said and '"' not in said else ""
        return f"{{{{{part.name}{default}}}}}"
    return plain_part(part)
