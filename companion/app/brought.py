"""What was read to be brought in: a file, a folder or a browser, and what it would become."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from companion.bookmarks.browsers import Browser
from companion.formats.headers import given_for
from companion.formats.items import Parsed, Watch
from companion.formats.reading import read_path, what_it_holds
from companion.formats.tables import together
from companion.profile.fields import plain_text
from companion.profile.profile import Profile
from companion.session.browser_reading import read_from
from companion.session.exporting import folder_paths
from companion.session.last_import import LastImport
from companion.session.planning import Choices, Plan, plan_bookmarks, plan_phrases
from companion.session.session import Session


@dataclass(frozen=True)
class Brought:
    """What was read, as what, and what is in it; a browser's bookmarks have no path.

    ``beside`` is what the same folder or archive holds of the other kind.
    """

    name: str
    holds: str
    format: str
    parsed: Parsed
    path: Path | None = None
    beside: "Brought | None" = None

    @property
    def count(self) -> int:
        """How many entries it has."""
        return len(self.parsed.phrases) + len(self.parsed.bookmarks)


def from_path(path: Path, watch: Watch) -> Brought:
    """A file or a folder, read as what it looks like. Raises as reading.read_path() does."""
    first, *rest = (Brought(path.name, *found, path) for found in what_it_holds(path, watch))
    return replace(first, beside=rest[0]) if rest else first


def as_format(path: Path, holds: str, format: str, watch: Watch) -> Brought:
    """The same, read as what the agent says it is."""
    parsed = read_path(path, holds, format, watch)[1]
    return Brought(path.name, holds, format, parsed, path)


def from_browser(browser: Browser, watch: Watch) -> Brought:
    """A browser's bookmarks, also while it runs. Raises as browser_reading.read_from() does."""
    format = "chromium" if browser.engine == "chromium" else "firefox_places"
    name = f"{browser.browser} · {browser.profile}"
    return Brought(name, "bookmarks", format, read_from(browser, watch))


def recast(file: Brought, columns: str, watch: Watch) -> Brought:
    """Tables with other columns than were guessed. Raises InputInvalid; see headers.given()."""
    sheets = file.parsed.sheets
    mappings = given_for(columns, sheets)
    parsed = together(sheets, mappings, PurePath(file.name).stem, watch)
    parsed.sheets = sheets
    return replace(file, parsed=parsed)


def planned(session: Session, file: Brought, choices: Choices, watch: Watch) -> Plan[Any]:
    """What would become of it now."""
    make = plan_phrases if file.holds == "phrases" else plan_bookmarks
    plan: Plan[Any] = make(session.profile, file.parsed, choices, watch)
    return plan


def places_of(profile: Profile, holds: str) -> list[str]:
    """The sets, or the outermost folders, that an import may go into."""
    if holds == "phrases":
        return [held.title for held in profile.sets()]
    return [path[0] for path in folder_paths(profile.folders()).values() if len(path) == 1]


def text_of(profile: Profile, id: str) -> str:
    """What a record of the profile says now."""
    body = plain_text(profile.value(id, "body"))
    return body or f"{profile.value(id, 'title')}\n{profile.value(id, 'url')}"


def last_of(session: Session) -> tuple[str, LastImport] | None:
    """The later of the imports that can be taken back, and what it was of."""
    found = [(holds, session.imports.last(holds)) for holds in ("phrases", "bookmarks")]
    known = [(holds, last) for holds, last in found if last is not None]
    return max(known, key=lambda one: one[1].at, default=None)
