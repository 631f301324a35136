"""Every act of every work on a store fails once, in every way: nothing is lost, nothing doubled."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from companion.errors import CompanionError, HeaderMissing, StoreTaken
from companion.profile import slots
from tests.faults.faulty import FAILURES, LIES, How, Killed
from tests.faults.works import AT_HOME, WORKS, hit, tried
from tests.faults.world import NEW, PASSPHRASE, World, quickly, refuses_the_wrong, settle


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> World:
    with quickly():
        world = World(tmp_path_factory.mktemp("filled"))
        world.fill()
        return world


@pytest.mark.parametrize("how", [*FAILURES, *LIES])
@pytest.mark.parametrize("work", WORKS)
def test_whatever_act_fails_nothing_is_lost_or_doubled(
    filled: World, tmp_path: Path, work: str, how: How
) -> None:
    kinds = tried(filled.copy(tmp_path / "world"), work, 0, how)
    chosen = [at for at, kind in enumerate(kinds, 1) if hit(kind, how)]
    # A desk that is empty has nothing to send.
    assert chosen or work in AT_HOME or (work, how) == ("first sign-in", "half")
    for at in chosen:
        world = filled.copy(tmp_path / "world")
        assert tried(world, work, at, how)[at - 1] == kinds[at - 1]
        if at == chosen[-1] or work in ("first sign-in", "change of passphrase"):
            refuses_the_wrong(world)
        settle(world, PASSPHRASE, NEW)


@pytest.mark.parametrize("how", [*FAILURES, *LIES])
def test_a_profile_is_made_whole_or_can_be_made_again(tmp_path: Path, how: How) -> None:
    world = World(tmp_path / "whole")
    world.folder.mkdir()
    world.create("here")
    kinds = world.plan.kinds
    chosen = [at for at, kind in enumerate(kinds, 1) if hit(kind, how)]
    assert chosen
    for at in chosen:
        world = World(tmp_path / f"{at}")
        world.folder.mkdir()
        world.plan.at, world.plan.how = at, how
        with suppress(CompanionError, Killed):
            world.create("here")
        world.plan.at, world.plan.gone = 0, False
        names = world.far().names()
        if slots.HEADER in names:
            # All of it is there, whoever was told so.
            assert len(names) == 3
            session = world.open("here", PASSPHRASE)
        elif how in ("killed", "gone") and names:
            # It could not be taken back. Nobody takes what is left for a profile.
            with pytest.raises(StoreTaken):
                world.create("here")
            with pytest.raises(HeaderMissing):
                world.sign_in("other")
            continue
        else:
            assert names == set()
            session = world.create("here")
        world.begun, world.saved = [], []
        world.write(session, "first")
        session.sync()
        settle(world, PASSPHRASE)
