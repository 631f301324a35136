"""Which column of a table holds what: by the words of its header, its contents, or the agent."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from companion.errors import InputInvalid
from companion.formats.items import Sheet
from companion.formats.tables import ROLES, Mapping

# The words of a header that name a column, best first: where two columns fit, the earlier word
# wins. The last words of "body" and "title" are the same: what shop tools call 快捷短语 is the
# text itself, unless another column holds the text.
_WORDS = {
    "body": "body content snippet plaintext message reply response replacement replace"
    " substitution expansion answer text 话术 话术内容 正文 内容 回复 回复内容 话术正文 短语内容"
    " 消息内容 应答 答案 回答 文案 文本 最终输出 参考话术 标准话术 回复话术 推荐话术 常用话术"
    " 快捷回复 快捷短语 常用语 快捷语 短语 phrase 链接 网址 link url",
    "title": "title name label subject 标题 名称 话术标题 短语名称 细分 所属问题 问题 主题 场景"
    " 二级分类 三级分类 二级 三级 子分类 小类 问题类型 关键问题 商品名 商品名称 产品名称 玩具名"
    " 快捷短语 短语 phrase",
    "abbr": "abbr abbreviation shortcut shortcode keyword keywords trigger code 快捷编码 缩写 编码"
    " 简码 快捷码 快捷键 触发词 关键词 关键字 代码",
    "set": "set group groups folder category 分组 分类 组 组别 类别 目录 文件夹 话术分组 话术分类"
    " 一级分类 一级 大类 分组名称",
    "tags": "tags tag labels 标签",
    "active": "active enabled 启用 是否启用",
}
_CALLED = {
    "标题": "title",
    "正文": "body",
    "简码": "abbr",
    "分组": "set",
    "标签": "tags",
    "启用": "active",
}
_NOISE = re.compile(r"[\s_*:：\ufeff-]|[(（][^()（）]*[)）]")
# How far down a header may stand, below a title over the whole width and empty lines.
_HIGHEST = 8
_SAMPLE = 200
# A longer cell is a sentence, and no name of a column.
_LONGEST_NAME = 12


def by_header(cells: Sequence[str]) -> Mapping | None:
    """What each column holds, by the words of a header; None where the row is no header."""
    words = bare_words(cells)
    found = _known(words)
    # One known word among longer texts is a phrase that happens to begin with it.
    if "body" not in found or (len(found) == 1 and not _short(words)):
        return None
    # Other tools' headers do not say "body"; ours does.
    return _mapping(found, heading=1, ours=words[found["body"][0]] == "body")


def known_words(mapping: Mapping | None) -> int:
    """How many kinds of columns a header names."""
    return sum(bool(mapping.of(role)) for role in ROLES) if mapping else 0


def bare_words(cells: Sequence[str]) -> list[str]:
    """The words of a header without case, spaces, signs and what stands in brackets."""
    return [_NOISE.sub("", cell).casefold() for cell in cells]


def guess(sheet: Sheet) -> Mapping:
    """What the columns hold, as far as it can be told."""
    for number, (_, cells) in enumerate(sheet.rows[:_HIGHEST]):
        mapping = by_header(cells)
        # Below the first row, one word is no header yet.
        if mapping and (not number or known_words(mapping) > 1):
            return replace(mapping, heading=number + 1)
    for number, (_, cells) in enumerate(sheet.rows[:_HIGHEST]):
        words = bare_words(cells)
        found = _known(words)
        if _short(words) and len(found) >= (1 if sheet.ditto else 2) and len(words) > 1:
            rows = [row for _, row in sheet.rows[number + 1 : number + 1 + _SAMPLE]]
            free = set(range(len(words))) - {at for places in found.values() for at in places}
            if body := _longest(rows, free):
                return _mapping({**found, "body": body}, heading=number + 1)
    return _by_contents(sheet)


def given(text: str, sheet: Sheet) -> Mapping:
    """The columns as the agent gives them: ``title=2,body=话术,tags=``.

    A column is named by its number from 1 or by its header; ``title=2+3`` is two of them, and
    nothing after the sign means that there is none. What is not mentioned is guessed. Raises
    InputInvalid (facts: name, allowed).
    """
    guessed = guess(sheet)
    header, heading = _header_named(text, sheet, guessed.heading)
    width = max((len(cells) for _, cells in sheet.rows[:_SAMPLE]), default=0)
    asked: dict[str, tuple[int, ...]] = {}
    for part in filter(str.strip, re.split("[,，;；]", text)):
        said, sign, columns = part.replace("＝", "=").partition("=")
        role = _CALLED.get(said.strip(), said.strip().casefold())
        if not sign or role not in ROLES:
            raise InputInvalid(name="columns", allowed=", ".join(f"{one}=…" for one in ROLES))
        named = filter(None, map(str.strip, re.split("[+＋]", columns)))
        asked[role] = tuple(_column(name, header, width) for name in named)
    taken = {at for places in asked.values() for at in places}
    kept = {role: tuple(at for at in guessed.of(role) if at not in taken) for role in ROLES}
    places = {**kept, **asked}
    if len(places["body"]) != 1:
        raise InputInvalid(name="columns", allowed=f"body={_choices(header, width)}")
    ours = guessed.ours and places["body"] == guessed.body
    return _mapping(places, heading, ours)


def given_for(text: str, sheets: Sequence[Sheet]) -> list[Mapping]:
    """The columns of each sheet as the agent gives them, guessed in sheets that have none such.

    Raises InputInvalid where no sheet has them; see given().
    """
    mappings: list[Mapping] = []
    refused: list[InputInvalid] = []
    for sheet in sheets:
        try:
            mappings.append(given(text, sheet))
        except InputInvalid as error:
            refused.append(error)
            mappings.append(guess(sheet))
    if refused and len(refused) == len(sheets):
        raise refused[0]
    return mappings


def _header_named(text: str, sheet: Sheet, heading: int) -> tuple[list[str], int]:
    """The words of the header, and how many rows it ends: also one that only the agent knows."""
    if heading:
        return bare_words(sheet.rows[heading - 1][1]), heading
    named = {*bare_words(re.split("[,，;；=＝+＋]", text))} - {""}
    for number, (_, cells) in enumerate(sheet.rows[:_HIGHEST]):
        words = bare_words(cells)
        if any(word in named and not word.isdecimal() for word in words):
            return words, number + 1
    return [], 0


def _column(name: str, header: list[str], width: int) -> int:
    if name.isdecimal() and len(name) < 6 and 0 < int(name) <= width:
        return int(name) - 1
    (word,) = bare_words([name])
    if word and word in header:
        return header.index(word)
    raise InputInvalid(name="columns", allowed=_choices(header, width))


def _choices(header: list[str], width: int) -> str:
    shown = zip_longest(range(1, min(width, 30) + 1), header[: min(width, 30)], fillvalue="")
    return ", ".join(f"{at} {name}".strip() for at, name in shown)


def _mapping(places: dict[str, tuple[int, ...]], heading: int, ours: bool = False) -> Mapping:
    title, body, abbr, of, tags, active = (places.get(role, ()) for role in ROLES)
    return Mapping(title, body, abbr, of, tags, active, heading, ours)


def _known(words: Sequence[str]) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    standing: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        standing.setdefault(word, []).append(at)
    for role, known in _WORDS.items():
        found = [at for word in known.split() for at in standing.get(word, ())]
        free = [at for at in found if at not in taken]
        if free:
            # A question and its kind are both the title, the wider one stands before.
            places[role] = tuple(sorted(set(free))) if role == "title" else (free[0],)
            taken.update(places[role])
    return places


def _by_contents(sheet: Sheet) -> Mapping:
    """Without a header, text has the columns of TextExpander and Beeftext: code, text, title."""
    rows = [cells for _, cells in sheet.rows[:_SAMPLE]]
    widths = Counter(map(len, rows)).most_common(1)
    width = max(map(len, rows), default=0) if sheet.ditto else (widths or [(0, 0)])[0][0]
    if width < 2:
        return Mapping(body=(0,))
    if width == 2:
        return Mapping(body=(1,), title=(0,), abbr=(0,))
    if not sheet.ditto:
        return Mapping(body=(1,), title=(2,), abbr=(0,))
    (body,) = _longest(rows, set(range(width))) or (width - 1,)
    abbr: tuple[int, ...] = ()
    group: tuple[int, ...] = ()
    titles: list[int] = []
    for at in range(width):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        if at == body or not cells:
            continue
        if not abbr and all(cell.isascii() and len(cell.split()) == 1 for cell in cells):
            abbr = (at,)
        elif not group and at < body and len(set(cells)) * 2 <= len(rows):
            group = (at,)
        else:
            titles.append(at)
    return Mapping(body=(body,), title=tuple(titles), abbr=abbr, set=group)


def _longest(rows: Sequence[Sequence[str]], columns: set[int]) -> tuple[int, ...]:
    """The column with the most text in it; nothing where there is no text."""
    sums = {at: sum(len(row[at]) for row in rows if at < len(row)) for at in sorted(columns)}
    best = max(sums, key=lambda at: sums[at], default=0)
    return (best,) if sums.get(best) else ()


def _short(words: Sequence[str]) -> bool:
    return all(len(word) <= _LONGEST_NAME for word in words)
