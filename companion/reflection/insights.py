"""What the log says over time: counts always, sentences only where there is enough to say one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import mean

import msgspec

from companion.profile.records import Reflection

LEAST_ENTRIES = 5
LEAST_TIMES = 3
HARD = 4
_IN_A_ROW = 3


class Sentence(msgspec.Struct, frozen=True):
    """One thing worth saying: ``insight.KEY`` of the catalogues with its facts."""

    key: str
    facts: dict[str, str | int]


class Insights(msgspec.Struct, frozen=True):
    """Counts over all entries, most frequent first, and the sentences they carry."""

    entries: int
    hard: dict[str, int]
    need: dict[str, int]
    lens: dict[str, int]
    helped: dict[str, int]
    sentences: list[Sentence]


def insights(entries: Sequence[Reflection]) -> Insights:
    """Count the entries, oldest first as Profile.reflections() gives them.

    From LEAST_ENTRIES entries on, a sentence is made for the one need, lens and help that was
    named most and at least LEAST_TIMES times; and after three hard entries in a row, offering
    a break. Nothing is said about the agent's worth, and no sentence is made for the lens "self".
    """
    hard = Counter(entry.hard for entry in entries if entry.hard)
    counts = {
        name: _counted(getattr(entry, name) for entry in entries)
        for name in ("need", "lens", "helped")
    }
    return Insights(
        entries=len(entries),
        hard={str(number): hard[number] for number in sorted(hard)},
        need=counts["need"],
        lens=counts["lens"],
        helped=counts["helped"],
        sentences=_sentences(entries, counts) if len(entries) >= LEAST_ENTRIES else [],
    )


def _counted(texts: Iterable[str]) -> dict[str, int]:
    return dict(Counter(text for text in texts if text).most_common())


def _sentences(entries: Sequence[Reflection], counts: dict[str, dict[str, int]]) -> list[Sentence]:
    found = []
    last = [entry.hard for entry in entries if entry.hard][-_IN_A_ROW:]
    if len(last) == _IN_A_ROW and min(last) >= HARD:
        found.append(Sentence("break", {"count": _IN_A_ROW}))
    for name, counted in counts.items():
        most = sorted(counted.items(), key=lambda one: -one[1])[:2]
        alone = len(most) == 1 or (len(most) == 2 and most[0][1] > most[1][1])
        if alone and most[0][1] >= LEAST_TIMES and most[0][0] != "self":
            facts: dict[str, str | int] = {"name": most[0][0], "count": most[0][1]}
            found.append(Sentence(name, facts | {"of": len(entries)}))
    numbers = [entry.hard for entry in entries if entry.hard]
    earlier, recent = numbers[:-LEAST_ENTRIES], numbers[-LEAST_ENTRIES:]
    if len(earlier) >= LEAST_ENTRIES and mean(recent) <= mean(earlier) - 1:
        found.append(Sentence("easier", {"count": LEAST_ENTRIES}))
    return found
