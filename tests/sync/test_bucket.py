"""A bucket on its bad days: every answer is one error and leaves nothing behind."""

import hashlib
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from companion.errors import (
    CompanionError,
    ObjectMissing,
    StoreAnswerStrange,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnencrypted,
    StoreUnreachable,
    StoreUntrusted,
)
from companion.sync import retrying
from companion.sync.bucket import BucketStore
from companion.sync.store import Login, Network
from tests.contracts.servers.faulty_bucket import Fault, FaultyBucket, refusal

LOGIN = Login("the key's id", "the key's secret")
HELLO = hashlib.sha256(b"hello").hexdigest() + ".pack"
LOGIN_PAGE = Fault(200, "<html>Log in</html>", (("Content-Type", "text/html; charset=utf-8"),))
ACTS: dict[str, Callable[[BucketStore], object]] = {
    "names": BucketStore.names,
    "get": lambda store: store.get(HELLO),
    "put": lambda store: store.put(HELLO, b"hello"),
    "delete": lambda store: store.delete(HELLO),
}
each_act = pytest.mark.parametrize("act", ACTS)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "PAUSES_S", (0.01, 0.01))


@pytest.fixture
def server() -> Iterator[FaultyBucket]:
    with FaultyBucket().serving() as server:
        yield server


def store_at(endpoint: str, login: Login = LOGIN, network: Network | None = None) -> BucketStore:
    network = network or Network(timeout_s=5)
    return BucketStore("bucket", "lin", endpoint, "here", login=login, network=network)


def failure(store: BucketStore, act: str) -> CompanionError:
    with pytest.raises(CompanionError) as told:
        ACTS[act](store)
    assert "PRIVATE" not in str(told.value.facts)
    return told.value


@each_act
@pytest.mark.parametrize(
    ("fault", "error", "tries"),
    [
        (refusal(401, "Unauthorized"), StoreLoginRefused, 1),
        (Fault(401), StoreLoginRefused, 1),
        (refusal(403, "InvalidAccessKeyId"), StoreLoginRefused, 1),
        (refusal(403, "SignatureDoesNotMatch"), StoreLoginRefused, 1),
        (refusal(403, "AccessDenied"), StoreDenied, 1),
        (Fault(403), StoreDenied, 1),
        (refusal(403, "RequestTimeTooSkewed"), StoreUnreachable, 1),
        (refusal(404, "NoSuchBucket"), StoreMissing, 1),
        (Fault(404, "<html>404</html>"), StoreAnswerStrange, 1),
        (refusal(409, "OperationAborted"), StoreAnswerStrange, 1),
        (refusal(412, "PreconditionFailed"), StoreAnswerStrange, 1),
        (refusal(400, "AuthorizationHeaderMalformed"), StoreAnswerStrange, 1),
        (Fault(301), StoreAnswerStrange, 1),
        (refusal(423, "Locked"), StoreBusy, 3),
        (Fault(429, headers=(("Retry-After", "1"),)), StoreBusy, 3),
        (refusal(503, "SlowDown"), StoreBusy, 3),
        (Fault(503), StoreBusy, 3),
        (Fault(500), StoreUnreachable, 1),
        (refusal(500, "InternalError"), StoreUnreachable, 1),
        (Fault(502), StoreUnreachable, 3),
        (Fault(504), StoreUnreachable, 3),
        (refusal(400, "IncompleteBody"), StoreUnreachable, 3),
        (Fault(507), StoreFull, 1),
        (refusal(403, "QuotaExceeded"), StoreFull, 1),
        (refusal(507, "XMinioStorageFull"), StoreFull, 1),
        (Fault(line="drop"), StoreUnreachable, 3),
    ],
)
def test_an_answer_is_one_error_after_so_many_tries(
    server: FaultyBucket, act: str, fault: Fault, error: type[CompanionError], tries: int
) -> None:
    """Answers: 401 403 404 409 412 423 429 500 502 503 507, quota full, dropped line."""
    server.always = fault
    store = store_at(server.endpoint)
    told = failure(store, act)
    assert type(told) is error
    assert told.facts["place"] == store.place
    if error is StoreDenied:
        assert told.facts["act"] == ("read" if act in ("names", "get") else "write")
    assert (store.requests, len(server.asked), server.objects) == (tries, tries, {})


def test_no_such_key_is_a_missing_object_only_where_one_was_asked_for(
    server: FaultyBucket,
) -> None:
    """Answers: 404; some services say it of a delete as well."""
    server.always = refusal(404, "NoSuchKey")
    store = store_at(server.endpoint)
    told = failure(store, "get")
    assert (type(told), told.facts) == (ObjectMissing, {"name": HELLO})
    store.delete(HELLO)
    for act in ("names", "put"):
        assert type(failure(store, act)) is StoreAnswerStrange


@each_act
@pytest.mark.parametrize(
    "fault", [Fault(503), Fault(429), Fault(502), Fault(line="drop"), Fault(line="torn")]
)
def test_what_passes_by_itself_is_tried_again(server: FaultyBucket, act: str, fault: Fault) -> None:
    """Answers: 429 502 503, dropped line, also half-way through a body."""
    if fault.line == "torn" and act in ("put", "delete"):
        pytest.skip("nothing of the body of this answer is waited for")
    server.objects["lin/" + HELLO] = b"hello"
    server.faults = [fault, fault]
    store = store_at(server.endpoint)
    assert ACTS[act](store) == {"names": {HELLO}, "get": b"hello"}.get(act)
    assert server.objects == ({} if act == "delete" else {"lin/" + HELLO: b"hello"})
    assert store.requests == len(server.asked) == 3


@pytest.mark.parametrize("act", ["names", "get", "put"])
def test_a_login_page_is_no_store(server: FaultyBucket, act: str) -> None:
    """Answers: an HTML login page with 200. Listed, it would be an empty store."""
    server.always = LOGIN_PAGE
    assert type(failure(store_at(server.endpoint), act)) is StoreAnswerStrange
    assert server.objects == {}


def test_anything_else_with_200_is_no_empty_store_either(server: FaultyBucket) -> None:
    """Answers: a login page with 200, and Listing: empty."""
    store = store_at(server.endpoint)
    assert store.names() == set()
    assert store.requests == len(server.asked) == 1
    server.always = Fault(200, "welcome", (("Content-Type", "text/plain"),))
    assert type(failure(store, "names")) is StoreAnswerStrange


@each_act
def test_a_redirect_takes_neither_secret_nor_signature_along(
    server: FaultyBucket, act: str
) -> None:
    """Answers: a redirect."""
    with FaultyBucket().serving() as other:
        other.always = LOGIN_PAGE
        to = other.endpoint + "/login"
        server.always = Fault(302, headers=(("Location", to),))
        assert type(failure(store_at(server.endpoint), act)) is StoreAnswerStrange
        assert not other.asked
        assert "secret" not in str(server.asked)


@pytest.mark.parametrize(
    ("act", "line"),
    [(act, "silence") for act in ACTS] + [("names", "half"), ("get", "half")],
)
def test_a_line_that_hangs_is_given_up_once_and_in_time(
    server: FaultyBucket, act: str, line: str
) -> None:
    """Answers: a socket that hangs, before an answer and half-way through one."""
    server.always = Fault(line=line)
    store = store_at(server.endpoint, network=Network(timeout_s=0.5))
    began = time.monotonic()
    told = failure(store, act)
    assert 0.4 < time.monotonic() - began < 5
    assert type(told) is StoreUnreachable
    assert told.facts["reason"] == "ReadTimeout"
    assert store.requests == 1


def test_a_large_pack_may_take_longer_than_one_time_out(server: FaultyBucket) -> None:
    server.bytes_a_second = 3_000_000
    data = bytes(4_000_000)
    store_at(server.endpoint, network=Network(timeout_s=0.8)).put(HELLO, data)
    assert server.objects == {"lin/" + HELLO: data}


def test_what_an_upload_cut_short_left_is_replaced(server: FaultyBucket) -> None:
    """Each object: cut short, by a service that keeps what it got."""
    server.faults = [Fault(line="short")]
    store = store_at(server.endpoint)
    store.put(HELLO, bytes(300_000))
    assert server.objects == {"lin/" + HELLO: bytes(300_000)}
    assert store.requests == 2


@pytest.mark.parametrize("held", [1, 999, 1000, 1001, 2500])
def test_a_listing_is_read_to_its_last_page(server: FaultyBucket, held: int) -> None:
    names = {f"{at:064x}.pack" for at in range(held)}
    server.objects = dict.fromkeys(("lin/" + name for name in names), b"")
    store = store_at(server.endpoint)
    assert store.names() == names
    assert store.requests == len(server.asked)


# ---- certificates


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def encrypted(authority: trustme.CA, name: str = "127.0.0.1") -> FaultyBucket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return FaultyBucket(context)


def test_a_company_authority_is_trusted_when_named(authority: trustme.CA, tmp_path: Path) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    named = Network(ca_file=str(tmp_path / "ca.pem"))
    with (
        encrypted(authority).serving() as server,
        encrypted(authority, "a.b").serving() as misnamed,
    ):
        store = store_at(server.endpoint, network=named)
        store.put(HELLO, b"hello")
        assert store.get(HELLO) == b"hello"
        told = failure(store_at(misnamed.endpoint, network=named), "put")
        assert type(told) is StoreUntrusted
        assert misnamed.asked == []


@each_act
def test_nobody_vouches_for_a_stranger(
    authority: trustme.CA, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ALLOW_INVALID_CERTIFICATES", "true")
    with encrypted(authority).serving() as server:
        store = store_at(server.endpoint)
        told = failure(store, act)
        assert type(told) is StoreUntrusted
        assert told.facts["place"] == store.place
        assert "issuer certificate" in str(told.facts["reason"])
        assert server.asked == []


def test_a_redirect_to_an_address_in_clear_is_not_followed(
    authority: trustme.CA, server: FaultyBucket, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with encrypted(authority).serving() as first:
        first.always = Fault(302, headers=(("Location", server.endpoint + "/bucket"),))
        store = store_at(first.endpoint, network=Network(ca_file=str(tmp_path / "ca.pem")))
        assert type(failure(store, "names")) is StoreAnswerStrange
    assert server.asked == []


@pytest.mark.parametrize("held", [None, b"", b"no certificate"])
def test_an_authority_that_cannot_be_read_is_said(held: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    if held is not None:
        file.write_bytes(held)
    store = store_at("https://127.0.0.1:1", network=Network(ca_file=str(file)))
    told = failure(store, "names")
    assert type(told) is StoreUntrusted
    assert told.facts == {"place": store.place, "reason": "ca_file"}


def test_nothing_is_sent_in_clear_over_a_network() -> None:
    store = store_at("http://bucket.invalid")
    for act in ACTS:
        assert type(failure(store, act)) is StoreUnencrypted
    assert store.requests == 0
    allowed = store_at("http://bucket.invalid", network=Network(unencrypted=True))
    assert type(failure(allowed, "names")) is StoreUnreachable
