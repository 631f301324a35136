"""Checks an agent's own reply for words that hurt, bare refusals and promises without a time."""

import re
from collections.abc import Collection
from typing import Literal

import msgspec

from companion.empathy.draft_rules import (
    Marked,
    Rule,
    Tier,
    plain,
    rules,
    sentence,
    sentences,
)
from companion.empathy.features import language_of
from companion.empathy.rewriting import Rewriting
from companion.empathy.tone import carriers, clauses, loud, tones

Verdict = Literal["red", "amber", "grey", "ok"]
OK: Literal["ok"] = "ok"
TONES: tuple[Verdict, ...] = ("red", "amber", "grey", OK)
# How much words that a rule names weigh beside what the model hears: the more of the sentence they
# are, the more; those of a red rule are never meant well.
_NAMED, _NAMED_RED = 6.0, 4.0
_BARE, _LEAST = re.compile(r"[\W\d_]+"), 4
# How much surer the model must be where it hears several sentences, as it errs in each.
_AMONG_OTHERS = 0.4


class Finding(msgspec.Struct, frozen=True):
    """Marked words of a text: code points ``start`` to ``end`` (not included).

    ``rewrite`` replaces the whole sentence round the words (see rewritten()) and mends everything
    marked in it, so the findings of one sentence share it. What the agent must add is a slot.
    """

    start: int
    end: int
    tier: Tier
    why: str
    rewrite: str


class Draft(msgspec.Struct, frozen=True):
    """The worst tier found, or ``ok``, and the findings in the order of the text."""

    tier: Verdict
    findings: tuple[Finding, ...]


def check(text: str) -> Draft:
    """Marks a reply in Chinese or English: red blames, mocks or forbids; amber is a no or a rule
    with no alternative after it; grey is soon, should or hold on with no time in the sentence.

    A model hears the tone of each sentence; rules know the trade's own words, what excuses them,
    and better ones. Raises FormatBroken when what came with the program for it is damaged.
    """
    return _Check(text, language_of(text)).draft()


def rewritten(text: str, finding: Finding) -> str:
    """The text with the finding's sentence replaced by its rewrite."""
    start, end = sentence(text, finding.start)
    return text[:start] + finding.rewrite + text[end:]


class _Check:
    """One reply in ``zh`` or ``en``, as it is looked through."""

    def __init__(self, text: str, language: str) -> None:
        self._text, self._plain, self._language = text, plain(text), language
        self._rules = rules(language)
        self._named: list[Marked] = []
        self._excused: list[Marked] = []
        for one in self._rules.marked(self._plain):
            excused = self._rules.excused(one.rule.tier, self._plain, one.start, one.end)
            (self._excused if excused else self._named).append(one)
        self._sentences = sentences(self._plain)

    def draft(self) -> Draft:
        """What is found."""
        findings: list[Finding] = []
        for start, end in self._sentences:
            tier = self._tier(start, end)
            if tier == OK:
                continue
            marked, rewrite = self._mended(start, end, tier)
            findings += [Finding(at, to, rule.tier, rule.why, rewrite) for at, to, rule in marked]
        return Draft(_worst({finding.tier for finding in findings}), tuple(findings))

    def tier(self) -> Verdict:
        """The worst tier of its sentences."""
        return _worst({self._tier(start, end) for start, end in self._sentences})

    def _tier(self, start: int, end: int) -> Verdict:
        """Of the sentence that stands there."""
        own = self._rules.own_words(self._plain[start:end])
        named = _worst({one.rule.tier for one in self._within(start, end)})
        if not own.strip():
            return named
        scores = tones(own, self._language)
        scores[named] += self._weight(named, start, end)
        if len(self._sentences) > 1:
            scores[OK] += _AMONG_OTHERS
        heard = max(TONES, key=lambda tone: scores[tone])
        return OK if self._rules.excused(heard, self._plain, start, end) else heard

    def _weight(self, tier: Verdict, start: int, end: int) -> float:
        """Of the words of a tier in a sentence; those that are excused speak for ``ok``."""
        if tier == OK:
            words = [one for one in self._excused if start <= one.start < end]
        else:
            words = [one for one in self._within(start, end) if one.rule.tier == tier]
        share = sum(one.end - one.start for one in words) / (end - start)
        return _NAMED_RED if tier == "red" else _NAMED * share

    def _within(self, start: int, end: int) -> list[Marked]:
        return [one for one in self._named if start <= one.start < end]

    def _mended(self, start: int, end: int, tier: Tier) -> tuple[list[Marked], str]:
        """What is marked in a sentence of a tier, and how it goes without.

        What the rules name is mended by them, where that is enough; else the clauses that carry the
        tier are marked, and what hurts is said anew.
        """
        milder = TONES[TONES.index(tier) :]
        named = [one for one in self._within(start, end) if one.rule.tier in milder]
        first, last = carriers(self._plain[start:end], self._language, tier)
        heard = self._unnamed(start + first, start + last, tier, named)
        said = Rewriting(self._text, self._language)
        if tier == "red":
            tries = [(heard, said.said_anew(start, end, self._rules.otherwise[tier]))]
        else:
            tries = [(heard, said.replaced(start, end, heard))]
        if any(one.rule.tier == tier for one in named) and not (
            tier == "red" and self._hurts_beside(start, end, named)
        ):
            tries.insert(0, (named, said.replaced(start, end, named)))
        for marked, rewrite in tries:
            whole = self._completed(rewrite)
            if _Check(whole, self._language).tier() == OK:
                return marked, whole
        return tries[0]

    def _hurts_beside(self, start: int, end: int, named: list[Marked]) -> bool:
        """Whether a sentence hurts in another clause than those that have a rule's words."""
        plain, language = self._plain[start:end], self._language
        return any(
            loud("red", plain[first:last], language)
            for first, last in clauses(plain)
            # A name or a date alone says nothing that could hurt.
            if len(_BARE.sub("", plain[first:last])) >= _LEAST
            and not any(one.start < start + last and start + first < one.end for one in named)
        )

    def _completed(self, rewrite: str) -> str:
        """A rewrite with the time or the alternative that it still lacks."""
        tier = _Check(rewrite, self._language).tier()
        if tier not in ("amber", "grey"):
            return rewrite
        return Rewriting(rewrite, self._language).completed(self._rules.otherwise[tier])

    def _unnamed(self, start: int, end: int, tier: Tier, named: list[Marked]) -> list[Marked]:
        """A mark on words that no rule has, beside those that are named and lie apart from it."""
        lacks = self._rules.otherwise[tier]
        rule = Rule(tier, lacks.why, ("",), None, lacks.append, tail=lacks.tail)
        apart = [one for one in named if one.end <= start or end <= one.start]
        return sorted([*apart, Marked(start, end, rule)], key=lambda one: one.start)


def _worst(tiers: Collection[str]) -> Verdict:
    return next((tier for tier in TONES if tier in tiers), OK)
