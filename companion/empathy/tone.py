"""What a trained model makes of an agent's reply: its tier, and the clause that carries it."""

import re
from typing import NamedTuple

from companion.empathy.scorer import scorer

OK = "ok"
# Where one clause ends; a comma of a number does not.
_BREAK = re.compile(r"[，。！？；：,!?;:\n]+(?!\d)|\.(?=\s|$)")


class Heard(NamedTuple):
    """A tier, and the code points ``start`` to ``end`` (not included) that speak for it most."""

    tier: str
    start: int
    end: int


def heard(text: str, language: str) -> Heard | None:
    """What is at fault in a reply in ``zh`` or ``en``; None where nothing is.

    Raises FormatBroken when the model that came with the program is damaged.
    """
    asked = scorer(language, "draft")
    scores = asked.scores(text, language)
    tier = max(scores, key=lambda name: scores[name])
    if tier == OK or not text.strip():
        return None

    def speaks(clause: tuple[int, int]) -> float:
        alone = asked.scores(text[slice(*clause)], language)
        return alone[tier] - alone[OK]

    start, end = max(_clauses(text), key=speaks)
    return Heard(tier, start, end)


def _clauses(text: str) -> list[tuple[int, int]]:
    """Where each clause begins and ends, without blanks and punctuation; at least one."""
    found, begin = [], 0
    for ends in (*((hit.start(), hit.end()) for hit in _BREAK.finditer(text)), (len(text),) * 2):
        piece = text[begin : ends[0]]
        if piece.strip():
            start = begin + len(piece) - len(piece.lstrip())
            found.append((start, start + len(piece.strip())))
        begin = ends[1]
    return found or [(0, len(text))]
