"""Where two texts differ, for people to compare: character by character where that is quick."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

# Comparing takes the product of both lengths at worst: longer texts are compared by sentences,
# of which hardly one is like another.
_MOST, _MOST_SENTENCES = 1_000_000, 10_000_000
_SENTENCES = re.compile(r"[^。！？!?\n]*[。！？!?\n]|[^。！？!?\n]+")
# A word of letters or digits is one sign, so that no half of one is marked.
_SIGNS = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)


class Piece(NamedTuple):
    """A part of a text, and whether the other text has something else there."""

    text: str
    differs: bool


def differences(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; joined, these are the texts again."""
    ours, theirs = _SIGNS.findall(left), _SIGNS.findall(right)
    if len(ours) * len(theirs) > _MOST:
        ours, theirs = _SENTENCES.findall(left), _SENTENCES.findall(right)
    if len(ours) * len(theirs) > _MOST_SENTENCES:
        return [Piece(left, True)], [Piece(right, True)]
    pieces: tuple[list[Piece], list[Piece]] = [], []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, from_, to, other_from, other_to in matcher.get_opcodes():
        for side, signs in zip(pieces, (ours[from_:to], theirs[other_from:other_to]), strict=True):
            if signs:
                side.append(Piece("".join(signs), tag != "equal"))
    return pieces
