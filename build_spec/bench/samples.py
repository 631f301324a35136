"""Makes up what an agent's profile could hold, and what she would type: seeded, always the same."""

import random
from collections.abc import Iterator
from pathlib import Path

from companion.phrases.pinyin import readings
from companion.phrases.search import Entry

SEED = 20_240_607
TITLE_MOST, BODY_LEAST = 8, 38

# One list a line: its name, then its words.
_LINES = Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
_WORDS = {name: words for name, *words in map(str.split, _LINES)}
SETS = _WORDS["sets"]


def phrases(count: int, seed: int = SEED) -> Iterator[tuple[str, str, str, str]]:
    """Title, body, abbreviation (mostly none) and set of so many phrases."""
    draw = random.Random(seed)

    def pick(kind: str) -> str:
        return draw.choice(_WORDS[kind])

    for number in range(count):
        topic, act = pick("topics"), pick("acts")
        title = topic + act + pick("manners") + pick("acts")
        parts = [pick("openings")]
        while sum(map(len, parts)) < BODY_LEAST - 12:
            fact = pick("facts")
            topic, act = pick("topics"), pick("acts")
            parts.append(fact.format(topic=topic, act=act, number=draw.randint(2, 30)))
        parts.append(pick("closings"))
        abbr = f"k{number}" if number % 20 == 0 else ""
        yield title[:TITLE_MOST], ",".join(parts) + "。", abbr, draw.choice(SETS)


def entries(count: int) -> list[Entry]:
    """The same phrases as the search index takes them, some of them used before."""
    draw = random.Random(SEED + 1)
    return [
        Entry(
            id=str(number),
            kind="phrase",
            title=title,
            body=body,
            abbr=abbr,
            set=group,
            uses=draw.randint(0, 40) if number % 7 == 0 else 0,
        )
        for number, (title, body, abbr, group) in enumerate(phrases(count))
    ]


def typed(found: list[Entry], queries: int) -> Iterator[tuple[str, str]]:
    """So many queries, each with its kind: text, pinyin, initials, two words, or mistyped."""
    draw = random.Random(SEED + 2)
    kinds = ("text", "pinyin", "initials", "pinyin", "initials", "two words", "mistyped")
    for number in range(queries):
        kind = kinds[number % len(kinds)]
        entry = draw.choice(found)
        # Mostly the title is remembered, sometimes a few words of the text.
        source = entry.title if draw.random() < 0.8 else entry.body
        start = draw.randrange(max(1, len(source) - 4))
        piece = [one for one in source[start : start + draw.randint(2, 5)] if readings(one)]
        spelled = [readings(one)[0] for one in piece] or ["tui", "kuan"]
        if kind == "text":
            yield kind, "".join(piece)
        elif kind == "pinyin":
            yield kind, "".join(spelled)
        elif kind == "initials":
            yield kind, "".join(one[0] for one in spelled)
        elif kind == "two words":
            yield kind, "".join(one[0] for one in spelled[:2]) + " " + "".join(spelled[2:])
        else:
            # One letter beside the right one.
            letters = list("".join(spelled))
            letters[draw.randrange(len(letters))] = draw.choice("qwvxz")
            yield kind, "".join(letters)
