"""QQ Pinyin's and 手心's phrases: lines of ``code=N,text`` as Baidu's, in UTF-8, no sections."""

from collections.abc import Sequence

from companion.formats import equals_lines
from companion.formats.encoding import glance
from companion.formats.items import Parsed, PhraseItem, Watch, Written, unwatched

NAME = "qq"
HOLDS = "phrases"
ENDINGS = (".txt", ".ini")


def matches(data: bytes, name: str) -> float:
    """How sure it is that these are such lines; in UTF-16 or in sections they are Baidu's."""
    return 0.86 if equals_lines.share(glance(data)) >= 0.8 else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The phrases; see equals_lines.read()."""
    return equals_lines.read(data, name, NAME, watch)


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A file in UTF-8 without a mark; see equals_lines.written()."""
    text, problems = equals_lines.written(items)
    return Written(text.encode(), problems)
