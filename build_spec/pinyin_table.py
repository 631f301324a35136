"""Makes resources/pinyin/readings.txt from pypinyin: every character with all its readings.

    python build_spec/pinyin_table.py

Two lines: the characters, and for each, separated by spaces, its toneless readings separated by
commas, the most usual first. ü is written v, as input methods do.
"""

from pathlib import Path

from pypinyin import Style, pinyin

RANGES = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000))
TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "readings.txt"


def readings(character: str) -> list[str]:
    """The readings of a character, most usual first, none for one without."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    plain = [reading.replace("ü", "v") for reading in (found[0] if found else [])]
    # Readings such as "m" or "ng" (for 呣, 嗯) are interjections nobody types alone, but they cost
    # nothing; what is not plain letters would never be typed.
    return list(dict.fromkeys(one for one in plain if one.isascii() and one.isalpha()))


def main() -> None:
    """Write the table."""
    table = {
        chr(code): found
        for low, high in RANGES
        for code in range(low, high)
        if (found := readings(chr(code)))
    }
    text = "".join(table) + "\n" + " ".join(",".join(found) for found in table.values()) + "\n"
    TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
