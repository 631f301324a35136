"""What the prompts promise, on messages that nobody trained on, written before and apart."""

from collections import Counter
from functools import cache

import pytest

from build_spec.empathy.messages import EVALUATION, TRAINING, digest, messages
from build_spec.empathy.reporting import Report, report
from companion.empathy.classifier import classify
from companion.empathy.scorer import scorer
from companion.empathy.shipped import LANGUAGES
from companion.folding import fold

FIRST = {"zh": 0.80, "en": 0.70}
THREE = {"zh": 0.95, "en": 0.90}


@cache
def reported(language: str) -> Report:
    given = messages(EVALUATION, language)
    return report(given, lambda text: [one.id for one in classify(text)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bars_are_met(language: str) -> None:
    found = reported(language)
    assert found.first >= FIRST[language]
    assert found.three >= THREE[language]
    assert found.false_prompts <= 0.05


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_crisis_goes_unseen(language: str) -> None:
    assert reported(language).crises_first == 1.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_situation_is_found_by_chance_only(language: str) -> None:
    assert min(reported(language).recall.values()) >= 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_evaluated_was_not_trained_on(language: str) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalpha, fold(text))) or text

    trained = {letters(one.text) for one in messages(TRAINING, language)}
    assert not [one for one in messages(EVALUATION, language) if letters(one.text) in trained]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_messages_enough(language: str) -> None:
    trained = Counter(one.id for one in messages(TRAINING, language))
    evaluated = messages(EVALUATION, language)
    assert len(trained) == 31 and min(trained.values()) >= 80
    assert trained["none"] >= 600
    for one in {one.id for one in evaluated} - {"none"}:
        kinds = Counter(each.kind for each in evaluated if each.id == one)
        assert 0.4 <= kinds["indirect"] / sum(kinds.values()) <= 0.6


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shipped_was_made_from_the_messages_that_are_here(language: str) -> None:
    assert scorer(language).model.made_from == digest(messages(TRAINING, language))
