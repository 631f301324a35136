"""Weighs a message's features by a model that was trained beforehand, in plain Python."""

import math
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Annotated

import msgspec

from companion.empathy.features import features
from companion.empathy.shipped import check_language, shipped

NONE, CRISIS = "none", "crisis"
_MOST_BYTES = 64 << 20


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A linear model of one language, made by ``python -m build_spec.empathy train``.

    ``made_from`` is the digest of the messages it was trained on.
    ``names`` are the classes; ``features`` stand one a line, ``rarity`` has a byte for each (how
    rare it is, in steps of ``rarity_step``), ``weights`` a signed byte for each feature and class,
    one feature after the other, in steps of ``step``. Scores are sharpened by ``sharpness`` before
    they become probabilities. A message needs a prompt where its best situation scores higher than
    ``none`` by more than ``silence``; it may be a crisis where the score for that, less ``doubt``
    times the best of the others, is above ``alarm``.
    """

    made_from: str
    names: tuple[str, ...]
    features: str
    rarity: bytes
    rarity_step: float
    weights: bytes
    step: float
    offsets: tuple[float, ...]
    sharpness: Annotated[float, msgspec.Meta(gt=0)]
    silence: float
    doubt: float
    alarm: float


class Scorer:
    """One model, ready to be asked."""

    def __init__(self, model: Model) -> None:
        lines = model.features.split("\n")
        if len(lines) != len(model.rarity) or len(lines) * len(model.names) != len(model.weights):
            raise ValueError("lengths")
        self.model = model
        self._at = {feature: number for number, feature in enumerate(lines)}
        self._weights = memoryview(model.weights).cast("b")

    def scores(self, text: str, language: str) -> dict[str, float]:
        """How much speaks for each class; of one message only they can be compared."""
        model, width = self.model, len(self.model.names)
        sums, length = [0.0] * width, 0.0
        for feature, count in features(text, language).items():
            number = self._at.get(feature)
            if number is None:
                continue
            value = (1.0 + math.log(count)) * model.rarity[number] * model.rarity_step
            length += value * value
            begin = number * width
            row = self._weights[begin : begin + width].tolist()
            sums = [total + value * weight for total, weight in zip(sums, row, strict=True)]
        scale = model.step / math.sqrt(length) if length else 0.0
        return {
            name: total * scale + offset
            for name, total, offset in zip(model.names, sums, model.offsets, strict=True)
        }

    def alarms(self, scores: Mapping[str, float]) -> bool:
        """Whether scores hint at a crisis."""
        others = max(score for name, score in scores.items() if name != CRISIS)
        return scores[CRISIS] - self.model.doubt * others > self.model.alarm


def probabilities(scores: Mapping[str, float], sharpness: float) -> dict[str, float]:
    """Scores as how likely each class is; together they are 1."""
    top = max(scores.values())
    raised = {name: math.exp(sharpness * (score - top)) for name, score in scores.items()}
    whole = sum(raised.values())
    return {name: one / whole for name, one in raised.items()}


def packed(model: Model) -> bytes:
    """A model as it is shipped."""
    return zlib.compress(msgspec.msgpack.encode(model), 9)


@cache
def scorer(language: str, kind: str = "model") -> Scorer:
    """The scorer of ``zh`` or ``en``, read once: of situations, or of a ``draft``.

    Raises InputInvalid for another language and FormatBroken for a model that does not hold.
    """
    check_language(language)
    with shipped(f"{kind}-{language}.bin", "empathy model") as data:
        unpacked = zlib.decompressobj().decompress(data, _MOST_BYTES)
        return Scorer(msgspec.msgpack.decode(unpacked, type=Model))
