"""What the picker can find for an agent: phrases, bookmarks and openings, in one index."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from companion.empathy.situations import pack
from companion.phrases.entries import entries_of
from companion.phrases.search import Entry, Index
from companion.profile.template import Slot, parse
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session

KINDS = ("bookmark", "opening", "favourite")
"""What has a scope of its own beside the sets; its names stand in the catalogue (``scope.*``)."""

# A title says how the text begins: up to its first sign of punctuation, and no longer than this.
_CLAUSE = re.compile(r"[^，。！？；：,.!?;:\n]+")
_LONGEST = 20


def entries_for(session: Session, words: Words) -> list[Entry]:
    """Everything an agent can find: his own, what his teams share, and the openings."""
    entries = entries_of(session.profile, session.teams.shared())
    return [*entries, *openings_of(session, words)]


def index_of(entries: list[Entry], words: Words) -> Index:
    """An index of these entries; their bodies are still to be read."""
    names = {kind: words.say(f"scope.{kind}").split() for kind in KINDS}
    return Index(entries, int(time.time()), names, later=True)


def openings_of(session: Session, words: Words) -> Iterator[Entry]:
    """The openings for hard moments: the agent's own, the teams', and those that come with us."""
    language, uses = words.language, session.profile.uses()
    situations = {one.id: one for one in pack(language).situations}
    own = [(one.id, one.situation, one.text) for one in session.profile.openings()]
    shared = [
        ("", key.partition(" ")[2], text)
        for key, texts in session.teams.openings().items()
        if key.partition(" ")[0] == language
        for text in texts
    ]
    ours = [("", one.id, text) for one in situations.values() for text in one.openings.all()]
    for id, situation, text in (*own, *shared, *ours):
        named = situations.get(situation)
        yield _entry(
            id or opening_id(situation, text), named.name if named else "", text, uses, words
        )


def _entry(
    id: str, situation: str, text: str, uses: Mapping[str, tuple[int, int]], words: Words
) -> Entry:
    begun = _CLAUSE.search(_plain(text))
    title = " — ".join(filter(None, (situation, begun[0].strip()[:_LONGEST] if begun else "")))
    count, last = uses.get(id, (0, 0))
    return Entry(
        id=id,
        kind="opening",
        title=title,
        body=text,
        set=words.say("picker.openings"),
        uses=count,
        used_at=last,
    )


def _plain(text: str) -> str:
    """What an opening says of itself: its text, and what its slots are filled with by default."""
    parts = (part.default if isinstance(part, Slot) else part for part in parse(text))
    return "".join(part for part in parts if isinstance(part, str))


def opening_id(situation: str, text: str) -> str:
    """What uses of an opening are counted under that is no record: by what it says."""
    made = hashlib.blake2b(f"{situation} {text}".encode(), digest_size=12)
    return f"opening:{made.hexdigest()}"
