"""Measures how programs that insert get along with a clipboard history: CopyQ looks on."""

import time
from collections.abc import Iterator

from build_spec.bench.bystander import Bystander
from build_spec.bench.copyq import CopyQ
from build_spec.bench.figures import Figure, say
from build_spec.bench.ours import Ours
from build_spec.bench.rival import ORDINARY, pieces
from build_spec.bench.scene import Run, Scene

TIMES = len(ORDINARY)
_LOOK_S = 0.3
_MARK = "x-kde-passwordManagerHint"
_OF_ITSELF = "it knows no marks; 8.0 and later do"
_HEEDING = f"told to keep nothing marked {_MARK}, as 8.0 and later do unasked"


def measure(scene: Scene) -> Iterator[Figure]:
    """What CopyQ keeps of what the others insert, and whether their texts come whole beside it."""
    bystander = scene.bystander()
    try:
        for history in scene.rivals:
            if not isinstance(history, CopyQ):
                continue
            for heeding in (False, True):
                yield from _turns(scene, history, heeding, bystander)
    finally:
        bystander.close()


def _turns(scene: Scene, history: CopyQ, heeding: bool, bystander: Bystander) -> Iterator[Figure]:
    """Every other program once beside the history, which heeds marks or not."""
    beside = f"{history.name}{', heeding marks' * heeding}"
    for rival in scene.rivals:
        if rival is history:
            continue
        say(f"manners: {rival.name} beside {beside}")
        with scene.running(history), scene.running(rival) as run:
            if heeding:
                history.heed(_MARK)
            history.forget()
            came = _insert(run, bystander)
            kept = set(history.history())
        own = sum(_own(number) in kept for number in range(TIMES))
        no_fault = 0.0 if isinstance(rival, Ours) else None
        how = f"of {TIMES}; stopped answering and was started again {run.stops} times"
        yield Figure(
            f"wrong beside {beside}: {rival.name}", TIMES - len(came), "times", how, no_fault
        )
        how = f"{_HEEDING if heeding else _OF_ITSELF}; of {TIMES} copied by hand it kept {own}"
        bar = no_fault if heeding else None
        of = f"of {len(came)}"
        yield Figure(f"texts left in {beside}: {rival.name}", len(came & kept), of, how, bar)


def _insert(run: Run, bystander: Bystander) -> set[str]:
    """Insert so many texts; those that came whole."""
    right = set()
    for number in range(TIMES):
        bystander.copy(_own(number))
        # A history looks at what was copied a moment later.
        time.sleep(_LOOK_S)
        inserted = run.scene.insert(run.rival.ways[0], ORDINARY[number])
        time.sleep(_LOOK_S)
        if inserted.text == pieces()[ORDINARY[number]]:
            right.add(inserted.text)
        run.heard(bool(inserted.text))
    return right


def _own(number: int) -> str:
    return f"copied by hand {number}"
