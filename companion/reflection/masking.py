"""Takes what could name a customer out of a text before it is kept, and says what it took."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

MASK = "***"
KINDS = ("email", "id", "card", "phone", "order")

# Full-width digits and letters are typed as often as others; one character stands for one, so
# that what is found stands at the same place in the text given.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_EMAIL = re.compile(r"[0-9A-Za-z][\w.+-]{0,63}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ID = re.compile(rf"{_BEFORE}\d{{6}}[ -]?\d{{8}}[ -]?\d{{3}}[\dXx]{_AFTER}", re.ASCII)
_CARD = re.compile(rf"{_BEFORE}\d(?:[ -]?\d){{12,18}}{_AFTER}", re.ASCII)
_PHONE = re.compile(
    rf"""(?<![0-9A-Za-z+])(?:
        (?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}      # a mobile in China
        | \(?0\d{{2,3}}\)?[ -]?\d{{7,8}}(?:[ -]\d{{1,6}})?          # a landline in China
        | [48]00[ -]?\d{{3,4}}[ -]?\d{{3,4}}                        # a service number
        | \+\d{{1,3}}(?:[ .-]?\(?\d{{1,5}}\)?){{2,5}}               # anywhere, as dialled abroad
        | \(?\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}                     # North America
    ){_AFTER}""",
    re.VERBOSE | re.ASCII,
)
# Beyond nine digits a number is no price, count, date or year any more.
_ORDER = re.compile(rf"{_BEFORE}[A-Za-z]{{0,6}}[-_]?\d{{10,}}[A-Za-z]{{0,4}}{_AFTER}", re.ASCII)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class Masked:
    """A text fit to be kept, and how many things of each kind were taken out of it."""

    text: str
    kinds: dict[str, int]


def mask(text: str) -> Masked:
    """The text with phone, bank card, Chinese ID and long order numbers and e-mails as ``***``."""
    kinds: Counter[str] = Counter()
    for kind, pattern, fits in _RULES:
        plain = text.translate(_HALF_WIDTH)
        spans = [hit.span() for hit in pattern.finditer(plain) if fits(hit[0])]
        for start, end in reversed(spans):
            text = text[:start] + MASK + text[end:]
        kinds[kind] += len(spans)
    return Masked(text, {kind: kinds[kind] for kind in KINDS if kinds[kind]})


def is_bank_card(number: str) -> bool:
    """Whether the digits of a number pass Luhn's check."""
    digits = [int(sign) for sign in number if sign.isdigit()]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2])
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def is_chinese_id(number: str) -> bool:
    """Whether 18 characters end in the check of a Chinese ID (ISO 7064, modulo 11)."""
    signs = re.sub("[ -]", "", number).upper()
    total = sum(int(sign) * weight for sign, weight in zip(signs, _WEIGHTS, strict=False))
    return signs[-1] == _CHECKS[total % 11]


def _always(_found: str) -> bool:
    return True


# The stricter the pattern, the earlier: what is no ID may be a phone number, with its country as
# long as a card's, and what is none of them an order number.
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("email", _EMAIL, _always),
    ("id", _ID, is_chinese_id),
    ("phone", _PHONE, _always),
    ("card", _CARD, is_bank_card),
    ("order", _ORDER, _always),
)
