"""How good and how fast the empathy prompts are, beside words alone, a library and a mood."""

import importlib
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator

from build_spec.bench.figures import ROOT, Figure, say, spread
from build_spec.empathy.messages import EVALUATION, TRAINING, messages
from build_spec.empathy.replies import unseen
from build_spec.empathy.reporting import Classify, Report, report, tiers_right
from build_spec.empathy.rivals import by_keywords, by_library, by_mood
from companion.empathy.classifier import classify
from companion.empathy.drafts import check
from companion.empathy.prompts import prompt
from companion.empathy.scorer import scorer
from companion.empathy.shipped import LANGUAGES

_BARS = {"zh": (20.0, 5.0), "en": (30.0, 10.0)}
_FALSE_PROMPTS, _TIERS, _PROMPT_MS, _DATA_MB = 5.0, 10.0, 5.0, 2.0
_LOADING = """
import time
begun = time.perf_counter()
from companion.empathy.classifier import classify
classify("你好")
print(time.perf_counter() - begun)
"""


def measure() -> Iterator[Figure]:
    """The figures of both languages."""
    for language in LANGUAGES:
        given = messages(EVALUATION, language)
        say(f"prompts: {len(given)} messages in {language}")
        first, three = _BARS[language]
        ours = report(given, lambda text: [one.id for one in classify(text)])
        how = f"{len(given)} messages that were not trained on, half of them indirect"
        yield Figure(f"{language}: first choice wrong", _wrong(ours.first), "%", how, first)
        yield Figure(f"{language}: not within three", _wrong(ours.three), "%", how, three)
        false = 100 * ours.false_prompts
        yield Figure(f"{language}: prompts on small talk", false, "%", how, _FALSE_PROMPTS)
        yield Figure(f"{language}: crises not first", _wrong(ours.crises_first), "%", how, 0.0)
        yield from _beside(language)
        yield from spread(f"{language}: prompt", _seconds(language), how, {0.95: _PROMPT_MS})
        yield from _drafts(language)
    yield from _weights()


def _drafts(language: str) -> Iterator[Figure]:
    for kind, bar in (("", _TIERS), ("long", None)):
        given = unseen(language, kind)
        right = tiers_right(given, lambda text: check(text).tier)
        which = kind or "short"
        how = f"{len(given)} {which} replies that were not trained on"
        yield Figure(f"{language}: tier wrong, {which}", _wrong(right["all"]), "%", how, bar)
        took = [_timed(one.text) for one in given]
        yield from spread(f"{language}: draft, {which}", took, how, {0.95: _PROMPT_MS})


def _timed(reply: str) -> float:
    begun = time.perf_counter()
    check(reply)
    return time.perf_counter() - begun


def _beside(language: str) -> Iterator[Figure]:
    trained = messages(TRAINING, language)
    rivals: dict[str, tuple[str, Callable[[], Classify]]] = {
        "words alone": ("json", lambda: by_keywords(language))
    }
    rivals["TF-IDF and logistic regression"] = ("sklearn", lambda: by_library(trained, language))
    if language == "zh":
        rivals["SnowNLP's mood"] = ("snownlp", lambda: by_mood(trained))
    for name, (module, make) in rivals.items():
        try:
            importlib.import_module(module)
        except ImportError:
            yield Figure(f"  {name}", None, "%", "needs build_spec/requirements/model.txt")
            continue
        yield from _told(name, report(messages(EVALUATION, language), make()))


def _told(name: str, found: Report) -> Iterator[Figure]:
    three, small_talk = _wrong(found.three), 100 * found.false_prompts
    how = f"not within three {three:.1f} %, prompts on small talk {small_talk:.1f} %"
    yield Figure(f"  {name}: first choice wrong", _wrong(found.first), "%", how)


def _wrong(share: float) -> float:
    return 100 * (1 - share)


def _seconds(language: str) -> list[float]:
    took = []
    for one in messages(EVALUATION, language):
        begun = time.perf_counter()
        prompt(one.text)
        took.append(time.perf_counter() - begun)
    return took


def _weights() -> Iterator[Figure]:
    folder = ROOT / "resources" / "empathy"
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    yield Figure("prompts: data", size, "MB", "resources/empathy, both languages", _DATA_MB)
    said = subprocess.run(
        [sys.executable, "-c", _LOADING], cwd=ROOT, check=True, capture_output=True, text=True
    )
    yield Figure("prompts: loading", 1e3 * float(said.stdout), "ms", "a new process, Chinese")
    scorer.cache_clear()
    tracemalloc.start()
    for language in LANGUAGES:
        scorer(language)
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    yield Figure("prompts: memory", held, "MB", "both models, by Python's allocator")
