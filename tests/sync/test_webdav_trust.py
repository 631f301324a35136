"""Whom a WebDAV store trusts: logins, certificates, redirects."""

import base64
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from companion.errors import (
    CompanionError,
    StoreAnswerStrange,
    StoreLoginRefused,
    StoreUnreachable,
    StoreUntrusted,
)
from companion.sync.store import Login, Network
from companion.sync.webdav import WebDavStore
from tests.sync.fault_server import Answer, FaultServer, Heard

LIN = Login("林", "secret words 口令")
BASIC = "Basic " + base64.b64encode(f"{LIN.user}:{LIN.password}".encode()).decode()
PACK = f"{'0a' * 32}.pack"
ACTS: dict[str, Callable[[WebDavStore], object]] = {
    "PROPFIND": WebDavStore.names,
    "PUT": lambda store: store.put(PACK, b"sealed"),
    "MOVE": lambda store: store.put(PACK, b"sealed"),
    "DELETE": lambda store: store.delete(PACK),
}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return str(tmp_path / "ca.pem")


def encrypted(authority: trustme.CA, name: str = "127.0.0.1") -> FaultServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return FaultServer(context)


def opened(server: FaultServer, network: Network | None = None) -> WebDavStore:
    return WebDavStore(server.url, LIN, network or Network(timeout_s=5))


def shown(url: str) -> str:
    return url.replace("//", "//%E6%9E%97@")


def logins(server: FaultServer) -> list[str | None]:
    return [heard.headers["Authorization"] for heard in server.heard]


# ---- logins


def test_a_login_without_a_name_sends_none(server: FaultServer) -> None:
    WebDavStore(server.url, Login(), Network()).names()
    assert logins(server) == [None]


def test_basic_goes_with_the_first_request(server: FaultServer) -> None:
    store = opened(server)
    store.names()
    store.names()
    assert logins(server) == [BASIC, BASIC]


def test_digest_is_learnt_once_and_used_from_then_on(server: FaultServer) -> None:
    challenge = 'Digest realm="packs", nonce="n", qop="auth", algorithm=SHA-256'
    store = WebDavStore(server.url, Login("lin", "x"), Network())

    def check(heard: Heard) -> Answer | None:
        known = (heard.headers["Authorization"] or "").startswith("Digest ")
        return None if known else Answer(401, (("WWW-Authenticate", challenge),))

    server.check = check
    assert store.names() == set()
    before = store.requests
    assert store.names() == set()
    assert store.requests == before + 1 == len(server.heard)


@pytest.mark.parametrize(
    "challenge",
    ['Digest realm="r", nonce="n", algorithm=ROT13', 'Digest realm="r"', "Digest ,", "Digest x"],
)
def test_a_challenge_that_cannot_be_met_is_no_crash(server: FaultServer, challenge: str) -> None:
    server.plan["PROPFIND"] = [Answer(401, (("WWW-Authenticate", challenge),))]
    with pytest.raises(CompanionError) as told:
        opened(server).names()
    assert type(told.value) in {StoreAnswerStrange, StoreUnreachable, StoreLoginRefused}


def test_a_refused_login_is_not_tried_again(server: FaultServer) -> None:
    """The fault: 401. Some services lock an account out for a wrong password tried often."""
    server.plan["PROPFIND"] = [Answer(401, (("WWW-Authenticate", 'Basic realm="r"'),))]
    server.plan["PUT"] = server.plan["PROPFIND"]
    for act in (WebDavStore.names, ACTS["PUT"]):
        server.heard.clear()
        with pytest.raises(StoreLoginRefused) as told:
            act(opened(server))
        assert told.value.facts == {"place": shown(server.url)}
        assert len(server.heard) == 1


def test_what_an_address_says_of_a_login_is_neither_shown_nor_sent(server: FaultServer) -> None:
    store = WebDavStore(server.url.replace("//", "//eve:hush@"), LIN, Network())
    store.names()
    assert (store.place, logins(server)) == (shown(server.url), [BASIC])


# ---- certificates


def test_a_companys_own_authority_is_trusted_when_it_is_named(
    authority: trustme.CA, ca_file: str
) -> None:
    with encrypted(authority) as server:
        assert opened(server, Network(ca_file=ca_file)).names() == set()
        assert logins(server) == [BASIC]


def test_a_certificate_that_nobody_vouches_for_is_refused(authority: trustme.CA) -> None:
    with encrypted(authority) as server:
        with pytest.raises(StoreUntrusted) as told:
            opened(server).names()
        assert told.value.facts["place"] == shown(server.url)
        assert "issuer certificate" in str(told.value.facts["reason"])
        assert not server.heard


def test_a_certificate_of_another_host_is_refused(authority: trustme.CA, ca_file: str) -> None:
    with encrypted(authority, "other.example") as server:
        with pytest.raises(StoreUntrusted):
            opened(server, Network(ca_file=ca_file)).names()
        assert not server.heard


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_an_authority_that_cannot_be_read_is_told(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    store = WebDavStore("https://127.0.0.1:9/", LIN, Network(ca_file=str(path)))
    with pytest.raises(StoreUntrusted) as told:
        store.names()
    assert told.value.facts == {"place": store.place, "reason": "ca_file"}


def test_a_server_in_clear_is_not_taken_for_an_encrypted_one(server: FaultServer) -> None:
    store = WebDavStore(server.url.replace("http:", "https:"), LIN, Network(timeout_s=5))
    with pytest.raises((StoreUntrusted, StoreUnreachable)):
        store.names()
    assert not server.heard


# ---- redirects


def test_an_object_is_fetched_from_elsewhere_without_the_login(
    server: FaultServer, elsewhere: FaultServer
) -> None:
    """The fault: a redirect; to another host it never takes the password along."""
    elsewhere.objects[PACK] = b"sealed"
    server.plan["GET"] = [Answer(302, (("Location", elsewhere.url + PACK),))]
    elsewhere.plan["GET"] = [Answer(302, (("Location", PACK),)), None]
    store = opened(server)
    assert store.get(PACK) == b"sealed"
    assert (logins(server), logins(elsewhere)) == ([BASIC], [None, None])
    assert store.requests == 3


def test_an_object_is_fetched_from_the_same_server_with_the_login(server: FaultServer) -> None:
    server.objects[PACK] = b"sealed"
    server.plan["GET"] = [Answer(307, (("Location", PACK),)), None]
    assert opened(server).get(PACK) == b"sealed"
    assert logins(server) == [BASIC, BASIC]


def test_what_is_elsewhere_may_ask_for_a_login_in_vain(
    server: FaultServer, elsewhere: FaultServer
) -> None:
    server.plan["GET"] = [Answer(302, (("Location", elsewhere.url + PACK),))]
    elsewhere.plan["GET"] = [Answer(401, (("WWW-Authenticate", 'Digest realm="r", nonce="n"'),))]
    with pytest.raises(StoreLoginRefused):
        opened(server).get(PACK)
    assert logins(elsewhere) == [None]


def test_a_redirect_into_the_clear_is_not_followed(
    authority: trustme.CA, ca_file: str, elsewhere: FaultServer
) -> None:
    """The fault: a redirect; a downgrade never takes the password along."""
    with encrypted(authority) as server:
        server.plan["GET"] = [Answer(302, (("Location", elsewhere.url + PACK),))]
        with pytest.raises(StoreAnswerStrange):
            opened(server, Network(ca_file=ca_file, unencrypted=True)).get(PACK)
    assert not elsewhere.heard


@pytest.mark.parametrize("method", ACTS)
def test_nothing_but_an_object_is_fetched_from_elsewhere(
    server: FaultServer, elsewhere: FaultServer, method: str
) -> None:
    """The fault: a redirect."""
    server.objects[PACK] = b"sealed"
    server.plan[method] = [Answer(307, (("Location", elsewhere.url),))]
    store = opened(server)
    with pytest.raises(StoreAnswerStrange):
        ACTS[method](store)
    assert not elsewhere.heard
