"""Baidu's personal phrases: ``code=N,text`` in UTF-16, on a Mac in named sections."""

import codecs
from collections.abc import Sequence

from companion.formats import equals_lines
from companion.formats.encoding import glance
from companion.formats.items import Parsed, PhraseItem, Watch, Written, unwatched

NAME = "baidu"
HOLDS = "phrases"
ENDINGS = (".txt", ".ini")


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is Baidu's: QQ and 手心 have the same lines, otherwise encoded."""
    text = glance(data)
    if equals_lines.share(text) < 0.8:
        return 0.0
    own = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return 0.9 if own or equals_lines.has_sections(text) else 0.84


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The phrases; see equals_lines.read()."""
    return equals_lines.read(data, name, NAME, watch)


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A file in UTF-16 with its mark; see equals_lines.written()."""
    text, problems = equals_lines.written(items)
    return Written(codecs.BOM_UTF16_LE + text.encode("utf-16-le"), problems)
