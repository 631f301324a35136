"""What a trained model makes of a sentence of an agent's reply: its tone, and what carries it."""

import re

from companion.empathy.scorer import scorer

_OK = "ok"
_CLEARLY = 0.3
# Where one clause ends; a comma of a number does not.
_BREAK = re.compile(r"[，。！？；：,!?;:\n]+(?!\d)|\.(?=\s|$)")


def tones(text: str, language: str) -> dict[str, float]:
    """How much speaks for each tier and for ``ok`` in a sentence in ``zh`` or ``en``.

    Raises FormatBroken when the model that came with the program is damaged.
    """
    return scorer(language, "draft").scores(text, language)


def carriers(text: str, language: str, tier: str) -> tuple[int, int]:
    """The code points, start to end (not included), of the clauses that carry a sentence's tier.

    They reach from the first to the last that speaks for it by itself at least half as loudly as
    the loudest.
    """
    said = {clause: _speaks(tier, text[slice(*clause)], language) for clause in clauses(text)}
    most = max(said.values())
    heard = [clause for clause, how in said.items() if how >= min(most, most / 2)]
    return heard[0][0], heard[-1][1]


def loud(tier: str, clause: str, language: str) -> bool:
    """Whether a clause by itself clearly speaks for a tier."""
    return _speaks(tier, clause, language) > _CLEARLY


def _speaks(tier: str, clause: str, language: str) -> float:
    alone = tones(clause, language)
    return alone[tier] - alone[_OK]


def clauses(text: str) -> list[tuple[int, int]]:
    """Where each clause begins and ends, without blanks and punctuation; at least one."""
    found, begin = [], 0
    for ends in (*((hit.start(), hit.end()) for hit in _BREAK.finditer(text)), (len(text),) * 2):
        piece = text[begin : ends[0]]
        if piece.strip():
            start = begin + len(piece) - len(piece.lstrip())
            found.append((start, start + len(piece.strip())))
        begin = ends[1]
    return found or [(0, len(text))]
