"""espanso's matches (.yml), a file or a whole folder of its settings, read and written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from companion.errors import FormatBroken
from companion.formats import espanso_bodies as bodies
from companion.formats import yaml_entries
from companion.formats.encoding import decode, glance, title_of
from companion.formats.html_text import text_of
from companion.formats.items import Files, Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.formats.yaml_entries import Value, mappings, texts

NAME = "espanso"
HOLDS = "phrases"
ENDINGS = (".yml", ".yaml")

_ROOT = re.compile(r"""^["'{\s]{0,3}(?:matches|global_vars|imports)["']?\s*:""", re.MULTILINE)
_TRIGGER = re.compile(r"""^\s{0,20}-?\s{0,8}["'{]{0,2}(?:triggers?|regex)["']?\s*:""", re.MULTILINE)
_EFFECT = re.compile(
    r"""["'{,\s-](?:replace|form|html|markdown|image_path|label)["']?\s*:""",
)
# Ours, which espanso does not look at: the body where a match cannot say all of it, and the set.
_BODY, _SET, _OURS = "companion_body", "companion_set", "companion"
_SAYS = ("replace", "form", "form_fields", "vars")
# Variables of a file may say the same long text in every match.
_MOST_GROWN = 64_000_000


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are matches: the names of its keys tell."""
    text = glance(data)
    if _ROOT.search(text):
        return 0.95 if _TRIGGER.search(text) and _EFFECT.search(text) else 0.6
    return 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The matches as phrases, in a set of the file's name; no variable is run. Raises FormatBroken.

    Problems: script_kept_as_text, variable_kept_as_text, pattern_not_used, random_now_asked,
    date_form_changed, formatting_dropped, image_not_carried, import_not_followed, slot_renamed,
    slot_simplified, empty_skipped, characters_dropped.
    """
    file = _File.of(data, name, watch)
    parsed = file.parsed
    for path in texts(file.value("imports")):
        parsed.problems.append(Problem("import_not_followed", path))
    _Reading(parsed, watch, len(file.matches)).take(file, {})
    return parsed


def belonging(name: str) -> Sequence[str]:
    """None: a file of matches stands for itself."""
    return ()


def matches_folder(files: Files) -> float:
    """How sure it is that this is a folder of espanso's, with ``match`` or a package in it."""
    ours = [path for path, data in files.items() if _is_matches(path) and matches(data, path)]
    usual = any({"match", "packages"} & set(PurePosixPath(path).parts[:-1]) for path in ours)
    package = any(PurePosixPath(path).name == "_manifest.yml" for path in files)
    return 0.9 if ours and (usual or package or "config/default.yml" in files) else 0.0


def read_folder(files: Files, name: str, watch: Watch = unwatched) -> Parsed:
    """The matches of all files, the global variables of each known to all; see read()."""
    whole, found = Parsed(), list[_File]()
    for path, data in files.items():
        if not _is_matches(path):
            if not _is_known(path):
                whole.problems.append(Problem("file_not_read", path))
            continue
        try:
            found.append(_File.of(data, path, watch))
        except FormatBroken as error:
            whole.broken = whole.broken or error
    shared = {k: v for file in reversed(found) for k, v in file.variables.items()}
    reading = _Reading(whole, watch, sum(len(file.matches) for file in found))
    for file in found:
        whole.problems += file.parsed.problems
        whole.broken = whole.broken or file.parsed.broken
        reading.take(file, shared)
    if not whole.phrases and whole.broken:
        raise whole.broken
    return whole


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """One file of matches. Sets stand in a key of ours, tags in the words to search by."""
    triggers: dict[str, str] = {}
    for item in items:
        if item.abbr:
            triggers.setdefault(item.title, item.abbr)
    triggers = {item.abbr: item.abbr for item in items if item.abbr} | triggers
    problems: list[Problem] = []
    lines = ["# espanso", "companion: true", "matches:" if items else "matches: []"]
    for item in items:
        said = bodies.write(item.body, triggers)
        if not said.whole:
            problems.append(Problem("not_sayable_there", item.title))
        entry: dict[str, Value] = {"trigger": item.abbr} if item.abbr else {}
        entry["label"] = item.title
        if item.tags:
            entry["search_terms"] = list(item.tags)
        entry |= said.keys
        if _phrase_body(entry, triggers) != item.body:
            entry[_BODY] = item.body
        if item.set:
            entry[_SET] = item.set
        first, *others = yaml_entries.dump(entry, "    ")
        lines += ["", f"  - {first.lstrip()}", *others]
    return Written("\n".join([*lines, ""]).encode("utf-8", "ignore"), problems)


@dataclass
class _File:
    """One file's matches, and what its variables are."""

    name: str
    root: Value
    parsed: Parsed
    matches: list[yaml_entries.Mapping] = field(default_factory=list)
    variables: dict[str, Value] = field(default_factory=dict)

    @staticmethod
    def of(data: bytes, name: str, watch: Watch) -> "_File":
        decoded = decode(data, name, NAME)
        root, broken = yaml_entries.load(decoded.text, name, NAME, watch)
        file = _File(name, root, Parsed(problems=decoded.problems, broken=broken))
        listed = root if isinstance(root, list) else file.value("matches")
        file.matches = mappings(listed)
        if not isinstance(root, dict | list) or (
            isinstance(root, dict) and not {"matches", "global_vars", "imports"} & root.keys()
        ):
            raise broken or FormatBroken(place=name, format=NAME, line=1)
        if isinstance(listed, list):
            unfit = len(listed) - len(file.matches)
            file.parsed.problems += [Problem("entry_unreadable")] * min(unfit, 100)
        file.variables = _variables(file.value("global_vars"))
        return file

    def value(self, key: str) -> Value:
        """What stands at the root under a key."""
        return self.root.get(key) if isinstance(self.root, dict) else None

    @property
    def set(self) -> str:
        """The set that phrases of this file go to: its name, or its package's."""
        if self.value(_OURS):
            return ""
        named = self.value("name")
        path = PurePosixPath(self.name)
        if isinstance(named, str) and named.strip():
            return named.strip()
        packaged = path.stem == "package" and path.parent.name
        return path.parent.name if packaged else path.stem


class _Reading:
    """Makes phrases of the matches of one file or many."""

    def __init__(self, parsed: Parsed, watch: Watch, of: int) -> None:
        self._parsed, self._watch, self._of = parsed, watch, of
        self._done = self._grown = 0

    def take(self, file: _File, shared: Mapping[str, Value]) -> None:
        """The matches of one file; ``shared`` are the variables of all."""
        known = {**shared, **file.variables}
        # A body of ours is written with the triggers of the phrases beside it.
        triggers: dict[str, str] = {}
        for entry in file.matches:
            trigger, label = _trigger(entry), entry.get("label")
            if trigger and isinstance(label, str):
                triggers.setdefault(label, trigger)
        triggers = {t: t for t in map(_trigger, file.matches) if t} | triggers
        for entry in file.matches:
            if self._done % 256 == 0:
                self._watch(self._done, self._of)
            self._done += 1
            self._entry(entry, file.set, known, triggers)

    def _entry(
        self,
        entry: yaml_entries.Mapping,
        set: str,
        known: Mapping[str, Value],
        triggers: Mapping[str, str],
    ) -> None:
        codes = [*texts(entry.get("trigger")), *texts(entry.get("triggers"))]
        pattern = _one(entry, "regex")
        said, kind = next(
            ((_one(entry, key), key) for key in _EFFECTS if _one(entry, key)), ("", "")
        )
        title = title_of(said, _one(entry, "label"), *codes, pattern)
        if not said.strip() and not _one(entry, _BODY):
            reason = "image_not_carried" if _one(entry, "image_path") else "empty_skipped"
            self._parsed.problems.append(Problem(reason, title, entry.line))
            return
        known = known if self._grown < _MOST_GROWN else {}
        variables = {
            **known,
            **(bodies.from_pattern(pattern) if pattern and not codes else {}),
            **_local(entry, known),
        }
        plain = text_of(said) if kind == "html" else said
        body = bodies.read(plain, variables, entry.get("form_fields"), form=kind == "form")
        kinds = [*body.kinds]
        rich = bodies.read(said, variables) if kind == "html" else None
        if kind == "markdown":
            kinds.append("formatting_dropped")
        if pattern and not codes:
            kinds.append("pattern_not_used")
        text, own = body.text, _one(entry, _BODY)
        if own and _same(entry, bodies.write(own, triggers).keys):
            text, kinds = own, []
        self._grown += body.cost + (rich.cost if rich else 0)
        self._parsed.problems += [Problem(kind, title, entry.line) for kind in dict.fromkeys(kinds)]
        tags = dict.fromkeys([*texts(entry.get("search_terms")), *codes[1:]])
        self._parsed.phrases.append(
            PhraseItem(
                title,
                text,
                codes[0] if codes else "",
                _one(entry, _SET) or set,
                tuple(tags),
                rich.text if rich else "",
            )
        )


_EFFECTS = ("replace", "markdown", "html", "form")


def _phrase_body(entry: dict[str, Value], triggers: Mapping[str, str]) -> str:
    """The body that a written match would be read as."""
    form = "form" in entry
    said = entry["form" if form else "replace"]
    if not said.strip():
        return ""
    return bodies.read(
        said, _variables(entry.get("vars")), entry.get("form_fields"), form=form
    ).text


def _same(entry: Mapping[str, Value], keys: Mapping[str, Value]) -> bool:
    """Whether a match still says what it was written to say."""
    return all(entry.get(key) == keys.get(key) for key in _SAYS)


def _variables(listed: Value) -> dict[str, Value]:
    if not isinstance(listed, list):
        return {}
    return {one["name"]: one for one in _named(listed)}


def _local(entry: Mapping[str, Value], known: Mapping[str, Value]) -> dict[str, Value]:
    """A match's own variables; one that says it is global is that of the file."""
    own = _variables(entry.get("vars"))
    return {k: known.get(k, v) if v.get("type") == "global" else v for k, v in own.items()}


def _named(listed: list[Value]) -> Iterator[dict[str, Value]]:
    for one in listed:
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            yield one


def _trigger(entry: Mapping[str, Value]) -> str:
    return next(iter([*texts(entry.get("trigger")), *texts(entry.get("triggers"))]), "")


def _one(entry: Mapping[str, Value], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _is_matches(path: str) -> bool:
    file = PurePosixPath(path)
    return (
        file.suffix.lower() in ENDINGS
        and file.name != "_manifest.yml"
        and "config" not in file.parts[:-1]
    )


def _is_known(path: str) -> bool:
    """What a folder of espanso's holds beside matches."""
    file = PurePosixPath(path)
    return (
        "config" in file.parts[:-1]
        or file.name in ("_manifest.yml", "_pkgsource.yml")
        or file.stem.lower() in ("readme", "license", "changelog")
    )
