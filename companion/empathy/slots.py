"""Fills the slots of an opening with what the customer's own message says."""

import re
from collections.abc import Mapping

# A slot as phrases write it: {name} or {name:default}.
_SLOT = re.compile(r"\{([^{}:\n]{1,40})(?::([^{}\n]*))?\}")

_HAN = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_ENGLISH = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBER_ZH = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_NUMBER_EN = rf"\b(\d{{1,3}}|an?|{'|'.join(_ENGLISH)})"

# "三天内", "说好三天", "第二天" and "within 3 days" are rules, promises and dates, not the time
# that somebody has waited: an agent who names that wrongly has lost.
_NOT_WAITED_ZH = "".join(
    f"(?<!{word})"
    for word in ("第", "同", "每", "说", "说好", "预计", "承诺", "最多", "最快", "需要", "还要")
)
_NOT_WAITED_EN = "".join(
    f"(?<!{word} )"
    for word in (
        "within",
        "in",
        "said",
        "says",
        "takes",
        "take",
        "every",
        "next",
        "about",
        "promised",
    )
)
# A month is 个月: 3月 is March.
_DAYS_ZH = re.compile(
    _NOT_WAITED_ZH
    + _NUMBER_ZH
    + r"\s*个?多?(天|周(?![一二三四五六日末])|星期|礼拜|(?<=个)月|(?<=个多)月)"
    + r"(?!之?以?内|无理由|后|价?保)"
)
_DAYS_EN = re.compile(
    _NOT_WAITED_EN + _NUMBER_EN + r"(?: whole| full)? (day|week|month)", re.IGNORECASE
)
_MINUTES_ZH = re.compile(_NOT_WAITED_ZH + _NUMBER_ZH + r"\s*个?多?(分钟|小时|钟头)(?!之?以?内)")
_MINUTES_EN = re.compile(
    _NOT_WAITED_EN + _NUMBER_EN + r"(?: whole| full)?[ -]?(min|minute|hour|hr)s?\b", re.IGNORECASE
)
_LENGTH = {"天": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "day": 1, "week": 7, "month": 30} | {
    "分钟": 1,
    "小时": 60,
    "钟头": 60,
    "min": 1,
    "minute": 1,
    "hour": 60,
    "hr": 60,
}
_SUM = r"\d+(?:,\d{3})*(?:\.\d{1,2})?"
_AMOUNT = re.compile(rf"[¥￥$£€]\s?{_SUM}|{_SUM}\s?(?:元|块钱?|dollars?|pounds?|euros?)")
_NAMED_ORDER = re.compile(
    r"(?:单号|订单号?|order|number|no\.?|tracking)(?:\s?(?:number|no\.?|id))?\s?(?:是|为|is)?"
    r"\s?[:：#]?\s?([A-Z]{0,4}\d{5,24})",
    re.IGNORECASE,
)
# Without such a word only a long number is an order; eleven digits from 13 on are a mobile phone.
_BARE_ORDER = re.compile(r"(?<![A-Za-z\d])(?!1[3-9]\d{9}(?!\d))([A-Z]{0,4}\d{8,24})(?!\d)")
_WHEN_ZH = re.compile(
    r"(?:(?:今天|今晚|明天|明早|明晚|后天|大后天|这?周[一二三四五六日末]|下周[一二三四五六日末]?"
    r"|\d{1,2}月\d{1,2}[日号])(?:早上|上午|中午|下午|晚上)?)?(?:\d{1,2}[:：]\d{2}|\d{1,2}点半?)?"
)
_WHEN_EN = re.compile(
    r"\b(?:today|tonight|tomorrow|next week|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,2}(?::\d{2})? ?[ap]m|\d{1,2}:\d{2})\b",
    re.IGNORECASE,
)

_NAMES = {
    "days": ("天数", "days"),
    "minutes": ("分钟数", "minutes"),
    "amount": ("金额", "amount"),
    "order": ("单号", "order"),
    "when": ("何时", "when"),
}


def _number(word: str) -> int | None:
    """The value of a numeral up to 999, or None for a vague one such as 五六."""
    word = word.lower()
    if word.isascii():
        if word.isdigit():
            return int(word)
        return 1 if word in ("a", "an") else _ENGLISH.index(word) + 1
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _HAN[word] if len(word) == 1 else None
    if len(tens) > 1 or "十" in tens or len(ones) > 1:
        return None
    return _HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)


def _lasting(pattern: re.Pattern[str], text: str) -> str:
    """The first length of time in days or minutes, as digits; empty when there is none."""
    for found in pattern.finditer(text):
        count = _number(found[1])
        if count:
            return str(count * _LENGTH[found[2].lower()])
    return ""


def _days(text: str) -> str:
    if "半个月" in text:
        return "15"
    return _lasting(_DAYS_ZH, text) or _lasting(_DAYS_EN, text)


def _minutes(text: str) -> str:
    if "半小时" in text or "半个小时" in text or "half an hour" in text.lower():
        return "30"
    return _lasting(_MINUTES_ZH, text) or _lasting(_MINUTES_EN, text)


def _when(text: str, language: str) -> str:
    pattern = _WHEN_ZH if language == "zh" else _WHEN_EN
    return next((found[0] for found in pattern.finditer(text) if found[0]), "")


def facts(text: str, language: str) -> dict[str, str]:
    """What the message says, by slot name of both languages; what it does not say is left out.

    ``天数``/``days`` and ``分钟数``/``minutes`` are whole numbers (a week is 7 days, an hour 60
    minutes), ``金额``/``amount`` is with its currency, ``单号``/``order`` a number as written,
    ``何时``/``when`` a day or time in words of ``language``. A time the agent is to promise has
    other slot names and never comes from here.
    """
    amount = _AMOUNT.search(text)
    order = _NAMED_ORDER.search(text) or _BARE_ORDER.search(text)
    values = {
        "days": _days(text),
        "minutes": _minutes(text),
        "amount": amount[0] if amount else "",
        "order": order[1] if order else "",
        "when": _when(text, language),
    }
    return {name: value for key, value in values.items() if value for name in _NAMES[key]}


def fill(opening: str, values: Mapping[str, str]) -> str:
    """The opening with known slots filled and defaults put in; the rest stays for the agent."""

    def put(slot: re.Match[str]) -> str:
        name = slot[1].strip()
        if name in values:
            return values[name]
        return slot[0] if slot[2] is None else slot[2]

    return _SLOT.sub(put, opening)
