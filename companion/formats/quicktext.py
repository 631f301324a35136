"""QuickText's library for Windows: a folder of categories in JSON, read and written."""

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from companion.errors import FormatBroken
from companion.formats import json_values
from companion.formats import quicktext_bodies as bodies
from companion.formats.encoding import decode, glance, title_of
from companion.formats.items import Files, Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "quicktext"
HOLDS = "phrases"
ENDINGS: tuple[str, ...] = ()

_INDEX = "index.json"
_OTHERS = {"trash.json", "usage.json", "settings.json"}
_BODY_KEY = re.compile(r'"body"\s*:', re.IGNORECASE)
_SNIPPET_KEY = re.compile(r'"(?:abbr|usevariables|outputmode|imagepath)"\s*:', re.IGNORECASE)
_CATEGORIES = re.compile(r'"categories"\s*:', re.IGNORECASE)
_SCHEMA = re.compile(r'"schemaversion"\s*:', re.IGNORECASE)
_NO_NAME = re.compile('[<>:"/\\\\|?*\x00-\x1f]')
# Made once for this project: the same phrases always give the same files.
_NAMESPACE = uuid.UUID("b7c8c3b4-5c43-4f0b-8a5d-1f6a0f6b7c21")
# Ours, which QuickText does not look at.
_BODY, _TAGS, _UNSET = "CompanionBody", "CompanionTags", "CompanionNoSet"


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is a category, or the index of them: the names of its keys tell."""
    text = glance(data)
    if text.lstrip().startswith("["):
        return 0.9 if _BODY_KEY.search(text) and _SNIPPET_KEY.search(text) else 0.0
    return 0.9 if _is_index(text) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """One category, in a set of the file's name; see read_folder(). Raises FormatBroken."""
    if _is_index(glance(data)):
        return Parsed(problems=[Problem("choose_the_folder", name)])
    parsed = Parsed()
    _take(parsed, _snippets(parsed, data, name), PurePosixPath(name).stem, watch)
    return parsed


def belonging(name: str) -> Sequence[str]:
    """The index beside a category: it knows what the category is called."""
    return (_INDEX,) if name.lower().endswith(".json") and name != _INDEX else ()


def matches_folder(files: Files) -> float:
    """How sure it is that these are QuickText's: the index tells."""
    return 0.95 if _index_path(files) else 0.0


def read_folder(files: Files, name: str, watch: Watch = unwatched) -> Parsed:
    """The categories of the index as sets, in its order. What is in the trash stays there.

    Problems: variable_kept_as_text, date_form_changed, slot_renamed, slot_simplified,
    enter_not_kept, image_not_carried, empty_skipped, entry_unreadable, file_not_read,
    characters_dropped. Raises FormatBroken where nothing can be read.
    """
    index = _index_path(files)
    root = PurePosixPath(index).parent
    titles = {str(root / file): said for file, said in _categories(files[index], index)}
    found = {path: files[path] for path in titles if path in files}
    if not found:
        # One category that the index does not know, beside it.
        loose = [p for p in files if p != index and matches(files[p], p)]
        found = {path: files[path] for path in loose}
    parsed, broken, done = Parsed(), list[FormatBroken](), 0
    for path, data in found.items():
        set = titles.get(path, PurePosixPath(path).stem)
        try:
            listed = _snippets(parsed, data, path)
        except FormatBroken as error:
            broken.append(error)
            continue
        _take(parsed, listed, set, watch, done)
        done += len(listed)
    for path in files:
        file = PurePosixPath(path)
        known = path == index or path in found or file.name in _OTHERS or "images" in file.parts
        if not known:
            parsed.problems.append(Problem("file_not_read", path))
    if broken and not parsed.phrases:
        raise broken[0]
    parsed.broken = parsed.broken or next(iter(broken), None)
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """An index and a category for each set. Tags stand in a key of ours."""
    sets: dict[str, list[dict[str, Any]]] = {}
    problems: list[Problem] = []
    for number, item in enumerate(items):
        text, uses, whole = bodies.write(item.body)
        if not whole:
            problems.append(Problem("not_sayable_there", item.title))
        snippet: dict[str, Any] = {
            "Id": uuid.uuid5(_NAMESPACE, f"{number} {item!r}").hex,
            "Name": item.title,
            "Abbr": item.abbr,
            "Body": text,
            "UseVariables": uses,
            "OutputMode": "",
            "ImagePath": "",
            "UpdatedAt": "2000-01-01T00:00:00+00:00",
        }
        again = bodies.read(text) if uses else None
        if again is not None and (again.text != item.body or again.kinds):
            snippet[_BODY] = item.body
        if not uses and template.literal(text) != item.body:
            snippet[_BODY] = item.body
        if item.tags:
            snippet[_TAGS] = list(item.tags)
        sets.setdefault(item.set, []).append(snippet)
    files: dict[str, bytes] = {}
    categories: list[dict[str, Any]] = []
    taken = {"index", "trash", "usage", "settings"}
    for name, snippets in sets.items():
        file = _file_name(name or "Companion", taken)
        entry: dict[str, Any] = {"Name": name or "Companion", "File": file, "Color": ""}
        categories.append(entry if name else entry | {_UNSET: True})
        files[file] = _json(snippets)
    index = {_INDEX: _json({"SchemaVersion": 1, "Categories": categories})}
    return Written(problems=problems, files=index | files)


def _snippets(parsed: Parsed, data: bytes, name: str) -> list[Any]:
    """The snippets of a category's file."""
    decoded = decode(data, name, NAME)
    listed, broken = json_values.load(decoded.text, name, NAME)
    if not isinstance(listed, list):
        raise FormatBroken(place=name, format=NAME, line=0)
    parsed.problems += decoded.problems
    parsed.broken = parsed.broken or broken
    return listed


def _take(parsed: Parsed, listed: list[Any], set: str, watch: Watch, done: int = 0) -> None:
    for number, snippet in enumerate(listed):
        if number % 256 == 0:
            watch(done + number, 0)
        if not isinstance(snippet, dict):
            parsed.problems.append(Problem("entry_unreadable"))
            continue
        _read_snippet(parsed, {key.lower(): value for key, value in snippet.items()}, set)


def _read_snippet(parsed: Parsed, snippet: dict[str, Any], set: str) -> None:
    text, abbr = json_values.text(snippet, "body"), json_values.text(snippet, "abbr")
    named = json_values.text(snippet, "name")
    title = title_of(text, named, abbr)
    image = json_values.text(snippet, "imagepath")
    own = json_values.text(snippet, _BODY.lower())
    if image or (not text.strip() and not own):
        kind = "image_not_carried" if image else "empty_skipped"
        parsed.problems.append(Problem(kind, title))
        if not text.strip():
            return
    # Older versions had no such switch and always looked for words in braces.
    uses = snippet.get("usevariables", True) is True
    if own and bodies.write(own)[0] == text:
        whole, kinds = own, list[str]()
    elif uses:
        body = bodies.read(text)
        whole, kinds = body.text, body.kinds
    else:
        whole, kinds = template.literal(text), []
    if snippet.get("outputmode") == "paste-enter":
        kinds = [*kinds, "enter_not_kept"]
    parsed.problems += [Problem(kind, title) for kind in kinds]
    tags = json_values.texts(snippet.get(_TAGS.lower()))
    parsed.phrases.append(PhraseItem(title, whole, abbr, set, tuple(tags)))


def _is_index(text: str) -> bool:
    return bool(text.lstrip().startswith("{") and _CATEGORIES.search(text) and _SCHEMA.search(text))


def _index_path(files: Files) -> str:
    """Where the index stands, the outermost of several; empty where there is none."""
    named = (path for path in files if PurePosixPath(path).name == _INDEX)
    return next((p for p in sorted(named, key=len) if _is_index(glance(files[p]))), "")


def _categories(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """The files of the index and the categories they hold."""
    index, _ = json_values.load(decode(data, name, NAME).text, name, NAME)
    entries = {key.lower(): value for key, value in index.items()} if index else {}
    for entry in json_values.objects(entries.get("categories")):
        said = {key.lower(): value for key, value in entry.items()}
        file = json_values.text(said, "file")
        if file:
            unset = said.get(_UNSET.lower()) is True
            yield file.replace("\\", "/"), "" if unset else json_values.text(said, "name")


def _file_name(name: str, taken: set[str]) -> str:
    safe = _NO_NAME.sub("_", name)[:80].strip(" .") or "_"
    free, number = safe, 2
    while free.casefold() in taken:
        free, number = f"{safe}_{number}", number + 1
    taken.add(free.casefold())
    return f"{free}.json"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "ignore")
