"""Measures how programs that insert get along with a clipboard history: CopyQ looks on."""

from collections.abc import Iterator

from build_spec.bench.bystander import Bystander
from build_spec.bench.copyq import CopyQ
from build_spec.bench.figures import Figure, say
from build_spec.bench.ours import Ours
from build_spec.bench.rival import ORDINARY, Rival, pieces
from build_spec.bench.scene import Scene, until
from build_spec.bench.target import arrivals

TIMES = 7
_LATE_S, _KEPT_S = 3.0, 0.5
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
    for rival in scene.rivals:
        if rival is history:
            continue
        say(f"manners: {rival.name} beside {history.name}")
        with scene.running(history), scene.running(rival):
            if heeding:
                history.heed(_MARK)
            history.forget()
            wrong = TIMES - _insert(scene, rival, bystander)
            kept = history.history()
        used = {pieces()[_piece(number)] for number in range(TIMES)}
        own = sum(_own(number) in kept for number in range(TIMES))
        how = _HEEDING if heeding else _OF_ITSELF
        no_fault = 0.0 if isinstance(rival, Ours) else None
        yield Figure(
            f"wrong beside {history.name}: {rival.name}", wrong, "times", f"of {TIMES}", no_fault
        )
        yield Figure(
            f"texts left in {history.name}{', heeding marks' * heeding}: {rival.name}",
            len(used & set(kept)),
            f"of {len(used)}",
            f"{how}; of {TIMES} copied by hand meanwhile it kept {own}",
            no_fault if heeding else None,
        )


def _insert(scene: Scene, rival: Rival, bystander: Bystander) -> int:
    """Insert so many texts; how many came whole."""
    way, right = rival.ways[0], 0
    for number in range(TIMES):
        piece = _piece(number)
        bystander.copy(_own(number))
        until(lambda: False, _KEPT_S)
        scene.aim()
        since = len(arrivals(scene.texts))
        way.prepare(piece)
        way.insert(piece)
        scene.came(since, len(pieces()[piece]), _LATE_S)
        until(lambda: False, _KEPT_S)
        right += "".join(one.text for one in arrivals(scene.texts)[since:]) == pieces()[piece]
    return right


def _piece(number: int) -> int:
    return ORDINARY[number % len(ORDINARY)]


def _own(number: int) -> str:
    return f"copied by hand {number}"
