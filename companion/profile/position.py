"""Positions between positions: strings that sort, so that a move is one field of one record.

Fractional indexing over the digits 0-9A-Za-z (in ASCII order), after Figma's and Evan Wallace's
description: a key never ends in the lowest digit, so there is always room before it.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)


def between(before: str, after: str) -> str:
    """A position strictly between two; an empty string stands for the end on that side.

    Where both desks put something at the same place the positions are equal: order equal
    positions by id. Raises ValueError where before does not sort ahead of after.
    """
    if after and before >= after:
        raise ValueError("positions are out of order")
    return _between(before, after)


def spread(count: int, before: str = "") -> list[str]:
    """``count`` ascending positions after ``before``, all of about the same length."""
    if count <= 0:
        return []
    width = 1
    while _BASE**width <= 2 * count:
        width += 1
    step = _BASE**width // (count + 1)
    stem = between(before, "") if before else ""
    return [stem + _numeral(step * (at + 1), width) for at in range(count)]


def _numeral(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, _BASE)
        digits.append(DIGITS[digit])
    text = "".join(reversed(digits))
    # A key that ends in the lowest digit would leave no room before it.
    return text + DIGITS[_BASE // 2] if text.endswith(DIGITS[0]) else text


def _between(before: str, after: str) -> str:
    shared = 0
    while shared < len(after) and (before[shared : shared + 1] or DIGITS[0]) == after[shared]:
        shared += 1
    if shared:
        return after[:shared] + _between(before[shared:], after[shared:])
    low = DIGITS.index(before[0]) if before else 0
    high = DIGITS.index(after[0]) if after else _BASE
    if high - low > 1:
        return DIGITS[(low + high) // 2]
    if len(after) > 1:
        return after[0]
    return DIGITS[low] + _between(before[1:], "")
