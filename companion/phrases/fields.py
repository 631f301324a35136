"""The texts of some entries as columns: code, title, set with tags, body, each as it is needed."""

import heapq
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from companion.folding import folded, plain_lines
from companion.phrases import pinyin
from companion.phrases.columns import CodedColumn, Column
from companion.phrases.looks import Look, first_few

Texts = Callable[[], Iterable[str]]
_BLOCK = 1 << 14


class Field:
    """One text of each entry in the forms in which it is searched, each made when first asked.

    Not by cached properties: these make one thread wait for what another makes of another field.
    """

    def __init__(self, texts: Texts, *, long: bool = False) -> None:
        self._texts = texts
        self._letters = pinyin.more_initials if long else pinyin.every_initials
        self._text: Column | None = None
        self._coded: CodedColumn | None = None
        self._initials: Column | None = None

    @property
    def text(self) -> Column:
        """The texts, folded."""
        if self._text is None:
            self._text = self._make_text()
        return self._text

    @property
    def coded(self) -> CodedColumn:
        """The texts as pinyin, a code for each character."""
        if self._coded is None:
            self._coded = self._make_coded()
        return self._coded

    @property
    def initials(self) -> Column:
        """The first letters of the pinyin."""
        if self._initials is None:
            self._initials = self._make_initials()
        return self._initials

    def make(self) -> None:
        """Make all forms now."""
        _ = self.text, self.coded, self.initials

    def only(self, lines: Sequence[int]) -> "Field":
        """The field of some of the entries."""
        return _Part(self, lines)

    def _make_text(self) -> Column:
        return Column("\n".join(map(folded, plain_lines(self._texts()))))

    def _make_coded(self) -> CodedColumn:
        return CodedColumn("\n".join(map(pinyin.coded, plain_lines(self._texts()))))

    def _make_initials(self) -> Column:
        return Column("\n".join(map(self._letters, _blocks(self.coded.text[1:-1]))))


class _Part(Field):
    """Some lines of a field."""

    def __init__(self, whole: Field, lines: Sequence[int]) -> None:
        super().__init__(tuple)
        self._whole, self._lines = whole, lines

    def _make_text(self) -> Column:
        return self._whole.text.only(self._lines)

    def _make_coded(self) -> CodedColumn:
        return self._whole.coded.only(self._lines)

    def _make_initials(self) -> Column:
        return self._whole.initials.only(self._lines)


def _blocks(lines: str) -> Iterator[str]:
    """Whole lines, some at a time: another thread need not wait long for its turn."""
    begin = 0
    while (end := lines.find("\n", begin + _BLOCK)) >= 0:
        yield lines[begin:end]
        begin = end + 1
    yield lines[begin:]


class Groups:
    """Names that many entries share (sets, tags): each is held once, with who has which."""

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        of = array("I", (numbers.setdefault(several, len(numbers)) for several in names))
        self.titles = tuple(dict.fromkeys(chain.from_iterable(numbers)))
        self._begin(Field(lambda: self.titles), tuple(numbers), of)

    def _begin(self, names: Field, kinds: tuple[tuple[str, ...], ...], of: "array[int]") -> None:
        self.names, self._kinds, self._of = names, kinds, of

    def only(self, lines: Sequence[int]) -> "Groups":
        """The groups of some of the entries."""
        made = object.__new__(Groups)
        made.titles = self.titles
        made._begin(self.names, self._kinds, array("I", [self._of[line] for line in lines]))
        return made

    def having(self, names: set[int]) -> set[int]:
        """The groups that have one of these names."""
        titles = {self.titles[name] for name in names}
        return {at for at, kind in enumerate(self._kinds) if not titles.isdisjoint(kind)}

    def lines(self, groups: Iterable[int]) -> Iterator[int]:
        """The lines of some groups, ascending."""
        return heapq.merge(*(self._lines.get(group, ()) for group in groups))

    def all_lines(self, groups: Iterable[int]) -> set[int]:
        """The same, all at once."""
        return set[int]().union(*(self._lines.get(group, ()) for group in groups))

    def of(self, line: int) -> int:
        """The group of a line."""
        return self._of[line]

    @cached_property
    def _lines(self) -> "dict[int, array[int]]":
        found: dict[int, array[int]] = {}
        for line, number in enumerate(self._of):
            found.setdefault(number, array("I")).append(line)
        return found


@dataclass
class InGroup:
    """A look at the names of groups, as one at the lines of their entries."""

    groups: Groups
    look: Look

    @cached_property
    def _found(self) -> set[int]:
        names = self.look.all_lines()
        return self.groups.having(names) if names else names

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending."""
        return self.groups.lines(self._found)

    def all_lines(self, most: int = sys.maxsize) -> set[int]:
        """The same, all at once; more than ``most`` need not be."""
        return self.groups.all_lines(self._found)

    def few(self) -> list[int] | None:
        """The same, where these are few; else None."""
        return first_few(self.lines())

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        return self.groups.of(line) in self._found


class Fields:
    """All that can be searched of some entries; ``numbers`` are those of the entries."""

    def __init__(
        self, numbers: Sequence[int], code: Field, title: Field, group: Groups, body: Field
    ) -> None:
        self.numbers = numbers
        self.code, self.title, self.group, self.body = code, title, group, body

    def only(self, lines: Sequence[int]) -> "Fields":
        """Those of some of the entries."""
        return Fields(
            [self.numbers[line] for line in lines],
            self.code.only(lines),
            self.title.only(lines),
            self.group.only(lines),
            self.body.only(lines),
        )
