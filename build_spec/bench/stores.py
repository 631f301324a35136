"""Makes profiles in folder stores for the measures, and counts what goes up to a store."""

import random
from dataclasses import dataclass, replace
from pathlib import Path

from build_spec.bench.samples import SEED, SETS, phrases
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Store
from companion.wiring.seats import full_address, seat

PASSPHRASE = "correct horse battery"


@dataclass
class Traffic:
    """What was sent up: objects and their bytes."""

    puts: int = 0
    bytes: int = 0


class CountingStore(FolderStore):
    """A folder store that counts what is put into it."""

    def __init__(self, folder: Path, traffic: Traffic) -> None:
        super().__init__(folder)
        self._traffic = traffic

    def put(self, name: str, data: bytes) -> None:
        """Make an object, and count it."""
        self._traffic.puts += 1
        self._traffic.bytes += len(data)
        super().put(name, data)


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


def counted(home: Path, store: Path, traffic: Traffic) -> Seat:
    """The seat at this home, where what goes up to ``store`` is counted."""
    plain, far = seat(home), full_address(str(store), home)

    def opened(address: str, make: bool, login: Login) -> Store:
        if address == far:
            return CountingStore(store, traffic)
        return plain.open_store(address, make, login)

    return replace(plain, open_store=opened)
