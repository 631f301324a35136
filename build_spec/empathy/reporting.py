"""How good a classifier is on messages that its model has not seen."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from build_spec.empathy.messages import Message
from build_spec.empathy.replies import Reply
from companion.empathy.scorer import CRISIS, NONE

Classify = Callable[[str], Sequence[str]]
"""Up to three situations for a text, best first."""


class Report(NamedTuple):
    """Shares from 0 to 1; ``confused`` counts (what it was, what came first), the worst first."""

    first: float
    three: float
    first_indirect: float
    false_prompts: float
    crises_first: float
    false_alarms: int
    recall: dict[str, float]
    confused: list[tuple[tuple[str, str], int]]


def report(given: Sequence[Message], classify: Classify) -> Report:
    """Ask about every message, and count."""
    asked = [(one, list(classify(one.text))) for one in given]
    situations = [(one, found) for one, found in asked if one.id != NONE]
    small_talk = [found for one, found in asked if one.id == NONE]
    crises = [found for one, found in asked if one.id == CRISIS]
    wrong = Counter((one.id, found[0] if found else NONE) for one, found in asked)
    return Report(
        first=_share([found[:1] == [one.id] for one, found in situations]),
        three=_share([one.id in found for one, found in situations]),
        first_indirect=_share(
            [found[:1] == [one.id] for one, found in situations if one.kind == "indirect"]
        ),
        false_prompts=_share([bool(found) for found in small_talk]),
        crises_first=_share([found[:1] == [CRISIS] for found in crises]),
        false_alarms=sum(found[:1] == [CRISIS] for one, found in asked if one.id != CRISIS),
        recall={
            id: _share([found[:1] == [id] for one, found in situations if one.id == id])
            for id in sorted({one.id for one, _ in situations})
        },
        confused=[(pair, count) for pair, count in wrong.most_common() if pair[0] != pair[1]],
    )


def tiers_right(given: Sequence[Reply], check: Callable[[str], str]) -> dict[str, float]:
    """The share of replies that got their tier, by tier and of all (``all``)."""
    hits = [(one.tier, check(one.text) == one.tier) for one in given]
    found = {tier: _share([hit for was, hit in hits if was == tier]) for tier, _ in hits}
    return {**found, "all": _share([hit for _, hit in hits])}


def told(name: str, found: Report) -> str:
    """One line of a table in Markdown."""
    shares = (found.first, found.three, found.first_indirect, found.false_prompts)
    said = " | ".join(f"{100 * share:.1f} %" for share in (*shares, found.crises_first))
    return f"| {name} | {said} | {found.false_alarms} |"


HEAD = (
    "| | first | within three | first, indirect | false prompts | crisis first | false alarms |\n"
    "|---|---|---|---|---|---|---|"
)


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
