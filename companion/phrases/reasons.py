"""Why a hit was found: which characters of its title, or of which piece of its body, and how read.

Asked for the rows that are seen only: the index itself does not know where a match stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from companion.folding import cells
from companion.phrases import pinyin
from companion.phrases.expanding import Surroundings
from companion.phrases.filled import Look
from companion.phrases.filling import Filling
from companion.phrases.material import Material, Wording
from companion.phrases.search import Hit

# Of a body so much is shown before what matched, and so much altogether.
_BEFORE, _SNIPPET = 4, 48
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Spelled:
    """A syllable by which a character was found, and how many of its letters were typed."""

    syllable: str
    typed: int


@dataclass(frozen=True)
class Why:
    """What of a hit matched: indexes of characters of the title, and of a snippet of the body.

    ``spelled`` is how the marked Chinese characters are read, where letters were typed for them.
    ``snippet`` is empty where the title, the code or the set are reason enough.
    """

    title: frozenset[int] = frozenset()
    snippet: str = ""
    marks: frozenset[int] = frozenset()
    spelled: tuple[Spelled, ...] = ()


Match = list[tuple[int, Spelled | None]]
"""The indexes of the characters that match, each with how it was read where it was by letters."""


def why(hit: Hit) -> Why:
    """Why a hit was found; nothing for one that nothing was typed for."""
    entry, title, spelled = hit.entry, set[int](), list[Spelled]()
    in_body: list[str] = []
    names = (entry.abbr, entry.set, *entry.above, *entry.tags)
    for word in hit.words:
        found = matched(entry.title, word)
        if not found and not any(matched(name, word) for name in names):
            in_body.append(word)
        title.update(at for at, _ in found)
        spelled += [one for _, one in found if one]
    snippet, marks, read = _snippet(entry.body, in_body) if in_body else ("", frozenset(), ())
    return Why(frozenset(title), snippet, marks, (*spelled, *read))


def matched(text: str, word: str) -> Match:
    """Where a folded word stands in a text as it was written, as text or else by its reading."""
    pieces = cells(text)
    folded, owners = "", list[int]()
    for at, (_, _, piece) in enumerate(pieces):
        folded += piece
        owners += [at] * len(piece)
    begin = folded.find(word)
    if begin >= 0:
        held: Match = [(at, None) for at in dict.fromkeys(owners[begin : begin + len(word)])]
    else:
        held = _aligned([_Cell(piece, text[begin]) for begin, _, piece in pieces], word)
    # A piece may be several characters: a letter and its accent.
    return [(index, one) for at, one in held for index in range(*pieces[at][:2])]


def _snippet(body: str, words: Sequence[str]) -> tuple[str, frozenset[int], tuple[Spelled, ...]]:
    """A piece of a body on one line around the first match, its marks, and how they are read."""
    plain = " ".join(_going_out(body).split())
    found = [one for word in words for one in matched(plain, word)]
    if not found:
        # What matched may be a name, or what a date is written as.
        plain = " ".join(body.split())
        found = [one for word in words for one in matched(plain, word)]
    if not found:
        return "", frozenset(), ()
    first = min(at for at, _ in found)
    # Not for the sake of two or three characters.
    begin = first - _BEFORE if first > 2 * _BEFORE else 0
    # Nor in the middle of a word that is spelled.
    begin = max(begin, plain.find(" ", begin, first) + 1) if begin else 0
    ahead = _ELLIPSIS if begin else ""
    end = begin + _SNIPPET
    shown = ahead + plain[begin:end] + (_ELLIPSIS if end < len(plain) else "")
    marks = frozenset(at - begin + len(ahead) for at, _ in found if at < end)
    return shown, marks, tuple(one for at, one in found if one and at < end)


def _going_out(body: str) -> str:
    """A body as it would go out now, with the names of what is still to be filled in."""
    own = Wording("", body)
    filled = Filling(Material("", (own,)), own, Surroundings(datetime.now())).fill({})
    named = (Look.OPEN, Look.LOST)
    return "\n".join(
        "".join(piece.name if piece.look in named else piece.text for piece in draft.pieces)
        for draft in filled.drafts
    )


class _Cell:
    """A folded piece of a text and the syllables by which it may be typed."""

    def __init__(self, piece: str, character: str) -> None:
        self.piece = piece
        self.readings = pinyin.readings(character) or pinyin.readings(piece)
        # A mark may stand on what is a letter all the same.
        self.skipped = not piece[:1].isalnum()


def _aligned(text: Sequence[_Cell], word: str) -> Match:
    """The pieces that a word spells: by readings, initials, themselves, or a mixture of these.

    Of the last one the beginning of a reading is enough.
    """
    typed = word.replace("'", "")

    @cache
    def follow(at: int, rest: str) -> tuple[tuple[int, Spelled | None], ...] | None:
        if not rest:
            return ()
        for place in range(at, len(text)):
            cell = text[place]
            for size, spelled in _options(cell, rest):
                tail = follow(place + 1, rest[size:])
                if tail is not None:
                    return ((place, spelled), *tail)
            if not cell.skipped:
                break
        return None

    for start, cell in enumerate(text):
        if not cell.skipped and typed and (found := follow(start, typed)):
            return list(found)
    return []


def _options(cell: _Cell, rest: str) -> list[tuple[int, Spelled | None]]:
    """How many of the letters a piece may take, the most likely way first."""
    found: list[tuple[int, Spelled | None]] = []
    if cell.piece and rest.startswith(cell.piece):
        found.append((len(cell.piece), None))
    elif cell.piece and cell.piece[0] == rest[0] and not cell.piece[1:].isalnum():
        # Without the mark that stands on it.
        found.append((1, None))
    for syllable in cell.readings:
        size = _common(syllable, rest)
        # A part of a reading is only its first letter, or all that is left.
        for taken in dict.fromkeys((size if size in (len(syllable), len(rest)) else 0, 1)):
            if 0 < taken <= size:
                found.append((taken, Spelled(syllable, taken)))
    return found


def _common(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return size
