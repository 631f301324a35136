"""An open profile and its two stores: saved here, exchanged with the agent's, until it is left."""

import threading

from companion.errors import AppLocked, CompanionError
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.session.access import Access
from companion.session.far import Far, Way
from companion.session.keys import Keys
from companion.session.seat import Seat
from companion.session.sync_notes import SyncNotes
from companion.session.teams import Teams
from companion.sync.engine import Engine
from companion.sync.progress import Later, Steps, Stop, SyncReport, no_steps
from companion.sync.store import Store, never


class Exchanging:
    """What saves and syncs an open profile; its methods may block.

    Any thread may call them: exchanges with the store wait for one another, and while one waits
    for the network the profile can be saved.
    """

    def __init__(self, seat: Seat, profile: Profile, key: ProfileKey, local: Store) -> None:
        self.seat, self.profile = seat, profile
        self._key = key
        self.engine = Engine(profile, key, local)
        self.keys = Keys(profile.id, key, local)
        self.teams = Teams(seat, profile, key)
        self._notes = SyncNotes(seat, profile.id)
        # Whoever calls the engine, or a store for it, holds this.
        self._free = threading.Lock()
        self._way = Way(self._open, self._free)
        self.access = Access(seat, profile.id, key, self.keys, way=self._way)
        self._left = False
        self.closed = False
        """Whether it was locked: then it can do nothing any more."""

    def save(self) -> None:
        """Write what was changed to this desk's disk, sealed."""
        with self._free:
            self._unless_closed()
            if not self._left:
                self.engine.save()

    def sync(self, steps: Steps = no_steps, stop: Stop = never, teams: bool = True) -> SyncReport:
        """Exchange packs with the agent's store. Raises Stopped, and a store's errors.

        With ``teams`` look at what his teams share, too; what goes wrong there is in their
        ``troubles``.
        """
        # Before, so that what was seen goes along; afterwards, what other desks have followed.
        looked = self.teams.update() if teams else set[str]()
        with self._way.taken(self._address, stop) as far:
            report = self._sync(far, steps, stop)
        if teams and self.teams.update(skip=looked):
            self.save()
        return report

    def begin(
        self, address: str, store: Store, names: set[str], steps: Steps, stop: Stop
    ) -> SyncReport:
        """The first sync, with the store at address, open already and known to be ours.

        It fetches what one can work with; the bytes of images come with the next.
        """
        with self._way.begun(address, store, names, stop) as far:
            self.engine.load(stop=stop)
            self.engine.known_as_ours(far)
            return self._sync(far, steps, stop, names, Later.NEITHER)

    def go_on_without(self, error: CompanionError, held: list[str]) -> None:
        """Work on from what this desk still has; its store, which held these, failed so."""
        self.engine.load()
        self._notes.begin_offline(error, held)

    @property
    def behind(self) -> int:
        """How many packs of the store others need not wait for, and are not here yet."""
        return self.engine.missing(self._notes.last.held)

    @property
    def offline(self) -> bool:
        """Whether the store was not reached since the profile was opened without it."""
        return self._notes.offline

    def _open(self, address: str) -> Store:
        try:
            return self.seat.open_store(address, False, self.access.login)
        except CompanionError as error:
            self._notes.failed(error)
            raise

    def _sync(
        self,
        far: Far,
        steps: Steps = no_steps,
        stop: Stop = never,
        listing: set[str] | None = None,
        later: Later = Later.BOTH,
    ) -> SyncReport:
        def packs(done: int, of: int) -> None:
            steps("packs", done, of)

        began, far.wrote = far.requests, False
        try:
            report = self.engine.sync(far, packs, stop, listing, later=later)
            self.keys.follow(far, self.engine.listing)
        except Exception as error:
            # What was listed counts only where it was found to be ours.
            self._notes.failed(error, far.held if far.wrote else None)
            raise
        report.requests = far.requests - began
        self._notes.went(report, self._way.address, far.held)
        return report

    def _unless_closed(self) -> None:
        if self.closed:
            raise AppLocked

    def _waiting(self) -> set[str]:
        """The packs that the store does not hold, as far as this desk knows."""
        return self.engine.waiting(set(self._notes.last.held))

    def _address(self) -> str:
        return str(self.seat.settings.read()["store"])
