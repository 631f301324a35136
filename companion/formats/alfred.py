"""Alfred's collections of snippets (.alfredsnippets), an archive or a folder of them, read only."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from companion.errors import FormatBroken
from companion.formats import json_values, mac_bodies, plists
from companion.formats.encoding import decode, glance, title_of
from companion.formats.items import Files, Parsed, PhraseItem, Problem, Watch, unwatched

NAME = "alfred"
HOLDS = "phrases"

_KEY = '"alfredsnippet"'
_INFO = "info.plist"


def belonging(name: str) -> Sequence[str]:
    """None: a collection is chosen whole."""
    return ()


def matches_folder(files: Files) -> float:
    """How sure it is that these are Alfred's: each snippet says so."""
    return 0.9 if any(_is_snippet(path, data) for path, data in files.items()) else 0.0


def read_folder(files: Files, name: str, watch: Watch = unwatched) -> Parsed:
    """The snippets as phrases, in a set of the collection's name, codes with what stands around.

    Problems: variable_kept_as_text, date_form_changed, empty_skipped, entry_unreadable,
    file_not_read, characters_dropped. Raises FormatBroken where none can be read.
    """
    parsed, broken = Parsed(), list[FormatBroken]()
    around = {
        str(PurePosixPath(path).parent): _around(data)
        for path, data in files.items()
        if PurePosixPath(path).name == _INFO
    }
    for number, (path, data) in enumerate(files.items()):
        if number % 256 == 0:
            watch(number, len(files))
        file = PurePosixPath(path)
        if not _is_snippet(path, data):
            if file.name != _INFO and file.suffix != ".png":
                parsed.problems.append(Problem("file_not_read", path))
            continue
        folder = str(file.parent)
        try:
            root, _ = json_values.load(decode(data, path, NAME).text, path, NAME)
        except FormatBroken as error:
            broken.append(error)
            parsed.problems.append(Problem("entry_unreadable", file.stem))
            continue
        said = root.get("alfredsnippet") if isinstance(root, dict) else None
        if isinstance(said, dict):
            set = name if folder == "." else file.parent.name
            _add(parsed, said, set, around.get(folder, ("", "")))
    if broken and not parsed.phrases:
        raise broken[0]
    return parsed


def _add(parsed: Parsed, said: dict[str, object], set: str, around: tuple[str, str]) -> None:
    text, keyword = json_values.text(said, "snippet"), json_values.text(said, "keyword")
    named = json_values.text(said, "name")
    title = title_of(text, named, keyword)
    if not text.strip():
        parsed.problems.append(Problem("empty_skipped", title))
        return
    body = mac_bodies.read(text)
    parsed.problems += [Problem(kind, title) for kind in body.kinds]
    abbr = f"{around[0]}{keyword}{around[1]}" if keyword else ""
    parsed.phrases.append(PhraseItem(title, body.text, abbr, set))


def _is_snippet(path: str, data: bytes) -> bool:
    return path.lower().endswith(".json") and _KEY in glance(data)


def _around(data: bytes) -> tuple[str, str]:
    """What a collection puts before and after each keyword."""
    try:
        said, _ = plists.load(data, _INFO, NAME, unwatched)
    except FormatBroken:
        return "", ""
    if not isinstance(said, dict):
        return "", ""
    return (
        json_values.text(said, "snippetkeywordprefix"),
        json_values.text(said, "snippetkeywordsuffix"),
    )
