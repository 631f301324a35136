"""What counts as the same when texts are compared: width, case, traditional and simplified."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from companion.resource_files import resource

# Blanks at either end of a line, and those behind another one.
_BLANKS = re.compile("(?<![^\n]) +| +(?![^\n])|(?<= ) +")
# So many texts are changed at a time: what is made on the way stays small, and another thread
# need not wait long for its turn.
_BLOCK = 256


@cache
def _simplified() -> dict[int, str]:
    """For str.translate: traditional characters and variants as simplified ones (OpenCC's data)."""
    before, after, *_ = resource("pinyin", "folding.txt").read_text("utf-8").split("\n")
    return {ord(one): other for one, other in zip(before, after, strict=True)}


@cache
def _folded_characters() -> frozenset[str]:
    return frozenset(map(chr, _simplified()))


def simplified(text: str) -> str:
    """A text in simplified characters, one for one."""
    # Most texts hold none that changes, which is seen much sooner than each is looked up.
    if text.isascii() or _folded_characters().isdisjoint(text):
        return text
    return text.translate(_simplified())


def fold(text: str) -> str:
    """Text as it is compared: half width, no case, simplified characters, on one line."""
    return " ".join(simplified(unicodedata.normalize("NFKC", text).lower()).split())


def folded(lines: str) -> str:
    """The same for texts on one line each, which plain_lines() has made."""
    lines = simplified(unicodedata.normalize("NFKC", lines).lower())
    # Normalizing brings blanks of its own, too (a lone diacritic becomes a blank and a mark).
    if any(odd in f"\n{lines}\n" for odd in ("  ", "\n ", " \n")):
        return _BLANKS.sub("", lines)
    return lines


def plain_lines(texts: Iterable[str]) -> Iterator[str]:
    """Texts on one line each, some lines at a time."""
    # What can be printed holds no white space but plain blanks.
    plain = (text if text.isprintable() else " ".join(text.split()) for text in texts)
    while block := list(islice(plain, _BLOCK)):
        yield "\n".join(block)


def cells(text: str) -> list[tuple[int, int, str]]:
    """A text in pieces that are folded each alone: begin, end, and the piece folded.

    A character with the marks that combine with it is one piece. Joined, they are fold(text), but
    for the blanks.
    """
    found: list[tuple[int, int, str]] = []
    begin, simple = 0, _simplified()
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]):
            piece = text[begin:at]
            if len(piece) == 1 and "\u4e00" <= piece <= "\u9fff":
                # What most texts are made of needs no more than this.
                found.append((begin, at, simple.get(ord(piece), piece)))
            else:
                found.append((begin, at, fold(piece)))
            begin = at
    return found


def _joins(character: str) -> bool:
    """Whether normalizing may make one of this character and the one before it."""
    # Marks, and the vowels and finals of Hangul syllables that are written letter by letter.
    return unicodedata.combining(character) > 0 or "\u1160" <= character <= "\u11ff"
