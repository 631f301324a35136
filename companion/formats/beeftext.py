"""Beeftext's combo list and backup (.json, .btbackup), read and written."""

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from companion.errors import FormatBroken
from companion.formats import json_values
from companion.formats.encoding import clean, decode, glance, title_of
from companion.formats.html_text import text_of
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "beeftext"
HOLDS = "phrases"
ENDINGS = (".json", ".btbackup")

_VERSION = 10
# Made once for this project: the same phrases always give the same file.
_NAMESPACE = uuid.UUID("5c0f7a1e-93d4-4b7e-8f5a-2d6b1c9e0a47")
# Beeftext refuses a combo without dates, and a phrase has none to give.
_DATE = "2000-01-01T00:00:00.000"
# Our own body, beside a snippet that cannot say all of it (a slot's default). Beeftext ignores it.
_BODY = "companionBody"
_FIELDS = ('"snippet"', '"keyword"', '"comboText"', '"fileFormatVersion"')


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is a combo list: the names of its keys tell."""
    text = glance(data)
    if not text.lstrip().startswith("{") or '"combos"' not in text:
        return 0.0
    return 0.95 if any(key in text for key in _FIELDS) else 0.3


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The combos as phrases, their groups as sets. Raises FormatBroken.

    Problems: variable_kept_as_text, was_disabled, formatting_dropped, slot_renamed,
    empty_skipped, entry_unreadable, characters_dropped.
    """
    decoded = decode(data, name, NAME)
    root, broken = json_values.load(decoded.text, name, NAME)
    combos = root.get("combos") if isinstance(root, dict) else None
    if not isinstance(combos, list):
        raise broken or FormatBroken(place=name, format=NAME, line=0)
    groups = {
        json_values.text(group, "uuid"): (
            json_values.text(group, "name"),
            group.get("enabled", True) is not False,
        )
        for group in json_values.objects(root.get("groups"))
    }
    parsed = Parsed(problems=decoded.problems, broken=broken)
    for combo in json_values.entries(combos, parsed, watch):
        _read_combo(combo, groups, parsed)
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A combo list of version 10. Beeftext holds no tags and no empty snippets."""
    sets = dict.fromkeys(item.set for item in items if item.set)
    taken: dict[str, int] = {}
    combos: list[dict[str, object]] = []
    problems: list[Problem] = []
    for item in items:
        snippet = _snippet(item.body)
        if not snippet:
            problems.append(Problem("empty_skipped", item.title))
            continue
        identity = json.dumps([item.title, item.abbr, item.set, item.body])
        taken[identity] = taken.get(identity, 0) + 1
        combo: dict[str, object] = {
            "uuid": _uuid(f"combo {taken[identity]} {identity}"),
            "name": item.title,
            "keyword": item.abbr,
            "snippet": snippet,
            "description": "",
            "matchingMode": 0,
            "caseSensitivity": 0,
            "enabled": True,
            "creationDateTime": _DATE,
            "modificationDateTime": _DATE,
        }
        if item.set:
            combo["group"] = _uuid(f"group {item.set}")
        if _body(snippet)[0] != item.body:
            combo[_BODY] = item.body
        combos.append(combo)
    groups = [
        {
            "uuid": _uuid(f"group {name}"),
            "name": name,
            "description": "",
            "enabled": True,
            "creationDateTime": _DATE,
            "modificationDateTime": _DATE,
        }
        for name in sets
    ]
    root = {"combos": combos, "fileFormatVersion": _VERSION, "groups": groups}
    text = json.dumps(root, ensure_ascii=False, indent=4)
    return Written(text.encode("utf-8", "ignore"), problems)


def _read_combo(combo: dict[str, Any], groups: dict[str, tuple[str, bool]], parsed: Parsed) -> None:
    """Adds one combo to what was parsed, and what could not be carried over."""
    snippet = json_values.text(combo, "snippet", "substitutionText")
    abbr = json_values.text(combo, "keyword", "comboText")
    is_html = combo.get("useHtml") is True
    if is_html:
        snippet = text_of(snippet, as_written=True)
    title = title_of(snippet, json_values.text(combo, "name"), abbr)
    kinds = ["formatting_dropped"] if is_html else []
    if not snippet:
        parsed.problems.append(Problem("empty_skipped", title))
        return
    body, changes = _body(snippet)
    own = json_values.text(combo, _BODY)
    if own and _snippet(own) == snippet:
        body, changes = own, []
    group, in_use = groups.get(json_values.text(combo, "group"), ("", True))
    if combo.get("enabled", True) is False or not in_use:
        kinds.append("was_disabled")
    parsed.problems += [Problem(kind, title) for kind in dict.fromkeys(kinds + changes)]
    parsed.phrases.append(PhraseItem(title, body, abbr, group))


def _pieces(snippet: str) -> Iterator[tuple[str, str]]:
    """The snippet as ("text", …) and ("variable", …): ``#{`` up to a ``}`` that has no backslash.

    A variable never spans lines, as in Beeftext's own expression. Each line is searched once,
    however many openings it holds.
    """
    for number, line in enumerate(snippet.split("\n")):
        at = 0
        if number:
            yield "text", "\n"
        while (start := line.find("#{", at)) >= 0:
            end = line.find("}", start + 2)
            while end > 0 and line[end - 1] == "\\":
                end = line.find("}", end + 1)
            if end < 0:
                break
            yield "text", line[at:start]
            yield "variable", line[start + 2 : end]
            at = end + 1
        yield "text", line[at:]


def _body(snippet: str) -> tuple[str, list[str]]:
    """The snippet in our syntax, and the kinds of problems: no variable is ever run."""
    parts: list[str] = []
    kinds: list[str] = []
    for piece, text in _pieces(snippet):
        if piece == "text":
            parts.append(template.literal(text))
            continue
        asked = text.removeprefix("input:").replace("\\\\", "\\").replace("\\}", "}").strip()
        # What our slots' names cannot hold is said with the nearest sign.
        slot = template.slot_name(asked)
        if not text.startswith("input:") or not slot:
            parts.append(template.literal(f"#{{{text}}}"))
            kinds.append("variable_kept_as_text")
            continue
        parts.append(template.gap(slot))
        if slot != asked:
            kinds.append("slot_renamed")
    return "".join(parts), kinds


def _snippet(body: str) -> str:
    """A body of ours as Beeftext would ask for it and type it."""
    parts: list[str] = []
    for part in template.parse(body):
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, template.Slot):
            parts.append(f"#{{input:{part.name}}}")
        elif isinstance(part, template.Clipboard | template.Cursor):
            parts.append("#{clipboard}" if isinstance(part, template.Clipboard) else "#{cursor}")
        else:
            # What Beeftext has no word for stays to be seen.
            parts.append(template.render([part]))
    return clean("".join(parts))


def _uuid(name: str) -> str:
    return f"{{{uuid.uuid5(_NAMESPACE, name)}}}"
