"""TextExpander's groups of snippets (.textexpander), its settings and backups too."""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from companion.errors import FormatBroken
from companion.formats import json_values, plists
from companion.formats import textexpander_bodies as bodies
from companion.formats.encoding import title_of
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "textexpander"
HOLDS = "phrases"
ENDINGS = (".textexpander",)

_LISTS = ("snippetsTE2", "snippetsTE3", "snippetPlists", "snippets")
_KEYS = re.compile(rb"<key>(?:snippetsTE\d|snippetPlists|groupsTE\d|groupInfo)</key>")
_MARKS = (b"snippetsTE", b"snippetPlists", b"groupsTE")
_PLAIN, _RICH, _SCRIPT = 0, 1, 2
# Made once for this project: the same phrases always give the same file.
_NAMESPACE = uuid.UUID("0f9d2f3a-6f0e-4c1b-9d53-7a4be1c0a5d2")
_DATE = datetime(2000, 1, 1)
# Ours, which TextExpander does not look at.
_BODY, _SET, _TAGS = "companionBody", "companionSet", "companionTags"


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are snippets: the names of its keys tell."""
    if not plists.looks_so(data):
        return 0.0
    head = data[:200_000]
    if data.startswith(b"bplist00"):
        return 0.95 if any(mark in data for mark in _MARKS) else 0.0
    narrow = head.replace(b"\0", b"")
    return 0.95 if _KEYS.search(narrow) or _KEYS.search(data) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The snippets as phrases, their groups as sets. No script is run. Raises FormatBroken.

    Problems: script_kept_as_text, variable_kept_as_text, formatting_dropped, date_form_changed,
    slot_renamed, slot_simplified, empty_skipped, entry_unreadable.
    """
    root, broken = plists.load(data, name, NAME, watch)
    groups = list(_groups(root, PurePosixPath(name).stem))
    if not groups:
        raise broken or FormatBroken(place=name, format=NAME, line=0)
    parsed = Parsed(broken=broken)
    of = sum(len(snippets) for _, snippets in groups)
    every = [one for _, snippets in groups for one in snippets if isinstance(one, dict)]
    abbreviations = _abbreviations(
        (json_values.text(one, "label"), json_values.text(one, "abbreviation")) for one in every
    )
    done = 0
    for group, snippets in groups:
        for snippet in snippets:
            if done % 256 == 0:
                watch(done, of)
            done += 1
            if isinstance(snippet, dict):
                _read_snippet(snippet, group, abbreviations, parsed)
            else:
                parsed.problems.append(Problem("entry_unreadable"))
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """One group. Where the phrases are of several sets, each says its own in a key of ours."""
    sets = list(dict.fromkeys(item.set for item in items))
    group = sets[0] if len(sets) == 1 and sets[0] else "Companion"
    abbreviations = _abbreviations((item.title, item.abbr) for item in items)
    snippets: list[plists.Value] = []
    problems: list[Problem] = []
    for number, item in enumerate(items):
        if not item.body:
            problems.append(Problem("empty_skipped", item.title))
            continue
        said = bodies.write(item.body, abbreviations)
        if not said.whole:
            problems.append(Problem("not_sayable_there", item.title))
        if any(map(plists.unsayable, (item.title, item.body, item.abbr, item.set, *item.tags))):
            problems.append(Problem("characters_dropped", item.title))
        snippet: dict[str, plists.Value] = {
            "abbreviation": item.abbr,
            "abbreviationMode": 0,
            "creationDate": _DATE,
            "flags": 0,
            "label": item.title,
            "modificationDate": _DATE,
            "plainText": said.text,
            "snippetType": _PLAIN,
            "useCount": 0,
            "uuidString": str(uuid.uuid5(_NAMESPACE, f"{number} {item!r}")).upper(),
        }
        read_again = bodies.read(said.text)
        if read_again.text != item.body or read_again.kinds:
            snippet[_BODY] = item.body
        if item.tags:
            snippet[_TAGS] = list(item.tags)
        if item.set != group:
            snippet[_SET] = item.set
        snippets.append(snippet)
    root = {"groupInfo": {"expandAfterMode": 0, "groupName": group}, "snippetsTE2": snippets}
    return Written(plists.dump(root), problems)


def _groups(root: plists.Value, name: str) -> Iterator[tuple[str, list[plists.Value]]]:
    """The groups of a file: one that was exported, one of a settings folder, or all of them."""
    if isinstance(root, list):
        for one in root:
            yield from _groups(one, name) if isinstance(one, dict) else ()
        return
    if not isinstance(root, dict):
        return
    listed = next((root[key] for key in _LISTS if isinstance(root.get(key), list)), None)
    groups = next((g for k in ("groupsTE2", "groups") if isinstance(g := root.get(k), list)), [])
    groups = [one for one in groups if isinstance(one, dict)]
    if listed is None:
        for group in groups:
            yield from _groups(group, name)
        return
    owners: dict[str, str] = {}
    for group in groups:
        held = group.get("snippetUUIDs")
        for id in held if isinstance(held, list) else ():
            if isinstance(id, str):
                owners[id] = json_values.text(group, "name")
    if owners:
        apart: dict[str, list[plists.Value]] = {}
        for one in listed:
            id = json_values.text(one, "uuidString") if isinstance(one, dict) else ""
            apart.setdefault(owners.get(id, ""), []).append(one)
        yield from apart.items()
        return
    info = root.get("groupInfo")
    named = json_values.text(info, "groupName") if isinstance(info, dict) else ""
    yield named or json_values.text(root, "name") or name, listed


def _read_snippet(
    snippet: dict[str, Any], group: str, abbreviations: Mapping[str, str], parsed: Parsed
) -> None:
    text, abbr = json_values.text(snippet, "plainText"), json_values.text(snippet, "abbreviation")
    title = title_of(text, json_values.text(snippet, "label"), abbr)
    if not text.strip() and not json_values.text(snippet, _BODY):
        parsed.problems.append(Problem("empty_skipped", title))
        return
    kind = snippet.get("snippetType")
    own = json_values.text(snippet, _BODY)
    if isinstance(kind, int) and kind >= _SCRIPT:
        whole, kinds = template.literal(text), ["script_kept_as_text"]
    elif own and bodies.write(own, abbreviations).text == text:
        whole, kinds = own, []
    else:
        body = bodies.read(text)
        whole, kinds = body.text, body.kinds
        if kind == _RICH:
            kinds = ["formatting_dropped", *kinds]
    parsed.problems += [Problem(kind, title) for kind in kinds]
    tags = json_values.texts(snippet.get(_TAGS))
    set = json_values.text(snippet, _SET) if _SET in snippet else group
    parsed.phrases.append(PhraseItem(title, whole, abbr, set, tuple(tags)))


def _abbreviations(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """The abbreviation that a title or an abbreviation names; titles go first."""
    titles: dict[str, str] = {}
    codes: dict[str, str] = {}
    for title, abbr in pairs:
        if abbr:
            titles.setdefault(title, abbr)
            codes[abbr] = abbr
    return codes | titles
