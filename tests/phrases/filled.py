"""Fills bodies in with as little around them as a test needs."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from companion.phrases.expanding import Surroundings
from companion.phrases.filled import Filled
from companion.phrases.filling import Filling
from companion.phrases.material import Material, Materials, Wording
from companion.phrases.search import Entry
from companion.profile.records import Image, Program

# A Friday.
NOW = datetime(2026, 11, 27, 14, 30)
NO_VALUES: Mapping[str, str] = {}


def filling(
    body: str,
    rich: str = "",
    *,
    images: tuple[Image, ...] = (),
    programs: tuple[Program, ...] = (),
    team: str = "",
    clipboard: str = "",
    entries: Iterable[Entry] = (),
    now: datetime = NOW,
) -> Filling:
    """A phrase of this body among other entries; its id is ``self``."""
    material = Material("self", (Wording("", body, rich),), images, programs, team)
    around = Surroundings(now, lambda: clipboard, Materials(entries).named)
    return Filling(material, material.wordings[0], around)


def text_of(filled: Filled) -> str:
    """The plain text of all messages, with Enter as ⏎."""
    return "".join(draft.text + "⏎" * draft.enter for draft in filled.drafts)


def filled(body: str, values: Mapping[str, str] = NO_VALUES) -> str:
    """The text that a body comes to; a text of blanks is one, too."""
    made = filling(f"x{body}").fill(values)
    return text_of(made).removeprefix("x")
