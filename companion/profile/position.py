"""Positions between positions: strings that sort, so that a move is one field of one record.

Fractional indexing over the digits 0-9A-Za-z (in ASCII order), after Figma's and Evan Wallace's
description: a key never ends in the lowest digit, so there is always room before it. Where in the
room a new key goes follows LSEQ (Nédelec and others, 2013): near the lower end on one level, near
the upper end on the next, so that neither appending nor inserting at one place makes long keys;
by chance within a few thousand, so that two desks seldom make the same one.
"""

import secrets

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)
_VALUES = {digit: number for number, digit in enumerate(DIGITS)}
# So many digits of a key are decided at once; of that room, a new key takes this much at most.
_LEVEL = 5
_STEP = _BASE**2
# Ours stay far below; a longer one comes from elsewhere, and nothing is counted from it.
_LONGEST = 200


def sound(position: str) -> bool:
    """Whether there can be a position before and after this one: ours are all sound."""
    short = len(position) <= _LONGEST and not position.endswith(DIGITS[0])
    return short and _VALUES.keys() >= {*position}


def between(before: str, after: str) -> str:
    """A position strictly between two; an empty string stands for the end on that side.

    Where both desks put something at the same place the positions may be equal, seldom: order
    equal positions by id. Raises ValueError where before does not sort ahead of after, or one of
    them is not sound.
    """
    if (after and before >= after) or not (sound(before) and sound(after)):
        raise ValueError("positions are out of order")
    width, rising = _LEVEL, True
    while True:
        low = _number(before, width)
        high = _number(after, width) if after else _BASE**width
        # What after has beyond this width is room as well, what before has is not.
        room = high - low - (len(after) <= width or not after)
        if room > 0:
            step = 1 + secrets.randbelow(min(room, _STEP))
            return _numeral(low + step if rising else low + room + 1 - step, width)
        width, rising = width + _LEVEL, not rising


def spread(count: int, before: str = "", after: str = "") -> list[str]:
    """``count`` ascending positions between two, all of about the same length."""
    if count <= 0:
        return []
    width = 1
    while _BASE**width <= 2 * count:
        width += 1
    step = _BASE**width // (count + 1)
    stem = between(before, after) if before or after else ""
    while after and after.startswith(stem):
        # What begins with this would not sort ahead of after.
        stem = between(stem, after)
    return [stem + _numeral(step * (at + 1), width) for at in range(count)]


def _number(position: str, width: int) -> int:
    number = 0
    for digit in position[:width].ljust(width, DIGITS[0]):
        number = number * _BASE + _VALUES[digit]
    return number


def _numeral(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, _BASE)
        digits.append(DIGITS[digit])
    # A key that ended in the lowest digit would leave no room before it.
    return "".join(reversed(digits)).rstrip(DIGITS[0])
