"""The line of a mailbox store: one login, kept open, and when the login is given at all."""

import time
from collections.abc import Iterator

import pytest

from companion.errors import StoreUnencrypted, StoreUnreachable
from companion.sync import mailbox_line
from companion.sync.store import Login, Network
from tests.sync.imap_server import DATA, NAME, Fault, Server, serving, store_at


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def test_a_line_that_the_server_closed_meanwhile_is_opened_anew(server: Server) -> None:
    store = store_at(server)
    server.faults = [Fault("UID FETCH 7", b"* BYE idle\r\nTAG OK done\r\n", "close")]
    assert store.names() == {NAME}
    assert store.get(NAME) == DATA
    assert [each.split()[0] for each in server.asked].count("AUTHENTICATE") == 2


def test_one_line_and_one_login_serve_many_calls_and_nothing_new_costs_one_request(
    server: Server,
) -> None:
    store = store_at(server)
    for _ in range(3):
        assert (store.names(), store.get(NAME)) == ({NAME}, DATA)
    said = [each.split()[0] for each in server.asked]
    first = ["CAPABILITY", "AUTHENTICATE", "CAPABILITY", "ID", "SELECT", "UID", "UID"]
    assert said == [*first, "SELECT", "UID", "SELECT", "UID"]
    assert store.requests == len(said)


def test_a_password_beyond_ascii_goes_as_it_is(server: Server) -> None:
    store_at(server, Login("林@example.com", "密码 é")).names()
    assert "AUTHENTICATE PLAIN \0林@example.com\0密码 é" in server.asked


def test_a_server_without_plain_gets_the_login_quoted(server: Server) -> None:
    server.able = b"IMAP4rev1"
    store = store_at(server, Login('li"n', "se cr\\et"))
    assert store.names() == {NAME}
    assert r'LOGIN "li\"n" "se cr\\et"' in server.asked


def test_the_login_is_kept_where_the_server_wants_it_encrypted(server: Server) -> None:
    server.able = b"IMAP4rev1 LOGINDISABLED"
    with pytest.raises(StoreUnencrypted):
        store_at(server).names()
    assert server.asked == ["CAPABILITY"]


def test_nothing_goes_in_clear_beyond_this_machine_unless_allowed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox_line, "is_loopback", lambda host: host == "::1")
    with pytest.raises(StoreUnencrypted):
        store_at(server).names()
    assert not server.asked
    assert store_at(server, network=Network(unencrypted=True)).names() == {NAME}


def test_the_name_is_said_before_select_and_a_refused_one_does_no_harm(server: Server) -> None:
    server.faults = [Fault("ID", b"TAG BAD what\r\n")]
    assert store_at(server).names() == {NAME}
    who = next(at for at, said in enumerate(server.asked) if said.startswith("ID "))
    assert '"name" "Companion"' in server.asked[who] and '"version" "' in server.asked[who]
    assert who < server.asked.index('SELECT "Seat"')


def test_a_name_is_said_also_where_only_strangers_are_told_that_it_is_wanted(
    server: Server,
) -> None:
    known = b"* CAPABILITY IMAP4rev1 UIDPLUS\r\nTAG OK done\r\n"
    server.faults = [Fault("AUTHENTICATE", known)]
    assert store_at(server).names() == {NAME}
    assert any(said.startswith("ID ") for said in server.asked)


def test_a_line_that_died_in_silence_while_idle_is_given_up_soon_and_opened_anew(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A firewall between forgets a line that was quiet, and tells nobody."""
    monkeypatch.setattr(mailbox_line, "_DEAD_S", 0.3)
    for quiet_s, again in ((0.0, True), (60.0, False)):
        monkeypatch.setattr(mailbox_line, "_QUIET_S", quiet_s)
        store = store_at(server, network=Network(timeout_s=2))
        assert store.names() == {NAME}
        server.faults = [Fault("SELECT", then="hang")]
        if again:
            began = time.monotonic()
            assert store.names() == {NAME}
            assert time.monotonic() - began < 2
        else:
            with pytest.raises(StoreUnreachable):
                store.names()


def test_a_mailbox_is_told_from_that_of_another_user_at_the_same_server(server: Server) -> None:
    one, two = (store_at(server, Login(user, "x")).place for user in ("li n@a.com", "wei"))
    assert one == f"imap://li%20n%40a.com@127.0.0.1:{server.port}/Seat"
    assert two == f"imap://wei@127.0.0.1:{server.port}/Seat"
