"""The faults of mailboxes, said by a server that does so on purpose."""

import base64
from collections.abc import Callable, Iterator
from typing import Literal

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
    StoreUnencrypted,
    StoreUnreachable,
)
from companion.sync import retrying
from companion.sync.mailbox import MailboxStore
from companion.sync.store import Network
from tests.sync.imap_server import DATA, NAME, Fault, Server, serving, store_at

Refusal = tuple[str, str, str, type[CompanionError], dict[str, str]]
ACTS: dict[str, Callable[[MailboxStore], object]] = {
    "names": lambda store: store.names(),
    "get": lambda store: store.get(NAME),
    "put": lambda store: store.put(NAME, DATA),
    "delete": lambda store: store.delete(NAME),
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(retrying, "PAUSES_S", (0.0, 0.0))
    with serving() as server:
        yield server


@pytest.mark.parametrize(
    "refusal",
    [
        ("put", "APPEND", "NO [OVERQUOTA] lin's mail is full", StoreFull, {}),
        ("put", "APPEND", "NO [TOOBIG] too big", StoreFull, {}),
        ("put", "APPEND", "NO [TRYCREATE] no such folder", StoreMissing, {}),
        ("put", "APPEND", "NO [NOPERM] lin may not", StoreDenied, {"act": "write"}),
        ("put", "APPEND", "NO because", StoreDenied, {"act": "write"}),
        ("put", "APPEND", "BAD what", StoreAnswerStrange, {"reason": "BAD"}),
        ("delete", "UID STORE", "NO [READ-ONLY] lin may not", StoreDenied, {"act": "write"}),
        ("delete", "UID EXPUNGE", "NO [NOPERM] lin may not", StoreDenied, {"act": "write"}),
        ("names", "SELECT", "NO [NOPERM] lin may not", StoreDenied, {"act": "read"}),
        ("names", "SELECT", "NO [NONEXISTENT] no", StoreMissing, {}),
        ("names", "SELECT", "NO no such mailbox", StoreMissing, {}),
        ("names", "SELECT", "NO SELECT Unsafe Login. Write to kefu@", StoreLoginRefused, {}),
        ("names", "UID FETCH", "NO because", StoreAnswerStrange, {"reason": "NO"}),
        ("names", "AUTHENTICATE", "NO [AUTHENTICATIONFAILED] lin", StoreLoginRefused, {}),
        ("names", "AUTHENTICATE", "NO LOGIN fail. Service is not open", StoreLoginRefused, {}),
        ("names", "AUTHENTICATE", "BAD lin is not connected", StoreLoginRefused, {}),
        ("names", "AUTHENTICATE", "NO [PRIVACYREQUIRED] TLS first", StoreUnencrypted, {}),
    ],
)
def test_imap_no_overquota_and_every_refusal_is_its_own_error(
    server: Server, refusal: Refusal
) -> None:
    act, command, said, error, facts = refusal
    store = store_at(server)
    server.faults = [Fault(command, f"TAG {said}\r\n".encode())]
    with pytest.raises(error) as told:
        ACTS[act](store)
    # Nothing of what the server said: it may name the agent.
    assert told.value.facts == {"place": store.place} | facts
    assert not server.faults and not server.mails
    assert (store.names(), store.get(NAME)) == ({NAME}, DATA)


BUSY = [
    ("put", "APPEND", b"TAG NO [LIMIT] later\r\n"),
    ("names", "SELECT", b"TAG NO [INUSE] later\r\n"),
    ("names", "AUTHENTICATE", b"TAG NO [UNAVAILABLE] later\r\n"),
    ("names", "AUTHENTICATE", b"TAG NO [ALERT] Too many simultaneous connections\r\n"),
    ("names", "greeting", b"* BYE [UNAVAILABLE] too many connections\r\n"),
]


@pytest.mark.parametrize(("act", "command", "said"), BUSY)
def test_429_and_503_as_imap_says_them_are_asked_again(
    server: Server, act: str, command: str, said: bytes
) -> None:
    store = store_at(server)
    server.faults = [Fault(command, said)]
    ACTS[act](store)
    assert not server.faults
    store = store_at(server)
    server.faults = [Fault(command, said)] * 3
    with pytest.raises(StoreBusy) as told:
        ACTS[act](store)
    assert told.value.facts == {"place": store.place, "seconds": 0}


DROPPED = [
    ("names", "CAPABILITY"),
    ("names", "challenge"),
    ("names", "AUTHENTICATE"),
    ("names", "ID"),
    ("names", "SELECT"),
    ("names", "UID FETCH 1:*"),
    ("get", "UID FETCH 7"),
    ("put", "continuation"),
    ("put", "APPEND"),
    ("delete", "UID STORE"),
    ("delete", "UID EXPUNGE"),
]
CUT = [
    b"",
    b"* 1 FETCH (UID 7 BODY[2] {4}\r\nAA",
    b"* 1 FETCH (UID 7 BODY[2",
    b"* BYE idle for too long\r\n",
]


@pytest.mark.parametrize(
    ("act", "command", "said"),
    [("names", "greeting", b""), *((*drop, said) for drop in DROPPED for said in CUT)],
)
def test_a_dropped_line_is_tried_again_and_then_unreachable(
    server: Server, act: str, command: str, said: bytes
) -> None:
    store = store_at(server)
    server.faults = [Fault(command, said, "close")]
    ACTS[act](store)
    assert not server.faults
    assert (store.names(), store.get(NAME)) == ({NAME}, DATA)
    store = store_at(server)
    server.faults = [Fault(command, said, "close")] * 3
    with pytest.raises(StoreUnreachable) as told:
        ACTS[act](store)
    assert told.value.facts["place"] == store.place


@pytest.mark.parametrize(
    ("act", "command", "said"),
    [
        ("names", "greeting", b""),
        ("get", "UID FETCH 7", CUT[1]),
        *((*drop, b"") for drop in DROPPED),
    ],
)
def test_a_socket_that_hangs_even_half_way_through_a_body_is_given_up(
    server: Server, act: str, command: str, said: bytes
) -> None:
    store = store_at(server, network=Network(timeout_s=0.2))
    server.faults = [Fault(command, said, "hang")]
    with pytest.raises(StoreUnreachable) as told:
        ACTS[act](store)
    assert told.value.facts == {"place": store.place, "reason": "TimeoutError"}
    assert not server.faults and not server.mails
    assert store_at(server).get(NAME) == DATA


@pytest.mark.parametrize("then", ["close", "hang"])
def test_a_line_dropped_or_hanging_half_way_through_an_upload_leaves_nothing(
    server: Server, then: Literal["close", "hang"]
) -> None:
    large = bytes(20_000_000)
    store = store_at(server, network=Network(timeout_s=0.5))
    server.faults = [Fault("continuation", b"+ \r\n", then)] * (3 if then == "close" else 1)
    with pytest.raises(StoreUnreachable) as told:
        store.put(NAME, large)
    assert told.value.facts["reason"] in (
        "TimeoutError",
        "ECONNRESET",
        "ECONNABORTED",
        "EPIPE",
    )
    assert not server.faults and not server.mails
    store_at(server).put(NAME, large)
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n<html>Log in",
        b"220 mail at your service\r\n",
        b"SSH-2.0-server\r\n",
        b"\r\n",
        b"+OK POP3\r\n",
        b"* NO not here\r\n",
        b"* OK " + b"x" * 1_000_001,
    ],
)
def test_a_greeting_that_is_no_imap_is_strange(server: Server, said: bytes) -> None:
    store = store_at(server)
    server.faults = [Fault("greeting", said, "close")]
    with pytest.raises(StoreAnswerStrange) as told:
        store.names()
    assert told.value.facts == {"place": store.place, "reason": "greeting"}


@pytest.mark.parametrize(
    "said",
    [b"nonsense\r\n", b"x7 OK other tag\r\n", b"* 1 FETCH (BODY[2] {99999999999}\r\n"],
)
def test_a_listing_that_is_no_imap_is_strange(server: Server, said: bytes) -> None:
    store = store_at(server)
    server.faults = [Fault("UID FETCH", said)]
    with pytest.raises(StoreAnswerStrange):
        store.names()
    assert store.names() == {NAME}


def test_a_folder_that_another_desk_made_meanwhile_is_made(server: Server) -> None:
    missing = Fault("SELECT", b"TAG NO [NONEXISTENT] no\r\n")
    server.faults = [missing, Fault("CREATE", b"TAG NO [ALREADYEXISTS] is\r\n")]
    assert store_at(server, make=True).names() == {NAME}
    server.faults = [missing, Fault("CREATE", b"TAG NO [NOPERM] may not\r\n")]
    with pytest.raises(StoreDenied) as told:
        store_at(server, make=True)
    assert told.value.facts["act"] == "write"


@pytest.mark.parametrize(
    ("command", "said"),
    [("challenge", b"+ wha\r\n"), ("CAPABILITY", b"* CAPABILITY IMAP4rev1 \xff\r\nTAG OK k\r\n")],
)
def test_a_login_that_cannot_be_decoded_is_strange(
    server: Server, command: str, said: bytes
) -> None:
    store = store_at(server)
    server.faults = [Fault(command, said)]
    with pytest.raises(StoreAnswerStrange):
        store.names()
    assert store.names() == {NAME}


@pytest.mark.parametrize(
    ("said", "data"),
    [
        (b"NIL", b""),
        (b'""', b""),
        (b'"aGVsbG8="', b"hello"),
        (b"{10}\r\naGVs\r\nbG8=", b"hello"),
        # Cut short in the mailbox itself: given as it is, the pack's own name tells.
        (b"{5}\r\naGVsb", b"aGVsb"),
    ],
)
def test_bytes_are_read_however_the_server_writes_them(
    server: Server, said: bytes, data: bytes
) -> None:
    server.faults = [Fault("UID FETCH 7", b"* 1 FETCH (UID 7 BODY[2] %s)\r\nTAG OK k\r\n" % said)]
    assert store_at(server).get(NAME) == data


def test_a_put_is_one_whole_mail(server: Server) -> None:
    store_at(server).put(NAME, DATA)
    (mail,) = server.mails
    assert b"\n" not in mail.replace(b"\r\n", b"") and b"Subject: profile.json\r\n" in mail
    assert base64.encodebytes(DATA).replace(b"\n", b"\r\n") in mail


@pytest.mark.parametrize("said", [b"TAG OK done\r\n", b"TAG NO [EXPUNGEISSUED] gone\r\n"])
def test_a_mail_that_went_since_the_listing_is_looked_for_once_more(
    server: Server, said: bytes
) -> None:
    store = store_at(server)
    assert store.names() == {NAME}
    server.faults = [Fault("UID FETCH 7", said)]
    assert store.get(NAME) == DATA
    server.faults = [Fault("UID FETCH 7", said), Fault("SELECT", b"* 0 EXISTS\r\nTAG OK\x20\r\n")]
    with pytest.raises(ObjectMissing) as told:
        store.get(NAME)
    assert told.value.facts == {"name": NAME}
    assert not server.faults
