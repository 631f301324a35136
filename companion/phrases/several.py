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
# After one line in so many was asked for in vain, all lines of the other words are sooner listed.
_ASKED_IN = 50
# By so many lines one sees how dense a word stands; it is on many where it is this much denser.
_SEEN, _DENSER = 48, 2
_MOST_KEPT = 8

_Asked = tuple[set[int], list[Look]]


class Several:
    """Remembers what it found of the first words while the last one is being typed."""

    def __init__(self) -> None:
        self._spreads: dict[str, _Spread] = {}
        self._copies: dict[int, tuple[set[int], Fields, Fields]] = {}

    def find(
        self, words: Sequence[str], fields: Fields, limit: int, bodies: bool
    ) -> dict[int, float]:
        """The numbers of the entries with all words, best first, with their scores.

        Those with all words in the title come first, then those with all outside the body. The
        word that says most decides the order otherwise.
        """
        spreads = self._spread(words, fields, bodies)
        found: dict[int, float] = {}
        for depth in range(BODY + 1 if bodies else BODY):
            if depth == TITLE or any(one.adds(depth) for one in spreads):
                found |= self._best(spreads, fields, limit, depth, found)
            if len(found) >= limit:
                break
        return found

    def prepare(self, words: Sequence[str], fields: Fields, bodies: bool) -> None:
        """Find what will be needed of some words as soon as another one is typed."""
        for one in self._spread(words, fields, bodies):
            one.listed(BODY if bodies else HEAD)

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
        self,
        spreads: "Sequence[_Spread]",
        fields: Fields,
        limit: int,
        depth: int,
        known: dict[int, float],
    ) -> dict[int, float]:
        """What is found at a depth, and is not known from above it."""
        # Of words that say as much it is the one being typed: of the others more is known.
        main = max(reversed(spreads), key=lambda one: one.weight)
        others = [one for one in spreads if one is not main]
        listed = [lines for one in others if (lines := one.listed(depth)) is not None]
        others = [one for one in others if one.listed(depth) is None]
        if (lines := main.known(depth)) is not None:
            listed.append(lines)
        part = fields
        if listed:
            # What can be among few lines only is looked for in a copy of these.
            part = self._copy(set.intersection(*listed), fields, depth)
            main = _Spread(main.word, part, main.bodies)
            others = [_Spread(one.word, part, one.bodies) for one in others]
        patience = len(fields.numbers) // _ASKED_IN
        asked = [one.all_asked(depth) if listed else one.asked(depth) for one in others]
        numbers = part.numbers
        found: dict[int, float] = {}
        missed: set[int] = set()
        for tier, on_lines in enumerate(main.tiers(depth)):
            for line in on_lines:
                number = numbers[line]
                if number in found or number in known or line in missed:
                    continue
                if _on(line, asked):
                    found[number] = score_of(tier)
                    if len(found) + len(known) >= limit:
                        return found
                else:
                    missed.add(line)
                    if len(missed) == patience:
                        asked = [one.all_asked(depth) for one in others]
        return found

    def _copy(self, lines: set[int], fields: Fields, depth: int) -> Fields:
        kept = self._copies.get(depth)
        if kept is None or kept[1] is not fields or kept[0] != lines:
            kept = self._copies[depth] = lines, fields, fields.only(sorted(lines))
        return kept[2]


TITLE, HEAD, BODY = range(3)
"""How deep one looks: in titles, in all that stands outside the body, everywhere."""


class _Spread:
    """How a word is spread over some entries."""

    def __init__(self, word: str, fields: Fields, bodies: bool) -> None:
        self.word, self.fields, self.bodies = word, fields, bodies
        count = len(fields.numbers)
        self._few = max(_FEWEST, min(count // _ONE_IN, _MOST))
        self.weight = len(word) if word.isascii() else 3 * len(word)
        self._listed: dict[int, set[int] | None] = {-1: set()}
        self._asked: dict[int, _Asked] = {-1: (set(), [])}

    @cached_property
    def looks(self) -> Looks:
        """Where the word is looked for."""
        return looks(self.word, self.fields, self.bodies)

    def listed(self, depth: int) -> set[int] | None:
        """The lines where the word stands, down to a depth; None where these are many."""
        if depth not in self._listed:
            before = self.listed(depth - 1)
            self._listed[depth] = None if before is None else self._list(depth, before)
        return self._listed[depth]

    def known(self, depth: int) -> set[int] | None:
        """The same, as far as it was asked for before."""
        return self._listed.get(depth)

    def adds(self, depth: int) -> bool:
        """Whether the word stands anywhere that this depth adds."""
        return any(look.few() != [] for look in self._places(depth))

    def tiers(self, depth: int) -> Iterator[Iterable[int]]:
        """The lines where the word stands, the best matches first, each tier ascending."""
        yield from (look.lines() for look in self.looks.best)
        for deeper in range(HEAD, depth + 1):
            listed = self.known(deeper)
            look = self.looks.head if deeper == HEAD else self.looks.body
            yield look.lines() if listed is None else sorted(listed)

    def asked(self, depth: int) -> "_Asked":
        """The lines where the word stands at few, and the looks for where it stands at many."""
        if depth not in self._asked:
            rare, dense = self.asked(depth - 1)
            found = [(look, look.few()) for look in self._places(depth)]
            more = [look for look, few in found if few is None]
            # What is in few titles is mostly in bodies.
            rare = rare.union(*(few for _, few in found if few is not None))
            self._asked[depth] = rare, [*more, *dense]
        return self._asked[depth]

    def all_asked(self, depth: int) -> "_Asked":
        """The same with all lines listed."""
        rare, dense = self.asked(depth)
        self._asked[depth] = rare.union(*(look.all_lines() for look in dense)), []
        return self._asked[depth]

    def _places(self, depth: int) -> Sequence[Look]:
        """The looks that this depth adds."""
        title, head = self.looks.title.places, self.looks.head.places
        return (title, head[len(title) :], self.looks.body.places if depth == BODY else ())[depth]

    def _list(self, depth: int, before: set[int]) -> set[int] | None:
        found, few, count = set(before), self._few, len(self.fields.numbers)
        for look in self._places(depth):
            first = list(islice(look.lines(), _SEEN))
            if len(first) < _SEEN:
                found.update(first)
            elif _SEEN * count > _DENSER * few * (first[-1] + 1):
                return None
            else:
                found |= look.all_lines()
        if len(found) > few:
            # Too many to be copied; but where the word stands is known.
            self._asked[depth] = found, []
            return None
        return found


def _on(line: int, others: Sequence[_Asked]) -> bool:
    for rare, dense in others:
        # Loops, not any(): this is asked a thousand times for one keystroke.
        if line not in rare:
            for look in dense:
                if look.on(line):
                    break
            else:
                return False
    return True
