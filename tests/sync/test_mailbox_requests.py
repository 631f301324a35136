"""How few commands a mailbox store gives: after its own changes, for small objects, for many."""

import functools
import os
from collections.abc import Callable

import pytest

from companion.errors import ObjectMissing
from tests.contracts.servers.dovecot import MailboxPlace
from tests.sync.test_mailbox import mail, pack


@pytest.fixture
def place() -> MailboxPlace:
    return MailboxPlace()


def test_what_a_store_has_just_done_needs_no_new_listing(place: MailboxPlace) -> None:
    store = place.open()
    contents = [b"one", b"two", b"three"]
    store.names()
    costs = []
    acts: list[Callable[[], object]] = [
        *(functools.partial(store.put, pack(data), data) for data in contents),
        *(functools.partial(store.get, pack(data)) for data in contents),
        store.names,
        functools.partial(store.delete, pack(b"two")),
        store.names,
    ]
    for act in acts:
        before = store.requests
        act()
        costs.append(store.requests - before)
    # A delete looks first: another desk may have put the same.
    assert costs == [1, 1, 1, 1, 1, 1, 1, 3, 1]
    assert store.names() == {pack(b"one"), pack(b"three")}


def test_small_objects_come_along_with_the_first_that_is_asked_for(place: MailboxPlace) -> None:
    writer, large = place.open(), os.urandom(50_000)
    small = [b"%d" % number for number in range(4)]
    for data in (*small, large):
        writer.put(pack(data), data)
    reader = place.open()
    reader.names()
    before = reader.requests
    assert [reader.get(pack(data)) for data in small] == small
    assert reader.requests - before == 1
    assert reader.get(pack(large)) == large
    assert reader.requests - before == 2
    # What came along and is gone by now is gone.
    again = place.open()
    assert again.get(pack(small[0])) == small[0]
    writer.delete(pack(small[1]))
    again.names()
    with pytest.raises(ObjectMissing):
        again.get(pack(small[1]))


def test_a_large_object_goes_there_and_back(place: MailboxPlace) -> None:
    data = os.urandom(5_000_000)
    place.open().put(pack(data), data)
    assert place.open().get(pack(data)) == data


def test_a_listing_of_751_names_is_whole_and_costs_two_requests(place: MailboxPlace) -> None:
    store = place.open()
    names = {pack(b"%d" % number) for number in range(751)}
    for name in names:
        store.put(name, b"x")
    before = store.requests
    place.append(mail("not ours"))
    assert store.names() == names
    assert store.requests - before == 2
    reader = place.open()
    assert reader.names() == names
    assert reader.get(pack(b"750")) == b"x"
