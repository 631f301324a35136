"""How much the models gain by each further author: trained on a few, measured on the evaluation.

python -m build_spec.empathy.growing     (needs build_spec/requirements/model.txt)
"""

from build_spec.empathy.messages import EVALUATION, TRAINING, messages
from build_spec.empathy.training import train
from companion.empathy.scorer import NONE, Scorer
from companion.empathy.shipped import LANGUAGES

_STEPS = (2, 4, 6, 8, 10)


def main() -> None:
    """Print a row for each number of authors."""
    for language in LANGUAGES:
        trained, asked = messages(TRAINING, language), messages(EVALUATION, language)
        everybody = sorted({one.author for one in trained}, key=int)
        for count in (*(step for step in _STEPS if step < len(everybody)), len(everybody)):
            given = [one for one in trained if one.author in everybody[:count]]
            scorer = Scorer(train(given, language))
            first = three = situations = 0
            for one in asked:
                if one.id == NONE:
                    continue
                scores = scorer.scores(one.text, language)
                scores.pop(NONE)
                ranked = sorted(scores, key=lambda name: -scores[name])
                situations += 1
                first += ranked[0] == one.id
                three += one.id in ranked[:3]
            shares = f"{100 * first / situations:.1f} % | {100 * three / situations:.1f} %"
            print(f"| {language} | {count} | {len(given)} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
