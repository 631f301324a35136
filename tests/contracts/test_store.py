"""The one suite that every store passes; a new store is one line in STORES."""

import hashlib
import importlib
import inspect
import pkgutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

import companion.sync
from companion.errors import (
    ObjectMissing,
    StoreDenied,
    StoreMissing,
)
from companion.sync.bucket import BucketStore
from companion.sync.folder import FolderStore
from companion.sync.mailbox import MailboxStore
from companion.sync.store import OBJECT_NAME, Store
from companion.sync.webdav import WebDavStore
from tests.contracts.servers.buckets import MotoBucketPlace, RcloneBucketPlace
from tests.contracts.servers.disk import FolderPlace
from tests.contracts.servers.dovecot import MailboxPlace
from tests.contracts.servers.foreign import SambaPlace, StickPlace
from tests.contracts.servers.served import ApachePlace, RclonePlace, WsgidavPlace


class Place(Protocol):
    """A store's place as its owner sees it, behind the store's back.

    ``lose`` takes it away, ``obstruct`` puts something else where it was, and while ``closed``
    lasts it refuses to be read or to be written.
    """

    def open(self) -> Store: ...
    def plant(self, name: str, data: bytes) -> None: ...
    def lose(self) -> None: ...
    def obstruct(self) -> None: ...
    def closed(self, act: str) -> AbstractContextManager[None]: ...


FOREIGN_PLACES = (SambaPlace, StickPlace)

STORES: dict[type[Store], tuple[Callable[[Path], Place], ...]] = {
    FolderStore: (FolderPlace, *(kind for kind in FOREIGN_PLACES if not kind.lacks)),
    WebDavStore: (ApachePlace, WsgidavPlace, RclonePlace),
    BucketStore: (RcloneBucketPlace, MotoBucketPlace),
    MailboxStore: (MailboxPlace,),
}
PLACES = [place for places in STORES.values() for place in places]


@pytest.fixture(params=PLACES, ids=lambda place: str(place.__name__))
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    # A user without rights of its own cannot reach the folders that pytest makes.
    with tempfile.TemporaryDirectory() as around:
        Path(around).chmod(0o755)
        yield request.param(Path(around))


@pytest.fixture
def store(place: Place) -> Store:
    return place.open()


def pack(data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    # Half of them are of the kind that others need not wait for.
    return digest + (".pack" if digest[-1] in "01234567" else ".later.pack")


HELLO = pack(b"hello")
OURS = (
    "profile.json",
    HELLO,
    f"passphrase-{'0f' * 16}.slot",
    f"recovery-{'a1' * 16}.slot",
    f"{'0' * 11}7-{'c3' * 32}.team",
)
FOREIGN = (
    "README.txt",
    ".0123456789abcdef.tmp",
    f"{'0' * 64}.pack.part",
    f"{'0' * 64} (1).pack",
    f"{'0' * 64}.later (1).pack",
    f"{'0' * 64}.soon.pack",
    f"{'0' * 64}.sync-conflict-20240101-120000.pack",
    f"{'AB' * 32}.pack",
    f"{'0' * 63}.pack",
    "profile (1).json",
    f"other-{'0f' * 16}.slot",
)


def test_every_store_in_sync_is_in_this_suite() -> None:
    verbs = {"names", "get", "put", "delete"}
    found = {
        kind
        for module in pkgutil.iter_modules(companion.sync.__path__, "companion.sync.")
        for kind in vars(importlib.import_module(module.name)).values()
        if inspect.isclass(kind) and kind is not Store and verbs <= vars(kind).keys()
    }
    assert found == set(STORES)


@pytest.mark.parametrize("kind", FOREIGN_PLACES)
def test_a_share_and_a_stick_are_in_this_suite_where_the_machine_lets_us(
    kind: type[SambaPlace | StickPlace],
) -> None:
    if kind.lacks:
        pytest.skip(f"not installed: {kind.lacks} (Debian: samba, fuse3, dosfstools, fusefat)")
    assert kind in PLACES


def test_what_is_put_is_listed_and_got_until_it_is_deleted(place: Place, store: Store) -> None:
    assert store.names() == set()
    contents = (b"", b"hello", b"\r\n\x00\x1a\xff", bytes(range(256)) * 8192, b"team")
    held = dict(zip(OURS, contents, strict=True))
    for name, data in held.items():
        store.put(name, data)
    store = place.open()
    assert store.names() == held.keys()
    assert {name: store.get(name) for name in held} == held
    store.delete(HELLO)
    assert store.names() == held.keys() - {HELLO}
    with pytest.raises(ObjectMissing) as told:
        store.get(HELLO)
    assert told.value.facts == {"name": HELLO}


def test_putting_and_deleting_twice_is_as_good_as_once(store: Store) -> None:
    store.put(HELLO, b"hello")
    store.put(HELLO, b"hello")
    assert store.names() == {HELLO}
    store.delete(HELLO)
    store.delete(HELLO)
    assert store.names() == set()


def test_every_act_counts_as_a_request_or_more(store: Store) -> None:
    acts: list[Callable[[], object]] = [store.names, *writes(store)]
    for act in acts:
        before = store.requests
        act()
        assert store.requests > before


def test_what_is_not_ours_is_not_listed(place: Place, store: Store) -> None:
    store.put(HELLO, b"hello")
    for name in FOREIGN:
        # Where capitals make no other name, that one is ours.
        if not (isinstance(place, StickPlace) and OBJECT_NAME.fullmatch(name.lower())):
            place.plant(name, b"not ours")
    assert store.names() == {HELLO}


@pytest.mark.parametrize("name", [*FOREIGN, "", "..", "../profile.json", f"../{HELLO}"])
def test_a_name_that_is_not_ours_is_never_touched(store: Store, name: str) -> None:
    for act in (store.get, lambda name: store.put(name, b"x"), store.delete):
        with pytest.raises(ObjectMissing):
            act(name)
    assert store.names() == set()


def test_a_reader_meanwhile_sees_an_object_whole_or_not_at_all(place: Place, store: Store) -> None:
    objects = {pack(data): data for data in (bytes([at]) * 3_000_000 for at in range(16))}
    broken: list[str] = []
    seen: set[str] = set()
    begun, done = threading.Event(), threading.Event()

    def read() -> None:
        reader = place.open()
        while not done.is_set():
            for name in objects.keys() - seen:
                # Asked for by name, not only when listed: the moment between counts as well.
                try:
                    whole = reader.get(name) == objects[name]
                except ObjectMissing:
                    continue
                seen.add(name)
                if not whole:
                    broken.append(name)
            if not reader.names() <= objects.keys():
                broken.append("a name that nobody put")
            begun.set()

    def read_on() -> None:
        try:
            read()
        except Exception as error:
            # Nobody hears of it on this thread.
            broken.append(repr(error))
            begun.set()

    thread = threading.Thread(target=read_on)
    thread.start()
    try:
        assert begun.wait(30)
        for name, data in objects.items():
            store.put(name, data)
    finally:
        done.set()
        thread.join()
    assert not broken
    assert seen


@pytest.mark.parametrize("gone", ["lose", "obstruct"])
def test_a_place_that_is_not_there_is_missing_not_empty(
    place: Place, store: Store, gone: str
) -> None:
    store.put(HELLO, b"hello")
    getattr(place, gone)()
    for act in (store.names, lambda: store.get(HELLO), *writes(store)):
        with pytest.raises(StoreMissing) as told:
            act()
        assert told.value.facts == {"place": store.place}


def writes(store: Store) -> tuple[Callable[[], object], ...]:
    return (
        lambda: store.put(HELLO, b"hello"),
        lambda: store.put(pack(b"new"), b"new"),
        lambda: store.delete(HELLO),
    )


@pytest.mark.parametrize("closed", ["read", "write"])
def test_a_closed_place_says_which_way_it_is_closed(
    place: Place, store: Store, closed: str
) -> None:
    store.put(HELLO, b"hello")
    acts = [store.names] if closed == "read" else writes(store)
    with place.closed(closed):
        for act in acts:
            with pytest.raises(StoreDenied) as told:
                act()
            assert told.value.facts == {"place": store.place, "act": closed}
        if closed == "write":
            assert (store.names(), store.get(HELLO)) == ({HELLO}, b"hello")
    assert (store.names(), store.get(HELLO)) == ({HELLO}, b"hello")
