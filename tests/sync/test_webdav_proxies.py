"""Which ways a WebDAV store takes: encrypted or to this machine, and through which proxies."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import trustme

from companion.errors import CompanionError, ObjectMissing, StoreUnencrypted, StoreUnreachable
from companion.sync.store import Login, Network
from companion.sync.webdav import WebDavStore
from tests.sync.fault_server import Answer, FaultServer
from tests.sync.test_webdav_trust import BASIC, LIN, PACK, encrypted, logins, opened, shown

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.mark.parametrize("url", ["http://192.0.2.1/dav/", "http://store.invalid/", "ftp://h/"])
def test_a_login_goes_in_clear_over_no_network(url: str) -> None:
    store = WebDavStore(url, LIN, Network(timeout_s=5))
    for act in (store.names, lambda: store.get(PACK), lambda: store.put(PACK, b"")):
        with pytest.raises(StoreUnencrypted) as told:
            act()
        assert told.value.facts == {"place": shown(url)}
    assert store.requests == 0


def test_the_environments_proxy_is_used_and_in_clear_digest_is_waited_for(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{server.port}")
    url = "http://store.invalid/dav/packs/"
    challenge = (("WWW-Authenticate", 'Digest realm="r", nonce="n", qop="auth"'),)
    server.plan["GET"] = [Answer(401, challenge), Answer(200, (), b"sealed")]
    store = WebDavStore(url, Login("lin", "x"), Network(unencrypted=True, timeout_s=5))
    assert store.get(PACK) == b"sealed"
    assert [heard.path for heard in server.heard] == [url + PACK] * 2
    first, second = logins(server)
    assert first is None
    assert second is not None
    assert second.startswith("Digest ")


def test_basic_is_given_in_clear_where_it_is_allowed_and_asked_for(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", f"http://127.0.0.1:{server.port}")
    server.plan["GET"] = [Answer(401, (("WWW-Authenticate", 'Basic realm="r"'),)), Answer(404)]
    server.plan["PROPFIND"] = [Answer(403)]
    store = WebDavStore("http://store.invalid/dav/packs/", LIN, Network(unencrypted=True))
    with pytest.raises(CompanionError):
        store.get(PACK)
    assert logins(server) == [None, BASIC, BASIC]


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "https://127.0.0.1:9", "what://x"])
def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("all_proxy", proxy)
    with pytest.raises(StoreUnreachable) as told:
        WebDavStore("https://store.invalid/", LIN, Network(timeout_s=5)).names()
    assert told.value.facts["reason"] == "proxy of a kind unknown"


def test_this_machine_is_reached_past_every_proxy(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXIES[:-1]:
        monkeypatch.setenv(name, "socks5://127.0.0.1:9")
    store = opened(server)
    assert store.names() == set()
    with pytest.raises(ObjectMissing):
        store.get(PACK)


@contextmanager
def tunnelling(port: int) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that takes one CONNECT and leads to this port, whatever host was asked for."""
    asked: list[bytes] = []

    def carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)

    def serve() -> None:
        near, _ = listening.accept()
        while not asked or asked[-1]:
            # A byte at a time: what follows is not the proxy's.
            words = b""
            while not words.endswith(b"\r\n"):
                words += near.recv(1)
            asked.append(words.strip())
        far = socket.create_connection(("127.0.0.1", port))
        near.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        threading.Thread(target=carry, args=(far, near), daemon=True).start()
        with near, far:
            carry(near, far)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], asked


def test_an_encrypted_line_through_a_proxy_is_encrypted_to_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with encrypted(authority, "store.invalid") as server, tunnelling(server.port) as (port, asked):
        monkeypatch.setenv("https_proxy", f"http://eve:pass@127.0.0.1:{port}")
        store = WebDavStore(
            "https://store.invalid/dav/packs/", LIN, Network(ca_file=str(tmp_path / "ca.pem"))
        )
        store.put(PACK, bytes(300_000))
        assert (store.names(), store.get(PACK)) == ({PACK}, bytes(300_000))
        assert asked[0] == b"CONNECT store.invalid:443 HTTP/1.1"
        assert b"Proxy-Authorization: Basic ZXZlOnBhc3M=" in asked
        assert logins(server) == [BASIC] * len(server.heard)
