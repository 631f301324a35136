"""The words that are at fault in an agent's reply, why, and how a sentence goes without them."""

import re
from functools import cache
from typing import Annotated, Literal, NamedTuple

import msgspec

from companion.empathy.shipped import shipped
from companion.folding import simplified

Tier = Literal["red", "amber", "grey"]
Words = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]

_QUOTES = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"\n]*\"")
# The point of a decimal, a title or an initial closes no sentence: a name is never cut in two.
_SENTENCE = re.compile(
    r"[^\S\n]*((?:[^。!?！？；;\n.]|\.(?!\s|$)"
    r"|(?<=\b[A-Za-z])\.|(?<=\b(?:Mr|Ms|Dr|St|No))\.|(?<=\bMrs)\.)+[。!?！？；;.…]*)"
)
_CLAUSE_BREAK = re.compile(r"[,，、:：。!?！？；;\n]")
_CLAUSE = re.compile(r"[^,，、:：。!?！？；;\n]+[,，、:：。!?！？；;\n]*")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one tier, why they are marked, and how a sentence goes without them.

    ``replace`` takes the words' place; where it is None they stay. ``append`` is a sentence of its
    own that follows, ``tail`` goes before the sentence's closing mark. Words inside one of the
    ``unless`` phrases are not marked. What follows the words in their clause goes on after the
    replacement only where that ``leads`` on. In Chinese, 您 in a rule is 你 as well. Words hold no
    facts, so that replacing them loses none.
    """

    tier: Tier
    why: str
    words: Words
    replace: str | None = None
    append: str = ""
    unless: tuple[str, ...] = ()
    tail: str = ""
    leads: bool = False


class Fallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a sentence of one tier is mended that no rule has words for, as Rule says it.

    A red one is said anew, as ``plain``, with its facts behind.
    """

    why: str
    plain: str = ""
    append: str = ""
    tail: str = ""


class RuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of one language.

    A no or a rule is not marked when one of the ``alternatives`` comes after it; the ``empty``
    phrases look like one and are none. ``otherwise`` mends what no rule has words for.
    ``templates`` open set phrases of the trade. After ``quoting`` words the customer's own no is
    being told. ``times`` are regular expressions.
    """

    language: str
    rules: tuple[Rule, ...]
    otherwise: dict[Tier, Fallback]
    alternatives: Words
    empty: Words
    templates: Words
    quoting: Words
    times: Words


class Marked(NamedTuple):
    """The code points ``start`` to ``end`` (not included) of a text, and the rule against them."""

    start: int
    end: int
    rule: Rule


class Rules:
    """The rules of one language, ready to be looked for.

    The texts they are asked about are folded (see plain()).
    """

    def __init__(self, found: RuleSet) -> None:
        self.otherwise = found.otherwise
        self._language = found.language
        self._owners = {simplified(word): rule for rule in found.rules for word in rule.words}
        refusals = tuple(word for word, rule in self._owners.items() if rule.tier == "amber")
        self._words = self._any(tuple(self._owners))
        self._unless = self._any(tuple(phrase for rule in found.rules for phrase in rule.unless))
        self._hollow = self._any(found.empty + refusals)
        self._alternatives = self._any(found.alternatives)
        self._templates = self._any(found.templates)
        self._quoting = self._any(found.quoting)
        times = "|".join(f"(?:{time})" for time in found.times)
        self._times = re.compile(times, re.IGNORECASE)

    def marked(self, text: str) -> list[Marked]:
        """The words at fault, in the order of the text, and those that are excused()."""
        # A letter that only looks like one of a word's (Turkish ı) makes another word.
        found = (
            Marked(hit.start(), hit.end(), self._owners[self._name(hit[0])])
            for hit in self._words.finditer(text)
            if self._name(hit[0]) in self._owners
        )
        return [one for one in found if not self._harmless(one, text)]

    def own_words(self, text: str) -> str:
        """What of a sentence the agent says himself: no set phrase, and nothing that is quoted."""
        if self._templates.match(text):
            return ""
        clauses = _CLAUSE.findall(_QUOTES.sub(" ", text))
        return "".join(clause for clause in clauses if not self._quoting.search(clause))

    def excused(self, tier: str, text: str, start: int, end: int) -> bool:
        """Whether what else a text says makes up for the tier of the words from start to end."""
        if tier == "grey":
            first, last = sentence(text, start)
            return self._times.search(text, first, last) is not None
        rest = self._hollow.sub(" | ", text[end:])
        return tier == "amber" and self._alternatives.search(rest) is not None

    def _harmless(self, one: Marked, text: str) -> bool:
        """Whether words that a rule names do no harm where they stand."""
        start, end = one.start, one.end
        if any(_inside(words, text, start, end) for words in (self._unless, _QUOTES)):
            return True
        if one.rule.tier == "red":
            return False
        first, _ = sentence(text, start)
        clause = _CLAUSE_BREAK.split(text[first:start])[-1]
        return bool(self._templates.match(text, first) or self._quoting.search(clause))

    def _any(self, words: tuple[str, ...]) -> re.Pattern[str]:
        """A pattern for any of the words, the longest first; whole words in English."""
        longest = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        if self._language == "zh":
            # What is looked through is folded, too; folding has its own view of some characters.
            return re.compile(simplified(longest).replace("您", "[您你]"))
        return re.compile(rf"(?<![\w'])(?:{longest})(?![\w'])", re.IGNORECASE)

    def _name(self, words: str) -> str:
        """Matched words as the rules spell them."""
        return words.replace("你", "您") if self._language == "zh" else words.lower()


@cache
def rules(language: str) -> Rules:
    """The rules of ``zh`` or ``en``, read once. Raises FormatBroken when they are damaged."""
    return Rules(rule_set(language))


def rule_set(language: str) -> RuleSet:
    """The rules as they are written in a file of the program's. Raises FormatBroken."""
    with shipped(f"drafts-{language}.json", "draft rules") as data:
        return msgspec.json.decode(data, type=RuleSet)


def plain(text: str) -> str:
    """A text as the rules see it: one character for one, so that places stay the same."""
    return simplified(text).replace("’", "'")


def sentence(text: str, at: int) -> tuple[int, int]:
    """Where the sentence round a code point begins and ends, its closing mark included."""
    return next((span for span in sentences(text) if span[0] <= at < span[1]), (at, at))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text begins and ends, its closing mark included."""
    return [found.span(1) for found in _SENTENCE.finditer(text)]


def _inside(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return any(hit.start() <= start and end <= hit.end() for hit in pattern.finditer(text))
