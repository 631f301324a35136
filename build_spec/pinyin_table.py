"""Makes resources/pinyin/readings.txt from pypinyin: every character with its readings in use.

    python build_spec/pinyin_table.py

Four lines: the toneless syllables, separated by spaces; the groups of readings that characters
have, each as its syllables' codes with the most usual first, separated by spaces; the characters
in code point order; for each of them the code of its group. A code is the character U+E000 plus the
number in its line. ü is written v, as input methods do.
"""

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.phrases_dict import phrases_dict

RANGES = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000))
FIRST_CODE = 0xE000
TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "readings.txt"
# A reading that hardly any word has (期 as ji, 无 as mo) would find what nobody looks for.
_FEWEST_WORDS, _LEAST_SHARE = 3, 0.01


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
    character, only the readings that occur in them count, and the first of the dictionary, which
    is what the character is read alone (都 dou, 给 gei).
    """
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    plain = [one.replace("ü", "v") for one in (found[0] if found else [])]
    plain = list(dict.fromkeys(one for one in plain if one.isascii() and one.isalpha()))
    if not in_words:
        return plain[:2]
    fewest = min(_FEWEST_WORDS, _LEAST_SHARE * in_words.total())
    used = [one for one in plain[1:] if in_words[one] and in_words[one] >= fewest]
    return plain[:1] + sorted(used, key=lambda one: -in_words[one])


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
    # The order of the less usual ones makes no difference.
    spelled = {
        character: codes[found[0]] + "".join(sorted(codes[one] for one in found[1:]))
        for character, found in table.items()
    }
    groups = sorted(set(spelled.values()))
    numbers = {group: chr(FIRST_CODE + number) for number, group in enumerate(groups)}
    lines = (
        " ".join(syllables),
        " ".join(groups),
        "".join(table),
        "".join(numbers[spelled[character]] for character in table),
    )
    text = "".join(f"{line}\n" for line in lines)
    TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
