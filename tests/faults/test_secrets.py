"""Secrets that were changed at another desk, or whose change was cut short."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from companion.errors import CompanionError, WrongPassphrase
from tests.faults.faulty import Faulty, How, Killed, Plan
from tests.faults.world import NEW, PASSPHRASE, World, quickly, settle


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "world")
    world.folder.mkdir()
    world.fill()
    return world


def test_a_passphrase_changed_elsewhere_opens_here_after_the_next_sync(world: World) -> None:
    away = world.open("here", PASSPHRASE)
    world.write(away, "unsent")
    world.open("other", PASSPHRASE).change_passphrase(PASSPHRASE, NEW)
    # Until then this desk knows only the old one, also for what only the store is asked for.
    with pytest.raises(WrongPassphrase):
        away.renew_recovery(PASSPHRASE)
    world.open("here", PASSPHRASE).sync()
    settle(world, NEW)
    for name in ("here", "other", "nobody's"):
        with pytest.raises(WrongPassphrase):
            world.open(name, PASSPHRASE)


@pytest.mark.parametrize("how", ["gone", "after", "killed"])
def test_a_change_that_was_cut_short_is_ended_by_the_next_one(
    world: World, tmp_path: Path, how: How
) -> None:
    """However it was cut short, afterwards no old passphrase opens any desk."""
    third = "a third horse 钉子"
    for at in range(1, 100):
        desks = world.copy(tmp_path / "run")
        session = desks.open("here", PASSPHRASE)
        desks.plan.acts, desks.plan.at, desks.plan.how = 0, at, how
        with suppress(CompanionError, Killed):
            session.change_passphrase(PASSPHRASE, NEW)
        reached, desks.plan.at, desks.plan.gone = desks.plan.acts >= at, 0, False
        if not reached:
            break
        try:
            desks.open("another", NEW).change_passphrase(NEW, third)
        except WrongPassphrase:
            desks.open("another", PASSPHRASE).change_passphrase(PASSPHRASE, third)
        settle(desks, PASSPHRASE, NEW, third)
        for name in ("here", "other", "fresh"):
            for old in (PASSPHRASE, NEW):
                with pytest.raises(WrongPassphrase):
                    desks.open(name, old)
    assert 10 < at < 99


def test_an_old_slot_left_on_a_desk_that_was_ended_goes_with_its_next_sync(world: World) -> None:
    """Ended after it had taken the new slot and before it dropped the old one."""
    profile = world.open("here", PASSPHRASE).profile.id
    (old,) = world.seat("here").sealed_folder(profile).glob("passphrase-*")
    kept = old.read_bytes()
    world.open("other", PASSPHRASE).change_passphrase(PASSPHRASE, NEW)
    world.open("here", PASSPHRASE).sync()
    old.write_bytes(kept)
    world.open("here", PASSPHRASE).sync()
    with pytest.raises(WrongPassphrase):
        world.open("here", PASSPHRASE)


def test_nothing_is_written_for_a_wrong_secret(world: World) -> None:
    plan = Plan()
    for name in ("here", "other"):
        with pytest.raises(WrongPassphrase):
            world.open(name, "not the passphrase")
    session = world.open("here", PASSPHRASE)
    far = Faulty(world.far(), plan)
    with pytest.raises(WrongPassphrase):
        session.keys.change_passphrase(far, "not the passphrase", NEW)
    assert plan.writes == []
