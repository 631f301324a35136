"""Exchanges packs between two stores and a profile: load, save, pull, push, compact."""

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.errors import (
    CompanionError,
    HeaderMissing,
    NewerFormat,
    ObjectMissing,
    PackDamaged,
    Stopped,
    StoreEmpty,
    StoreUnreachable,
)
from companion.profile.packs import SUFFIX, Pack, decode, encode, name_of
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.profile.slots import HEADER
from companion.profile.slots import SUFFIX as SLOT_SUFFIX
from companion.sync.store import Store

# More packs than this in one store are put together into one. Some WebDAV services allow 600
# requests in half an hour and list 750 names, so a restore must stay in single digits.
HANDFUL = 6
# Between two syncs a desk writes a pack an edit; its own disk may hold more of them.
MANY_EDITS = 40

Progress = Callable[[int, int], None]
"""Called with how many packs are done and how many there are."""

Stop = Callable[[], bool]
"""Asked between packs; true stops the work with Stopped, keeping what is done."""


def _no_progress(done: int, of: int) -> None: ...


def _never() -> bool:
    return False


@dataclass
class SyncReport:
    """What one sync did: packs by direction, requests to the far store, packs it could not read."""

    pulled: int = 0
    pushed: int = 0
    requests: int = 0
    unreadable: list[str] = field(default_factory=list)


class Engine:
    """One profile, this desk's own store, and optionally a far one.

    Every method may block and raise a store's errors; calls must not overlap.
    """

    def __init__(self, profile: Profile, key: ProfileKey, local: Store) -> None:
        self.profile = profile
        self.unreadable: list[str] = []
        self._key = key
        self._local = local
        # Packs whose content is in the profile in memory, and packs that another one covers.
        self._merged: set[str] = set()
        self._covered: set[str] = set()

    def load(self, progress: Progress = _no_progress, stop: Stop = _never) -> None:
        """Read every pack of this desk's own store into the profile."""
        for _ in range(3):
            names = self._packs(self._local)
            try:
                new = sorted(names - self._merged)
                self.unreadable = self._read(self._local, new, progress, stop, None)
            except ObjectMissing:
                # Another process of this desk put the packs together meanwhile: look again.
                continue
            break

    def save(self) -> bool:
        """Write what was changed as one pack to this desk's own store; whether there was any."""
        clock, records = self.profile.take_changes()
        if not records:
            return False
        try:
            self._put(self._local, Pack(self.profile.id, clock, [], records))
        except CompanionError:
            self.profile.put_back_changes(records)
            raise
        packs = self._packs(self._local)
        if len(packs) > MANY_EDITS:
            self._compact(self._local, packs)
        return True

    def waiting(self, far_names: set[str]) -> set[str]:
        """The packs of this desk that a store with far_names does not hold and nothing covers."""
        return self._packs(self._local) - far_names - self._covered

    def sync(
        self, far: Store, progress: Progress = _no_progress, stop: Stop = _never
    ) -> SyncReport:
        """Save, fetch what is new, send what is new, and put many small packs together.

        Absence is never deletion: a far store without our profile raises StoreEmpty or
        HeaderMissing and nothing here changes.
        """
        began = far.requests
        self.save()
        names = far.names()
        self.check_is_profile(far, names)
        report = SyncReport()
        fetched = sorted(self._only_packs(names) - self._merged - self._covered)
        report.unreadable = self._read(far, fetched, progress, stop, self._local)
        report.pulled = len(fetched) - len(report.unreadable)
        to_send = sorted(self.waiting(names))
        for done, name in enumerate(to_send):
            if stop():
                raise Stopped
            progress(len(fetched) + done, len(fetched) + len(to_send))
            far.put(name, self._local.get(name))
            report.pushed += 1
        for store, held in ((far, self._only_packs(names) | set(to_send)), (self._local, None)):
            self._compact(store, self._packs(self._local) if held is None else held)
        self.unreadable = report.unreadable
        report.requests = far.requests - began
        return report

    @staticmethod
    def check_is_profile(store: Store, names: set[str]) -> None:
        """Refuse a store that is empty, or whose header or key slots are not there (yet)."""
        if not names:
            raise StoreEmpty(place=store.place)
        if HEADER not in names:
            raise HeaderMissing(place=store.place, name=HEADER)
        if not any(name.endswith(SLOT_SUFFIX) for name in names):
            raise HeaderMissing(place=store.place, name="*" + SLOT_SUFFIX)

    def _compact(self, store: Store, held: set[str]) -> None:
        """Replace many packs of a store by one that covers those this profile has merged."""
        mine = held & (self._merged | self._covered)
        if len(held) <= HANDFUL or len(mine) < 2:
            return
        clock, records = self.profile.everything()
        pack = Pack(self.profile.id, clock, sorted(mine), records)
        name, sealed = self._put(store, pack)
        if store.get(name) != sealed:
            raise StoreUnreachable(place=store.place, reason="read back")
        for old in sorted(mine):
            store.delete(old)

    def _put(self, store: Store, pack: Pack) -> tuple[str, bytes]:
        sealed = encode(pack, self._key)
        name = name_of(sealed)
        store.put(name, sealed)
        self._merged.add(name)
        self._covered.update(pack.covers)
        return name, sealed

    def _read(
        self, store: Store, names: list[str], progress: Progress, stop: Stop, keep: Store | None
    ) -> list[str]:
        """Merge packs into the profile, keeping a copy of each; the names of unreadable ones."""
        unreadable = []
        for done, name in enumerate(names):
            if stop():
                raise Stopped
            progress(done, len(names))
            try:
                sealed = store.get(name)
                pack = decode(name, sealed, self.profile.id, self._key)
            except (PackDamaged, NewerFormat):
                unreadable.append(name)
                continue
            if keep is not None:
                keep.put(name, sealed)
            self.profile.absorb(pack.records, pack.clock)
            self._merged.add(name)
            self._covered.update(pack.covers)
        progress(len(names), len(names))
        return unreadable

    def _packs(self, store: Store) -> set[str]:
        return self._only_packs(store.names())

    @staticmethod
    def _only_packs(names: set[str]) -> set[str]:
        return {name for name in names if name.endswith(SUFFIX)}
