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
    StoreOfAnother,
    StoreUnreachable,
)
from companion.profile.packs import SUFFIX, Pack, decode, encode, name_of
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.profile.slots import HEADER, decode_header
from companion.profile.slots import SUFFIX as SLOT_SUFFIX
from companion.sync.store import Store

# More packs than this in one store are put together into one. Some WebDAV services allow 600
# requests in half an hour and list 750 names, so a restore must stay in single digits.
HANDFUL = 5
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
        self._checked: set[str] = set()

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
            self._replace(self._local, packs, *self._everything(packs))
        return True

    def waiting(self, far_names: set[str]) -> set[str]:
        """The packs of this desk that a store with far_names does not hold and nothing covers."""
        return (self._packs(self._local) & self._merged) - far_names - self._covered

    def sync(
        self,
        far: Store,
        progress: Progress = _no_progress,
        stop: Stop = _never,
        listing: set[str] | None = None,
    ) -> SyncReport:
        """Save, fetch what is new, send what is new, and put many small packs together.

        Absence is never deletion: a far store without our profile raises StoreEmpty or
        HeaderMissing and nothing here changes, one with another profile StoreOfAnother.
        ``listing`` is what far.names() has just said, where the caller knows it.
        """
        began = far.requests
        self.save()
        report = SyncReport()
        for left in reversed(range(3)):
            names = far.names() if listing is None else listing
            listing = None
            self.check_is_profile(far, names)
            self._check_is_ours(far, names)
            before = len(self._merged)
            fetched = sorted(self._only_packs(names) - self._merged - self._covered)
            try:
                report.unreadable = self._read(far, fetched, progress, stop, self._local)
            except ObjectMissing:
                # Another desk put packs together between our look and our reading: look again.
                if not left:
                    raise
                continue
            finally:
                report.pulled += len(self._merged) - before
            break
        to_send = sorted(self.waiting(names))
        for done, name in enumerate(to_send):
            if stop():
                raise Stopped
            progress(len(fetched) + done, len(fetched) + len(to_send))
            far.put(name, self._local.get(name))
            report.pushed += 1
        self._put_together(far, self._only_packs(names) | set(to_send))
        # What this desk could not read of its own is still missing, unless it came from there.
        own = [name for name in self.unreadable if name not in self._merged]
        report.unreadable = sorted({*report.unreadable, *own})
        self.unreadable = report.unreadable
        report.requests = far.requests - began
        return report

    def _check_is_ours(self, far: Store, names: set[str]) -> None:
        """Where no pack of ours is in a place yet, its header must name our profile, once."""
        if far.place not in self._checked and not names & (self._merged | self._covered):
            if decode_header(far.get(HEADER)).profile != self.profile.id:
                raise StoreOfAnother(place=far.place)
            self._checked.add(far.place)

    def known_as_ours(self, far: Store) -> None:
        """Spare the check of a place whose header the caller has just read."""
        self._checked.add(far.place)

    @staticmethod
    def check_is_profile(store: Store, names: set[str]) -> None:
        """Refuse a store that is empty, or whose header or key slots are not there (yet)."""
        if not names:
            raise StoreEmpty(place=store.place)
        if HEADER not in names:
            raise HeaderMissing(place=store.place, name=HEADER)
        if not any(name.endswith(SLOT_SUFFIX) for name in names):
            raise HeaderMissing(place=store.place, name="*" + SLOT_SUFFIX)

    def _put_together(self, far: Store, held: set[str]) -> None:
        """Replace many packs of both stores by one, the same for both."""
        here = self._packs(self._local)
        if len(held) <= HANDFUL and len(here) <= HANDFUL:
            return
        name, sealed = self._everything(held | here)
        self._replace(far, held, name, sealed)
        self._replace(self._local, here, name, sealed)

    def _everything(self, held: set[str]) -> tuple[str, bytes]:
        """One sealed pack with all records, covering those of ``held`` that are in it."""
        clock, records = self.profile.everything()
        mine = held & (self._merged | self._covered)
        sealed = encode(Pack(self.profile.id, clock, sorted(mine), records), self._key)
        self._covered.update(mine)
        return name_of(sealed), sealed

    def _replace(self, store: Store, held: set[str], name: str, sealed: bytes) -> None:
        """Put a pack, read it back, and only then delete what it covers."""
        store.put(name, sealed)
        if store.get(name) != sealed:
            raise StoreUnreachable(place=store.place, reason="read back")
        self._merged.add(name)
        for old in sorted(held & (self._merged | self._covered) - {name}):
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
