"""Works that fail at an act drawn by lot, over real WebDAV, bucket and mail servers."""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.sync.store import Store
from tests.faults.faulty import FAILURES, LIES, How
from tests.faults.works import WORKS, hit, tried
from tests.faults.world import NEW, PASSPHRASE, World, quickly, refuses_the_wrong, settle

if sys.platform != "linux":
    pytest.skip("the servers are Debian's", allow_module_level=True)

from tests.contracts.servers.buckets import MotoBucketPlace
from tests.contracts.servers.dovecot import MailboxPlace
from tests.contracts.servers.served import ApachePlace, WsgidavPlace

PLACES = [ApachePlace, WsgidavPlace, MotoBucketPlace, MailboxPlace]
ANY: tuple[How, ...] = (*FAILURES, *LIES)
Opened = Callable[[], Store]


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture
def around() -> Iterator[Path]:
    # A server without rights of its own cannot reach the folders that pytest makes.
    with tempfile.TemporaryDirectory() as around:
        Path(around).chmod(0o755)
        yield Path(around)


# Each work at two of them, so that the suite stays short.
MET = [(work, PLACES[at % 4]) for turn in (0, 1) for at, work in enumerate(WORKS, turn)]


@pytest.mark.parametrize(("work", "kind"), MET, ids=lambda part: getattr(part, "__name__", part))
def test_an_act_that_fails_loses_nothing_on_a_real_server(
    around: Path, kind: Callable[[Path], MailboxPlace], work: str
) -> None:
    chance = random.Random(f"{kind.__name__} {work}")
    # Which acts there are, a folder tells; where one of them fails, the lot decides.
    pattern = World(around / "pattern")
    pattern.folder.mkdir()
    pattern.fill()
    kinds = tried(pattern, work, 0, "before")
    chosen = [(at, how) for at, kind in enumerate(kinds, 1) for how in ANY if hit(kind, how)]
    at, how = chance.choice([each for each in chosen if "far" in kinds[each[0] - 1]] or chosen)
    place = kind(around)
    world = World(around / "desks", lambda make: place.open())
    world.folder.mkdir()
    world.fill()
    assert len(tried(world, work, at, how)) >= at
    refuses_the_wrong(world)
    settle(world, PASSPHRASE, NEW)
