"""Raycast's snippets (.json), read and written."""

import json
import re
from collections.abc import Sequence

from companion.errors import FormatBroken
from companion.formats import json_values, mac_bodies
from companion.formats.encoding import decode, glance, title_of
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched

NAME = "raycast"
HOLDS = "phrases"
ENDINGS = (".json",)

_START = re.compile(r'\s*\[\s*\{\s*"(?:name|text|keyword|createdAt)"\s*:')
# Ours, which Raycast does not look at.
_BODY, _SET, _TAGS = "companionBody", "companionSet", "companionTags"


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are snippets: a list whose entries have a name and a text."""
    text = glance(data)
    return 0.6 if _START.match(text) and '"name"' in text and '"text"' in text else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The snippets as phrases. Raises FormatBroken.

    Problems: variable_kept_as_text, date_form_changed, slot_renamed, slot_simplified,
    empty_skipped, entry_unreadable, characters_dropped.
    """
    decoded = decode(data, name, NAME)
    listed, broken = json_values.load(decoded.text, name, NAME)
    if not isinstance(listed, list):
        raise FormatBroken(place=name, format=NAME, line=0)
    parsed = Parsed(problems=decoded.problems, broken=broken)
    for entry in json_values.entries(listed, parsed, watch):
        text, abbr = json_values.text(entry, "text"), json_values.text(entry, "keyword")
        own = json_values.text(entry, _BODY)
        named = json_values.text(entry, "name")
        title = title_of(text, named, abbr)
        if not text.strip() and not own:
            parsed.problems.append(Problem("empty_skipped", title))
            continue
        body = mac_bodies.read(text)
        whole, kinds = body.text, body.kinds
        if own and mac_bodies.write(own)[0] == text:
            whole, kinds = own, []
        parsed.problems += [Problem(kind, title) for kind in kinds]
        tags = tuple(json_values.texts(entry.get(_TAGS)))
        set = json_values.text(entry, _SET)
        parsed.phrases.append(PhraseItem(title, whole, abbr, set, tags))
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """The snippets. Sets and tags stand in keys of ours."""
    listed: list[dict[str, object]] = []
    problems: list[Problem] = []
    for item in items:
        text, whole = mac_bodies.write(item.body)
        if not whole:
            problems.append(Problem("not_sayable_there", item.title))
        entry: dict[str, object] = {"name": item.title, "text": text}
        if item.abbr:
            entry["keyword"] = item.abbr
        again = mac_bodies.read(text)
        if again.text != item.body or again.kinds:
            entry[_BODY] = item.body
        if item.set:
            entry[_SET] = item.set
        if item.tags:
            entry[_TAGS] = list(item.tags)
        listed.append(entry)
    data = json.dumps(listed, ensure_ascii=False, indent=2).encode("utf-8", "ignore")
    return Written(data, problems)
