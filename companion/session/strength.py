"""How long a passphrase withstands who guesses as people choose; needs no network.

The estimate is the cheapest way to put the passphrase together from what guessers try first: usual
pieces, pinyin, years and dates, rows of keys, words, a sentence. It errs by calling a passphrase
weaker than it is (docs/adr/0021-passphrase-strength.md).
"""

import math
import re
import unicodedata

from companion.phrases.pinyin import syllables


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


LEVELS = (26.0, 36.0, 46.0)
"""In bits, where a level ends. At 10,000 guesses a second, which is much for Argon2id with 64 MiB,
these are two hours, three months, and two hundred years."""
_AT_ONCE = 16.0
"""In bits: some seconds at that pace."""
# Behind this a passphrase is long enough, whatever it is.
_MOST, _LONGEST = 64, 32
_USUAL, _SYLLABLE, _CHARACTER = 5.0, 5.0, 4.5
_SEPARATOR, _DIGIT, _LETTER, _SIGN = 2.0, 3.4, 4.7, 5.0
# Of a text in words each letter tells less, and no word of a language is worth more than _WORD.
_IN_WORDS, _WORD, _LEAST_WORD, _LONG_WORD = 2.6, 12.0, 3, 10
_YEAR, _DATE, _PHONE, _RUN = 6.5, 14.5, 30.0, 4.0
_PIECES = _names(
    "password passwd pass admin root login welcome hello iloveyou love letmein monkey dragon "
    "master qwerty asdf zxcv abc test user guest shadow sunshine princess football secret "
    "companion mima wodemima woaini woaiwo aini nihao wode kefu gongsi taobao jingdong zhifubao "
    "weixin baidu huanying laopo laogong baobao baobei mama baba jiayou gongxi facai zuoxi suixi "
    "520 521 1314 5201314 666 888 6688 8888 6666 9999 168 518 110 119 "
    "我爱你 密码 我的密码 你好 客服 公司 一生一世 恭喜发财 万事如意 "
    "加油 老婆 老公 宝贝 随席"
)
_ROWS = _names(
    "0123456789 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm 1qaz2wsx3edc4rfv !@#$%^&*()"
)
_LEET = str.maketrans("@40$5137!", "aaossleti")
_YEARS = re.compile(r"(?:19|20)\d\d")
_DATES = re.compile(r"(?:(?:19|20)\d\d|\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_PHONES = re.compile(r"1[3-9]\d{9}")
_VOWELS = frozenset("aeiouy")
_SEPARATORS = frozenset(" -_.,+，。、")


def bits(passphrase: str) -> float:
    """The binary logarithm of how many guesses it may take."""
    said = unicodedata.normalize("NFKC", passphrase)[:_MOST]
    lower = said.lower()
    plain = lower.translate(_LEET)
    # The least for the first characters, as many as the place in the list says.
    least = [0.0]
    for end in range(1, len(said) + 1):
        best = least[end - 1] + _alone(lower, end - 1)
        for start in range(max(0, end - _LONGEST), end):
            cost = _piece(lower[start:end], plain[start:end])
            if _is_word(lower, start, end):
                cost = min(cost, _worth(end - start))
            best = min(best, least[start] + cost)
        for size in range(1, end // 2 + 1):
            best = min(best, _repeated(lower, end, size, least))
        least.append(best)
    return least[-1] + _capitals(said)


def level(passphrase: str) -> int:
    """0 to 3: guessed in hours; in weeks; not for years; not for centuries."""
    found = bits(passphrase)
    return sum(found >= end for end in LEVELS)


def falls_at_once(passphrase: str) -> bool:
    """Whether it is among what guessers try in the first seconds."""
    return bits(passphrase) < _AT_ONCE


def _alone(text: str, at: int) -> float:
    """What one more character is worth that belongs to nothing."""
    sign = text[at]
    if sign.isdigit():
        return _DIGIT
    if sign in _SEPARATORS:
        return _SEPARATOR
    if sign.isascii():
        return _LETTER if sign.isalpha() else _SIGN
    return _CHARACTER


def _piece(text: str, plain: str) -> float:
    """What a piece is worth as a whole; infinity for what is none."""
    found = [math.inf]
    if text in _PIECES:
        found.append(_USUAL)
    elif plain in _PIECES:
        found.append(_USUAL + 2)
    if text in syllables():
        found.append(_SYLLABLE)
    if _can_be_said(text):
        found.append(_IN_WORDS * len(text))
    if text.isdigit():
        for form, worth in ((_YEARS, _YEAR), (_DATES, _DATE), (_PHONES, _PHONE)):
            if form.fullmatch(text):
                found.append(worth)
    if len(text) > 2 and any(text in row or text[::-1] in row for row in _ROWS):
        found.append(_RUN + math.log2(len(text)))
    return min(found)


def _can_be_said(text: str) -> bool:
    """Whether letters may be a word, or a piece of one: some of them are vowels."""
    letters = text.isascii() and text.isalpha() and len(text) >= _LEAST_WORD
    return letters and 0.2 <= sum(sign in _VOWELS for sign in text) / len(text) <= 0.7


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a piece may be a word that stands by itself."""
    beside = text[:start][-1:] + text[end:][:1]
    return not any(map(str.isalpha, beside)) and _can_be_said(text[start:end])


def _worth(letters: int) -> float:
    """What a word of so many letters is worth: longer ones are several without a space."""
    return min(_IN_WORDS * letters, _WORD) + _IN_WORDS * max(0, letters - _LONG_WORD)


def _repeated(text: str, end: int, size: int, least: list[float]) -> float:
    """The worth up to ``end`` where the last characters only say again what stands before them."""
    unit, times = text[end - size : end], 1
    while text[: end - size * times].endswith(unit):
        times += 1
    if times == 1:
        return math.inf
    return least[end - size * (times - 1)] + math.log2(times)


def _capitals(said: str) -> float:
    """One at the front is what everybody does; others tell a little more."""
    capitals = sum(sign.isupper() for sign in said)
    if capitals == 0:
        return 0.0
    usual = said[:1].isupper() and capitals == 1
    return 1.0 if usual or capitals == len(said) else min(2.0 + capitals, 8.0)
