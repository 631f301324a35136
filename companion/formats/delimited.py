"""Tables of phrases as text (.csv, .tsv), whatever made them; written so that Excel opens them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PureWindowsPath

from companion.errors import FormatBroken
from companion.formats.encoding import clean, decode, first_line, glance
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "delimited"
HOLDS = "phrases"
ENDINGS = (".csv", ".tsv")

# The tab stands first: where nothing tells them apart, prose is full of the other two.
_DELIMITERS = "\t,;"
_HEADER = ("title", "body", "abbr", "set", "tags")
# The words of a header that name a column, best first: where two columns fit, the earlier word
# wins. The last words of "body" and "title" are the same: what shop tools call 快捷短语 is the
# text itself, unless another column holds the text.
_WORDS = {
    "body": "body content snippet plaintext message reply response replacement replace"
    " substitution expansion answer text 话术 话术内容 正文 内容 回复 回复内容 话术正文 短语内容"
    " 消息内容 应答 答案 文案 文本 快捷短语 常用语 快捷语 短语 phrase",
    "title": "title name label subject 标题 名称 话术标题 短语名称 细分 所属问题 问题 主题 场景"
    " 快捷短语 短语 phrase",
    "abbr": "abbr abbreviation shortcut shortcode keyword keywords trigger code 快捷编码 缩写 编码"
    " 简码 快捷码 快捷键 触发词 关键词 关键字 代码",
    "set": "set group groups folder category 分组 分类 组 组别 类别 目录 文件夹 话术分组",
    "tags": "tags tag labels 标签",
    "active": "active enabled 启用 是否启用",
}
_NOISE = re.compile(r"[\s_*:：\ufeff-]|[(（][^()（）]*[)）]")
_NO = {"false", "0", "no", "n", "否", "禁用", "停用"}
_TAG = re.compile(r'"((?:[^"]|"")*+)"|([^,，;；、|]+)')
_TAG_NEEDS_QUOTES = re.compile(r'[,，;；、|"]|^\s|\s$')
_QUOTED = re.compile(r' *"([^"]*+(?:""[^"]*+)*+)" *')
# TextExpander writes a quote in a cell as \" instead of "".
_ESCAPED = re.compile(r' *"([^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+)" *(?=[,;\t\n]|\Z)', re.DOTALL)
_ESCAPE = {_QUOTED: re.compile('"(")'), _ESCAPED: re.compile(r'[\\"](["\\])')}
_OPENING = re.compile(r' *"')
_HINT = re.compile(r"^sep=.\n")
# Spreadsheets run a cell that begins so; one more apostrophe stops them, and one less undoes it.
_FORMULA = re.compile("'*[=+@\t\r\n＝＋－＠-]")
# What a person would name a gap: not JSON, CSS, numbered placeholders or another tool's ${…}.
_GAP = re.compile(r"(?<![{#$%])\{([^\W\d_][\w ]{0,19})\}(?!\})")


@dataclass(frozen=True)
class Columns:
    """Which of ``width`` columns hold what, best first, and whether bodies are in our syntax."""

    places: dict[str, list[int]]
    width: int
    ours: bool

    def cells(self, role: str, row: Sequence[str]) -> list[str]:
        """What a row holds in the columns of a role, without the empty ones."""
        found = [row[at] for at in self.places.get(role, ()) if at < len(row)]
        return [cell for cell in found if cell.strip()]


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is a table of phrases. Low without a header it knows."""
    ending = PureWindowsPath(name).suffix.lower()
    # Even unreadable, a file of this name is ours to call broken.
    least = 0.1 if ending in (".csv", ".tsv") else 0.0
    text = _lines(glance(data))
    if not (delimiter := _delimiter(text)):
        return least
    if known := columns(_first_rows(text, delimiter)[0]):
        return 0.8 if least or len(known.places) > 1 else 0.3
    return 0.5 if least else 0.2 if ending == ".txt" else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The rows as phrases. Raises FormatBroken with the line of a quote that is never closed.

    Problems: empty_skipped, cells_dropped, column_skipped, was_disabled, characters_dropped.
    """
    decoded = decode(data, name, NAME)
    text = _lines(decoded.text)
    delimiter = _delimiter(text[:65_536]) or ("," if name.lower().endswith(".csv") else "\t")
    parsed = table(_rows(text, delimiter, name), PureWindowsPath(name).stem, delimiter, watch)
    parsed.problems[:0] = decoded.problems
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A table with a header, in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for item in items:
        cells = (item.title, item.body, item.abbr, item.set, ",".join(map(_tag_cell, item.tags)))
        writer.writerow([f"'{c}" if _FORMULA.match(c) else c for c in map(clean, cells)])
    return Written(out.getvalue().encode("utf-8-sig"))


def columns(header: Sequence[str]) -> Columns | None:
    """What each column holds, by the words of a header; None where the row is no header."""
    words = [_NOISE.sub("", cell).casefold() for cell in header]
    places: dict[str, list[int]] = {}
    taken: set[int] = set()
    for role, known in _WORDS.items():
        found = [at for word in known.split() for at, said in enumerate(words) if said == word]
        free = [at for at in found if at not in taken]
        if free:
            # Further titles (a question, and its kind) are kept as tags.
            places[role] = free if role == "title" else free[:1]
            taken.update(places[role])
    # One known word among longer texts is a phrase that happens to begin with it.
    if "body" not in places or (len(places) == 1 and any(len(word) > 12 for word in words)):
        return None
    # Other tools' headers do not say "body"; ours does.
    return Columns(places, len(header), words[places["body"][0]] == "body")


def table(
    rows: Iterable[tuple[int, list[str]]],
    name: str,
    joint: str = ",",
    watch: Watch = unwatched,
) -> Parsed:
    """The phrases in rows of cells, each with its line; ``name`` is the set where none is given.

    Without a header the columns are those of TextExpander and Beeftext: abbreviation, text, title.
    Cells too many belong to a body that stands last, and are put back with ``joint``.
    """
    parsed = Parsed()
    known: Columns | None = None
    filled = ((line, row) for line, row in rows if any(map(str.strip, row)))
    for number, (line, guarded) in enumerate(filled):
        if number % 256 == 0:
            watch(number, 0)
        row = [c[c.startswith("'") and bool(_FORMULA.match(c)) :] for c in guarded]
        if number == 0 and (known := columns(row)):
            mapped = {at for places in known.places.values() for at in places}
            skipped = [cell.strip() for at, cell in enumerate(row) if at not in mapped]
            parsed.problems += [Problem("column_skipped", cell, line) for cell in skipped if cell]
            continue
        item, surplus = _by_header(row, known, joint) if known else _by_place(row, name)
        title = item.title or item.abbr or first_line(item.body)
        if not item.body.strip():
            parsed.problems.append(Problem("empty_skipped", title, line))
            continue
        if any(map(str.strip, surplus)):
            parsed.problems.append(Problem("cells_dropped", title, line))
        if known and any(c.strip().casefold() in _NO for c in known.cells("active", row)):
            parsed.problems.append(Problem("was_disabled", title, line))
        body = item.body if known and known.ours else _body(item.body)
        parsed.phrases.append(replace(item, title=title, body=body))
    return parsed


def _by_header(row: list[str], known: Columns, joint: str) -> tuple[PhraseItem, list[str]]:
    """A row as its header names it, and the cells that are beyond the header."""
    last = known.width - 1
    surplus = row[known.width :]
    if known.places["body"] == [last]:
        row, surplus = [*row[:last], joint.join(row[last:])], []
    title, body, abbr, group = ("".join(known.cells(r, row)[:1]) for r in _HEADER[:4])
    listed = _TAG.findall(",".join(known.cells("tags", row)))
    tags = [quoted.replace('""', '"') or plain.strip() for quoted, plain in listed]
    tags += known.cells("title", row)[1:]
    return PhraseItem(title, body, abbr, group, tuple(filter(None, tags))), surplus


def _by_place(row: list[str], name: str) -> tuple[PhraseItem, list[str]]:
    """A row without a header, and the cells that are beyond the third."""
    if len(row) == 1:
        return PhraseItem("", row[0], set=name), []
    code, body, title = row[0].strip(), row[1], "".join(row[2:3]).strip()
    if len(row) == 2 and not (code.isascii() and len(code.split()) == 1):
        return PhraseItem(code, body, set=name), []
    return PhraseItem(title, body, code, name), row[3:]


def _body(text: str) -> str:
    """Foreign text in our syntax: what a person would name a gap stays one, other braces text.

    No word of a foreign file acts: ``{send}`` is the gap that its author had in mind.
    """
    at, parts = 0, []
    for gap in _GAP.finditer(text):
        parts += [template.literal(text[at : gap.start()]), template.gap(gap[1])]
        at = gap.end()
    return "".join([*parts, template.literal(text[at:])])


def _delimiter(text: str) -> str:
    """What parts the cells: it makes a header we know, else rows of one width; or nothing."""
    best, chosen = (0, 0.0), ""
    for delimiter in _DELIMITERS:
        rows = _first_rows(text, delimiter)
        if not rows:
            continue
        known = columns(rows[0])
        width, count = Counter(map(len, rows)).most_common(1)[0]
        share = count / len(rows) if width > 1 else 0.0
        score = (len(known.places) if known else 0, share)
        if score > best and (known or share >= 0.8):
            best, chosen = score, delimiter
    return chosen


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a text's beginning that are not blank, up to a quote that does not end in it."""
    rows: list[list[str]] = []
    with suppress(FormatBroken):
        rows.extend(row for _, row in _rows(text, delimiter, "") if any(map(str.strip, row)))
    return rows


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line it begins on. Raises FormatBroken at a quote without an end."""
    ends = re.compile(f"[{delimiter}\n]|\\Z")
    form = _QUOTED
    at, line, start = 0, 1, 1
    row: list[str] = []
    while True:
        quoted = form.match(text, at)
        if not quoted and _OPENING.match(text, at):
            raise FormatBroken(place=name, format=NAME, line=line)
        if quoted and not ends.match(text, quoted.end()):
            # The quotes are the cell's own, or they are escaped, here and in the whole file.
            quoted = _ESCAPED.match(text, at)
            form = _ESCAPED if quoted else form
        if quoted:
            end = quoted.end()
            cell = _ESCAPE[form].sub(r"\1", quoted[1])
        else:
            found = ends.search(text, at)
            end = found.start() if found else len(text)
            cell = text[at:end]
        row.append(cell)
        line += text.count("\n", at, end)
        at = end + 1
        if text[end : end + 1] == delimiter:
            continue
        yield start, row
        if end >= len(text):
            return
        line += 1
        start, row = line, []


def _lines(text: str) -> str:
    """The text with line feeds only, and without Excel's "sep=" hint in its first line."""
    return _HINT.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))


def _tag_cell(tag: str) -> str:
    doubled = tag.replace('"', '""')
    return f'"{doubled}"' if _TAG_NEEDS_QUOTES.search(tag) else tag
