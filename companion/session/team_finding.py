"""Finds the newest good pack in a team's place: one look, and one object where there is a newer."""

from companion.errors import CompanionError, NewerFormat, ObjectMissing
from companion.profile.team import TeamKeys, Verified, unseal, version_in
from companion.sync.store import Store
from companion.team_errors import (
    TeamPackDamaged,
    TeamPackTwice,
    TeamPackUnfit,
    TeamPlaceEmpty,
    TeamRolledBack,
    TeamSealedOtherwise,
    TeamSignatureWrong,
)

# Whoever may write to the place can lay any number of broken packs there; so many are fetched a
# look.
MOST_TRIED = 4
_REFUSED = (
    TeamPackDamaged,
    TeamPackUnfit,
    TeamSealedOtherwise,
    TeamSignatureWrong,
    NewerFormat,
)
Found = tuple[Verified, CompanionError | None]
"""The newest good pack, and what is wrong with one that claims to be as new or newer, if any is."""


class Finder:
    """Looks into places, and remembers which objects there are no good."""

    def __init__(self) -> None:
        # An object never changes, so none is fetched twice; with other keys it may be good.
        self._set_aside: dict[tuple[TeamKeys, str], CompanionError] = {}

    def newest(
        self,
        store: Store,
        keys: TeamKeys,
        seen: tuple[int, str],
        held: Verified | None,
        again: int = 2,
    ) -> Found:
        """The newest pack that is not older than the version ``seen``; ``held`` is here already.

        Raises TeamPlaceEmpty, TeamRolledBack, TeamPackTwice, where none is good what is wrong with
        the newest, and a store's errors.
        """
        try:
            return self._look(store, keys, seen, held)
        except ObjectMissing:
            # The lead has published between our look and our reading: look again.
            if not again:
                raise
        return self.newest(store, keys, seen, held, again - 1)

    def _look(
        self, store: Store, keys: TeamKeys, seen: tuple[int, str], held: Verified | None
    ) -> Found:
        names = sorted(filter(version_in, store.names()), key=_newest_first)
        if not names:
            raise TeamPlaceEmpty(place=store.place)
        least, digest = seen
        if version_in(names[0]) < least:
            raise TeamRolledBack(found=version_in(names[0]), seen=least)
        found: Verified | None = None
        trouble: CompanionError | None = None
        tried = 0
        for name in names:
            version = version_in(name)
            if version < (found.pack.version if found else least):
                break
            if held is not None and name == held.name:
                pack = held
            elif (keys, name) in self._set_aside:
                trouble = trouble or self._set_aside[keys, name]
                continue
            elif tried == MOST_TRIED:
                continue
            else:
                tried += 1
                try:
                    pack = unseal(name, store.get(name), keys)
                except _REFUSED as error:
                    self._set_aside[keys, name] = error
                    trouble = trouble or error
                    continue
            # The same pack may lie there sealed twice: what was signed decides. What was seen
            # comes from all desks of the agent, so it may not be what this one holds.
            known = {one.seen for one in (found, held) if one is not None} | {(least, digest)}
            if any(at == version and other != pack.digest for at, other in known):
                raise TeamPackTwice(version=version)
            found = found or pack
        if found is None:
            # Each one that is new enough was refused, so there is a reason.
            raise trouble or TeamPlaceEmpty(place=store.place)
        return found, trouble


def _newest_first(name: str) -> tuple[int, str]:
    return -version_in(name), name
