"""AutoKey's folders of phrases: a text beside its settings in JSON, read and written."""

import json
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from companion.errors import FormatBroken
from companion.formats.autokey_settings import (
    OURS,
    TAGS,
    folder_settings,
    phrase_settings,
    saved,
    settings_in,
    text_in,
)
from companion.formats.bodies import Body
from companion.formats.dates import format_of
from companion.formats.encoding import clean, decode, first_line
from companion.formats.items import Files, Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template
from companion.profile.template_dates import Moment

NAME = "autokey"
HOLDS = "phrases"
ENDINGS: tuple[str, ...] = ()

_FOLDERS = ("folder.json", ".folder.json")
_TOKEN = re.compile(r"<[^<>]+>\+?")
_KEYS = re.compile(
    r"<(?:left|right|up|down|backspace|tab|enter|escape|insert|delete|home|end|page_up|page_down"
    r"|menu|pause|print_screen|scroll_lock|(?:(?:left|right)_)?"
    r"(?:ctrl|alt|shift|super|hyper|meta|capslock|numlock)|alt_gr|f\d{1,2}|np_\w+|code\d+)>\+?",
    re.IGNORECASE,
)
# Keys that only write a sign; all others would act.
_SIGNS = {"<enter>": "\n", "<tab>": "\t"}
# Our own body, beside a text that cannot say all of it. AutoKey does not look at it.
_BODY = "companionBody"
_UNSET = "companionNoSet"
# At the beginning of a file it is no text.
_MARK = "\ufeff"


def belonging(name: str) -> Sequence[str]:
    """The settings beside a text, or the text beside its settings; those of the folder too."""
    file = PurePosixPath(name)
    if file.suffix.lower() in (".txt", ".py"):
        return (f"{file.stem}.json", f".{file.stem}.json", *_FOLDERS)
    if file.suffix.lower() == ".json" and name not in _FOLDERS:
        stem = file.stem.removeprefix(".")
        return (f"{stem}.txt", f"{stem}.py", *_FOLDERS)
    return ()


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are settings of AutoKey, whose text lies beside them."""
    return 0.9 if settings_in(name, data) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """Nothing, told: the texts are in the folder. Raises FormatBroken.

    Problems: choose_the_folder.
    """
    if not settings_in(name, data):
        raise FormatBroken(place=name, format=NAME, line=0)
    return Parsed(problems=[Problem("choose_the_folder", name)])


def matches_folder(files: Files) -> float:
    """How sure it is that AutoKey keeps its phrases here: what the settings say they are."""
    return 0.9 if any(settings_in(path, data) for path, data in files.items()) else 0.0


def read_folder(files: Files, name: str, watch: Watch = unwatched) -> Parsed:
    """The texts as phrases, each in a set of its folder's title. Scripts are left out, by name.

    Problems: script_left_out, script_kept_as_text, variable_kept_as_text, date_form_changed,
    empty_skipped, entry_unreadable, characters_dropped, file_not_read. Raises FormatBroken where
    nothing of it can be read.
    """
    settings = {path: settings_in(path, data) for path, data in files.items()}
    parsed, used, broken = Parsed(), set[str](), list[FormatBroken]()
    # A text without settings is AutoKey's too, but not one that lies somewhere else.
    folders = {PurePosixPath(path).parent for path, said in settings.items() if said}
    texts = [
        path
        for path in files
        if path.lower().endswith((".txt", ".py")) and PurePosixPath(path).parent in folders
    ]
    for number, path in enumerate(texts):
        if number % 256 == 0:
            watch(number, len(texts))
        used |= {path, *_beside(path)}
        said = saved(settings, *_beside(path)) or {}
        title = text_in(said, "description") or PurePosixPath(path).stem
        if path.lower().endswith(".py") or said.get("type") == "script":
            parsed.problems.append(Problem("script_left_out", title))
            continue
        try:
            decoded = decode(files[path], path, NAME, always_utf8=True)
        except FormatBroken as error:
            broken.append(error)
            parsed.problems.append(Problem("entry_unreadable", title))
            continue
        parsed.problems += [Problem(one.kind, title, one.line) for one in decoded.problems]
        _add(parsed, title, decoded.text, said, _set(path, settings, name))
    for path in files:
        if path not in used and (settings[path] or {}).get("type") != "folder":
            parsed.problems.append(Problem("file_not_read", path))
    if not parsed.phrases and broken:
        raise broken[0]
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A folder for each set. AutoKey asks nothing: what is to be filled in stays to be seen."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    folders: dict[str, str] = {"": ""}
    taken: dict[str, int] = {}
    for item in items:
        if not item.body:
            problems.append(Problem("empty_skipped", item.title))
            continue
        if item.set not in folders:
            folders[item.set] = f"{_free(item.set, '', taken)}/"
            _put(files, folders[item.set], "folder", folder_settings(item.set))
        name = _free(item.title, folders[item.set], taken)
        text, whole = _written(item.body)
        said = phrase_settings(item, "<cursor>" in text)
        if not whole:
            problems.append(Problem("not_sayable_there", item.title))
        read = _body(text)
        if read.text != item.body or read.kinds or text.startswith(_MARK):
            said[_BODY] = item.body
        files[f"{folders[item.set]}{name}.txt"] = text.encode("utf-8", "ignore")
        _put(files, folders[item.set], name, said)
    if files:
        _put(files, "", "folder", folder_settings("Companion") | {_UNSET: True})
    return Written(problems=problems, files=files)


def _put(files: dict[str, bytes], folder: str, name: str, said: dict[str, Any]) -> None:
    """Settings under both of their names: AutoKey 0.95 knows only the hidden one, 0.96 the other.

    Either drops our key when it saves them, so that its own are known when they come back.
    """
    data = json.dumps(said | {OURS: True}, ensure_ascii=False, indent=4).encode("utf-8", "ignore")
    files[f"{folder}{name}.json"] = files[f"{folder}.{name}.json"] = data


def _add(parsed: Parsed, title: str, text: str, said: dict[str, Any], set: str) -> None:
    if not text.strip() and not text_in(said, _BODY):
        parsed.problems.append(Problem("empty_skipped", title))
        return
    body = _body(text)
    abbreviation = said.get("abbreviation")
    abbreviation = abbreviation if isinstance(abbreviation, dict) else {}
    listed = abbreviation.get("abbreviations")
    # Before version 0.80.4 there was one.
    listed = listed if isinstance(listed, list) else [abbreviation.get("abbreviation")]
    codes = [clean(one) for one in listed if isinstance(one, str) and one.strip()]
    own, kinds, whole = text_in(said, _BODY), body.kinds, body.text
    if own and _written(own)[0].removeprefix(_MARK) == text:
        whole, kinds = own, []
    parsed.problems += [Problem(kind, title) for kind in kinds]
    tags = said.get(TAGS)
    tags = [clean(tag) for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    parsed.phrases.append(
        PhraseItem(
            title if title.strip() else first_line(text),
            whole,
            codes[0] if codes else "",
            set,
            tuple(dict.fromkeys([*tags, *codes[1:]])),
        )
    )


def _body(text: str) -> Body:
    """A text in our syntax: macros are translated, keys that act stay to be seen."""
    body, at = Body(text), 0
    for found in _TOKEN.finditer(text):
        body.say(text[at : found.start()])
        at, token = found.end(), found[0]
        word, _, detail = token[1:-1].partition(" ")
        if token == "<cursor>":
            body.cursor()
        elif word == "date" and detail.startswith("format="):
            # Its arguments are parted by spaces, so that a format holds none.
            body.date(detail.removeprefix("format="), token)
        elif word == "script" and detail:
            body.keep(token, "script_kept_as_text")
        elif word == "file" and detail:
            body.keep(token)
        elif token.lower() in _SIGNS:
            body.say(_SIGNS[token.lower()])
        elif _KEYS.fullmatch(token):
            body.keep(token)
        else:
            body.say(token)
    body.say(text[at:])
    return body


def _written(body: str) -> tuple[str, bool]:
    """A body as AutoKey would type it, and whether it says all of it."""
    parts, whole = list[str](), True
    for part in template.parse(body):
        if isinstance(part, str):
            parts.append(part)
            acts = any(_acts(found[0]) for found in _TOKEN.finditer(part))
            whole = whole and not acts
        elif isinstance(part, template.Cursor):
            parts.append("<cursor>")
        elif isinstance(part, Moment) and not part.count and " " not in format_of(part):
            parts.append(f"<date format={format_of(part)}>")
        else:
            parts.append(template.render([part]))
            whole = False
    return clean("".join(parts)), whole


def _acts(token: str) -> bool:
    word = token[1:-1].partition(" ")[0]
    return word in ("cursor", "date", "script", "file") or bool(_KEYS.fullmatch(token))


def _beside(path: str) -> tuple[str, str]:
    file = PurePosixPath(path)
    return str(file.with_name(f"{file.stem}.json")), str(file.with_name(f".{file.stem}.json"))


def _set(path: str, settings: dict[str, dict[str, Any] | None], root: str) -> str:
    """The titles of the folders that a text is in, below the outermost; that one's for its own."""
    folders = [str(folder) for folder in PurePosixPath(path).parents]
    titles = []
    for folder in folders if len(folders) == 1 else folders[:-1]:
        inside = "" if folder == "." else f"{folder}/"
        said = saved(settings, *(f"{inside}{file}" for file in _FOLDERS))
        name = root if folder == "." else PurePosixPath(folder).name
        unset = said is not None and said.get(_UNSET) is True
        titles.append("" if unset else name if said is None else text_in(said, "title"))
    return "/".join(reversed(titles))


def _free(name: str, folder: str, taken: dict[str, int]) -> str:
    """A file's name that AutoKey would give, and that no other has."""
    safe = "".join(c for c in name if c.isalnum() or c in "_ -").strip()[:60].strip() or "1"
    free = "folder 1" if safe.casefold() == "folder" else safe
    key = f"{folder}{free}".casefold()
    while key in taken:
        taken[key] += 1
        free = f"{safe} {taken[key]}"
        key = f"{folder}{free}".casefold()
    taken[key] = 1
    return free
