"""Looks at every object of a store, says what is unreadable, mends what this desk holds whole."""

from collections.abc import Iterable

import msgspec

from companion.errors import CompanionError, HeaderMissing, ObjectMissing, Stopped, StoreEmpty
from companion.profile import slots
from companion.profile.packs import SUFFIX, decode, is_named
from companion.profile.sealing import ProfileKey
from companion.sync.progress import Progress, Stop, no_progress
from companion.sync.store import Store, never, nothing


class Broken(msgspec.Struct, frozen=True):
    """An object that cannot be read, and the code of why."""

    name: str
    reason: str


class CheckReport(msgspec.Struct):
    """What a check found: objects looked at, unreadable ones, and those that were mended."""

    checked: int = 0
    broken: list[Broken] = []
    mended: list[str] = []


class Check:
    """One look at a store, by a desk that has the profile open.

    What this desk holds whole takes the place of the same object broken; nothing else changes.
    """

    def __init__(self, profile: str, key: ProfileKey, local: Store) -> None:
        self._profile, self._key, self._local = profile, key, local

    def run(
        self, far: Store, mend: bool, progress: Progress = no_progress, stop: Stop = never
    ) -> CheckReport:
        """Look at every object of the store; with ``mend``, mend. Raises a store's errors, Stopped.

        An object that is gone by the time it is looked at was put together with others meanwhile.
        """
        with far.watch.by(nothing, stop):
            return self._look(far, mend, progress, stop)

    def _look(self, far: Store, mend: bool, progress: Progress, stop: Stop) -> CheckReport:
        report, names = CheckReport(broken=[], mended=[]), sorted(far.names())
        for done, name in enumerate(names):
            if stop():
                raise Stopped
            progress(done, len(names))
            try:
                reason = self._reason(name, far.get(name))
            except ObjectMissing:
                continue
            report.checked += 1
            if reason and mend and self._mend(far, name):
                report.mended.append(name)
            elif reason:
                report.broken.append(Broken(name, reason))
        return report

    def restore(self, far: Store) -> list[str]:
        """Put back the header and the slots that a store of ours has lost; their names.

        Whoever changes a slot puts the new one first: a kind of which there is none was lost.
        """
        names, here = far.names(), self._local.names()
        if names.isdisjoint(here - {slots.HEADER}):
            # Nothing that is there is known to be this profile's.
            return []
        kinds = {slots.slot_kind(name) for name in names}
        lost = {
            name for name in here if slots.slot_kind(name) and slots.slot_kind(name) not in kinds
        }
        return [name for name in sorted(lost | ({slots.HEADER} - names)) if self._mend(far, name)]

    def confirm(self, far: Store, names: Iterable[str]) -> list[str]:
        """Read packs of this desk back, mending what is broken there; those not whole there."""
        return [name for name in sorted(names) if not self._is_whole(far, name)]

    def _is_whole(self, far: Store, name: str) -> bool:
        try:
            return is_named(name, far.get(name)) or self._mend(far, name)
        except ObjectMissing:
            return False

    def _reason(self, name: str, data: bytes) -> str:
        """Why an object cannot be read, by an error's code; empty where it can."""
        try:
            if name.endswith(SUFFIX):
                decode(name, data, self._profile, self._key)
            elif name == slots.HEADER:
                if slots.decode_header(data).profile != self._profile:
                    return "store_of_another"
            else:
                slots.read_slot(name, data, self._profile)
        except CompanionError as error:
            return error.code
        return ""

    def _mend(self, far: Store, name: str) -> bool:
        """Put this desk's own copy there, where it is whole; whether the store then has it."""
        if name == slots.HEADER:
            whole = slots.encode_header(self._profile)
        else:
            try:
                whole = self._local.get(name)
            except ObjectMissing:
                return False
        if self._reason(name, whole):
            return False
        far.put(name, whole)
        if far.get(name) != whole:
            # A store that keeps both under one name gives the broken one back.
            far.delete(name)
            far.put(name, whole)
        return far.get(name) == whole


def check_is_profile(store: Store, names: set[str]) -> None:
    """Refuse a store that is empty, or whose header or key slots are not there (yet)."""
    if not names:
        raise StoreEmpty(place=store.place)
    if slots.HEADER not in names:
        raise HeaderMissing(place=store.place, name=slots.HEADER)
    if not any(name.endswith(slots.SUFFIX) for name in names):
        raise HeaderMissing(place=store.place, name="*" + slots.SUFFIX)
