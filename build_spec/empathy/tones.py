"""Trains the model of the draft check: replies by their tier, and the words that carry it."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from build_spec.empathy.messages import FOLDER, Message, digest
from build_spec.empathy.training import linear
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


def replies(language: str, folder: Path = DRAFTS) -> list[Reply]:
    """Those to train on. A line is the author, the tier, the words and the reply."""
    lines = (folder / f"{language}.tsv").read_text("utf-8").splitlines()
    return [Reply(*line.split("\t")[1:]) for line in lines]


def unseen(language: str, folder: Path = DRAFTS) -> list[Reply]:
    """Those that were written apart, to measure by. A line is the tier and the reply."""
    lines = (folder / f"evaluation-{language}.tsv").read_text("utf-8").splitlines()
    return [Reply(tier, "", text) for tier, text in (line.split("\t") for line in lines)]


def train_tones(given: list[Reply], language: str) -> Model:
    """The model of ``zh`` or ``en``; the words at fault teach it where in a reply to look."""
    shown = [(one.tier, one.text) for one in given]
    shown += [(one.tier, one.words) for one in given if one.words]
    counted = [features(text, language) for _, text in shown]
    ids = np.array([TIERS.index(tier) for tier, _ in shown])
    made_from = digest([Message(one.tier, "", "", one.text) for one in given])
    return replace(linear(counted, ids, TIERS, MOST_FEATURES), made_from=made_from)
