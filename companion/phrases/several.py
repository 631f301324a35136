"""Several words in any order: the lines on which all of them stand, best first.

Of a word that stands on few lines these are listed. Words that stand on many meet often: there the
lines of one are looked at for the others, one by one, until enough are found.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from companion.phrases.fields import Fields
from companion.phrases.looks import Look
from companion.phrases.word import Looks, looks, score_of

# Few are no more than one line in so many, within these bounds.
_ONE_IN, _FEWEST, _MOST = 10, 64, 2_500
# So many are worth a copy of their own in which all are searched.
_COPIED_IN = 40
# By so many lines one sees how dense a word stands; it is on many where it is this much denser.
_SEEN, _DENSER = 48, 2
_MOST_KEPT = 8


class Several:
    """Remembers what it found of the first words while the last one is being typed."""

    def __init__(self) -> None:
        self._spreads: dict[str, _Spread] = {}
        self._copies: dict[bool, tuple[set[int], Fields, Fields]] = {}

    def find(
        self, words: Sequence[str], fields: Fields, limit: int, bodies: bool
    ) -> dict[int, float]:
        """The numbers of the entries with all words, best first, with their scores.

        Those with all words outside the body come first. The word that says most decides the
        order otherwise.
        """
        spreads = self._spread(words, fields, bodies)
        found = self._best(spreads, fields, limit, body=False)
        if bodies and len(found) < limit:
            more = self._best(spreads, fields, limit, body=True)
            found |= {number: score for number, score in more.items() if number not in found}
        return dict(list(found.items())[:limit])

    def prepare(self, words: Sequence[str], fields: Fields, bodies: bool) -> None:
        """Find what will be needed of some words as soon as another one is typed."""
        for one in self._spread(words, fields, bodies):
            one.listed(bodies)

    def _spread(self, words: Sequence[str], fields: Fields, bodies: bool) -> "list[_Spread]":
        found = []
        for word in dict.fromkeys(words):
            one = self._spreads.get(word)
            if one is None or (one.fields, one.bodies) != (fields, bodies):
                if len(self._spreads) >= _MOST_KEPT:
                    self._spreads.clear()
                one = self._spreads[word] = _Spread(word, fields, bodies)
            found.append(one)
        return found

    def _best(
        self, spreads: "Sequence[_Spread]", fields: Fields, limit: int, *, body: bool
    ) -> dict[int, float]:
        main = max(spreads, key=lambda one: one.weight)
        listed = [lines for one in spreads if (lines := one.listed(body)) is not None]
        others = [one for one in spreads if one is not main and one.listed(body) is None]
        among = set.intersection(*listed) if listed else None
        part = fields
        if among is not None and (
            main.listed(body) is None or len(among) * _COPIED_IN <= len(fields.numbers)
        ):
            part, among = self._copy(among, fields, body), None
            main = _Spread(main.word, part, body)
            others = [_Spread(one.word, part, body) for one in others]
        found = _one_by_one(main.tiers(body), [one.asked(body) for one in others], among, limit)
        return {part.numbers[line]: score for line, score in found.items()}

    def _copy(self, lines: set[int], fields: Fields, body: bool) -> Fields:
        kept = self._copies.get(body)
        if kept is None or kept[1] is not fields or kept[0] != lines:
            kept = self._copies[body] = lines, fields, fields.only(sorted(lines))
        return kept[2]


class _Spread:
    """How a word is spread over some entries."""

    def __init__(self, word: str, fields: Fields, bodies: bool) -> None:
        self.word, self.fields, self.bodies = word, fields, bodies
        count = len(fields.numbers)
        self._few = max(_FEWEST, min(count // _ONE_IN, _MOST))
        self.weight = len(word) if word.isascii() else 3 * len(word)

    @cached_property
    def looks(self) -> Looks:
        """Where the word is looked for."""
        return looks(self.word, self.fields, self.bodies)

    def listed(self, body: bool) -> set[int] | None:
        """The lines where the word stands (outside the body), None where these are many."""
        return self._every if body else self._heads

    def tiers(self, body: bool) -> Iterator[Iterable[int]]:
        """The lines where the word stands, the best matches first, each tier ascending."""
        yield from (look.lines() for look in self.looks.best)
        yield self.looks.head.lines() if self._heads is None else sorted(self._heads)
        if body:
            yield self.looks.body.lines() if self._every is None else sorted(self._every)

    def asked(self, body: bool) -> "tuple[set[int], list[Look]]":
        """The lines where the word stands at few, and the looks for where it stands at many."""
        rare, dense = self._head_asked
        if not body:
            return rare, dense
        more, others = self._body_asked
        # What is in few heads is mostly in bodies.
        return rare | more, [*others, *dense]

    @cached_property
    def _heads(self) -> set[int] | None:
        return self._listed(self.looks.head.places, set())

    @cached_property
    def _every(self) -> set[int] | None:
        return None if self._heads is None else self._listed(self.looks.body.places, self._heads)

    @cached_property
    def _head_asked(self) -> "tuple[set[int], list[Look]]":
        return _asked(self.looks.head.places)

    @cached_property
    def _body_asked(self) -> "tuple[set[int], list[Look]]":
        return _asked(self.looks.body.places)

    def _listed(self, places: Iterable[Look], before: set[int]) -> set[int] | None:
        found, few, count = set(before), self._few, len(self.fields.numbers)
        for look in places:
            first = list(islice(look.lines(), _SEEN))
            if len(first) < _SEEN:
                found.update(first)
            elif _SEEN * count > _DENSER * few * (first[-1] + 1):
                return None
            else:
                found |= look.all_lines(few + 1)
            if len(found) > few:
                return None
        return found


def _asked(places: Iterable[Look]) -> "tuple[set[int], list[Look]]":
    rare: set[int] = set()
    dense: list[Look] = []
    for look in places:
        few = look.few()
        if few is None:
            dense.append(look)
        else:
            rare.update(few)
    return rare, dense


def _one_by_one(
    tiers: Iterable[Iterable[int]],
    others: Sequence[tuple[set[int], list[Look]]],
    among: set[int] | None,
    limit: int,
) -> dict[int, float]:
    """The lines of some tiers that have all other words, ``among`` some where these are known."""
    found: dict[int, float] = {}
    missed: set[int] = set()
    for number, tier in enumerate(tiers):
        for line in tier:
            if line in found or line in missed or (among is not None and line not in among):
                continue
            if _on(line, others):
                found[line] = score_of(number)
                if len(found) >= limit:
                    return found
            else:
                missed.add(line)
    return found


def _on(line: int, others: Sequence[tuple[set[int], list[Look]]]) -> bool:
    for rare, dense in others:
        # Loops, not any(): this is asked a thousand times for one keystroke.
        if line not in rare:
            for look in dense:
                if look.on(line):
                    break
            else:
                return False
    return True
