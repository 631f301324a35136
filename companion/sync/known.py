"""What one process knows of packs: whose content it holds, and which of them cover which."""

from collections.abc import Iterable

from companion.profile.behind import is_heavy
from companion.profile.packs import Pack, is_later


class KnownPacks:
    """Packs by name: those that were merged, with their bytes, and by covered pack what covers it.

    What covers a pack holds all that the pack covers itself.
    """

    def __init__(self) -> None:
        self.merged: dict[str, int] = {}
        # Of those that come first, the ones that have what may come behind as well: written before
        # there were two kinds.
        self.mixed: set[str] = set()
        self._covered: dict[str, set[str]] = {}

    def note(self, name: str, size: int, pack: Pack) -> None:
        """Remember that what a pack (of so many bytes) holds is in the profile."""
        self.merged[name] = size
        if not is_later(name) and any(map(is_heavy, pack.records)):
            self.mixed.add(name)
        covers = set(pack.covers)
        for covered in covers:
            self._covered.setdefault(covered, set())
        for covered, by in self._covered.items():
            # No list of what is covered is ever complete.
            if covered in covers or by & covers:
                by.add(name)

    def forget(self, name: str) -> None:
        """What a pack holds could not be kept."""
        del self.merged[name]

    def stale(self, names: set[str]) -> set[str]:
        """Those of some packs that another one of them, which was merged, covers."""
        return {
            name
            for name in names & self._covered.keys()
            if self._covered[name] & names & self.merged.keys()
        }

    def is_new(self, name: str) -> bool:
        """Whether it was not merged, and nothing that was covers it."""
        return name not in self.merged and not self._covered.get(name, set()) & self.merged.keys()

    def waiting(self, here: set[str], there: set[str]) -> set[str]:
        """The merged packs of one place that another does not hold, neither place covering them."""
        return {
            name
            for name in (here - there) & self.merged.keys()
            if not self._covered.get(name, set()) & (here | there)
        }

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """The bytes of those that were merged."""
        return {name: self.merged[name] for name in names if name in self.merged}
