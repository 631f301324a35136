"""Says a marked sentence otherwise: words replaced, what is missing added, every fact kept."""

import re
from collections.abc import Iterable, Sequence

from companion.empathy.draft_rules import Fallback, Marked, plain
from companion.empathy.kept import address, kept, people

_ENDING = re.compile(r"[。!?！？；;.…]+$")
_ASKING = re.compile(r"[吗呢吧啊呀嘛哦么]*[。!?！？；;.…]+")
# What a clause goes on with: particles at its end are no more of it.
_GOES_ON = re.compile(r"(?:(?<=[a-z]) )?(?![吗呢吧啊呀嘛哦了的么]+(?:\W|$))\w", re.IGNORECASE)
# What may stand before another clause as well.
_LINK = re.compile(
    r"(?:(?:但是?|所以|那么?|不过|其实|可是|因为|而且|再说|反正|毕竟)"
    r"|(?:but|and|so|well|then|look|sorry|because|anyway|honestly|i(?: a|')m afraid)\b)[\s，,]*",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[，。！？；：、,!?;:\n](?!\d)|(?<!\bM[rs])(?<!\b(?:Dr|St|No))(?<!\bMrs)\.(?=\s|$)|(?<=[一-鿿])\s"
)


class Rewriting:
    """One text in ``zh`` or ``en`` whose sentences are said otherwise."""

    def __init__(self, text: str, language: str) -> None:
        self._text, self._plain, self._language = text, plain(text), language
        self._comma, self._mark, self._blank = (
            ("、", "。", "") if language == "zh" else (", ", ".", " ")
        )

    def replaced(self, start: int, end: int, marked: Sequence[Marked]) -> str:
        """The sentence with what is marked in it replaced, and with what is missing added."""
        at, parts = start, []
        for one in marked:
            first, last, facts = self._span(one, start, end)
            if first < at:
                # It went with what an earlier one has taken along.
                continue
            old = self._text[first:last]
            new = old if one.rule.replace is None else one.rule.replace + facts
            new = new[:1].upper() + new[1:] if old[:1].isupper() else new
            parts += [self._text[at:first], new]
            at = last
        rest = self._text[at:end]
        if _ASKING.fullmatch(rest) and marked[-1].rule.replace is not None:
            # What was asked is said now.
            rest = self._mark
        rules = [one.rule for one in marked]
        whole = "".join(parts) + rest
        return self._joined(whole, [one.append for one in rules], [one.tail for one in rules])

    def said_anew(self, start: int, end: int, anew: Fallback) -> str:
        """A sentence that hurts, as one that helps: whom it speaks to and its facts are kept."""
        old = self._text[start:end]
        to = address(old, self._language)
        facts = kept(self._text, self._language, start + len(to), end)
        called = people(facts, self._language)
        if called:
            # Whoever is called by a name is spoken to, not about.
            to += self._comma.join(called) + ("，" if self._language == "zh" else ", ")
        new = anew.plain + self._listed([fact for fact in facts if fact not in called])
        return to + (new if to else new[:1].upper() + new[1:]) + self._mark

    def completed(self, lacks: Fallback) -> str:
        """The text with the time or the alternative that it still lacks."""
        return self._joined(self._text, [lacks.append], [lacks.tail])

    def _span(self, one: Marked, start: int, end: int) -> tuple[int, int, str]:
        """What is replaced for some marked words, and the facts that would be lost by that.

        A replacement that is a clause of its own cannot stand beside half of another: then the
        clause goes with the words.
        """
        if one.rule.replace is None or one.rule.tier != "red" or one.rule.leads:
            return one.start, one.end, ""
        first, last = one.start, one.end
        if _GOES_ON.match(self._plain, last):
            ends = _CLAUSE_END.search(self._plain, last, end)
            last = ends.start() if ends is not None else end
        ends_before = [hit.end() for hit in _CLAUSE_END.finditer(self._plain, start, first)]
        begins = ends_before[-1] if ends_before else start
        clause = self._text[begins:first]
        begins += len(clause) - len(clause.lstrip())
        begins += len(address(self._text[begins:first], self._language))
        link = _LINK.match(self._plain, begins, first)
        begins = link.end() if link is not None else begins
        if re.search(r"\w", self._text[begins:first]):
            first = begins
        facts = kept(self._text, self._language, first, last)
        lost = [] if (first, last) == (one.start, one.end) else facts
        return first, last, self._listed(lost)

    def _listed(self, facts: Sequence[str]) -> str:
        """Facts that a sentence has no words for any more, behind it."""
        listed = self._comma.join(facts)
        if not listed:
            return ""
        return f"（{listed}）" if self._language == "zh" else f" ({listed})"

    def _joined(self, whole: str, more: Iterable[str], tails: Iterable[str]) -> str:
        """A sentence with what goes before its closing mark and what follows it, each once."""
        follows, before = (
            [words for words in dict.fromkeys(one) if words] for one in (more, tails)
        )
        ending = _ENDING.search(whole)
        if before and ending and ending[0][0] in "?？":
            # A question stays one: when the agent answers is said first.
            first = before[0].lstrip("，, ").removeprefix("and ")
            link = "，" if self._language == "zh" else "; "
            whole = first[:1].upper() + first[1:] + link + whole
        elif before or (follows and not ending):
            said = whole[: ending.start()] if ending else whole
            whole = said.rstrip() + "".join(before) + (ending[0] if ending else self._mark)
        return self._blank.join([whole, *follows])
