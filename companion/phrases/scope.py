"""Scopes: ``@退款`` looks only in sets named so, ``@网址`` only among the bookmarks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companion.folding import fold
from companion.phrases import pinyin
from companion.phrases.fields import Groups
from companion.phrases.looks import Anywhere, Within
from companion.phrases.word import letters

SIGN, SET = "@", "set"
# In full width too: an input method for Chinese writes it so.
_SIGNS = ("@", "＠")
# A team's name stands before the name of its set.
_TEAM = " · "


@dataclass(frozen=True)
class Completion:
    """A scope that the query may go on to: ``query`` is what is typed then, ``count`` its entries.

    ``kind`` is SET, or the kind of entry that it names (``bookmark``, ``favourite``…).
    """

    title: str
    kind: str
    query: str
    count: int


def split(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The scopes of a query without their sign, and its other words, all folded."""
    parts = query.split()
    scopes = tuple(fold(part[1:]) for part in parts if part[0] in _SIGNS)
    return scopes, tuple(fold(" ".join(p for p in parts if p[0] not in _SIGNS)).split())


def names_of(group: str, above: Iterable[str] = ()) -> tuple[str, ...]:
    """The names by which a set is scoped: its own, and those of what it stands in."""
    found = (part for title in (group, *above) for part in title.split(_TEAM))
    return tuple(dict.fromkeys(name for part in found if (name := _name(part))))


def _name(title: str) -> str:
    """A title as it is typed behind the sign: without blanks."""
    return "".join(title.split())


class Scopes:
    """The scopes of some entries: for each entry, its names with their kinds."""

    def __init__(self, names: Iterable[Sequence[tuple[str, str]]]) -> None:
        self._kinds: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._groups = Groups(self._kept(names))

    def lines(self, scope: str) -> list[int] | None:
        """The lines of the entries in a scope; the beginning of its name is enough, unless another
        has just that name. None where there is no such scope.
        """
        names = {at for at, title in enumerate(self._groups.titles) if fold(title) == scope}
        names = names or self._named(scope)
        groups = self._groups.having(names)
        return list(self._groups.lines(groups)) if names else None

    def completions(self, query: str) -> list[Completion]:
        """What the scope that is being typed at the end of a query may be, most entries first."""
        before, begun = self.begun(query)
        if begun is None:
            return []
        titles = self._groups.titles
        named = self._named(begun) if begun else range(len(titles))
        # A kind has several names: one of them is enough.
        kinds = {self._kinds[titles[name]]: titles[name] for name in sorted(named, reverse=True)}
        sets = [titles[name] for name in named if self._kinds[titles[name]] == SET]
        found = sorted(sets, key=lambda title: (-self._counts[title], title))
        found += [title for kind, title in sorted(kinds.items()) if kind != SET]
        return [
            Completion(title, self._kinds[title], f"{before}{SIGN}{title} ", self._counts[title])
            for title in found
        ]

    @staticmethod
    def begun(query: str) -> tuple[str, str | None]:
        """A query without the scope being typed at its end, and that scope, None without one."""
        before, _, last = query.rpartition(" ")
        if last[:1] not in _SIGNS or not last:
            return query, None
        return f"{before} " if before else "", fold(last[1:])

    def _kept(self, names: Iterable[Sequence[tuple[str, str]]]) -> Iterable[tuple[str, ...]]:
        for several in names:
            for name, kind in several:
                self._kinds.setdefault(name, kind)
                self._counts[name] = self._counts.get(name, 0) + 1
            yield tuple(name for name, _ in several)

    def _named(self, scope: str) -> set[int]:
        """The names that begin so, by text, pinyin or initials; all, where nothing is asked."""
        names, typed = self._groups.names, letters(scope)
        needle = ((scope, ""),)
        looks = [Within(Anywhere(names.text, needle), ("\n",))]
        if typed:
            initials = Anywhere(names.initials, ((typed, ""),))
            looks.append(Within(initials, ("\n", pinyin.OTHER)))
            coded = Anywhere(names.coded, names.coded.needles(typed))
            looks.append(Within(coded, ("\n",)))
        return set[int]().union(*(look.all_lines() for look in looks))
