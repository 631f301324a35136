"""Checks an agent's own reply for words that hurt, bare refusals and promises without a time."""

import re
from functools import cache
from typing import Annotated, Literal

import msgspec

from companion.empathy.features import language_of
from companion.empathy.shipped import shipped
from companion.folding import simplified

Tier = Literal["red", "amber", "grey"]
Words = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]

_WORST_FIRST: tuple[Tier, ...] = ("red", "amber", "grey")
_QUOTES = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"\n]*\"")
# The point of a decimal, a title or an initial closes no sentence: a name is never cut in two.
_SENTENCE = re.compile(
    r"[^\S\n]*((?:[^。!?！？；;\n.]|\.(?!\s|$)"
    r"|(?<=\b[A-Za-z])\.|(?<=\b(?:Mr|Ms|Dr|St|No))\.|(?<=\bMrs)\.)+[。!?！？；;.…]*)"
)
_ENDING = re.compile(r"[。!?！？；;.…]+$")
_CLAUSE_BREAK = re.compile(r"[,，、:：。!?！？；;\n]")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one tier, why they are marked, and how a sentence goes without them.

    ``replace`` takes the words' place; where it is None they stay. ``append`` is a sentence of its
    own that follows. Words inside one of the ``unless`` phrases are not marked. In Chinese, 您 in a
    rule is 你 as well. Words hold no facts, so that replacing them loses none.
    """

    tier: Tier
    why: str
    words: Words
    replace: str | None = None
    append: str = ""
    unless: tuple[str, ...] = ()


class RuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of one language.

    A no or a rule is not marked when one of the ``alternatives`` comes after it; the ``empty``
    phrases look like one and are none. ``templates`` open set phrases of the trade. After
    ``quoting`` words the customer's own no is being told. ``times`` are regular expressions.
    """

    language: str
    rules: tuple[Rule, ...]
    alternatives: Words
    empty: Words
    templates: Words
    quoting: Words
    times: Words


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

    tier: Literal["red", "amber", "grey", "ok"]
    findings: tuple[Finding, ...]


class _Rules(msgspec.Struct, frozen=True):
    """The rules of one language, ready to be looked for."""

    words: re.Pattern[str]
    owners: dict[str, Rule]
    unless: re.Pattern[str]
    hollow: re.Pattern[str]
    alternatives: re.Pattern[str]
    templates: re.Pattern[str]
    quoting: re.Pattern[str]
    times: re.Pattern[str]


def _any(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first; whole words in English."""
    longest = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if language == "zh":
        # What is looked through is folded, too, and folding has its own view of some characters.
        return re.compile(simplified(longest).replace("您", "[您你]"))
    return re.compile(rf"(?<![\w'])(?:{longest})(?![\w'])", re.IGNORECASE)


@cache
def _rules(language: str) -> _Rules:
    with shipped(f"drafts-{language}.json", "draft rules") as data:
        found = msgspec.json.decode(data, type=RuleSet)
    owners = {simplified(word): rule for rule in found.rules for word in rule.words}
    refusals = tuple(word for word, rule in owners.items() if rule.tier == "amber")
    return _Rules(
        words=_any(tuple(owners), language),
        owners=owners,
        unless=_any(tuple(phrase for rule in found.rules for phrase in rule.unless), language),
        hollow=_any(found.empty + refusals, language),
        alternatives=_any(found.alternatives, language),
        templates=_any(found.templates, language),
        quoting=_any(found.quoting, language),
        times=re.compile("|".join(f"(?:{time})" for time in found.times), re.IGNORECASE),
    )


def _inside(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return any(hit.start() <= start and end <= hit.end() for hit in pattern.finditer(text))


def sentence(text: str, at: int) -> tuple[int, int]:
    """Where the sentence round a code point begins and ends, its closing mark included."""
    for found in _SENTENCE.finditer(text):
        if found.start() <= at < found.end():
            return found.span(1)
    return at, at


def _harmless(rules: _Rules, rule: Rule, text: str, start: int, end: int) -> bool:
    """Whether words that a rule names do no harm where they stand."""
    if _inside(rules.unless, text, start, end) or _inside(_QUOTES, text, start, end):
        return True
    if rule.tier == "red":
        return False
    first, last = sentence(text, start)
    clause = _CLAUSE_BREAK.split(text[first:start])[-1]
    if rules.templates.match(text, first) or rules.quoting.search(clause):
        return True
    if rule.tier == "grey":
        return rules.times.search(text, first, last) is not None
    rest = rules.hollow.sub(" | ", text[end:])
    return rules.alternatives.search(rest) is not None


def _rewrite(text: str, marked: list[tuple[int, int, Rule]], language: str) -> str:
    """The sentence round the marked words, with each replaced and the missing sentences added."""
    at, last = sentence(text, marked[0][0])
    parts: list[str] = []
    for start, end, rule in marked:
        new = text[start:end] if rule.replace is None else rule.replace
        parts += [text[at:start], new[:1].upper() + new[1:] if text[start].isupper() else new]
        at = end
    whole = "".join(parts) + text[at:last]
    more = list(dict.fromkeys(rule.append for _, _, rule in marked if rule.append))
    if not more:
        return whole
    if not _ENDING.search(whole):
        whole += "。" if language == "zh" else "."
    return ("" if language == "zh" else " ").join([whole, *more])


def rewritten(text: str, finding: Finding) -> str:
    """The text with the finding's sentence replaced by its rewrite."""
    start, end = sentence(text, finding.start)
    return text[:start] + finding.rewrite + text[end:]


def check(text: str) -> Draft:
    """Marks a reply in Chinese or English: red blames, mocks or forbids; amber is a no or a rule
    with no alternative after it; grey is soon, should or hold on with no time in the sentence.

    Raises FormatBroken when the rules that came with the program are damaged.
    """
    language = language_of(text)
    rules = _rules(language)
    # One character for one, so that what is found stands at the same place in the text given.
    plain = simplified(text).replace("’", "'")
    sentences: dict[tuple[int, int], list[tuple[int, int, Rule]]] = {}
    for hit in rules.words.finditer(plain):
        rule = rules.owners[_name(hit[0], language)]
        if not _harmless(rules, rule, plain, hit.start(), hit.end()):
            round_it = sentence(text, hit.start())
            sentences.setdefault(round_it, []).append((hit.start(), hit.end(), rule))
    findings = tuple(
        Finding(start, end, rule.tier, rule.why, _rewrite(text, marked, language))
        for marked in sentences.values()
        for start, end, rule in marked
    )
    tiers = {finding.tier for finding in findings}
    return Draft(next((tier for tier in _WORST_FIRST if tier in tiers), "ok"), findings)


def _name(words: str, language: str) -> str:
    """Matched words as the rules spell them."""
    return words.replace("你", "您") if language == "zh" else words.lower()
