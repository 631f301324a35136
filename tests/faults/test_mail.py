"""A mailbox that is full, or whose line drops, in the middle of a sync: nothing is lost."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import CompanionError, StoreFull, StoreUnreachable
from companion.sync.mailbox import MailboxStore
from companion.sync.store import Network
from tests.faults.world import PASSPHRASE, World, quickly, settle, titles

if sys.platform != "linux":
    pytest.skip("Dovecot is Debian's", allow_module_level=True)

from tests.contracts.servers.cutting_line import CuttingLine
from tests.contracts.servers.dovecot import PLAIN, Dovecot, MailboxPlace

QUOTA = PLAIN + "plugin {{\n  quota_rule = *:storage=200K\n}}\n"


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("companion.sync.retrying.PAUSES_S", (0.0, 0.0))
        yield


def test_imap_no_overquota_in_a_sync_keeps_the_edit_and_the_next_one_sends_it(
    tmp_path: Path,
) -> None:
    server = Dovecot(QUOTA)
    try:
        place = MailboxPlace(server=server)
        world = World(tmp_path / "world", lambda make: place.open())
        world.folder.mkdir()
        world.fill()
        place.append(b"Subject: holiday\r\n\r\n" + b"x" * 120_000)
        session = world.open("here", PASSPHRASE)
        session.profile.add("phrase", title="large", body=os.urandom(50_000).hex())
        world.begun.append("large")
        session.save()
        world.saved.append("large")
        with pytest.raises(StoreFull):
            session.sync()
        assert set(titles(world.open("here", PASSPHRASE))) >= {"large"}
        with place.client() as client:
            client.select(place.coded)
            found = client.search(None, "SUBJECT", "holiday")[1][0].split()
            client.store(found[0].decode(), "+FLAGS", r"(\Deleted)")
            client.expunge()
        settle(world, PASSPHRASE)
    finally:
        server.end()


@pytest.mark.parametrize("most", [60, 700, 2_500])
def test_a_line_that_drops_after_so_many_bytes_loses_nothing(tmp_path: Path, most: int) -> None:
    place = MailboxPlace()
    world = World(tmp_path / "world", lambda make: place.open())
    world.folder.mkdir()
    world.fill()
    had = set(titles(world.open("here", PASSPHRASE)))
    with CuttingLine(place.server.port, most) as line:

        def through(make: bool) -> MailboxStore:
            where = ("127.0.0.1", line.port, place.name, place.login, Network(timeout_s=2))
            return MailboxStore(*where, tls=False)

        session = World(world.folder, through).open("here", PASSPHRASE)
        told: CompanionError | None = None
        try:
            session.sync()
        except CompanionError as error:
            told = error
        # One that is lost is opened anew once; twice in one act is told.
        assert line.cuts and (told is None or isinstance(told, StoreUnreachable))
    assert set(titles(world.open("here", PASSPHRASE))) >= had
    settle(world, PASSPHRASE)
