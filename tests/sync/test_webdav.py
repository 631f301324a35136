"""WebDAV's faults, one by one, each to its error and nothing left half-written."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from companion.errors import (
    CompanionError,
    ObjectMissing,
    StoreAnswerStrange,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnreachable,
)
from companion.sync.store import Login, Network
from companion.sync.webdav import WebDavStore
from tests.sync.fault_server import DROP, HANG, HTML, Answer, FaultServer

LIN = Login("lin", "secret words")
DATA = b"sealed" * 1000
NAME = hashlib.sha256(DATA).hexdigest() + ".pack"
ACTS: dict[str, Callable[[WebDavStore], object]] = {
    "PROPFIND": WebDavStore.names,
    "GET": lambda store: store.get(NAME),
    "PUT": lambda store: store.put(NAME, DATA),
    "MOVE": lambda store: store.put(NAME, DATA),
    "DELETE": lambda store: store.delete(NAME),
}
WRITES = {"PUT", "MOVE", "DELETE"}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def store(server: FaultServer) -> WebDavStore:
    return WebDavStore(server.url, LIN, Network(timeout_s=0.4))


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr("companion.sync.retrying.wait", lambda seconds, _: pauses.append(seconds))
    return pauses


def failure(method: str, store: WebDavStore) -> CompanionError:
    with pytest.raises(CompanionError) as told:
        ACTS[method](store)
    assert told.value.facts.get("place", store.place) == store.place
    assert LIN.password not in repr(told.value)
    return told.value


# What is not here is strange, with the method and the number as the reason.
STATUS = {
    401: StoreLoginRefused,
    403: StoreDenied,
    423: StoreBusy,
    429: StoreBusy,
    500: StoreUnreachable,
    502: StoreUnreachable,
    503: StoreBusy,
    504: StoreUnreachable,
    507: StoreFull,
}
OF_A_METHOD = {
    ("GET", 404): ObjectMissing,
    ("GET", 409): ObjectMissing,
    ("PUT", 404): StoreDenied,
    ("PUT", 405): StoreDenied,
    ("PUT", 409): StoreDenied,
    ("DELETE", 405): StoreDenied,
    ("DELETE", 409): StoreDenied,
    ("PROPFIND", 404): StoreMissing,
    ("PROPFIND", 409): StoreMissing,
}
ANSWERS = (301, 302, 400, 401, 403, 404, 405, 409, 412, 413, 423, 429, *range(500, 505), 507, 511)
# To delete what is not there is no error.
REFUSALS = sorted({(method, status) for method in ACTS for status in ANSWERS} - {("DELETE", 404)})


@pytest.mark.parametrize(("method", "status"), REFUSALS)
def test_each_answer_is_its_error_and_nothing_is_half_written(
    server: FaultServer, store: WebDavStore, method: str, status: int
) -> None:
    """The fault: 401 403 404 409 412 423 429 500 502 503 507, a redirect, quota full."""
    server.objects = {NAME: DATA} if method in {"GET", "DELETE"} else {}
    before = dict(server.objects)
    server.plan[method] = [Answer(status, (("Location", "/elsewhere"),))]
    if method == "PROPFIND" and status in {404, 409}:
        server.folder_is_there = False
    if method == "GET" and status < 400:
        server.plan["GET"] = [Answer(status)]
    kind = OF_A_METHOD.get((method, status)) or STATUS.get(status, StoreAnswerStrange)
    error = failure(method, store)
    assert type(error) is kind
    if kind is StoreAnswerStrange:
        assert error.facts["reason"] == f"{method} {status}"
    if kind is StoreDenied:
        assert error.facts["act"] == ("write" if method in WRITES else "read")
    assert server.objects == before


@pytest.mark.parametrize("method", ACTS)
def test_a_login_page_is_strange(server: FaultServer, store: WebDavStore, method: str) -> None:
    """The fault: an HTML login page with 200."""
    server.plan[method] = [HTML]
    error = failure(method, store)
    assert type(error) is StoreAnswerStrange
    assert error.facts["reason"] == "HTML"
    assert not server.objects


@pytest.mark.parametrize("method", ACTS)
@pytest.mark.parametrize("status", [423, 429, 502, 503, 504])
def test_what_passes_is_tried_again(
    server: FaultServer, store: WebDavStore, method: str, status: int, slept: list[float]
) -> None:
    """The fault: 423 429 502 503."""
    server.objects = {NAME: DATA}
    server.plan[method] = [Answer(status), None]
    ACTS[method](store)
    assert server.methods().count(method) == 2
    assert len(slept) == (0 if (method, status) == ("MOVE", 502) else 1)
    assert all(0.5 <= pause <= 0.75 for pause in slept)
    assert server.objects == ({} if method == "DELETE" else {NAME: DATA})


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("", 0), ("2", 2), ("1800", 1800), ("soon", 0), ("-1", 0), ("9" * 5000, 0)],
)
def test_the_wait_that_is_asked_for_is_kept_or_told(
    server: FaultServer, store: WebDavStore, slept: list[float], said: str, seconds: int
) -> None:
    """The fault: 429, with Retry-After."""
    server.plan["PROPFIND"] = [Answer(429, (("Retry-After", said),))]
    error = failure("PROPFIND", store)
    assert error.facts == {"place": store.place, "seconds": seconds}
    assert len(server.heard) == store.requests == (1 if seconds > 5 else 3)
    assert all(pause >= seconds for pause in slept)


def test_a_wait_until_a_date_is_reckoned(server: FaultServer, store: WebDavStore) -> None:
    """The fault: 503, with Retry-After as a date."""
    date = "Fri, 01 Jan 2126 00:00:00 GMT"
    server.plan["GET"] = [Answer(503, (("Retry-After", date),))]
    error = failure("GET", store)
    assert isinstance(error.facts["seconds"], int)
    assert error.facts["seconds"] > 10**8


@pytest.mark.parametrize("method", ACTS)
@pytest.mark.parametrize("does", [False, True])
def test_a_dropped_line_is_tried_again(
    server: FaultServer, store: WebDavStore, method: str, does: bool
) -> None:
    """The fault: the network gone; here also after the server had done what it was asked."""
    server.objects = {} if method in {"PUT", "MOVE"} else {NAME: DATA}
    server.plan[method] = [DROP._replace(does=does), None]
    ACTS[method](store)
    assert server.objects == ({} if method == "DELETE" else {NAME: DATA})


@pytest.mark.parametrize("method", ACTS)
@pytest.mark.parametrize("fault", [DROP, HANG], ids=["drops", "hangs"])
def test_a_line_that_stays_dead_is_told(
    server: FaultServer, store: WebDavStore, method: str, fault: Answer
) -> None:
    """The fault: a socket that hangs."""
    server.plan[method] = [fault]
    error = failure(method, store)
    assert type(error) is StoreUnreachable
    assert error.facts["reason"] == ("ReadTimeout" if fault.hang else "RemoteProtocolError")
    assert not server.objects
    assert server.methods().count(method) == (1 if fault.hang else 3)


@pytest.mark.parametrize("hang", [False, True])
def test_an_object_cut_short_on_the_way_is_not_taken_for_whole(
    server: FaultServer, store: WebDavStore, hang: bool
) -> None:
    """The fault: each object cut short; a socket that hangs half-way through a body."""
    server.objects = {NAME: DATA}
    server.plan["GET"] = [Answer(200, (), DATA, sent=100, hang=hang)]
    assert type(failure("GET", store)) is StoreUnreachable
    server.plan["GET"].append(None)
    server.plan["GET"].pop(0)
    assert store.get(NAME) == DATA


def test_nobody_at_the_address_is_unreachable() -> None:
    """The fault: the network gone."""
    with FaultServer() as server:
        url = server.url
    store = WebDavStore(url, LIN, Network(timeout_s=2))
    error = failure("PROPFIND", store)
    assert (type(error), error.facts["reason"]) == (StoreUnreachable, "ConnectError")


def test_behind_a_proxy_that_ends_tls_the_path_alone_is_where_to(
    server: FaultServer, store: WebDavStore
) -> None:
    """The fault: 502, the answer of a server that takes our address for another server's."""
    server.plan["MOVE"] = [Answer(502), None]
    store.put(NAME, DATA)
    asked = [heard.headers["Destination"] for heard in server.heard if heard.method == "MOVE"]
    assert asked == [server.url + NAME, "/dav/packs/" + NAME]
    assert server.objects == {NAME: DATA}


def test_an_act_is_one_request_and_a_put_two(server: FaultServer, store: WebDavStore) -> None:
    for method, most in (("PROPFIND", 1), ("PUT", 2), ("GET", 1), ("DELETE", 1)):
        before = store.requests
        ACTS[method](store)
        assert store.requests - before == most
    assert len(server.heard) == store.requests
    assert len({heard.headers["Host"] for heard in server.heard}) == 1


def test_the_heavy_library_is_loaded_at_first_use_only() -> None:
    code = "import sys, companion.sync.webdav as w; s = w.WebDavStore('https://h/', w.Login(), "
    code += "w.Network()); sys.exit('httpx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
