"""How this desk stands: what it knows of its store since it last looked, and what waits."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from companion.errors import CompanionError, Stopped
from companion.profile.packs import decode
from companion.profile.sealing import ProfileKey
from companion.session.remaining import Remaining
from companion.session.searching import Looked, Trace
from companion.sync.store import Store
from companion.whole_file import write_whole

Steps = Callable[[str, int, int], None]
"""Called with a step's name (``header``, ``keys``, ``packs``) and how much of it is done."""


def no_steps(step: str, done: int, of: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class SignedOut:
    """What signing out did: packs sent, whether sealed packs had to stay and why, what is left.

    ``traces`` is what is readable or could not be taken away, ``remains`` what this desk's input
    methods and browsers still have, ``looked`` where was looked for it.
    """

    pushed: int
    kept_sealed: bool
    reason: str
    traces: list[Trace]
    remains: tuple[Remaining, ...] = ()
    looked: Looked = field(default_factory=Looked)

    @property
    def clean(self) -> bool:
        """Whether nothing is left that anybody could read."""
        return not self.traces and not self.remains


class Status(msgspec.Struct, kw_only=True):
    """How this desk stands; counts are None while nothing is unlocked.

    ``waiting`` are the records changed here that the store does not have, ``waiting_packs`` the
    packs they are in (0: everything is in the store). ``problem`` is why the last sync failed (an
    error's code and facts), empty where it did not. ``offline``: the profile was opened from what
    this desk still had, and its store was not reached since. ``policy_broken`` has the facts of why
    the desk's companion.toml cannot be understood. Moments are Unix seconds, 0 for none.
    """

    signed_in: bool
    agent: str = ""
    store: str = ""
    synced_at: int = 0
    tried_at: int = 0
    next_at: int = 0
    syncing: bool = False
    pulled: int = 0
    pushed: int = 0
    problem: str = ""
    facts: dict[str, str | int] = {}
    waiting: int | None = None
    waiting_packs: int = 0
    phrases: int | None = None
    bookmarks: int | None = None
    unsaved: bool = False
    conflicts: int | None = None
    unreadable: list[str] = []
    offline: bool = False
    policy_broken: dict[str, str | int] = {}


class LastSync(msgspec.Struct, kw_only=True):
    """How the last sync went: ``problem`` is an error's code with its facts, empty where it did.

    ``held`` are the objects of the store as far as this desk knows; ``pulled`` and ``pushed`` are
    packs of the last sync that went well, ``tried_at`` Unix seconds.
    """

    held: list[str] = []
    pulled: int = 0
    pushed: int = 0
    tried_at: int = 0
    problem: str = ""
    facts: dict[str, str | int] = {}

    def failed(self, error: Exception) -> "LastSync":
        """The same, tried again in vain; that the agent stopped it is no failure."""
        code, facts = "unexpected", dict[str, str | int](name=type(error).__name__)
        if isinstance(error, CompanionError):
            stopped = isinstance(error, Stopped)
            code, facts = ("", {}) if stopped else (error.code, error.facts)
        return msgspec.structs.replace(self, problem=code, facts=facts)


def known(said: Mapping[str, str | int | bool], last: LastSync) -> Status:
    """What can be said of a desk where somebody is signed in, by its settings and its last sync."""
    store = str(said["store"])
    facts = last.facts
    if facts.get("place") == "":
        facts = facts | {"place": store}
    return Status(
        signed_in=True,
        agent=str(said["agent"]),
        store=store,
        synced_at=int(said["synced_at"]),
        tried_at=last.tried_at,
        pulled=last.pulled,
        pushed=last.pushed,
        problem=last.problem,
        facts=facts,
    )


def read_last(file: Path) -> LastSync:
    """What keep_last() wrote; nothing known where that is missing or cannot be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=LastSync)
    except (OSError, msgspec.DecodeError):
        return LastSync()


def keep_last(file: Path, last: LastSync) -> None:
    """Keep it, in a file at the top of a home's profiles, without a word of where the store is.

    That file may stay when its agent has gone. On a disk that is full nothing is kept: what counts
    is in the packs.
    """
    place, reason = (str(last.facts.get(name, "")) for name in ("place", "reason"))
    if place and not Path(place).is_relative_to(file.parent):
        # Why a certificate does not fit names the server, behind a comma.
        less = {"place": "", "reason": reason.partition(",")[0]}
        facts = {name: less.get(name, value) for name, value in last.facts.items()}
        last = msgspec.structs.replace(last, facts=facts)
    with suppress(OSError):
        write_whole(file, msgspec.json.encode(last))


class EditCounter:
    """Counts what packs of this desk's own store change; each pack is read once."""

    def __init__(self, profile: str, key: ProfileKey, local: Store) -> None:
        self._profile, self._key, self._local = profile, key, local
        self._seen: dict[str, frozenset[str]] = {}

    def count(self, names: set[str]) -> int:
        """How many records these packs change; how often something was used is no change."""
        known = self._seen
        self._seen = {name: known[name] if name in known else self._ids(name) for name in names}
        return len(frozenset[str]().union(*self._seen.values()))

    def _ids(self, name: str) -> frozenset[str]:
        try:
            pack = decode(name, self._local.get(name), self._profile, self._key)
        except CompanionError:
            return frozenset()
        return frozenset(record.id for record in pack.records if record.plain or record.registers)
