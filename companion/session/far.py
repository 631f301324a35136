"""The agent's store while a profile is open: kept open, and in nobody's way while it waits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from companion.errors import CompanionError, NotSignedIn, Stopped
from companion.sync.progress import Stop
from companion.sync.store import Store, never

# A line that was idle for longer may be dead without either end knowing (a desk that slept, a
# router that forgot it): waiting for it would take a whole time-out.
IDLE_S = 20 * 60.0
_LOOK_S = 0.05


class Far:
    """A Store that lets go of a lock while the network keeps it waiting, and remembers names.

    The lock is the engine's, whose calls must not overlap: so an edit is saved on this desk's disk
    while a sync hangs. ``held`` is what the store holds as last listed, and what was put and
    deleted since (``wrote`` is true where anything was); None before.
    """

    def __init__(self, store: Store, free: threading.Lock) -> None:
        self.place, self.watch = store.place, store.watch
        self.requests = store.requests
        self.held: set[str] | None = None
        self.wrote = False
        self._store, self._free = store, free
        self._over = False

    def names(self) -> set[str]:
        """The names of all objects."""
        with self._waiting():
            found = self._store.names()
        self.held = set(found)
        return found

    def get(self, name: str) -> bytes:
        """An object's bytes."""
        with self._waiting():
            return self._store.get(name)

    def put(self, name: str, data: bytes) -> None:
        """Make an object."""
        with self._waiting():
            self._store.put(name, data)
        self._wrote((self.held or set()) | {name})

    def delete(self, name: str) -> None:
        """Remove an object."""
        with self._waiting():
            self._store.delete(name)
        self._wrote((self.held or set()) - {name})

    def leave(self) -> None:
        """Have whoever waits for an answer get Stopped instead, whenever it comes."""
        self._over = True

    def _wrote(self, held: set[str]) -> None:
        self.wrote = True
        if self.held is not None:
            self.held = held

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self._free.release()
        try:
            yield
        finally:
            self._free.acquire()
            self.requests = self._store.requests
            if self._over:
                raise Stopped


class Way:
    """The way to the agent's store: one user at a time, opened when needed and then kept open.

    ``open`` opens the store at an address; ``free`` is the engine's lock.
    """

    def __init__(self, open: Callable[[str], Store], free: threading.Lock) -> None:
        self._open, self._free = open, free
        self._turn = threading.Lock()
        self._far: Far | None = None
        self._address, self._used_at = "", 0.0
        self._left: type[CompanionError] | None = None

    @property
    def address(self) -> str:
        """The address of the store that was used last."""
        return self._address

    @property
    def busy(self) -> bool:
        """Whether somebody uses it now."""
        return self._turn.locked()

    @contextmanager
    def taken(self, address: Callable[[], str], stop: Stop = never) -> Iterator[Far]:
        """The store, once nobody else uses it, with the lock held. Raises Stopped, NotSignedIn."""
        while not self._turn.acquire(timeout=_LOOK_S):
            if stop():
                raise Stopped
        try:
            with self._free:
                yield from self._using(self._reached(address()), stop)
        finally:
            self._turn.release()

    @contextmanager
    def begun(
        self, address: str, store: Store, names: set[str], stop: Stop = never
    ) -> Iterator[Far]:
        """The same with a store that is open already and holds ``names``."""
        with self._turn, self._free:
            far = self._take(address, store)
            far.held = set(names)
            yield from self._using(far, stop)

    def leave(self, why: type[CompanionError] = NotSignedIn) -> None:
        """Let nobody use it any more; who waits for an answer gets Stopped. The lock is held.

        ``why`` is what whoever comes later gets.
        """
        self._left = why
        if self._far is not None:
            self._far.leave()
            self._far = None

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Change how one logs in, with the lock held: the next one opens it anew.

        Raises what leave() was told.
        """
        with self._free:
            if self._left is not None:
                raise self._left
            self._far = None
            yield

    def _using(self, far: Far, stop: Stop) -> Iterator[Far]:
        try:
            # Whatever is asked of it, not only by the engine, ends when it is to stop.
            with far.watch.by(far.watch.moved, stop):
                yield far
        except BaseException:
            # Whatever it was, the next one begins on a new line.
            self._far = None
            raise
        self._used_at = time.time()

    def _reached(self, address: str) -> Far:
        if self._left is not None:
            raise self._left
        # By the clock on the wall: a desk that slept was idle too.
        idle = time.time() - self._used_at > IDLE_S
        if self._far is None or address != self._address or idle:
            return self._take(address, self._open(address))
        return self._far

    def _take(self, address: str, store: Store) -> Far:
        self._far, self._address, self._used_at = Far(store, self._free), address, time.time()
        return self._far
