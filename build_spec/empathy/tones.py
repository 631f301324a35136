"""Trains the model of the draft check: replies by their tier, and the words that carry it."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from build_spec.empathy.messages import FOLDER, Message, digest
from build_spec.empathy.training import linear
from companion.empathy.draft_rules import plain, sentences
from companion.empathy.features import features
from companion.empathy.scorer import Model

DRAFTS = FOLDER / "drafts"
MOST_FEATURES = 15_000
TIERS = ("amber", "grey", "ok", "red")


class Reply(NamedTuple):
    """What an agent wrote, its worst tier, and the words that carry it; none where it is ``ok``."""

    tier: str
    words: str
    text: str

    def at_fault(self, part: str) -> bool:
        """Whether a piece of it has the words, or is a piece of them."""
        return bool(self.words) and (self.words in part or part in self.words)


def replies(language: str, folder: Path = DRAFTS) -> list[Reply]:
    """Those to train on. A line is the author, the tier, the words and the reply."""
    lines = (folder / f"{language}.tsv").read_text("utf-8").splitlines()
    return [Reply(*line.split("\t")[1:]) for line in lines]


def unseen(language: str, kind: str = "", folder: Path = DRAFTS) -> list[Reply]:
    """Those that were written apart, to measure by: short ones, or ``long`` ones of two to five
    sentences. A line is the tier and the reply.
    """
    name = "-".join(part for part in ("evaluation", kind, language) if part)
    lines = (folder / f"{name}.tsv").read_text("utf-8").splitlines()
    return [Reply(tier, "", text) for tier, text in (line.split("\t") for line in lines)]


def train_tones(given: list[Reply], language: str) -> Model:
    """The model of ``zh`` or ``en``; the words at fault teach it where in a reply to look."""
    shown = _shown(given)
    counted = [features(text, language) for _, text in shown]
    ids = np.array([TIERS.index(tier) for tier, _ in shown])
    made_from = digest([Message(one.tier, "", "", one.text) for one in given])
    return replace(linear(counted, ids, TIERS, MOST_FEATURES), made_from=made_from)


def _shown(given: list[Reply]) -> list[tuple[str, str]]:
    """Whole replies, the words at fault, and the sentences: those without such words are fine."""
    shown = [(one.tier, one.text) for one in given]
    shown += [(one.tier, one.words) for one in given if one.words]
    for one in given:
        spans = sentences(plain(one.text))
        parts = [one.text[start:end] for start, end in spans] if len(spans) > 1 else []
        shown += [(one.tier if one.at_fault(part) else "ok", part) for part in parts]
    return shown
