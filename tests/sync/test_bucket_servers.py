"""Real object stores: wrong keys, a listing of many pages, an upload cut short, odd prefixes."""

import contextlib
import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from companion.errors import CompanionError, ObjectMissing, StoreLoginRefused
from companion.profile import slots
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.sync.bucket import BucketStore
from companion.sync.engine import Engine
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Network
from tests.contracts.servers.buckets import (
    LOGIN,
    REGION,
    MotoBucketPlace,
    RcloneBucketPlace,
)

HELLO = hashlib.sha256(b"hello").hexdigest() + ".pack"
SLOT = f"passphrase-{'0' * 32}.slot"
BucketPlace = RcloneBucketPlace | MotoBucketPlace


@pytest.fixture(params=[RcloneBucketPlace, MotoBucketPlace])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> BucketPlace:
    made: BucketPlace = request.param(tmp_path)
    return made


def login_of(place: BucketPlace) -> Login:
    return place.login if isinstance(place, MotoBucketPlace) else LOGIN


def checking(place: BucketPlace) -> AbstractContextManager[None]:
    """moto checks signatures only when told to."""
    return place.guarded() if isinstance(place, MotoBucketPlace) else contextlib.nullcontext()


def test_a_wrong_key_or_secret_is_refused(place: BucketPlace) -> None:
    """Answers: 403 that means 401."""
    right = place.open()
    right.put(HELLO, b"hello")
    with checking(place):
        assert right.get(HELLO) == b"hello"
        for login in (Login("NOBODY", "secret"), Login(login_of(place).user, "wrong")):
            store = place.open(login)
            for act in (
                store.names,
                lambda store=store: store.get(HELLO),
                lambda store=store: store.put(HELLO, b"hello"),
                lambda store=store: store.delete(HELLO),
            ):
                with pytest.raises(StoreLoginRefused):
                    act()
    assert right.names() == {HELLO}


def test_more_objects_than_a_page_holds_are_all_listed(tmp_path: Path) -> None:
    """Listings."""
    place = RcloneBucketPlace(tmp_path)
    names = {f"{at:064x}.pack" for at in range(1203)}
    for name in names:
        place.plant(name, b"x")
    store = place.open()
    try:
        assert store.names() == names
        assert store.requests == 2
    finally:
        # rclone looks at all it has for every request.
        place.lose()


@pytest.mark.parametrize("prefix", ["", "a/b/c", "随席/林 two", "a+b=c@d, e"])
def test_prefixes_keep_apart_what_is_in_one_bucket(place: BucketPlace, prefix: str) -> None:
    elsewhere = place.open(prefix="elsewhere")
    elsewhere.put("profile.json", b"{}")
    store = place.open(prefix=prefix)
    assert store.names() == set()
    store.put(HELLO, b"hello")
    assert (store.names(), store.get(HELLO)) == ({HELLO}, b"hello")
    assert elsewhere.names() == {"profile.json"}
    store.delete(HELLO)
    with pytest.raises(ObjectMissing):
        store.get(HELLO)


def test_two_desks_meet_in_a_bucket(place: BucketPlace, tmp_path: Path) -> None:
    far, profile, key = place.open(), "A" * 22, ProfileKey.fresh()
    for name, data in ((SLOT, b"{}"), (slots.HEADER, slots.encode_header(profile))):
        far.put(name, data)
    desks = []
    for name in ("one", "other"):
        desk = Profile(profile)
        engine = Engine(desk, key, FolderStore(tmp_path / name, make=True))
        for at in range(12):
            desk.add("phrase", title=f"{name} {at}", body="正文")
            engine.sync(far)
        desks.append((desk, engine))
    # Beyond a handful the packs were put together, read back, and what they cover was deleted.
    assert len(far.names()) < 24
    for _, engine in desks:
        assert engine.sync(far).unreadable == []
    titles = [{phrase.title for phrase in desk.phrases()} for desk, _ in desks]
    assert titles[0] == titles[1]
    assert len(titles[0]) == 24


@contextlib.contextmanager
def cut_line(endpoint: str, after: int) -> Iterator[str]:
    """Carries a connection to a server and ends it after so many bytes have been sent."""
    host, port = urlsplit(endpoint).hostname, urlsplit(endpoint).port
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    over = threading.Event()

    def answers(server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(1 << 16):
                client.sendall(piece)

    def carry() -> None:
        while not over.is_set():
            try:
                client, _ = listening.accept()
            except TimeoutError:
                continue
            client.settimeout(10)
            with client, socket.create_connection((host, port)) as server:
                back = threading.Thread(target=answers, args=(server, client))
                back.start()
                left = after
                while left and (piece := client.recv(min(left, 1 << 16))):
                    server.sendall(piece)
                    left -= len(piece)
                server.shutdown(socket.SHUT_WR)
                # The server's word on half an upload comes before the end of the line.
                back.join(10)

    thread = threading.Thread(target=carry)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        listening.close()


def test_an_upload_cut_short_leaves_nothing(place: BucketPlace) -> None:
    """Each object: cut short."""
    data = bytes(500_000)
    store = place.open()
    with cut_line(urlsplit(store.place)._replace(path="").geturl(), 200_000) as endpoint:
        cut = BucketStore(
            place.bucket,
            "lin",
            endpoint,
            REGION,
            login=login_of(place),
            network=Network(timeout_s=5),
        )
        with pytest.raises(CompanionError):
            cut.put(HELLO, data)
    assert store.names() == set()
    with pytest.raises(ObjectMissing):
        store.get(HELLO)
    store.put(HELLO, data)
    assert store.get(HELLO) == data
