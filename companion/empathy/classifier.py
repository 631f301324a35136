"""Tells which situations a customer's message may be, by weighing its wording."""

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from companion.empathy.situations import LANGUAGES, pack

CRISIS = "crisis"
SHOWN = 3

# Below this much wording a prompt would be a guess, and a false prompt costs trust; a missed
# crisis costs more.
LEAST = 1.0
# A further situation is shown when it has at least this share of the first one's evidence.
SHARE = 0.25
# How far apart, in characters, the two halves of a cue with a gap may stand.
GAP = {"zh": 8, "en": 32}

# The traditional characters that complaints use most; rarer ones are left as they are.
_FOLD = str.maketrans(
    "買賣發貨還沒個們這樣說話來時間錢幾單號訂過麼為報應該見嗎點電機帳賬戶對實錯壞裝換修質"
    "產顯員經讓聽氣專業務辦運費優會誰裡從開關門與萬億確認證據後給現問題東車處臺緊請謝訊網線"
    "絡銀轉爾樓藥殺遺書歲損賠償騙假態聯繫繼續訴擇購價圖條碼縮壓夠難煩惱復覆舊廢罵",
    "买卖发货还没个们这样说话来时间钱几单号订过么为报应该见吗点电机账账户对实错坏装换修质"
    "产显员经让听气专业务办运费优会谁里从开关门与万亿确认证据后给现问题东车处台紧请谢讯网线"
    "络银转尔楼药杀遗书岁损赔偿骗假态联系继续诉择购价图条码缩压够难烦恼复复旧废骂",
)
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_APOSTROPHES = re.compile(r"['’‘]")
_BREAKS_ZH = re.compile(r"[^\w$¥]+")
_BREAKS_EN = re.compile(r"[^\w\s$£€]+")
_SPACES = re.compile(r"\s+")


class Scored(msgspec.Struct, frozen=True):
    """A situation's id and how sure the scorer is, 0..1; not a probability."""

    id: str
    score: float


class _Cue(msgspec.Struct, frozen=True):
    """A piece of wording ready to be looked for: plain text, or a pattern where it has a gap."""

    owner: str
    weight: float
    plain: str
    gapped: re.Pattern[str] | None


def fold(text: str) -> str:
    """The text with common traditional characters simplified; no character moves."""
    return text.translate(_FOLD)


def language_of(text: str) -> str:
    """``zh`` or ``en``, by script: a Chinese character counts as much as a Latin word."""
    return "en" if len(_LATIN_WORD.findall(text)) > len(_HAN.findall(text)) else "zh"


def _normal(text: str, language: str) -> str:
    """Lower case, simplified, clauses parted by ``|``; English also by single spaces."""
    if language == "zh":
        return _BREAKS_ZH.sub("|", fold(text).lower())
    bare = _BREAKS_EN.sub(" | ", _APOSTROPHES.sub("", text).lower())
    return _SPACES.sub(" ", f" {bare} ")


def _cue(owner: str, wording: str, weight: float, language: str) -> _Cue:
    # An English cue begins at a word's start and ends inside a word unless a space ends it.
    halves = [
        half if language == "zh" else " " + _APOSTROPHES.sub("", half.lstrip())
        for half in wording.lower().split("…")
    ]
    if len(halves) == 1:
        return _Cue(owner, weight, halves[0], None)
    gap = rf"[^|]{{0,{GAP[language]}}}?"
    return _Cue(owner, weight, "", re.compile(gap.join(re.escape(half) for half in halves)))


@cache
def _cues(language: str) -> tuple[_Cue, ...]:
    whole = pack(language)
    owners: list[tuple[str, Mapping[str, float]]] = [("none", whole.none)]
    owners += [(one.id, one.cues) for one in whole.situations]
    return tuple(
        _cue(owner, wording, weight, language)
        for owner, cues in owners
        for wording, weight in cues.items()
    )


def _evidence(text: str, language: str) -> dict[str, float]:
    """The sum of the weights found, by situation id and ``none``."""
    normal = _normal(text, language)
    sums: dict[str, float] = {}
    for cue in _cues(language):
        if cue.gapped.search(normal) if cue.gapped else cue.plain in normal:
            sums[cue.owner] = sums.get(cue.owner, 0.0) + cue.weight
    return sums


def classify(text: str) -> list[Scored]:
    """Up to three situations for a message in Chinese or English, best first.

    Empty for greetings, thanks, small talk and plain facts. Wording of self-harm is looked for in
    both languages and always comes first: missing it is the one error that cannot be mended.
    The order is by evidence, then by the order of the pack, so the same text always gives the
    same answer.
    """
    tongue = language_of(text)
    sums = _evidence(text, tongue)
    other = next(language for language in LANGUAGES if language != tongue)
    crisis = max(sums.pop(CRISIS, 0.0), _evidence(text, other).get(CRISIS, 0.0))
    least = max(LEAST, sums.pop("none", 0.0))
    ranked = sorted(sums.items(), key=lambda item: -item[1])
    enough = max(least, SHARE * ranked[0][1]) if ranked else least
    found = [(id, weight) for id, weight in ranked if weight >= enough]
    if crisis >= LEAST:
        found.insert(0, (CRISIS, crisis))
    return [Scored(id, round(1 - 0.5 ** (weight / 2), 3)) for id, weight in found[:SHOWN]]
