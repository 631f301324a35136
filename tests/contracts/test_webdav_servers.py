"""What WebDAV servers do beyond the suite of stores: logins, certificates, requests, half a put."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from companion.errors import (
    StoreLoginRefused,
    StoreMissing,
    StoreUnreachable,
    StoreUntrusted,
)
from companion.sync.store import Login, Network
from companion.sync.webdav import WebDavStore
from tests.contracts.servers.cutting_line import CuttingLine
from tests.contracts.servers.line import Line
from tests.contracts.servers.served import ApachePlace, RclonePlace, ServedPlace, WsgidavPlace
from tests.contracts.servers.webdav import LIN, apache

DATA = b"sealed" * 500_000
NETWORK = Network(timeout_s=5)
PACK = hashlib.sha256(DATA).hexdigest() + ".pack"


class ApacheBasicPlace(ServedPlace):
    def __init__(self, around: Path) -> None:
        super().__init__(apache(), around, "basic/")


@pytest.fixture(
    params=[ApachePlace, ApacheBasicPlace, WsgidavPlace, RclonePlace],
    ids=lambda place: str(place.__name__),
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> ServedPlace:
    made: ServedPlace = request.param(tmp_path)
    return made


def test_a_sync_with_nothing_new_is_one_request_and_a_put_two(place: ServedPlace) -> None:
    store = place.open()
    store.names()
    for act, requests in (
        (store.names, 1),
        (lambda: store.put(PACK, DATA), 2),
        (lambda: store.get(PACK), 1),
        (lambda: store.delete(PACK), 1),
    ):
        before = store.requests
        act()
        assert store.requests - before == requests


def test_where_basic_is_taken_even_a_new_store_lists_in_one_request(tmp_path: Path) -> None:
    for kind in (ApacheBasicPlace, RclonePlace):
        place = kind(tmp_path)
        place.open()
        store = WebDavStore(place.url, LIN, Network())
        store.names()
        assert store.requests == 1


@pytest.mark.parametrize("login", [Login(LIN.user, "wrong"), Login("nobody", "x"), Login()])
def test_a_wrong_login_is_refused(place: ServedPlace, login: Login) -> None:
    place.open()
    store = WebDavStore(place.url, login, Network())
    for act in (store.names, lambda: store.get(PACK), lambda: store.put(PACK, b"")):
        with pytest.raises(StoreLoginRefused) as told:
            act()
        assert told.value.facts == {"place": store.place}
    with pytest.raises(StoreLoginRefused):
        WebDavStore(place.url, login, Network(), make=True)


def test_only_the_last_folder_is_made(place: ServedPlace) -> None:
    url = f"{place.url}deeper/"
    for make in (True, False):
        with pytest.raises(StoreMissing):
            WebDavStore(url, place.server.login, Network(), make=make).names()
    assert not place.folder.exists()
    place.open()
    assert WebDavStore(url, place.server.login, Network(), make=True).names() == set()


def test_a_line_that_drops_while_sending_leaves_no_object(
    place: ServedPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """wsgidav and rclone keep the half of a PUT that has arrived, under the name it had."""
    store = place.open()
    monkeypatch.setattr("companion.sync.retrying.PAUSES_S", (0.3, 0.3))
    with CuttingLine(place.server.port, 1_000_000) as line:
        cut = WebDavStore(
            place.url.replace(f":{place.server.port}", f":{line.port}"), place.server.login, NETWORK
        )
        assert cut.names() == set()
        with pytest.raises(StoreUnreachable):
            cut.put(PACK, DATA)
    # Only with pauses between the tries: without them rclone still holds the name that the upload
    # before was cut under (423), and refuses the next one before its line is cut.
    assert line.cuts == 3
    assert store.names() == set()
    store.put(PACK, DATA)
    assert (store.names(), store.get(PACK)) == ({PACK}, DATA)


def test_apache_over_tls_is_trusted_through_the_companys_authority(tmp_path: Path) -> None:
    place, server = ApacheBasicPlace(tmp_path), apache()
    place.open()
    url = place.url.replace(
        f"http://127.0.0.1:{server.port}", f"https://127.0.0.1:{server.tls_port}"
    )
    network = Network(ca_file=str(server.authority))
    store = WebDavStore(url, LIN, network)
    assert store.names() == set()
    store.put(PACK, DATA)
    assert (store.names(), store.get(PACK), store.requests) == ({PACK}, DATA, 5)
    with pytest.raises(StoreUntrusted):
        WebDavStore(url, LIN, Network()).names()
    misnamed = url.replace(f":{server.tls_port}", f":{server.misnamed_port}")
    with pytest.raises(StoreUntrusted) as told:
        WebDavStore(misnamed, LIN, network).names()
    assert "IP address mismatch" in str(told.value.facts["reason"])


# ---- kept open from one sync to the next


def test_a_nonce_that_has_grown_old_is_renewed_in_silence(tmp_path: Path) -> None:
    """Digest: the server takes a nonce for a second only, and then says that it is stale."""
    place = ServedPlace(apache(), tmp_path, "stale/")
    store = place.open()
    store.names()
    time.sleep(2.1)
    before = store.requests
    assert store.names() == set()
    assert store.requests == before + 2
    store.put(PACK, DATA)
    assert store.get(PACK) == DATA


@pytest.mark.parametrize("kind", [WsgidavPlace, RclonePlace])
def test_a_server_that_was_started_anew_is_met_again(
    kind: type[WsgidavPlace | RclonePlace], tmp_path: Path
) -> None:
    place = kind(tmp_path)
    store = place.open()
    store.put(PACK, DATA)
    for act in (store.names, lambda: store.get(PACK), lambda: store.put(PACK, DATA)):
        place.server.restart()
        act()
    assert store.names() == {PACK}


def test_an_encrypted_line_that_was_closed_while_idle_is_opened_anew(tmp_path: Path) -> None:
    place, server = ApacheBasicPlace(tmp_path), apache()
    place.open()
    with Line(server.tls_port) as line:
        url = place.url.replace(f"http://127.0.0.1:{server.port}", f"https://127.0.0.1:{line.port}")
        store = WebDavStore(url, LIN, Network(ca_file=str(server.authority)))
        for act in (store.names, lambda: store.put(PACK, DATA), lambda: store.get(PACK)):
            act()
            line.drop()
        assert store.names() == {PACK}


# ---- what puts that were cut off leave


def test_drafts_of_ours_older_than_a_day_are_collected_and_nothing_else(
    place: ServedPlace,
) -> None:
    store = place.open()
    store.put(PACK, DATA)
    before = store.requests
    assert store.names() == {PACK}
    assert store.requests == before + 1
    ours, young = (f"companion-{digit * 32}.tmp" for digit in "0a")
    foreign = ("0123456789abcdef.tmp", f"companion-{'0' * 31}.tmp", "notes.tmp", "old.txt")
    for name in (ours, young, *foreign):
        place.plant(name, b"x")
        if name != young:
            long_ago = time.time() - 2 * 86_400
            os.utime(place.folder / name, (long_ago, long_ago))
    place.settle()
    assert store.names() == {PACK}
    assert store.requests == before + 3
    assert {path.name for path in place.folder.iterdir()} == {PACK, young, *foreign}
    assert store.names() == {PACK}
    assert store.requests == before + 4
