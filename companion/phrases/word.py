"""Where one word is looked for: every way to read it, in every field, the best match first."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from companion.phrases import mixture, pinyin
from companion.phrases.columns import Needle
from companion.phrases.fields import Field, Fields, InGroup
from companion.phrases.looks import Any, Anywhere, Guided, Look, Within

_START, _BREAK = ("\n",), "\n"
# Initials hold several spellings on a line.
_STARTS, _BREAKS = ("\n", pinyin.OTHER), f"\n{pinyin.OTHER}"


class Looks:
    """The places where a word may stand: ``best`` are those in the title and the code, best first;
    ``title`` is all in the title, ``head`` all outside the body, ``body`` all in it.
    """

    def __init__(
        self,
        best: Sequence[Look],
        title: Sequence[Look],
        group: Sequence[Look],
        body: Callable[[], Sequence[Look]],
    ) -> None:
        self.best, self.title, self.head = best, Any(title), Any([*title, *group])
        self._body = body

    @cached_property
    def body(self) -> Any:
        """Made when it is asked for: mostly the titles are enough."""
        return Any(self._body())

    def ranked(self) -> Iterator[Look]:
        """All of them, best match first."""
        yield from self.best
        yield self.head
        yield self.body


def score_of(tier: int) -> float:
    """The score of a tier of match quality, between 1 and 0, the first tier's the highest."""
    return round(1.0 / (1.0 + tier / 8), 3)


LAST_TIER = 40
"""A tier below all that a word is looked for in first."""


def letters(word: str) -> str:
    """A word as letters and digits typed in pinyin, empty where it is something else."""
    bare = word.replace("'", "")
    return bare if bare.isascii() and bare.isalnum() else ""


def looks(word: str, fields: Fields, bodies: bool = True) -> Looks:
    """Where to look for a folded word."""
    typed, title, groups = letters(word), fields.title, fields.group
    code, text = _text(fields.code, word), _text(title, word)
    best: list[Look] = [
        Within(code, _START, _BREAK),
        Within(text, _START, _BREAK),
        Within(text, _START),
        Within(code, _START),
    ]
    anywhere: list[Look] = [text]
    if typed:
        first, coded = _initials(title, typed), _coded(title, typed)
        whole = tuple(_single(title.coded.needles(typed, whole=True))) if coded.needles else ()
        best += [
            Within(first, _STARTS, _BREAKS),
            Within(coded, _START, _BREAK, whole),
            Within(first, _STARTS),
            Within(coded, _START),
        ]
        # Letters stand in the initials as they are.
        anywhere = [first, coded] if typed == word else [first, coded, text]
    anywhere += _mixed(title, word)
    group = [InGroup(groups, look) for look in _somewhere(groups.names, word, fewest=1)]
    return Looks(
        [*best, *anywhere],
        anywhere,
        [*group, code],
        # One letter would match the initials of every body.
        lambda: _somewhere(fields.body, word, fewest=2) if bodies else [],
    )


def _somewhere(field: Field, word: str, fewest: int) -> list[Look]:
    """Where to look for a word when it is enough that it stands somewhere in a field.

    Fewer letters than ``fewest`` are looked for as they are.
    """
    typed = letters(word)
    found: list[Look] = []
    if len(typed) >= fewest:
        found += [_initials(field, typed), _coded(field, typed)]
    if typed != word or len(typed) < fewest:
        found.append(_text(field, word))
    return found if word.isascii() else found + _mixed(field, word)


def mixtures(word: str, field: Field) -> list[Look]:
    """Where a text may be spelled half one way and half another."""
    word = letters(word) or word
    return [
        Guided(field.initials if must.isascii() else field.text, must, field.coded, pattern)
        for must, pattern in mixture.patterns(word, field.coded)
    ]


def _mixed(field: Field, word: str) -> list[Look]:
    # What could be whole syllables is no mixture, unless it stands nowhere.
    return [] if pinyin.segmentations(letters(word)) else mixtures(word, field)


def _text(field: Field, word: str) -> Anywhere:
    return Anywhere(field.text, ((word, ""),))


def _initials(field: Field, typed: str) -> Anywhere:
    return Anywhere(field.initials, ((typed, ""),))


def _coded(field: Field, typed: str) -> Anywhere:
    return Anywhere(field.coded, field.coded.needles(typed) if len(typed) > 1 else ())


def _single(needles: tuple[Needle, ...]) -> Iterator[Needle]:
    """Needles with all that may follow written out."""
    for piece, ends in needles:
        yield from ((piece + end, "") for end in ends or ("",))


def goes_on(before: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether words can only stand where those stood that were typed before them.

    So it is not where what was typed was read in another way, or in too many to try them all.
    """
    if not before or len(words) < len(before) or words[: len(before) - 1] != before[:-1]:
        return False
    last, now = before[-1], words[len(before) - 1]
    # One letter is looked for in fewer places than two.
    return last == now or (
        now.startswith(last)
        and len(letters(last)) != 1
        and _shape(now) == _shape(last)
        and len(pinyin.segmentations(letters(last))) < pinyin.MOST_SEGMENTATIONS
        and (bool(pinyin.segmentations(letters(last))) or mixture.read_whole(letters(last) or last))
    )


def apart(word: str) -> Iterator[tuple[str, str]]:
    """The ways in which a word may be two that were written together, each of two signs at least.

    Letters come apart between syllables, a mixture where letters meet Chinese.
    """
    typed = letters(word)
    if any(map(str.isascii, word)) and not word.isascii():
        ends = [at for at in range(1, len(word)) if word[at].isascii() != word[at - 1].isascii()]
    elif typed and pinyin.segmentations(typed):
        word = typed
        ends = [
            len("".join(parts[:at]))
            for done, rest in pinyin.segmentations(typed)
            for parts in [(*done, rest)]
            for at in range(2, len(parts) - 1)
        ]
    else:
        ends = list(range(2, len(word) - 1))
    for at in dict.fromkeys(ends):
        if 1 < at < len(word) - 1:
            yield word[:at], word[at:]


def _shape(word: str) -> tuple[bool, bool, bool]:
    """What decides how a word is read: is it letters, whole syllables, the same without ``'``."""
    typed = letters(word)
    return bool(typed), bool(pinyin.segmentations(typed)), typed == word
