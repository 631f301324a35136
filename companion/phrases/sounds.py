"""Letters that are nearly pinyin: sounds that many do not tell apart, and one slip."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from companion.phrases import pinyin
from companion.phrases.columns import CodedColumn

_MOST_TYPED, _MOST_READ, _MOST_STEPS = 32, 64, 20_000
_LONGEST = 7
# A slip in fewer letters could have meant anything.
_FEWEST_FOR_SLIP = 4
# What a way to read letters costs: as typed, by a like sound, by one slip.
_LIKE, _SLIP = 1, 100


@dataclass(frozen=True)
class Read:
    """Letters as they may have been meant: ``spelled``, and the codes of that in a column."""

    cost: int
    spelled: str
    codes: str


def like(letters: str) -> str:
    """One spelling for all that sounds alike in the south: zh z, ch c, sh s, n l, -ng -n."""
    if letters[1:2] == "h" and letters[0] in "zcs":
        letters = letters[0] + letters[2:]
    if letters.startswith("n") and len(letters) > 1:
        letters = "l" + letters[1:]
    return letters.removesuffix("g") if letters.endswith("ng") else letters


def near(typed: str, column: CodedColumn) -> list[Read]:
    """What typed letters may have been meant to be, of what stands in a column, likeliest first."""
    if not typed.isalpha() or not 2 < len(typed) <= _MOST_TYPED:
        return []
    found: dict[str, Read] = {}
    for read in _Walk(typed, column).reads():
        known = found.get(read.codes)
        if known is None or read.cost < known.cost:
            found[read.codes] = read
        if len(found) >= _MOST_READ:
            break
    if len(typed) >= _FEWEST_FOR_SLIP:
        for read in _swapped(typed, column):
            found.setdefault(read.codes, read)
    return sorted(found.values(), key=lambda read: (read.cost, -len(read.codes)))


class _Walk:
    """Every way from syllable to syllable through typed letters that a column has, cheapest first.

    A slip within a syllable may happen once; sounds may be like others throughout.
    """

    def __init__(self, typed: str, column: CodedColumn) -> None:
        self._typed, self._column = typed, column
        self._steps = _MOST_STEPS
        self._slips = len(typed) >= _FEWEST_FOR_SLIP

    def reads(self) -> Iterator[Read]:
        """The ways: those without a slip first."""
        yield from self._from(0, "", "", 0, slips=False)
        if self._slips:
            yield from self._from(0, "", "", 0, slips=True)

    def _from(self, at: int, codes: str, spelled: str, cost: int, *, slips: bool) -> Iterator[Read]:
        typed, column = self._typed, self._column
        for size in range(min(_LONGEST, len(typed) - at), 0, -1):
            piece, last = typed[at : at + size], at + size == len(typed)
            for syllable, more in _meant(piece, last, slips and cost < _SLIP):
                for code in column.read_as(syllable):
                    self._steps -= 1
                    if self._steps < 0:
                        return
                    if codes and not column.follow(codes[-1], code):
                        continue
                    so_far = (codes + code, spelled + syllable, cost + more)
                    if not last:
                        yield from self._from(at + size, *so_far, slips=slips)
                    elif so_far[2] and len(so_far[0]) > 1:
                        yield Read(so_far[2], so_far[1], so_far[0])


@lru_cache(maxsize=512)
def _meant(piece: str, last: bool, slip: bool) -> tuple[tuple[str, int], ...]:
    """The syllables that a piece may be, with their costs."""
    known = pinyin.syllables()
    found: dict[str, int] = {}
    if piece in known:
        found[piece] = 0
    if last:
        found.update((one, 0) for one in sorted(known) if one.startswith(piece))
    for one in _alike().get(like(piece), ()) if like(piece) else ():
        found.setdefault(one, _LIKE)
    if slip and len(piece) > 1:
        for shorter in (piece, *_shorter(piece)):
            for one in _slipped().get(shorter, ()):
                if one not in found and one[0] == piece[0] and _one_slip(piece, one):
                    found[one] = _SLIP
    return tuple(found.items())


def _shorter(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    """By the one spelling of like sounds, the syllables that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for one in sorted(pinyin.syllables()):
        found[like(one)] = (*found.get(like(one), ()), one)
    return found


@cache
def _slipped() -> dict[str, tuple[str, ...]]:
    """By a syllable with one letter left out, or whole, the syllables."""
    found: dict[str, tuple[str, ...]] = {}
    for one in sorted(pinyin.syllables()):
        for shorter in {one, *_shorter(one)}:
            found[shorter] = (*found.get(shorter, ()), one)
    return found


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was left out, added, taken for another, or two were swapped."""
    begin = 0
    while begin < min(len(typed), len(meant)) and typed[begin] == meant[begin]:
        begin += 1
    rest, other = typed[begin:], meant[begin:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == other
    return swapped or rest[1:] == other or rest == other[1:] or rest[1:] == other[1:]


def _swapped(typed: str, column: CodedColumn) -> Iterator[Read]:
    """The ways to read letters of which two were swapped, also over the border of syllables."""
    for at in range(len(typed) - 1):
        letters = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
        if letters != typed:
            for piece, ends in column.needles(letters):
                for end in ends or ("",):
                    if len(piece + end) > 1:
                        yield Read(_SLIP, letters, piece + end)
