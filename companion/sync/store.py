"""What a place must do to hold packs: list, get, put, delete, and fail in known ways."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from companion.errors import Stopped

# Object names are ours alone: anything else in the same folder (a README, a "(1)" copy made by a
# file-sync program, a half-written temp file) is not listed and never touched.
OBJECT_NAME = re.compile(
    r"profile\.json|[0-9a-f]{64}(?:\.later)?\.pack|(?:passphrase|recovery)-[0-9a-f]{32}\.slot"
    r"|[0-9a-f]{12}-[0-9a-f]{64}\.team"
)

# The largest are packs with a whole profile or its images, as no larger one is read; a team's
# pack is as large at most as all else may be.
_MOST_PACK, _MOST_OTHER = 512 * 1024 * 1024, 8 * 1024 * 1024


def most_bytes(name: str) -> int:
    """How many bytes an object of this name may have: who may write to a store can lay more."""
    return _MOST_PACK if name.endswith(".pack") else _MOST_OTHER


@dataclass(frozen=True)
class Login:
    """Who asks a store: never part of an address that is kept or shown."""

    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Network:
    """What this desk says of the network; proxies are the environment's.

    ``ca_file`` names the certificates of a company's own authority (PEM). ``unencrypted`` allows
    addresses in clear beyond this machine.
    """

    ca_file: str = ""
    unencrypted: bool = False
    timeout_s: float = 20.0


def nothing(amount: int) -> None:
    """Nobody wants to know."""


def never() -> bool:
    """Whether to stop, where nobody may."""
    return False


@dataclass
class Watch:
    """Who looks on while a store works: hears how many bytes have just moved, and may stop it."""

    moved: Callable[[int], None] = nothing
    stop: Callable[[], bool] = never

    def check(self) -> None:
        """Raise Stopped where the work is to stop."""
        if self.stop():
            raise Stopped

    def note(self, count: int) -> None:
        """Bytes have just moved. Raises Stopped."""
        self.moved(count)
        self.check()

    @contextmanager
    def by(self, moved: Callable[[int], None], stop: Callable[[], bool]) -> Iterator[None]:
        """Let these two look on for a while."""
        before = (self.moved, self.stop)
        self.moved, self.stop = moved, stop
        try:
            yield
        finally:
            self.moved, self.stop = before


class Store(Protocol):
    """A flat set of immutable objects. Every method may block: never call it on the GUI thread.

    Raises StoreMissing, StoreDenied, StoreFull, StoreUnreachable and, where a network lies between,
    StoreLoginRefused, StoreBusy, StoreUntrusted, StoreUnencrypted, StoreAnswerStrange (each with
    ``place``); and Stopped, within a second or so of ``watch.stop()`` being true, whatever it waits
    for. After any of them it goes on working, as it does when it was left alone for a day.
    """

    place: str
    """Where it is and, where each user has a place of their own, whose: never a password."""

    watch: Watch
    """Who looks on; set for as long as somebody does."""

    @property
    def requests(self) -> int:
        """How many requests were made so far."""

    def names(self) -> set[str]:
        """The names of all objects."""

    def get(self, name: str) -> bytes:
        """An object's bytes. Raises ObjectMissing (name) as well."""

    def put(self, name: str, data: bytes) -> None:
        """Make an object, whole or not at all. The same name always means the same bytes."""

    def delete(self, name: str) -> None:
        """Remove an object; one that is not there is no error."""
