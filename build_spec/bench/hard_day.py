"""Measures who stays right on a hard day: 200 insertions while the desk does not keep still."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from build_spec.bench.bystander import COPIED, FOCUSED, Order
from build_spec.bench.copyq import CopyQ
from build_spec.bench.figures import Figure, say
from build_spec.bench.judging import WRONG, Left, Text, Turn, Verdict, count, judge, script
from build_spec.bench.ours import Ours
from build_spec.bench.rival import Rival, pieces
from build_spec.bench.scene import SILENT, Scene, until
from build_spec.bench.selection import Selection
from build_spec.bench.target import arrivals
from build_spec.bench.telling import Telling

COUNT, ROUNDS = 200, 2
# CopyQ puts nothing back: fewer tell enough.
_FEWER = 40
# Until AutoKey has put back the clipboard and the last flash is over.
_SETTLE_S = 0.3
# Longer than any program takes; and for one that looks whether its text was taken, than it looks.
_LATE_S, _LATER_S = 1.2, 3.2
# The bystander hears of a turn before it begins.
_AHEAD_S = 0.03


@dataclass
class _Day:
    """The hard day of one program."""

    rival: Rival
    verdicts: list[Verdict] = field(default_factory=list)
    flashes: int = 0
    copies: int = 0
    stops: int = 0


class _Desk:
    """The desk that does not keep still, and what looks at it."""

    def __init__(self, scene: Scene, ends: ExitStack) -> None:
        self._scene = scene
        self._bystander = scene.bystander()
        ends.callback(self._bystander.close)
        self._bystander.copy("the day begins")
        name = scene.desktop.environment["DISPLAY"]
        self._selection = Selection(name)
        ends.callback(self._selection.close)
        self._telling = Telling(name)
        ends.callback(self._telling.close)

    def live(self, day: _Day, turns: Sequence[Turn]) -> None:
        """So many insertions by a program, each judged."""
        before = len(self._bystander.events())
        with self._scene.running(day.rival) as run:
            run.warm_up()
            for turn in turns:
                verdict = self._insert(day.rival, turn)
                day.verdicts.append(verdict)
                run.heard(verdict.text is not Text.MISSING)
            day.stops += run.stops
        happened = [event.what for event in self._bystander.events()[before:]]
        day.flashes += happened.count(FOCUSED)
        day.copies += happened.count(COPIED)

    def _insert(self, rival: Rival, turn: Turn) -> Verdict:
        """One insertion; the verdict on what it left behind once everything is at rest."""
        way = rival.ways[0]
        wanted, number = pieces()[turn.piece], len(self._bystander.events())
        self._bystander.copy(f"copied by the agent, {number}")
        self._scene.aim()
        here, there = self._scene.texts, self._bystander.texts
        since, beside = len(arrivals(here)), len(arrivals(there))
        way.prepare(turn.piece)
        copies = [
            (wait, f"copied by another, {number}-{at}") for at, wait in enumerate(turn.copies)
        ]
        # The lists and tips of a program that never says so are no notices.
        self._telling.begin(rival.processes() if way.tells else ())
        begin = time.monotonic() + _AHEAD_S
        self._bystander.order(Order(copies=copies, flash=turn.flash, begin=begin))
        time.sleep(_AHEAD_S)
        end = way.insert(turn.piece) + (_LATER_S if way.tells else _LATE_S)

        def came() -> bool:
            return len(arrivals(here)) > since or len(arrivals(there)) > beside

        until(lambda: came() or self._telling.told(), end - time.monotonic())
        time.sleep(_SETTLE_S)
        self._bystander.stop()
        target = "".join(one.text for one in arrivals(here)[since:])
        if way.tells and target != wanted:
            # It may find out later that its text was not taken, and say so then.
            until(self._telling.told, end - time.monotonic())
        events = self._bystander.events()
        left = Left(
            target=target,
            elsewhere="".join(one.text for one in arrivals(there)[beside:]),
            clipboard=self._selection.text(),
            newest=[event.text for event in events if event.what == COPIED][-1],
            told=self._telling.told(),
        )
        return judge(wanted, left)


def measure(folder: Path) -> Iterator[Figure]:
    """The counts of every program that is installed, and a row for each that is not."""
    say(f"hard day: {COUNT} insertions each, in {ROUNDS} rounds")
    scene = Scene(folder)
    with ExitStack() as ends:
        ends.callback(scene.close)
        desk, turns = _Desk(scene, ends), script(COUNT)
        days = {rival.name: _Day(rival) for rival in scene.rivals}
        for number, rival in scene.turns(ROUNDS):
            say(f"hard day: round {number + 1} of {ROUNDS}, {rival.name}")
            each = (_FEWER if isinstance(rival, CopyQ) else COUNT) // ROUNDS
            desk.live(days[rival.name], turns[number * each : (number + 1) * each])
        for day in days.values():
            yield from _figures(day)
        yield from (Figure("hard day", None, "", why) for why in scene.absent)


def _figures(day: _Day) -> Iterator[Figure]:
    way, texts = day.rival.ways[0], count(day.verdicts)
    no_fault = 0.0 if isinstance(day.rival, Ours) else None
    of = f"of {len(day.verdicts)}"

    def row(what: str, value: int, how: str, bar: float | None = no_fault) -> Figure:
        return Figure(f"hard day, {what}: {day.rival.name}", value, of, how, bar)

    around = f"{day.copies} copies by others, {day.flashes} times another window took the focus"
    yield row("wrong window", texts[Text.WRONG_WINDOW], f"{way.name}; {around}")
    kinds = ", ".join(f"{kind.value} {texts[kind]}" for kind in WRONG)
    wrong = [verdict for verdict in day.verdicts if verdict.text in WRONG]
    told = sum(verdict.told for verdict in wrong)
    yield row("wrong text", len(wrong), f"{kinds}; the agent was told of {told} of them")
    lost = sum(verdict.lost for verdict in day.verdicts)
    how = "" if way.restores else "; it promises nothing: what it pastes stays there"
    yield row("lost clipboard", lost, f"what was copied last is not there afterwards{how}")
    how = "in no window, and a notice on the screen tells the agent so"
    yield row("declined", texts[Text.DECLINED], how if way.tells else "it never says so", None)
    yield row("stopped", day.stops, f"silent {SILENT} times in a row, and started again")
    yield row("right", texts[Text.RIGHT], "the rest", None)
