"""The table of quick phrases that 千牛 and other shop tools export and import, read and written."""

from collections.abc import Sequence
from pathlib import PureWindowsPath

from companion.formats import delimited
from companion.formats.headers import bare_words
from companion.formats.items import Parsed, PhraseItem, Problem, Sheet, Watch, Written, unwatched
from companion.formats.tables import Mapping, phrases, said_plainly

NAME = "qianniu"
HOLDS = "phrases"
ENDINGS = (".csv",)

_GROUP, _CODE, _TEXT, _TEAM = "分组", "快捷编码", "快捷短语", "是否加入团队"
# How far down the header may stand, below a title.
_HIGHEST = 3


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is such a table: its header has words of its own."""
    return 0.9 if _is_header(bare_words(delimited.first_row(data)[0])) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The rows as phrases, named by their codes or first lines. Raises FormatBroken.

    Problems: those of tables.phrases(), characters_dropped.
    """
    (sheet,) = delimited.sheets(data, name, watch, NAME)
    parsed = phrases(sheet, _mapping(sheet), PureWindowsPath(name).stem, watch)
    # Whether a phrase is shared in the shop is not for this desk to say.
    known = ("column_skipped", _TEAM)
    parsed.sheets = [sheet]
    parsed.problems = [one for one in parsed.problems if (one.kind, one.name) != known]
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A table in the encoding of Chinese Windows, as the tool itself writes it.

    Problems: not_in_gbk for a phrase with characters that the tool's encoding does not have; they
    are written in its larger sister GB18030.
    """
    rows = [(item.set, item.abbr, said_plainly(item.body), "否") for item in items]
    problems = [
        Problem("not_in_gbk", item.title)
        for item, row in zip(items, rows, strict=True)
        if not _in_gbk("".join(row))
    ]
    text = delimited.written_rows([(_GROUP, _CODE, _TEXT, _TEAM), *rows])
    return Written(text.encode("gb18030"), problems)


def _is_header(words: Sequence[str]) -> bool:
    return _TEXT in words and bool({_CODE, _TEAM} & set(words))


def _mapping(sheet: Sheet) -> Mapping:
    """The columns by the header's words; without the header they are in the usual order."""
    for number, (_, cells) in enumerate(sheet.rows[:_HIGHEST]):
        words = bare_words(cells)
        if _is_header(words):
            group, code, text = (
                (words.index(name),) if name in words else () for name in (_GROUP, _CODE, _TEXT)
            )
            return Mapping(body=text, abbr=code, set=group, heading=number + 1)
    return Mapping(body=(2,), abbr=(1,), set=(0,))


def _in_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
