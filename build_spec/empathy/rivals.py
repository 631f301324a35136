"""What the scorer is measured beside: words alone, a library as it comes, and what a mood says."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from build_spec.empathy.messages import Message
from build_spec.empathy.reporting import Classify
from companion.empathy.scorer import NONE
from companion.folding import fold

_KEYWORDS = Path(__file__).with_name("keywords.json")
_MOODS = 20
_SHOWN = 3


def by_keywords(language: str) -> Classify:
    """The sums of words with weights that somebody thought of; what the app did before."""
    cues: dict[str, dict[str, float]] = json.loads(_KEYWORDS.read_text("utf-8"))[language]

    def classify(text: str) -> list[str]:
        plain = f" {fold(text)} "
        sums = {
            id: sum(weight for word, weight in words.items() if word.split("…")[0] in plain)
            for id, words in cues.items()
        }
        least = max(1.0, sums.pop(NONE))
        found = [id for id, total in sums.items() if total >= least]
        return sorted(found, key=lambda id: -sums[id])[:_SHOWN]

    return classify


def by_library(given: Sequence[Message], language: str) -> Classify:
    """scikit-learn's TF-IDF and logistic regression, all else as it comes."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    # Chinese has no blanks between words, which is what it would look for.
    pieces = {"analyzer": "char", "ngram_range": (1, 3)} if language == "zh" else {}
    machine = make_pipeline(TfidfVectorizer(**pieces), LogisticRegression(max_iter=1_000))
    machine.fit([one.text for one in given], [one.id for one in given])

    def classify(text: str) -> list[str]:
        shares = dict(zip(machine.classes_, machine.predict_proba([text])[0], strict=True))
        return _best(shares)

    return classify


def by_mood(given: Sequence[Message]) -> Classify:
    """SnowNLP's mood of a Chinese text, and what is commonest among messages of that mood."""
    from snownlp import SnowNLP

    def mood(text: str) -> int:
        return min(_MOODS - 1, int(_MOODS * SnowNLP(text).sentiments)) if text.strip() else 0

    common: dict[int, Counter[str]] = defaultdict(Counter)
    for one in given:
        common[mood(one.text)][one.id] += 1
    return lambda text: _best(dict(common[mood(text)]))


def _best(weights: dict[str, float]) -> list[str]:
    """The heaviest situations; none where small talk weighs most."""
    ranked = sorted(weights, key=lambda id: -weights[id])
    if ranked[:1] == [NONE]:
        return []
    return [id for id in ranked if id != NONE][:_SHOWN]
