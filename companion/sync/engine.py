"""Exchanges packs between two stores and a profile: load, save, pull, push, compact."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress

from companion.errors import (
    CompanionError,
    NewerFormat,
    ObjectMissing,
    PackDamaged,
    Stopped,
    StoreAnswerStrange,
    StoreFull,
    StoreOfAnother,
    StoreUnreachable,
)
from companion.profile.behind import apart
from companion.profile.packs import SUFFIX, Pack, decode, encode, is_later, is_named, name_of
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.profile.slots import HEADER, decode_header
from companion.sync.checking import check_is_profile
from companion.sync.compaction import HANDFUL, groups, small_ones, together
from companion.sync.known import KnownPacks
from companion.sync.progress import Later, Progress, Stop, SyncReport, no_progress
from companion.sync.store import Store, never, nothing

# Between two syncs a desk writes a pack an edit; its own disk may hold more than a far store.
MANY_EDITS = 40


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
        self._known = KnownPacks()
        self._checked: set[str] = set()
        # Packs that this process has read in the far store.
        self._confirmed: set[str] = set()

    def load(self, progress: Progress = no_progress, stop: Stop = never) -> None:
        """Read every pack of this desk's own store into the profile."""
        for _ in range(3):
            names = self._packs(self._local)
            try:
                new = sorted(names - self._known.merged.keys())
                self.unreadable = self._read(self._local, new, progress, stop)
            except ObjectMissing:
                # Another process of this desk put the packs together meanwhile: look again.
                continue
            return

    def save(self) -> bool:
        """Write what was changed as one pack to this desk's own store; whether there was any."""
        clock, records = self.profile.take_changes()
        if not records:
            return False
        first, behind = apart(records)
        try:
            # What may come behind is here first: what names it never stands alone on this disk.
            for part, later in ((behind, True), (first, False)):
                if part:
                    name, sealed = self._seal(Pack(self.profile.id, clock, [], part), later)
                    self._local.put(name, sealed)
        except CompanionError:
            self._known.forget(name)
            self.profile.put_back_changes(records)
            raise
        for group in groups(self._packs(self._local)):
            if len(group) > MANY_EDITS:
                chosen = small_ones(self._known.sizes(group))
                self._replace(self._local, group, *self._together(chosen))
        return True

    def waiting(self, far_names: set[str]) -> set[str]:
        """The packs of this desk that a store with far_names does not hold and nothing covers."""
        return self._known.waiting(self._packs(self._local), far_names)

    def missing(self, held: Iterable[str]) -> int:
        """How many packs that others need not wait for a store holds, and this desk does not."""
        return sum(map(self._known.is_new, filter(is_later, held)))

    def sync(
        self,
        far: Store,
        progress: Progress = no_progress,
        stop: Stop = never,
        listing: set[str] | None = None,
        moved: Callable[[int], None] = nothing,
        *,
        later: Later = Later.BOTH,
    ) -> SyncReport:
        """Save, fetch what is new, send what is new, and put many small packs together.

        Absence is never deletion: a far store without our profile raises StoreEmpty or
        HeaderMissing and nothing here changes, one with another profile StoreOfAnother.
        ``listing`` is what far.names() has just said, where the caller knows it; ``moved`` hears
        how many bytes have just gone over the line. ``stop`` also ends what is under way there.
        ``later`` says which way those packs go that others need not wait for.
        """
        with far.watch.by(moved, stop):
            return self._exchange(far, progress, stop, listing, later)

    def _exchange(
        self, far: Store, progress: Progress, stop: Stop, listing: set[str] | None, later: Later
    ) -> SyncReport:
        began = far.requests
        self.save()
        report = SyncReport()
        for left in reversed(range(3)):
            names = far.names() if listing is None else listing
            listing, self.listing = None, names
            check_is_profile(far, names)
            self._check_is_ours(far, names)
            held = self._only_packs(names)
            first, behind = groups(set(filter(self._known.is_new, held)))
            fetched = sorted(first) + (sorted(behind) if later is Later.BOTH else [])
            try:
                report.unreadable = self._read(far, fetched, progress, stop, resigned=not left)
            except ObjectMissing:
                # Another desk put packs together between our look and our reading: look again.
                continue
            finally:
                report.pulled += len(self._known.merged.keys() & set(fetched))
            break
        if stop():
            raise Stopped
        progress(len(fetched), len(fetched) + 1)
        first, behind = groups(held)
        if later is not Later.NEITHER:
            # Before what names it.
            report.pushed = self._push(far, behind, True, tidies=later is Later.BOTH)
        report.pushed += self._push(far, first, False)
        here = self._packs(self._local)
        self._tidy(self._local, here)
        # What this desk could not read of its own is still missing, unless it came from there.
        own = here.intersection(self.unreadable) - self._known.merged.keys()
        report.unreadable = self.unreadable = sorted({*report.unreadable, *own})
        report.requests = far.requests - began
        return report

    def unconfirmed(self) -> set[str]:
        """The packs of this desk that this process has not read in the far store."""
        return self._packs(self._local) - self._confirmed

    def save_everything(self) -> list[tuple[str, bytes]]:
        """Put all records into this desk's store as packs that cover all that was read."""
        held, (clock, records) = self._packs(self._local), self.profile.everything()
        merged = groups(set(self._known.merged))
        first, behind = apart(records)
        # One that holds both kinds is covered by what holds both.
        first = records if self._known.mixed else first
        made = []
        for part, covered, later in ((behind, merged[1], True), (first, merged[0], False)):
            if part or covered:
                pack = Pack(self.profile.id, clock, sorted(covered), part)
                made.append(self._seal(pack, later))
                self._replace(self._local, held, *made[-1])
        return made

    def put_everything(self, far: Store) -> None:
        """Put all records into both stores, as few packs."""
        held = self._only_packs(far.names())
        for made in self.save_everything():
            self._replace(far, held, *made)

    def _check_is_ours(self, far: Store, names: set[str]) -> None:
        """Where no pack of ours is in a place yet, its header must name our profile, once."""
        if far.place not in self._checked and names.isdisjoint(self._known.merged):
            if decode_header(far.get(HEADER)).profile != self.profile.id:
                raise StoreOfAnother(place=far.place)
            self._checked.add(far.place)

    def known_as_ours(self, far: Store) -> None:
        """Spare the check of a place whose header the caller has just read."""
        self._checked.add(far.place)

    def _push(self, far: Store, held: set[str], later: bool, tidies: bool = True) -> int:
        """Send what waits as one pack, putting small ones together where it ``tidies``."""
        waiting = groups(self.waiting(held))[later]
        needed = held - self._known.stale(held)
        readable = (needed & self._known.merged.keys()) | waiting
        # What cannot be read counts too: it makes a restore longer all the same.
        most = max(2, HANDFUL - len(needed - readable))
        chosen = small_ones(self._known.sizes(readable), most) if tidies else []
        sealed = {name: self._local.get(name) for name in waiting}
        # One that was spoiled on this disk since it was read is still whole in memory.
        spoiled = any(not is_named(name, data) for name, data in sealed.items())
        if chosen or spoiled or len(waiting) > 1:
            name, data = self._together(waiting.union(chosen))
            # At this desk first: whatever becomes of the far one, nothing has to be made twice.
            self._replace(self._local, self._packs(self._local), name, data)
            with self._named_anew_on_failure(name):
                self._put_and_read(far, name, data)
            self._confirmed.add(name)
            self._tidy(far, held | {name})
            return 1
        for name, data in sealed.items():
            with self._named_anew_on_failure(name):
                far.put(name, data)
        self._tidy(far, held | waiting)
        return len(waiting)

    @contextmanager
    def _named_anew_on_failure(self, name: str) -> Iterator[None]:
        """Half of a pack may lie where sending it failed, and no desk sends what is listed.

        So what it holds gets another name here, under which all of it goes out the next time.
        """
        try:
            yield
        except (StoreUnreachable, StoreFull, StoreAnswerStrange):
            with suppress(CompanionError):
                self._replace(self._local, self._packs(self._local), *self._together([name]))
            raise

    def _together(self, names: Collection[str]) -> tuple[str, bytes]:
        """One sealed pack with what these, of one kind, hold; with all there is, if one is gone."""
        later = any(map(is_later, names))
        try:
            packs = {name: self._decode(name, self._local.get(name)) for name in names}
            made = together(self.profile.id, packs)
        except (ObjectMissing, PackDamaged, NewerFormat):
            clock, records = self.profile.everything()
            part = records if self._known.mixed.intersection(names) else apart(records)[later]
            made = Pack(self.profile.id, clock, sorted(names), part)
        return self._seal(made, later)

    def _replace(self, store: Store, held: set[str], name: str, sealed: bytes) -> None:
        """Put a pack, read it back, and only then delete what it covers."""
        self._put_and_read(store, name, sealed)
        self._tidy(store, held | {name})

    def _put_and_read(self, store: Store, name: str, sealed: bytes) -> None:
        store.put(name, sealed)
        back = b""
        with suppress(ObjectMissing):
            back = store.get(name)
        if back != sealed:
            raise StoreUnreachable(place=store.place, reason="read back")

    def _tidy(self, store: Store, held: set[str]) -> None:
        """Delete the packs of a store that others there cover."""
        for name in sorted(self._known.stale(held)):
            store.delete(name)

    def _seal(self, pack: Pack, later: bool) -> tuple[str, bytes]:
        sealed = encode(pack, self._key)
        name = name_of(sealed, later)
        self._known.note(name, len(sealed), pack)
        return name, sealed

    def _decode(self, name: str, sealed: bytes) -> Pack:
        return decode(name, sealed, self.profile.id, self._key)

    def _read(
        self, store: Store, names: list[str], progress: Progress, stop: Stop, resigned: bool = False
    ) -> list[str]:
        """Merge packs into the profile, a copy of each to this desk; the names of unreadable ones.

        Resigned, it counts those that are listed and not there as unreadable.
        """
        unreadable = []
        for done, name in enumerate(names):
            if stop():
                raise Stopped
            progress(done, len(names))
            try:
                sealed = store.get(name)
                pack = self._decode(name, sealed)
            except ObjectMissing:
                if not resigned:
                    raise
                unreadable.append(name)
                continue
            except (PackDamaged, NewerFormat):
                unreadable.append(name)
                continue
            if store is not self._local:
                self._local.put(name, sealed)
                self._confirmed.add(name)
            self.profile.absorb(pack.records, pack.clock)
            self._known.note(name, len(sealed), pack)
        progress(len(names), len(names))
        return unreadable

    def _packs(self, store: Store) -> set[str]:
        return self._only_packs(store.names())

    @staticmethod
    def _only_packs(names: set[str]) -> set[str]:
        return {name for name in names if name.endswith(SUFFIX)}
