"""The training gives the same model from the same messages, and one that knows them."""

import pytest

from build_spec.empathy.messages import TRAINING, messages
from companion.empathy.scorer import Scorer, packed

pytest.importorskip("sklearn", reason="needs build_spec/requirements/model.txt")


def test_the_same_messages_make_the_same_model_bit_for_bit() -> None:
    from build_spec.empathy.training import train

    given = [one for one in messages(TRAINING, "zh") if one.author in ("1", "2", "3")]
    models = [train(given, "zh") for _ in range(2)]
    assert packed(models[0]) == packed(models[1])
    asked = Scorer(models[0])
    scores = asked.scores("都等了一礼拜了还没发货", "zh")
    assert max(scores, key=lambda name: scores[name]) == "ship_urge"
