"""Makes profiles in folder stores for the measures, and counts what goes up to any store."""

import random
from pathlib import Path

from build_spec.bench.samples import SEED, SETS, phrases
from companion.session.session import Session
from companion.session.sitting import create
from companion.sync.store import Store
from companion.wiring.seats import full_address, seat

PASSPHRASE = "correct horse battery"


class Counted:
    """A store that counts the bytes which are put into it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.place, self.watch = store.place, store.watch
        self.sent = 0

    @property
    def requests(self) -> int:
        """How many requests the store has made."""
        return self._store.requests

    def names(self) -> set[str]:
        """The names of all objects."""
        return self._store.names()

    def get(self, name: str) -> bytes:
        """The bytes of an object."""
        return self._store.get(name)

    def put(self, name: str, data: bytes) -> None:
        """Make an object, and count it."""
        self.sent += len(data)
        self._store.put(name, data)

    def delete(self, name: str) -> None:
        """Delete an object."""
        self._store.delete(name)


def new_profile(home: Path, store: Path) -> Session:
    """An empty profile in the store, signed in at this home."""
    session, _ = create(seat(home), full_address(str(store), home), "林", PASSPHRASE)
    return session


def fill(session: Session, count: int, bookmarks: int = 0, reflections: int = 0) -> None:
    """Put so many of each into the profile, saved as a pack a kind, and send them up."""
    profile, draw = session.profile, random.Random(SEED)
    parents = dict(zip(SETS, profile.add_many("set", [{"title": s} for s in SETS]), strict=True))
    profile.add_many(
        "phrase",
        (
            {"title": title, "body": body, "abbr": abbr, "parent": parents[group]}
            for title, body, abbr, group in phrases(count)
        ),
    )
    session.save()
    titles = phrases(bookmarks, SEED + 1)
    profile.add_many(
        "bookmark",
        (
            {"title": title, "url": f"https://desk{number % 40}.example/{draw.getrandbits(48):x}"}
            for number, (title, *_) in enumerate(titles)
        ),
    )
    session.save()
    profile.add_many(
        "reflection",
        (
            {"at": 1_700_000_000 + 7_200 * number, "hard": 1 + number % 5, "next_words": body}
            for number, (_, body, *_) in enumerate(phrases(reflections, SEED + 2))
        ),
    )
    session.save()
    session.sync()
