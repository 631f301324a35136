"""Clocks that are wrong, jump, go backwards or stand still decide nothing."""

import itertools
import random
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.profile import holding
from tests.faults.world import PASSPHRASE, World, quickly, settle, titles

HOUR, YEAR, NOON = 3600.0, 365 * 24 * 3600.0, 1_760_000_000.0
CLOCKS: dict[str, Callable[[int], float]] = {
    "right": lambda tick: NOON + tick,
    "an hour ahead at every other look": lambda tick: NOON + tick + HOUR * (tick % 2),
    "an hour behind at every other look": lambda tick: NOON + tick - HOUR * (tick % 2),
    "a year ahead at every other look": lambda tick: NOON + tick + YEAR * (tick % 2),
    "a year behind at every other look": lambda tick: NOON + tick - YEAR * (tick % 2),
    "backwards": lambda tick: NOON - tick * HOUR,
    "many edits in one tick": lambda _: NOON,
    "before 1970": lambda tick: -YEAR + tick,
}


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly():
        yield


def what_comes_of(folder: Path, clock: Callable[[int], float]) -> list[object]:
    """What two desks end with, that edit the same at once, by a clock; without times of use."""
    world = World(folder)
    folder.mkdir()
    ticks, chance = itertools.count(), random.Random(7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: clock(next(ticks)))
        # Else the names of writers would differ from one run to the next, and with them the order.
        name = iter(f"{at:022d}" for at in range(10_000))
        patch.setattr(secrets, "token_urlsafe", lambda _: next(name))
        patch.setattr(secrets, "randbelow", random.Random(7).randrange)
        patch.setattr(holding, "new_writer", lambda: f"writer {next(name)}")
        world.create("other")
        for session in (world.open("other", PASSPHRASE), world.sign_in("here")):
            session.sync()
        one, two = (world.open(name, PASSPHRASE) for name in ("here", "other"))
        ids = [one.profile.add("phrase", title=f"{at}", body=f"{at}") for at in range(5)]
        for session in (one, two, one):
            session.sync()
        for step in range(40):
            desk = chance.choice((one, two))
            id = chance.choice(ids)
            desk.profile.change(id, body=f"step {step}")
            desk.profile.count_use(id)
            desk.engine.save()
            if step % 3 == 0:
                desk.profile.set_option("theme", chance.choice(("light", "dark")))
            if step % 11 == 0:
                desk.profile.trash(chance.choice(ids))
            if chance.random() < 0.3:
                desk.sync()
        for session in (one, two, one, two):
            session.sync()
    ends: list[list[object]] = [
        [
            desk.profile.phrases(),
            desk.profile.conflicts(),
            desk.profile.options(),
            [desk.profile.history(id, "body") for id in ids],
            {id: count for id, (count, _) in desk.profile.uses().items()},
            [view.id for view in desk.profile.trash_can()],
        ]
        for desk in (one, two)
    ]
    assert ends[0] == ends[1]
    return ends[0]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    with quickly():
        return what_comes_of(tmp_path_factory.mktemp("right") / "world", CLOCKS["right"])


@pytest.mark.parametrize("clock", list(CLOCKS)[1:])
def test_what_merges_depends_on_no_clock(tmp_path: Path, right: list[object], clock: str) -> None:
    assert what_comes_of(tmp_path / "other", CLOCKS[clock]) == right


@pytest.mark.parametrize("off", [-YEAR, -HOUR, HOUR, YEAR, 100 * YEAR])
def test_a_last_sync_in_the_future_or_past_stops_none(tmp_path: Path, off: float) -> None:
    world = World(tmp_path / "world")
    world.folder.mkdir()
    world.fill()
    now = time.time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: now + off)
        world.open("here", PASSPHRASE).sync()
    assert world.seat("here").settings.read()["synced_at"] == int(now + off)
    session = world.open("here", PASSPHRASE)
    world.write(session, "since")
    assert session.sync().pushed == 1
    settle(world, PASSPHRASE)
    assert "since" in titles(world.open("other", PASSPHRASE))
