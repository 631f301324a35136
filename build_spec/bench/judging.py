"""The script of a hard day, seeded, and the judgement of what it left in windows and clipboard."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from build_spec.bench.rival import ORDINARY, SHORT
from build_spec.bench.samples import SEED

# Milliseconds. A copy every few hundred on the average, until after AutoKey has put back the
# clipboard (200 behind its paste); most flashes fall into the moment in which programs paste.
_COPY_GAPS, _COPIES_END = (50.0, 550.0), 300.0
_FLASH_SHARE, _FLASH_FROM, _FLASH_FOR = 0.7, (0.0, 150.0), (40.0, 250.0)


@dataclass(frozen=True)
class Turn:
    """What happens around one insertion; times in milliseconds after the agent's last key."""

    piece: int
    copies: tuple[float, ...]
    """When another program copies something."""
    flash: tuple[float, float] | None
    """When another window takes the focus, and for how long it stays."""


def script(count: int, seed: int = SEED) -> list[Turn]:
    """So many turns, always the same: every program meets the same day."""
    draw = random.Random(seed)
    return [
        Turn(draw.choice((SHORT, *ORDINARY)), tuple(_copies(draw)), _flash(draw))
        for _ in range(count)
    ]


def _copies(draw: random.Random) -> Iterator[float]:
    # As if the copying had begun long before: the first gap was half over on the average.
    at = draw.uniform(0, draw.uniform(*_COPY_GAPS))
    while at < _COPIES_END:
        yield at
        at += draw.uniform(*_COPY_GAPS)


def _flash(draw: random.Random) -> tuple[float, float] | None:
    drawn = draw.random() < _FLASH_SHARE, draw.uniform(*_FLASH_FROM), draw.uniform(*_FLASH_FOR)
    return drawn[1:] if drawn[0] else None


class Text(Enum):
    """What became of the text."""

    RIGHT = "right"
    DECLINED = "declined"
    """In no window, and the agent is told so."""
    WRONG_WINDOW = "wrong window"
    MISSING = "missing"
    DOUBLED = "doubled"
    OTHER = "another text"
    """What someone else had copied, or a part, or something altered."""


WRONG = (Text.MISSING, Text.DOUBLED, Text.OTHER)


@dataclass(frozen=True)
class Left:
    """What an insertion left behind."""

    target: str
    elsewhere: str
    """What came into the window that flashed up; an Enter alone is the agent's own."""
    clipboard: str | None
    newest: str
    """What was copied last, by the agent or the other program."""
    told: bool
    """Whether the program told the agent something then; it speaks only of what went wrong."""


@dataclass(frozen=True)
class Verdict:
    """What became of the text, whether the newest copy is gone, and whether the agent was told."""

    text: Text
    lost: bool
    told: bool


def judge(wanted: str, left: Left) -> Verdict:
    """Judge by what windows and clipboard really hold."""
    text = _text(wanted, left)
    # Where the agent is told that the text is on the clipboard, it stands there on purpose.
    given = left.told and left.clipboard == wanted
    return Verdict(text, not given and left.clipboard != left.newest, left.told)


def _text(wanted: str, left: Left) -> Text:
    if left.elsewhere.strip():
        return Text.WRONG_WINDOW
    if left.target == wanted:
        return Text.RIGHT
    if not left.target:
        return Text.DECLINED if left.told else Text.MISSING
    return Text.DOUBLED if left.target == wanted * 2 else Text.OTHER


def count(verdicts: Sequence[Verdict]) -> Counter[Text]:
    """How often each came about."""
    return Counter(verdict.text for verdict in verdicts)
