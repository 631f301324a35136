"""The agents' replies that the draft check's model is trained on, and those it is measured by."""

from pathlib import Path
from typing import NamedTuple

from build_spec.empathy.messages import FOLDER
from companion.empathy.draft_rules import rule_set
from companion.empathy.situations import pack

DRAFTS = FOLDER / "drafts"


class Reply(NamedTuple):
    """What an agent wrote, its worst tier, and the words that carry it; none where it is ``ok``."""

    tier: str
    words: str
    text: str

    def at_fault(self, part: str) -> bool:
        """Whether a piece of it has the words, or is a piece of them."""
        return bool(self.words) and (self.words in part or part in self.words)


def replies(language: str, folder: Path = DRAFTS) -> list[Reply]:
    """Those to train on, the openings and questions of our own cards, which are fine, and the words
    of red rules, which hurt in whatever company.

    A line is the author, the tier, the words and the reply.
    """
    lines = (folder / f"{language}.tsv").read_text("utf-8").splitlines()
    written = [Reply(*line.split("\t")[1:]) for line in lines]
    fine = [Reply("ok", "", text) for text in ours(language)]
    red = [rule for rule in rule_set(language).rules if rule.tier == "red"]
    hurting = [Reply("red", "", words) for rule in red for words in rule.words]
    return [*written, *fine, *hurting]


def ours(language: str) -> list[str]:
    """What the cards that come with the program would have an agent say."""
    return [
        text for one in pack(language).situations for text in (*one.openings.all(), one.ask) if text
    ]


def unseen(language: str, kind: str = "", folder: Path = DRAFTS) -> list[Reply]:
    """Those that were written apart, to measure by: short ones, ``long`` ones of two to five
    sentences, or ``warm`` ones, which are all fine. A line is the tier and the reply.
    """
    name = "-".join(part for part in ("evaluation", kind, language) if part)
    lines = (folder / f"{name}.tsv").read_text("utf-8").splitlines()
    return [Reply(tier, "", text) for tier, text in (line.split("\t") for line in lines)]
