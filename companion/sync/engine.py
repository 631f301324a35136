"""Exchanges packs between two stores and a profile: load, save, pull, push, compact."""

from collections.abc import Callable, Iterable
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
from companion.sync.compaction import HANDFUL, small_ones, together
from companion.sync.store import Store, never, nothing

# Between two syncs a desk writes a pack an edit; its own disk may hold more than a far store.
MANY_EDITS = 40

Progress = Callable[[int, int], None]
"""Called with how many packs are done and how many there are."""

Stop = Callable[[], bool]
"""Asked all the time; true stops the work with Stopped, keeping what is done."""


def _no_progress(done: int, of: int) -> None: ...


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
        self.listing: set[str] = set()
        self._key = key
        self._local = local
        # Packs whose content is in the profile in memory, with their bytes, and by pack that
        # another one covers, those that do.
        self._merged: dict[str, int] = {}
        self._covered: dict[str, set[str]] = {}
        self._checked: set[str] = set()

    def load(self, progress: Progress = _no_progress, stop: Stop = never) -> None:
        """Read every pack of this desk's own store into the profile."""
        for _ in range(3):
            names = self._packs(self._local)
            try:
                new = sorted(names - self._merged.keys())
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
            name, sealed = self._seal(Pack(self.profile.id, clock, [], records))
            self._local.put(name, sealed)
        except CompanionError:
            del self._merged[name]
            self.profile.put_back_changes(records)
            raise
        packs = self._packs(self._local)
        if len(packs) > MANY_EDITS:
            chosen = small_ones(self._sizes(packs))
            self._replace(self._local, packs, *self._together(chosen))
        return True

    def waiting(self, far_names: set[str]) -> set[str]:
        """The packs of this desk that a store with far_names does not hold and nothing covers."""
        here = self._packs(self._local)
        return {
            name
            for name in here - far_names
            if name in self._merged and not self._covered.get(name, set()) & (here | far_names)
        }

    def sync(
        self,
        far: Store,
        progress: Progress = _no_progress,
        stop: Stop = never,
        listing: set[str] | None = None,
        moved: Callable[[int], None] = nothing,
    ) -> SyncReport:
        """Save, fetch what is new, send what is new, and put many small packs together.

        Absence is never deletion: a far store without our profile raises StoreEmpty or
        HeaderMissing and nothing here changes, one with another profile StoreOfAnother.
        ``listing`` is what far.names() has just said, where the caller knows it; ``moved`` hears
        how many bytes have just gone over the line. ``stop`` also ends what is under way there.
        """
        with far.watch.by(moved, stop):
            return self._exchange(far, progress, stop, listing)

    def _exchange(
        self, far: Store, progress: Progress, stop: Stop, listing: set[str] | None
    ) -> SyncReport:
        began = far.requests
        self.save()
        report = SyncReport()
        for left in reversed(range(3)):
            names = far.names() if listing is None else listing
            listing, self.listing = None, names
            self.check_is_profile(far, names)
            self._check_is_ours(far, names)
            before = len(self._merged)
            fetched = sorted(self._only_packs(names) - self._merged.keys() - self._stale(names))
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
        if stop():
            raise Stopped
        progress(len(fetched), len(fetched) + 1)
        report.pushed = self._push(far, self._only_packs(names))
        self._tidy(self._local, self._packs(self._local))
        # What this desk could not read of its own is still missing, unless it came from there.
        own = [name for name in self.unreadable if name not in self._merged]
        report.unreadable = sorted({*report.unreadable, *own})
        self.unreadable = report.unreadable
        report.requests = far.requests - began
        return report

    def save_everything(self) -> tuple[str, bytes]:
        """Put all records into this desk's store as one pack that covers all that was read."""
        held = self._packs(self._local)
        clock, records = self.profile.everything()
        covered = sorted(self._merged)
        name, sealed = self._seal(Pack(self.profile.id, clock, covered, records))
        self._replace(self._local, held, name, sealed)
        return name, sealed

    def put_everything(self, far: Store) -> None:
        """Put all records into both stores as one pack."""
        held = self._only_packs(far.names())
        self._replace(far, held, *self.save_everything())

    def _check_is_ours(self, far: Store, names: set[str]) -> None:
        """Where no pack of ours is in a place yet, its header must name our profile, once."""
        if far.place not in self._checked and names.isdisjoint(self._merged):
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

    def _push(self, far: Store, held: set[str]) -> int:
        """Send what waits as one pack, putting small ones together; how many packs were sent."""
        waiting, needed = self.waiting(held), held - self._stale(held)
        readable = (needed & self._merged.keys()) | waiting
        # What cannot be read counts too: it makes a restore longer all the same.
        chosen = small_ones(self._sizes(readable), max(2, HANDFUL - len(needed - readable)))
        if chosen or len(waiting) > 1:
            name, sealed = self._together(waiting.union(chosen))
            # At this desk first: whatever becomes of the far one, nothing has to be made twice.
            self._replace(self._local, self._packs(self._local), name, sealed)
            self._replace(far, held, name, sealed)
            return 1
        for name in waiting:
            far.put(name, self._local.get(name))
        self._tidy(far, held)
        return len(waiting)

    def _together(self, names: Iterable[str]) -> tuple[str, bytes]:
        """One sealed pack with what these packs hold; everything, where one is not here."""
        try:
            packs = {name: self._decode(name, self._local.get(name)) for name in names}
            made = together(self.profile.id, packs)
        except (ObjectMissing, PackDamaged, NewerFormat):
            clock, records = self.profile.everything()
            made = Pack(self.profile.id, clock, sorted(names), records)
        return self._seal(made)

    def _replace(self, store: Store, held: set[str], name: str, sealed: bytes) -> None:
        """Put a pack, read it back, and only then delete what it covers."""
        store.put(name, sealed)
        if store.get(name) != sealed:
            raise StoreUnreachable(place=store.place, reason="read back")
        self._tidy(store, held | {name})

    def _tidy(self, store: Store, held: set[str]) -> None:
        """Delete the packs of a store that others there cover."""
        for name in sorted(self._stale(held)):
            store.delete(name)

    def _stale(self, names: set[str]) -> set[str]:
        """Those of some packs that another one of them, which was read, covers."""
        return {
            name
            for name in names & self._covered.keys()
            if self._covered[name] & names & self._merged.keys()
        }

    def _sizes(self, names: Iterable[str]) -> dict[str, int]:
        return {name: self._merged[name] for name in names if name in self._merged}

    def _seal(self, pack: Pack) -> tuple[str, bytes]:
        sealed = encode(pack, self._key)
        name = name_of(sealed)
        self._note(name, sealed, pack)
        return name, sealed

    def _decode(self, name: str, sealed: bytes) -> Pack:
        return decode(name, sealed, self.profile.id, self._key)

    def _note(self, name: str, sealed: bytes, pack: Pack) -> None:
        """Remember that what a pack holds is in the profile, and what it covers."""
        self._merged[name] = len(sealed)
        for covered in pack.covers:
            self._covered.setdefault(covered, set()).add(name)

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
                pack = self._decode(name, sealed)
            except (PackDamaged, NewerFormat):
                unreadable.append(name)
                continue
            if keep is not None:
                keep.put(name, sealed)
            self.profile.absorb(pack.records, pack.clock)
            self._note(name, sealed, pack)
        progress(len(names), len(names))
        return unreadable

    def _packs(self, store: Store) -> set[str]:
        return self._only_packs(store.names())

    @staticmethod
    def _only_packs(names: set[str]) -> set[str]:
        return {name for name in names if name.endswith(SUFFIX)}
