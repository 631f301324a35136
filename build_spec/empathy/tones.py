"""Trains the model of the draft check: replies by their tier, and the words that carry it."""

import numpy as np
from msgspec.structs import replace

from build_spec.empathy.messages import Message, digest
from build_spec.empathy.replies import Reply
from build_spec.empathy.training import linear
from companion.empathy.draft_rules import plain, rules, sentences
from companion.empathy.features import features
from companion.empathy.scorer import Model

MOST_FEATURES = 15_000
TIERS = ("amber", "grey", "ok", "red")


def train_tones(given: list[Reply], language: str) -> Model:
    """The model of ``zh`` or ``en``; the words at fault teach it where in a reply to look."""
    shown = _shown(given, language)
    counted = [features(text, language) for _, text in shown]
    ids = np.array([TIERS.index(tier) for tier, _ in shown])
    made_from = digest([Message(one.tier, "", "", one.text) for one in given])
    return replace(linear(counted, ids, TIERS, MOST_FEATURES), made_from=made_from)


def _shown(given: list[Reply], language: str) -> list[tuple[str, str]]:
    """Whole replies, the words at fault, and the sentences: those without such words are fine.

    Of a reply that is fine, a sentence with a way out behind it may be a no that is made up for.
    """
    shown = [(one.tier, one.text) for one in given]
    shown += [(one.tier, one.words) for one in given if one.words]
    for one in given:
        text = plain(one.text)
        spans = sentences(text)
        for start, end in spans if len(spans) > 1 else []:
            part = one.text[start:end]
            if one.at_fault(part):
                shown.append((one.tier, part))
            elif one.tier != "ok" or not rules(language).excused("amber", text, start, end):
                shown.append(("ok", part))
    return shown
