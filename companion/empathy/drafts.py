"""Checks an agent's own reply for words that hurt, bare refusals and promises without a time."""

import re
from collections.abc import Collection, Iterable
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
from companion.empathy.kept import address, kept
from companion.empathy.tone import carriers, tones

Verdict = Literal["red", "amber", "grey", "ok"]
OK: Literal["ok"] = "ok"
TONES: tuple[Verdict, ...] = ("red", "amber", "grey", OK)
_ENDING = re.compile(r"[。!?！？；;.…]+$")
# What a clause goes on with: particles at its end are no more of it.
_GOES_ON = re.compile(r"(?:(?<=[a-z]) )?(?![吗呢吧啊呀嘛哦了的么]+(?:\W|$))\w", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[，。！？；：,!?;:\n](?!\d)|(?<!\bM[rs])(?<!\b(?:Dr|St|No))(?<!\bMrs)\.(?=\s|$)|(?<=[一-鿿])\s"
)
# How much words that a rule names weigh beside what the model hears: the more of the sentence they
# are, the more; those of a red rule are never meant well.
_NAMED, _NAMED_RED = 4.0, 3.0
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
        anew = self._said_anew(start, end) if tier == "red" else self._rewrite(start, end, heard)
        tries = [(heard, anew)]
        if any(one.rule.tier == tier for one in named):
            tries.insert(0, (named, self._rewrite(start, end, named)))
        for marked, rewrite in tries:
            whole = self._completed(rewrite)
            if _Check(whole, self._language).tier() == OK:
                return marked, whole
        return tries[0]

    def _unnamed(self, start: int, end: int, tier: Tier, named: list[Marked]) -> list[Marked]:
        """A mark on words that no rule has, beside those that are named and lie apart from it."""
        lacks = self._rules.otherwise[tier]
        rule = Rule(tier, lacks.why, ("",), None, lacks.append, tail=lacks.tail)
        apart = [one for one in named if one.end <= start or end <= one.start]
        return sorted([*apart, Marked(start, end, rule)], key=lambda one: one.start)

    def _said_anew(self, start: int, end: int) -> str:
        """A sentence that hurts, as one that helps: whom it speaks to and its facts are kept."""
        old, anew = self._text[start:end], self._rules.otherwise["red"]
        to = address(old, self._language)
        facts = kept(old[len(to) :], self._language)
        comma, mark = ("、", "。") if self._language == "zh" else (", ", ".")
        new = anew.replace.replace("{facts}", comma.join(facts)) if facts else anew.plain
        return to + (new if to else new[:1].upper() + new[1:]) + mark

    def _completed(self, rewrite: str) -> str:
        """A rewrite with the time or the alternative that it still lacks."""
        tier = _Check(rewrite, self._language).tier()
        if tier not in ("amber", "grey"):
            return rewrite
        lacks = self._rules.otherwise[tier]
        return self._joined(rewrite, [lacks.append], [lacks.tail])

    def _rewrite(self, start: int, end: int, marked: list[Marked]) -> str:
        """The sentence with what is marked replaced, and with what is missing added."""
        at, parts = start, []
        for one in marked:
            if one.start < at:
                # It went with what an earlier one has broken off.
                continue
            old = self._text[one.start : one.end]
            new = old if one.rule.replace is None else one.rule.replace
            broken, facts = self._broken_off(one, end)
            parts += [
                self._text[at : one.start],
                new[:1].upper() + new[1:] if old[:1].isupper() else new,
                facts,
            ]
            at = broken
        rest = self._text[at:end]
        mark = "。" if self._language == "zh" else "."
        if _ENDING.fullmatch(rest) and marked[-1].rule.replace is not None:
            rest = mark
        whole = "".join(parts) + rest
        return self._joined(
            whole, [one.rule.append for one in marked], [one.rule.tail for one in marked]
        )

    def _broken_off(self, one: Marked, end: int) -> tuple[int, str]:
        """Where the clause goes on after words that were replaced, and the facts lost by that.

        A replacement that is a clause of its own cannot stand before half of another.
        """
        is_half = _GOES_ON.match(self._plain, one.end) is not None
        if one.rule.replace is None or one.rule.tier != "red" or one.rule.leads or not is_half:
            return one.end, ""
        clause = _CLAUSE_END.search(self._plain, one.end, end)
        stop = clause.start() if clause is not None else end
        # With the words before it: a capital says something only within a sentence.
        facts = kept(self._text[one.start : stop], self._language)
        if not facts:
            return stop, ""
        zh = self._language == "zh"
        return stop, f"（{'、'.join(facts)}）" if zh else f" ({', '.join(facts)})"

    def _joined(self, whole: str, more: Iterable[str], tails: Iterable[str]) -> str:
        """A sentence with what goes before its closing mark and what follows it, each once."""
        follows, before = (
            [words for words in dict.fromkeys(one) if words] for one in (more, tails)
        )
        ending = _ENDING.search(whole)
        if before or (follows and not ending):
            said = whole[: ending.start()] if ending else whole
            mark = "。" if self._language == "zh" else "."
            whole = said.rstrip() + "".join(before) + (ending[0] if ending else mark)
        return ("" if self._language == "zh" else " ").join([whole, *follows])


def _worst(tiers: Collection[str]) -> Verdict:
    return next((tier for tier in TONES if tier in tiers), OK)
