"""Find as you type: an index of joined strings in which every keystroke is a few str.find calls.

Sources: ``str.find`` over joined, folded text was measured against SQLite's FTS5 and rapidfuzz and
is several times faster at 10,000 phrases; matching is by substring, in tiers of match quality,
and within a tier the most used comes first because the index is built in that order.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from threading import Lock
from typing import NamedTuple

import msgspec

from companion.phrases import near, pinyin
from companion.phrases.fields import Field, Fields, Groups
from companion.phrases.frecency import frecency
from companion.phrases.looks import Look
from companion.phrases.scope import SET, SIGN, Completion, Scopes, names_of, split
from companion.phrases.several import Several
from companion.phrases.word import LAST_TIER, apart, goes_on, letters, looks, mixtures, score_of

MOST_HITS = 50
"""More than these are not listed: typing one more letter is quicker than reading them."""

# What is only nearly what was typed matches less than anything that is.
_NEAR = 0.01
_NO_NAMES: Mapping[str, Sequence[str]] = {}


class Entry(msgspec.Struct, frozen=True, gc=False):
    """Something to be found: ``kind`` is the record's kind, ``set`` its set's or folder's title.

    ``above`` are the titles of what that set stands in. ``uses`` and ``used_at`` (Unix seconds)
    say how often and when last it was used. ``team`` names the team that shares it and alone may
    change it, empty for the agent's own.
    """

    id: str
    kind: str
    title: str
    body: str
    abbr: str = ""
    set: str = ""
    tags: tuple[str, ...] = ()
    uses: int = 0
    used_at: int = 0
    favourite: bool = False
    team: str = ""
    above: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A found entry; ``score`` is 0 to 1 and falls from tier to tier of match quality.

    ``words`` are the words it was found by, folded: those of the query or, where these stand
    nowhere, what they may have been meant to be; then it is only ``near``.
    """

    entry: Entry
    score: float
    words: tuple[str, ...] = ()
    near: bool = False


class _Asked(NamedTuple):
    """A query: its words, and among what they are looked for."""

    words: tuple[str, ...]
    fields: Fields
    limit: int
    bodies: bool

    def goes_on(self, before: "_Asked") -> bool:
        """Whether this can only find what that has found."""
        return before[1:] == self[1:] and goes_on(before.words, self.words)


class _Found(NamedTuple):
    """What was found for a query; ``fields`` are all entries among which it is, where complete."""

    asked: _Asked
    hits: list[Hit]
    fields: Fields
    complete: bool


class Index:
    """All entries, ready to be searched, from any thread.

    ``now`` (Unix seconds) is the time by which uses count as recent; ``names`` are the words by
    which a scope names a kind of entry (``@网址``), or ``favourite``. With ``later``, bodies are
    not looked at before read_bodies(): the rest can be searched much sooner.
    """

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        now: int = 0,
        names: Mapping[str, Sequence[str]] = _NO_NAMES,
        *,
        later: bool = False,
    ) -> None:
        # Built in this order, a tier's hits come out most used first without any sorting.
        held = self.entries = sorted(
            entries,
            key=lambda one: (
                not one.favourite,
                -frecency(one.uses, one.used_at, now),
                -one.used_at,
            ),
        )
        self._fields = Fields(
            range(len(held)),
            code=Field(lambda: (one.abbr for one in held)),
            title=Field(lambda: (one.title for one in held)),
            group=Groups((one.set, *one.above, *one.tags) for one in held),
            body=Field(lambda: (one.body for one in held), long=True),
        )
        self._bodies, self._names = not later, names
        self._several, self._lock = Several(), Lock()
        self._last = _Found(_Asked((), self._fields, 0, False), [], self._fields, complete=False)
        self._part: tuple[tuple[str, ...], tuple[str, ...], Fields] = ((), (), self._fields)
        _ = self._fields.code.text
        self._fields.title.make()

    def read_bodies(self) -> None:
        """Make what is needed to look at bodies, and look at them from now on; from any thread."""
        self._fields.body.make()
        self._bodies = True

    def find(self, query: str, limit: int = MOST_HITS) -> list[Hit]:
        """The best hits of a query, best first; several words may come in any order.

        An empty query gives the favourites and what is in use. Where nothing is what the query
        says, the hits are what it may have been meant to say.
        """
        with self._lock:
            return self._find(query, limit)

    def _find(self, query: str, limit: int) -> list[Hit]:
        words, fields = self._scope(query)
        if not words:
            return self._listed(fields, limit)
        # Bodies may come to be ready meanwhile.
        asked = _Asked(words, fields, limit, self._bodies)
        if asked != self._last.asked:
            self._last = self._found(asked)
        elif query[-1:].isspace():
            # Another word will follow: what the first ones leave is found before it does.
            self._several.prepare(words, self._last.fields, asked.bodies)
        return list(self._last.hits)

    def _listed(self, fields: Fields, limit: int) -> list[Hit]:
        """What there is where nothing is asked for: favourites, then what is in use, then all.

        Openings that were never used are listed only in their scope: an agent has not put them
        there.
        """
        held = (self.entries[number] for number in fields.numbers)
        if fields is self._fields:
            held = (one for one in held if one.kind != "opening" or one.uses or one.favourite)
        return [Hit(entry, 0.0) for entry in islice(held, limit)]

    def _found(self, asked: "_Asked") -> "_Found":
        words, fields, limit, bodies = asked
        within = fields
        if self._last.complete and asked.goes_on(self._last.asked):
            within = self._last.fields
        if len(words) == 1:
            found = _best(looks(words[0], within, bodies).ranked(), limit, within)
            if not found and bodies and pinyin.segmentations(letters(words[0])):
                # What could be whole syllables, and stands nowhere, may still be a mixture.
                found = _best(mixtures(words[0], fields.title), limit, fields, LAST_TIER)
        else:
            found = self._several.find(words, within, limit, bodies)
        # Before bodies are read nobody knows that a word stands nowhere.
        hits: list[Hit] = []
        if found:
            hits = [Hit(self.entries[number], score, words) for number, score in found.items()]
        elif bodies:
            hits = [
                Hit(self.entries[fields.numbers[line]], _NEAR, read, near=True)
                for line, read in near.find(words, fields, limit, bodies)
            ] or self._apart(words, fields, limit)
        complete = len(found) < limit
        if complete:
            # The more is typed, the fewer are looked at.
            within = self._fields.only(sorted(found))
        return _Found(asked, hits, within, complete)

    def _apart(self, words: tuple[str, ...], fields: Fields, limit: int) -> list[Hit]:
        """The hits of one word that may be two, written together: 发票修改 for 发票抬头修改."""
        for two in apart(words[0]) if len(words) == 1 else ():
            if found := Several().find(two, fields, limit, bodies=False):
                return [Hit(self.entries[number], _NEAR, two, near=True) for number in found]
        return []

    def completions(self, query: str) -> list[Completion]:
        """What a scope may be that is being typed at the end of a query (``@`` alone: any)."""
        with self._lock:
            return self._scopes.completions(query)

    @cached_property
    def _scopes(self) -> Scopes:
        """Made when the first scope is typed."""
        return Scopes(map(self._scopes_of, self.entries))

    def _scopes_of(self, entry: Entry) -> list[tuple[str, str]]:
        kinds = (entry.kind, "favourite") if entry.favourite else (entry.kind,)
        found = {name: kind for kind in kinds for name in self._names.get(kind, ())}
        # A set that is called as a kind is (共情) is that kind.
        return [*(dict.fromkeys(names_of(entry.set, entry.above), SET) | found).items()]

    def _scope(self, query: str) -> tuple[tuple[str, ...], Fields]:
        """The words of a query, and what they are looked for in."""
        scopes, words = split(query)
        if scopes != self._part[0]:
            known = {scope: self._scopes.lines(scope) for scope in filter(None, scopes)}
            # What names no scope is a word like others: a text may hold the sign.
            plain = tuple(f"{SIGN}{scope}" for scope, lines in known.items() if lines is None)
            within = [set(lines) for lines in known.values() if lines is not None]
            part = self._fields.only(sorted(set.intersection(*within))) if within else self._fields
            self._part = scopes, plain, part
        _, plain, fields = self._part
        return (*plain, *words), fields


def _best(ranked: Iterable[Look], limit: int, fields: Fields, tier: int = 0) -> dict[int, float]:
    """The entries some looks find, those of the first look first, by number with their scores."""
    found: dict[int, float] = {}
    for number, look in enumerate(ranked, tier):
        for line in look.lines():
            found.setdefault(fields.numbers[line], score_of(number))
            if len(found) >= limit:
                return found
    return found
