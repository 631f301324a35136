"""Trains the models of the empathy prompts, or says how good those are that are shipped.

python -m build_spec.empathy train     (needs build_spec/requirements/model.txt)
python -m build_spec.empathy report
"""

import argparse
from pathlib import Path

from build_spec.empathy.messages import EVALUATION, TRAINING, messages
from build_spec.empathy.replies import replies, unseen
from build_spec.empathy.reporting import HEAD, report, tiers_right, told
from companion.empathy.classifier import classify
from companion.empathy.drafts import check
from companion.empathy.scorer import packed
from companion.empathy.shipped import LANGUAGES

TARGET = Path(__file__).resolve().parents[2] / "resources" / "empathy"
_MOST_PAIRS = 12


def main() -> None:
    """Do what the command line says."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("act", choices=("train", "report"))
    acts = {"train": _train, "report": _report}
    acts[asked.parse_args().act]()


def _train() -> None:
    from build_spec.empathy.tones import train_tones
    from build_spec.empathy.training import train

    for language in LANGUAGES:
        told, answered = messages(TRAINING, language), replies(language)
        _keep(f"model-{language}", packed(train(told, language)), len(told))
        _keep(f"draft-{language}", packed(train_tones(answered, language)), len(answered))


def _keep(name: str, data: bytes, made_from: int) -> None:
    (TARGET / f"{name}.bin").write_bytes(data)
    print(f"{name}: from {made_from} lines, {len(data)} bytes", flush=True)


def _report() -> None:
    print(HEAD)
    found = {
        language: report(
            messages(EVALUATION, language), lambda text: [one.id for one in classify(text)]
        )
        for language in LANGUAGES
    }
    for language, one in found.items():
        print(told(language, one))
    for language, one in found.items():
        print(f"\n{language}: found first, by situation")
        print(", ".join(f"{id} {100 * share:.0f}" for id, share in one.recall.items()))
        print(f"{language}: taken for another")
        pairs = one.confused[:_MOST_PAIRS]
        print(", ".join(f"{was} → {said} {count}" for (was, said), count in pairs))
    for language in LANGUAGES:
        for kind in ("", "long", "warm"):
            right = tiers_right(unseen(language, kind), lambda text: check(text).tier)
            shares = ", ".join(f"{tier} {100 * share:.1f}" for tier, share in right.items())
            print(f"\n{language}: tiers of {kind or 'short'} replies\n{shares}")


if __name__ == "__main__":
    main()
