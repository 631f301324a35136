"""What a profile is made of: registers with stamps on the wire, typed views for everyone."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

# How many superseded texts a field remembers, for undo across desks.
HISTORY = 10
# How many items a list holds that is joined from what several desks wrote.
JOINED = 40


def new_id() -> str:
    """A random 128-bit identity as 22 characters of URL-safe base64.

    None begins with "-": on a command line it would be taken for an option.
    """
    while (made := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return made


def option_id(name: str) -> str:
    """The id of the record of an option: the same on every desk."""
    return f"option:{name}"


def new_writer() -> str:
    """A random 64-bit name for one open profile in one process; never stored, never reused."""
    return base64.urlsafe_b64encode(secrets.token_bytes(8)).rstrip(b"=").decode()


class Stamp(msgspec.Struct, array_like=True, frozen=True, order=True, gc=False):
    """When a value was written: a Lamport counter, ties broken by the writer's random name."""

    counter: int
    writer: str


class Version(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One value a field has had."""

    stamp: Stamp
    value: Any


class Register(msgspec.Struct, array_like=True, frozen=True):
    """A field that was written more than once, as a multi-value register.

    ``live`` holds the current versions, highest stamp first: the winner, then what was written
    without having seen it. ``seen`` is the version vector of this field (writer → counter): a
    version that is covered by it and not live has been replaced on purpose. ``past`` holds
    replaced versions, newest first, for fields that keep a history.
    """

    live: Annotated[tuple[Version, ...], msgspec.Meta(min_length=1)]
    seen: dict[str, int]
    past: tuple[Version, ...] = ()


class Record(msgspec.Struct, array_like=True, frozen=True):
    """One thing the profile holds, or the fields of it that changed.

    Fields written once, when the record was made, stand in ``plain`` under the stamp ``born``;
    only what was written again pays for a register. ``uses`` counts by writer how often the
    record was used and when last (Unix seconds).
    """

    id: str
    kind: str
    born: Stamp
    plain: dict[str, Any]
    registers: dict[str, Register] = {}
    uses: dict[str, tuple[int, int]] = {}


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What every record looks like from outside; a missing field has its default."""

    id: str
    position: str = ""
    parent: str = ""
    tags: tuple[str, ...] = ()


class PhraseSet(View, frozen=True, kw_only=True):
    """An ordered set of phrases; ``parent`` is the set it stands in, one level deep at most."""

    title: str = ""


class Phrase(View, frozen=True, kw_only=True):
    """A quick phrase; ``body`` may hold slots, ``parent`` is its set.

    ``rich`` is the same text as HTML, empty where it has none; it names an image of the phrase
    as ``<img src="ID">``.
    """

    title: str = ""
    body: str = ""
    rich: str = ""
    abbr: str = ""
    favourite: bool = False


class Variant(View, frozen=True, kw_only=True):
    """Another wording of a phrase, which is its ``parent``."""

    title: str = ""
    body: str = ""
    rich: str = ""


class Image(View, frozen=True, kw_only=True):
    """An image of a phrase, which is its ``parent``; written once and never changed."""

    title: str = ""
    media_type: str = ""
    data: bytes = b""


class Program(View, frozen=True, kw_only=True):
    """How a phrase, its ``parent``, goes into one program (a lower-case short name).

    ``keys`` are the paste keys, empty for those the program always has; ``plain`` leaves the rich
    text away, ``enter`` sends it, ``hidden`` does not offer the phrase there.
    """

    program: str = ""
    keys: str = ""
    plain: bool = False
    enter: bool = False
    hidden: bool = False


class Opening(View, frozen=True, kw_only=True):
    """An agent's own opening for an empathy situation; ``text`` may hold slots."""

    situation: str = ""
    text: str = ""


class Folder(View, frozen=True, kw_only=True):
    """A folder of bookmarks; ``parent`` is the folder it stands in."""

    title: str = ""


class Bookmark(View, frozen=True, kw_only=True):
    """A bookmark; ``added`` is in Unix seconds, 0 unknown."""

    title: str = ""
    url: str = ""
    added: int = 0


class Reflection(View, frozen=True, kw_only=True):
    """An entry of the log. ``at`` is in Unix seconds, ``hard`` 1 to 5 or 0 for not said."""

    at: int = 0
    hard: int = 0
    need: str = ""
    helped: str = ""
    lens: str = ""
    next_words: str = ""
    follow_up: str = ""
    feeling: str = ""


class Practice(View, frozen=True, kw_only=True):
    """What was practised of an empathy situation; the record's id is made from its name.

    Each of the ``reviews`` is a moment (Unix seconds) and how it went (1 again to 4 easy); what
    comes of them is worked out anew each time, so that every desk has the same.
    """

    situation: str = ""
    reviews: tuple[tuple[int, ...], ...] = ()


class Option(View, frozen=True, kw_only=True):
    """A setting that travels with the profile; the record's id is made from its name."""

    name: str = ""
    value: str | int | bool | list[str] = ""


class Team(View, frozen=True, kw_only=True):
    """A team whose packs the agent follows; the record's id is made from the team's.

    ``card`` is the team card's text, ``seen`` the highest version met and its digest, ``twice`` a
    version of which two different packs were met. ``user`` and ``password`` are for the team's
    place; ``seed`` signs (base64), and only its lead has it.
    """

    card: str = ""
    following: bool = True
    seen: tuple[int, str] = (0, "")
    twice: int = 0
    user: str = ""
    password: str = ""
    seed: str = ""


@dataclass(frozen=True)
class Kind:
    """How records of one kind are read and merged.

    ``kept`` names the fields whose losing values are kept as conflicts; of every other known
    field the latest write wins, of a ``rising`` one the highest value, whenever it was written.
    Of a ``joined`` one, a list, the items of both sides stay, the highest JOINED of them. Fields a
    newer version added are kept too, to be safe. ``inside`` is the kind that its parent must have,
    empty for kinds without a place.
    """

    view: type[View]
    kept: frozenset[str] = frozenset()
    history: frozenset[str] = frozenset()
    inside: str = ""
    rising: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()

    def latest(self, name: str) -> bool:
        """Whether the last write of this field wins without a conflict."""
        return name == "trashed" or (name in self._known() and name not in self.kept)

    def _known(self) -> tuple[str, ...]:
        return self.view.__struct_fields__


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


KINDS: Mapping[str, Kind] = {
    "set": Kind(PhraseSet, _names("title"), inside="set"),
    "phrase": Kind(Phrase, _names("title body abbr"), _names("body"), inside="set"),
    "variant": Kind(Variant, _names("title body"), _names("body"), inside="phrase"),
    "image": Kind(Image, _names("title data"), inside="phrase"),
    "program": Kind(Program, _names("keys plain enter hidden"), inside="phrase"),
    "opening": Kind(Opening, _names("text"), _names("text")),
    "folder": Kind(Folder, _names("title"), inside="folder"),
    "bookmark": Kind(Bookmark, _names("title url"), inside="folder"),
    "reflection": Kind(Reflection, _names("hard need helped lens next_words follow_up feeling")),
    "practice": Kind(Practice, joined=_names("reviews")),
    "option": Kind(Option),
    "team": Kind(Team, rising=_names("seen twice")),
}
# A kind this version does not know is carried along untouched: everything in it is kept.
UNKNOWN_KIND = Kind(View, _names("position parent tags"))


def kind_of(record: Record) -> Kind:
    """How to treat this record."""
    return KINDS.get(record.kind, UNKNOWN_KIND)
