"""Makes resources/pinyin/readings.txt from pypinyin: every character with its readings in use.

    python build_spec/pinyin_table.py

Four lines: the toneless syllables, separated by spaces; the characters in code point order; for
each of them the code of its most usual reading (a syllable's code is the character U+E000 plus its
number in the first line); and, each behind a space, the characters that have more readings, with
the codes of the others. ü is written v, as input methods do.
"""

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.phrases_dict import phrases_dict

RANGES = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000))
FIRST_CODE = 0xE000
TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "readings.txt"


def _in_words() -> dict[str, Counter[str]]:
    """By character, how often each reading occurs in pypinyin's dictionary of words."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in phrases_dict:
        spelled = lazy_pinyin(word, v_to_u=False)
        if len(spelled) == len(word):
            for character, reading in zip(word, spelled, strict=True):
                counts[character][reading] += 1
    return counts


def readings(character: str, in_words: Counter[str]) -> list[str]:
    """The readings of a character, most usual first, none for one without.

    Dictionaries give readings that no living word has (款 as xin); where words are known for a
    character, only the readings that occur in them count, and the first of the dictionary.
    """
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    plain = [one.replace("ü", "v") for one in (found[0] if found else [])]
    plain = list(dict.fromkeys(one for one in plain if one.isascii() and one.isalpha()))
    if not in_words:
        return plain[:2]
    used = [one for one in plain if one in in_words or one == plain[0]]
    return sorted(used, key=lambda one: -in_words[one])


def main() -> None:
    """Write the table."""
    in_words = _in_words()
    table = {
        chr(code): found
        for low, high in RANGES
        for code in range(low, high)
        if (found := readings(chr(code), in_words[chr(code)]))
    }
    syllables = sorted({one for found in table.values() for one in found})
    codes = {one: chr(FIRST_CODE + number) for number, one in enumerate(syllables)}
    others = [
        " " + character + "".join(codes[one] for one in found[1:])
        for character, found in table.items()
        if len(found) > 1
    ]
    usual = "".join(codes[found[0]] for found in table.values())
    lines = (" ".join(syllables), "".join(table), usual, "".join(others))
    text = "".join(f"{line}\n" for line in lines)
    TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
