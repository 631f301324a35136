"""Trains the model of one language: a linear support vector machine over the features of messages.

scikit-learn is for this alone: what it makes is weighed in plain Python (companion.empathy.scorer).
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from build_spec.empathy.messages import Message, digest
from companion.empathy.features import features
from companion.empathy.scorer import CRISIS, NONE, Model

# Below this the machine sees a wording once and learns it by heart.
LEAST_OFTEN = 2
MOST_FEATURES = 45_000
COST = 1.0
# Of the small talk to train on, by authors the model has not seen, at most so much may bring up a
# prompt. It is harder than what agents get: of that of the evaluation it is below the bar
# of 5 %, false alarms of a crisis included. And of crisis lines at most so much may be left to the
# words that are looked for besides.
FALSE_PROMPTS = 0.08
MISSED_ALARMS = 0.04
# By how much what else a message may be speaks against a crisis.
DOUBT = 0.5
_SHARPNESS = [0.25 * step for step in range(4, 60)]


def train(given: Sequence[Message], language: str) -> Model:
    """The model of ``zh`` or ``en``, the same from the same messages on the same machine."""
    counted = [features(one.text, language) for one in given]
    names = sorted({one.id for one in given})
    ids = np.array([names.index(one.id) for one in given])
    apart = _scores_apart(given, counted, ids, names)
    made = linear(counted, ids, names, MOST_FEATURES)
    return replace(
        made,
        made_from=digest(given),
        sharpness=_sharpness(apart, ids),
        silence=_silence(apart, ids, names),
        doubt=DOUBT,
        alarm=_alarm(apart, ids, names),
    )


def linear(
    counted: Sequence[Counter[str]], ids: np.ndarray, names: Sequence[str], most: int
) -> Model:
    """The weights of a model with at most so many features; its thresholds are nought."""
    kept = _kept(counted, ids, most)
    rarity, step = _rarity(counted, kept)
    machine = _machine(_matrix(counted, kept, rarity * step), ids)
    unit = float(np.abs(machine.coef_).max()) / 127
    weights = np.round(machine.coef_.T / unit).astype(np.int8)
    return Model(
        made_from="",
        names=tuple(names),
        features="\n".join(kept),
        rarity=rarity.astype(np.uint8).tobytes(),
        rarity_step=step,
        weights=weights.tobytes(),
        step=unit,
        offsets=tuple(round(float(one), 6) for one in machine.intercept_),
        sharpness=1.0,
        silence=0.0,
        doubt=0.0,
        alarm=0.0,
    )


def _kept(counted: Sequence[Counter[str]], ids: np.ndarray, most: int) -> list[str]:
    """The features that say most, in the order of their code points."""
    known = _known(counted)
    if len(known) <= most:
        return known
    rarity, step = _rarity(counted, known)
    machine = _machine(_matrix(counted, known, rarity * step), ids)
    says = np.linalg.norm(machine.coef_, axis=0) * rarity
    best = np.argsort(-says, kind="stable")[:most]
    return sorted(known[number] for number in best)


def _known(counted: Sequence[Counter[str]]) -> list[str]:
    """The features that more than one message has, in the order of their code points."""
    often = Counter(feature for one in counted for feature in one)
    return sorted(feature for feature, count in often.items() if count >= LEAST_OFTEN)


def _rarity(counted: Sequence[Counter[str]], kept: Sequence[str]) -> tuple[np.ndarray, float]:
    """How rare each feature is (inverse document frequency) as a whole number, and its step."""
    often = Counter(feature for one in counted for feature in one)
    every = len(counted)
    exact = np.array([math.log((1 + every) / (1 + often[one])) + 1 for one in kept])
    step = float(exact.max()) / 255
    return np.round(exact / step), step


def _matrix(counted: Sequence[Counter[str]], kept: Sequence[str], rarity: np.ndarray) -> csr_matrix:
    """A row for each message: its features as the scorer weighs them, of length one."""
    at = {feature: number for number, feature in enumerate(kept)}
    values, columns, begins = [], [], [0]
    for one in counted:
        row = [
            (at[name], (1 + math.log(count)) * rarity[at[name]])
            for name, count in one.items()
            if name in at
        ]
        length = math.sqrt(sum(value * value for _, value in row)) or 1.0
        row.sort()
        columns += [column for column, _ in row]
        values += [value / length for _, value in row]
        begins.append(len(columns))
    return csr_matrix((values, columns, begins), shape=(len(counted), len(kept)))


def _machine(matrix: csr_matrix, ids: np.ndarray) -> LinearSVC:
    return LinearSVC(C=COST, random_state=0, max_iter=5_000).fit(matrix, ids)


def _scores_apart(
    given: Sequence[Message], counted: Sequence[Counter[str]], ids: np.ndarray, names: Sequence[str]
) -> np.ndarray:
    """A row of scores for each message, by a machine that has not seen its author's others."""
    authors = np.array([one.author for one in given])
    found = np.zeros((len(given), len(names)))
    for author in sorted(set(authors)):
        others, own = np.flatnonzero(authors != author), np.flatnonzero(authors == author)
        seen = [counted[int(number)] for number in others]
        kept = _known(seen)
        rarity, step = _rarity(seen, kept)
        machine = _machine(_matrix(seen, kept, rarity * step), ids[others])
        mine = _matrix([counted[int(number)] for number in own], kept, rarity * step)
        found[np.ix_(own, machine.classes_)] = machine.decision_function(mine)
    return found


def _sharpness(apart: np.ndarray, ids: np.ndarray) -> float:
    """What makes the scores the best probabilities of messages that were not seen."""

    def loss(sharpness: float) -> float:
        raised = sharpness * apart
        whole = np.log(np.exp(raised - raised.max(1, keepdims=True)).sum(1)) + raised.max(1)
        return float((whole - raised[np.arange(len(ids)), ids]).mean())

    return min(_SHARPNESS, key=loss)


def _silence(apart: np.ndarray, ids: np.ndarray, names: Sequence[str]) -> float:
    """By how much a situation must beat ``none`` to be shown."""
    none = names.index(NONE)
    ahead = np.delete(apart, none, axis=1).max(1) - apart[:, none]
    return round(float(np.quantile(ahead[ids == none], 1 - FALSE_PROMPTS)), 6)


def _alarm(apart: np.ndarray, ids: np.ndarray, names: Sequence[str]) -> float:
    """From which score on a message is taken for a crisis, whatever else it may be."""
    crisis = names.index(CRISIS)
    score = apart[:, crisis] - DOUBT * np.delete(apart, crisis, axis=1).max(1)
    return round(float(np.quantile(score[ids == crisis], MISSED_ALARMS)), 6)
