"""What WebDAV servers do beyond the suite of stores: logins, certificates, requests, half a put."""

import hashlib
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
from tests.contracts.servers.webdav import (
    LIN,
    ApachePlace,
    RclonePlace,
    ServedPlace,
    WsgidavPlace,
    apache,
)

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
