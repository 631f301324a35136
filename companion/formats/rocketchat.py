"""Rocket.Chat's canned responses (JSON, as its interface gives them), read only."""

import re
from typing import Any

from companion.errors import FormatBroken
from companion.formats import json_values
from companion.formats.bodies import Body
from companion.formats.encoding import decode, first_line, glance
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, unwatched

NAME = "rocketchat"
HOLDS = "phrases"

_ENTRY = re.compile(r'"shortcut"\s*:')
_PLACE = re.compile(r"\{\{\s*([\w.]{1,60})\s*\}\}")


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are canned responses: the names of their keys tell."""
    text = glance(data)
    if not text.lstrip().startswith(("{", "[")) or not _ENTRY.search(text):
        return 0.0
    return 0.8 if '"scope"' in text and '"text"' in text else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The responses as phrases; their tags are kept. Raises FormatBroken.

    ``{{contact.name}}`` and the like, which Rocket.Chat fills in by itself, is asked for.
    Problems: empty_skipped, entry_unreadable, slot_renamed, characters_dropped.
    """
    decoded = decode(data, name, NAME)
    root, broken = json_values.load(decoded.text, name, NAME)
    listed: Any = root.get("cannedResponses") if isinstance(root, dict) else root
    if not isinstance(listed, list):
        raise FormatBroken(place=name, format=NAME, line=0)
    parsed = Parsed(problems=decoded.problems, broken=broken)
    for entry in json_values.entries(listed, parsed, watch):
        text, shortcut = json_values.text(entry, "text"), json_values.text(entry, "shortcut")
        title = shortcut if shortcut.strip() else first_line(text)
        if not text.strip():
            parsed.problems.append(Problem("empty_skipped", title))
            continue
        body, at = Body(text), 0
        for found in _PLACE.finditer(text):
            body.say(text[at : found.start()])
            at = found.end()
            if not body.slot(found[1]):
                body.say(found[0])
        body.say(text[at:])
        parsed.problems += [Problem(kind, title) for kind in body.kinds]
        tags = tuple(json_values.texts(entry.get("tags")))
        parsed.phrases.append(PhraseItem(title, body.text, shortcut, "", tags))
    return parsed
