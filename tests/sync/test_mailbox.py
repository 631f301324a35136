"""A mailbox store on Dovecot: what is ours among other mails, two desks, TLS, a full mailbox."""

import base64
import functools
import hashlib
import os
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme

from companion.errors import (
    ObjectMissing,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnreachable,
    StoreUntrusted,
)
from companion.sync.mailbox import MailboxStore
from companion.sync.store import Login, Network
from tests.contracts.servers.dovecot import PLAIN, Dovecot, MailboxPlace

NO_UIDPLUS = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID NAMESPACE\n"
LIMIT = "plugin {{\n  quota_rule = *:storage=200K\n}}\n"
FULL = "protocol imap {{\n  mail_plugins = $mail_plugins imap_quota\n}}\n"


def pack(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() + ".pack"


HELLO = pack(b"hello")


@functools.cache
def without_uidplus() -> Dovecot:
    return Dovecot(PLAIN + NO_UIDPLUS)


@functools.cache
def small() -> Dovecot:
    return Dovecot(PLAIN + LIMIT + FULL)


@pytest.fixture
def place() -> MailboxPlace:
    return MailboxPlace()


@pytest.fixture(params=["UIDPLUS", "no UIDPLUS"])
def any_place(request: pytest.FixtureRequest) -> MailboxPlace:
    return MailboxPlace(server=without_uidplus() if "no" in request.param else None)


def mail(subject: str, *attached: str, text: str = "Hello") -> bytes:
    made = EmailMessage()
    made["Subject"] = subject
    made.set_content(text)
    for name in attached:
        made.add_attachment(b"foreign", "application", "octet-stream", filename=name)
        *_, part = made.iter_attachments()
        part.set_param("name", name)
    return bytes(made)


def test_what_others_write_about_our_mails_is_neither_listed_nor_touched(
    any_place: MailboxPlace,
) -> None:
    store = any_place.open()
    foreign = [
        mail(f"Re: {HELLO}", text=f"> {HELLO}"),
        mail(f"转发：{HELLO}", HELLO),
        mail(f"{HELLO} (1)", HELLO),
        mail(HELLO),
        mail(HELLO, "holiday.jpg"),
        mail(HELLO, HELLO, "holiday.jpg"),
        mail(HELLO, "holiday.jpg", HELLO),
        mail(f"{HELLO}\t", f"{HELLO} "),
        mail(pack(b"other"), HELLO),
        mail("", HELLO),
    ]
    for each in foreign:
        any_place.append(each)
    assert store.names() == set()
    with pytest.raises(ObjectMissing):
        store.get(HELLO)
    store.put(HELLO, b"hello")
    assert (store.names(), store.get(HELLO)) == ({HELLO}, b"hello")
    store.delete(HELLO)
    assert store.names() == set()
    with any_place.client() as client:
        client.select(any_place.coded)
        assert len(client.search(None, "UNDELETED")[1][0].split()) == len(foreign)


def test_two_mails_of_a_name_are_one_object_and_go_together(any_place: MailboxPlace) -> None:
    one, two = any_place.open(), any_place.open()
    for store in (one, two):
        store.put(HELLO, b"hello")
    assert (one.names(), one.get(HELLO)) == ({HELLO}, b"hello")
    two.put(HELLO, b"hello")
    one.delete(HELLO)
    assert (one.names(), two.names()) == (set(), set())
    with pytest.raises(ObjectMissing):
        two.get(HELLO)


def test_nobody_elses_deleted_mails_are_expunged(any_place: MailboxPlace) -> None:
    store = any_place.open()
    store.put(HELLO, b"hello")
    any_place.append(mail("a mail that the agent may want back"), r"(\Deleted)")
    store.delete(HELLO)
    with any_place.client() as client:
        client.select(any_place.coded)
        left = client.search(None, "DELETED")[1][0].split()
        assert len(left) == (1 if any_place.server is not without_uidplus() else 2)


def test_what_another_desk_does_is_seen_and_nothing_new_costs_one_request(
    place: MailboxPlace,
) -> None:
    one, two = place.open(), place.open()
    for act, names in ((two.put, {HELLO}), (lambda name, _: two.delete(name), set())):
        act(HELLO, b"hello")
        assert one.names() == names
        for _ in range(2):
            before = one.requests
            assert one.names() == names
            assert one.requests == before + 1
    two.put(HELLO, b"hello")
    assert one.get(HELLO) == b"hello"
    two.delete(HELLO)
    # Dovecot may still give what a reader had open; objects are immutable, so that is no harm.
    assert one.names() == set()
    with pytest.raises(ObjectMissing):
        one.get(HELLO)


def test_our_mails_are_read_ones_with_a_word_on_what_they_are(place: MailboxPlace) -> None:
    place.open().put(HELLO, b"hello")
    with place.client() as client:
        client.select(place.coded)
        assert client.search(None, "UNSEEN")[1] == [b""]
        text = client.fetch("1", "(BODY.PEEK[1])")[1][0]
    assert isinstance(text, tuple)
    said = base64.b64decode(text[1]).decode()
    assert "请不要删除" in said and "do not delete" in said


def test_a_folder_is_made_only_when_asked_for(place: MailboxPlace) -> None:
    with pytest.raises(StoreMissing):
        place.open(make=False).names()
    assert place.open().names() == place.open().names() == set()


def test_a_folder_in_which_nothing_may_be_deleted_says_so(place: MailboxPlace) -> None:
    store = place.open()
    store.put(HELLO, b"hello")
    (place.files() / "dovecot-acl").write_text("owner lrwsipe\n", encoding="utf-8")
    with pytest.raises(StoreDenied) as told:
        store.delete(HELLO)
    assert told.value.facts == {"place": store.place, "act": "write"}
    store.put(pack(b"new"), b"new")
    assert store.names() == {HELLO, pack(b"new")}


def test_a_wrong_password_is_refused(place: MailboxPlace) -> None:
    wrong = Login(place.login.user, "a wrong one")
    with pytest.raises(StoreLoginRefused) as told:
        place.open(login=wrong, make=False).names()
    assert told.value.facts == {
        "place": f"imap://{place.login.user}@127.0.0.1:{place.server.port}/{place.name}"
    }


def test_a_full_mailbox_takes_nothing_and_keeps_what_it_has() -> None:
    place = MailboxPlace(server=small())
    store = place.open()
    store.put(HELLO, b"hello")
    big = os.urandom(300_000)
    with pytest.raises(StoreFull) as told:
        store.put(pack(big), big)
    assert told.value.facts == {"place": store.place}
    assert (store.names(), store.get(HELLO)) == ({HELLO}, b"hello")


@pytest.fixture
def authority() -> Iterator[Path]:
    """A folder with an authority's certificate and two of its servers' (readable by the server)."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(folder / "ca.pem")
        for name in ("127.0.0.1", "mail.example"):
            own = authority.issue_cert(name).private_key_and_cert_chain_pem
            own.write_to_path(folder / name)
        yield folder


def test_a_certificate_is_verified_by_the_companys_own_authority_and_for_the_host(
    authority: Path,
) -> None:
    trusting, ordinary = Network(ca_file=str(authority / "ca.pem")), Network()
    nowhere = Network(ca_file=str(authority / "none.pem"))
    for name, network, trusted in (
        ("127.0.0.1", trusting, True),
        ("127.0.0.1", ordinary, False),
        ("127.0.0.1", nowhere, False),
        ("mail.example", trusting, False),
    ):
        own = authority / name
        server = Dovecot(f"ssl = required\nssl_cert = <{own}\nssl_key = <{own}\n", tls=True)
        try:
            login = MailboxPlace(server=server).login
            store = MailboxStore("127.0.0.1", server.port, "Seat", login, network)
            # A folder that is not there is told only to someone who has logged in.
            with pytest.raises(StoreMissing if trusted else StoreUntrusted) as told:
                store.names()
            assert told.value.facts["place"] == (
                f"imaps://{login.user}@127.0.0.1:{server.port}/Seat"
            )
        finally:
            server.end()


def test_a_server_that_speaks_no_tls_is_not_trusted(place: MailboxPlace) -> None:
    store = MailboxStore("127.0.0.1", place.server.port, "Seat", place.login, Network())
    with pytest.raises(StoreUntrusted):
        store.names()


def test_a_server_that_was_started_anew_is_met_again() -> None:
    server = Dovecot()
    try:
        store = MailboxPlace(server=server).open()
        store.put(HELLO, b"hello")
        server.restart()
        assert (store.names(), store.get(HELLO)) == ({HELLO}, b"hello")
        server.end()
        with pytest.raises(StoreUnreachable) as told:
            store.names()
        assert told.value.facts == {"place": store.place, "reason": "ECONNREFUSED"}
    finally:
        server.end()
