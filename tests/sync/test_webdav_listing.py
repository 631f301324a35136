"""What a WebDAV server may call a listing: every way of naming a folder's files, cut or not."""

from collections.abc import Iterator

import pytest

from companion.errors import StoreAnswerStrange, StoreMissing
from companion.sync.multistatus import Listing, NotMultistatus, read
from companion.sync.store import Login, Network
from companion.sync.webdav import WebDavStore
from tests.sync.fault_server import FOLDER, Answer, FaultServer, Heard, multistatus

PACK = f"{'0a' * 32}.pack"
MORE_THERE = (
    "<D:response><D:href>/dav/packs/</D:href>"
    "<D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>"
)
NOT_THERE = (
    f"<D:response><D:href>/dav/packs/{PACK}</D:href>"
    "<D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
)
LAUGH = (
    b'<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b'<D:multistatus xmlns:D="DAV:"><D:response><D:href>&b;</D:href></D:response></D:multistatus>'
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.sync.retrying.PAUSES_S", (0.0, 0.0))


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def store(server: FaultServer) -> WebDavStore:
    return WebDavStore(server.url, Login("lin", "x"), Network(timeout_s=5))


@pytest.mark.parametrize(
    "listed",
    [
        [("/dav/packs/", True), (f"/dav/packs/{PACK}", False)],
        [("/dav/packs", True), (f"/dav/packs/{PACK}", False)],
        [(f"/dav/packs/{PACK}", False)],
        [(f"/dav/packs/{PACK}", False)] * 3 + [("/dav/packs/", True)],
        [("http://other:81/DAV/Packs/", True), (f"http://other:81/dav/packs/{PACK}", False)],
        [("/behind/a/proxy/", True), (f"/behind/a/proxy/{PACK}", False)],
        [("/dav/packs/", True), (f"/dav/%70acks/%30a{PACK[2:]}", False)],
        [("/dav/packs/", True), (f" \n/dav/packs/{PACK} \n", False)],
        [("/dav/packs/", True), (f"/dav/packs/{PACK}", False), ("/dav/packs/old/", True)],
        [("/dav/packs/old/", True), (f"/dav/packs/{PACK}", False)],
        [
            ("/dav/packs/", True),
            (f"/dav/packs/{PACK}", False),
            ("/dav/packs/old/", True),
            (f"/dav/packs/old/{'0b' * 32}.pack", False),
        ],
        [
            ("/DAV/packs/", True),
            (f"/dav/packs/{PACK}", False),
            ("/dav/packs/old/", True),
            (f"/dav/packs/old/{'0b' * 32}.pack", False),
        ],
        [("/dav/packs/", True), (f"/dav/packs/{PACK}", False), (f"/{'0b' * 32}.pack/", True)],
    ],
    ids=[
        "the common way",
        "the folder without its slash",
        "without the folder",
        "doubled, the folder last",
        "another host and case",
        "another prefix",
        "escaped",
        "with space around",
        "a folder inside",
        "a page with a folder inside and without our own",
        "everything below as well",
        "everything below as well, in another case",
        "a folder with an object's name",
    ],
)
def test_a_folder_may_be_listed_in_many_ways(
    server: FaultServer, store: WebDavStore, listed: list[tuple[str, bool]]
) -> None:
    """The listing: doubled, case-folded."""
    server.plan["PROPFIND"] = [Answer(207, (), multistatus(*listed))]
    assert store.names() == {PACK}


@pytest.mark.parametrize("count", [0, 749, 750, 751, 1600])
def test_pages_of_750_are_one_listing(server: FaultServer, store: WebDavStore, count: int) -> None:
    """The listing: empty, 749/750/751 names; jianguoyun's pages and their links."""
    names = [f"{at:064x}.pack" for at in range(count)]

    def page(heard: Heard) -> Answer:
        begin = int(heard.path.partition("?from=")[2] or 0)
        listed = [(FOLDER, True), *((FOLDER + name, False) for name in names)]
        rest = listed[begin : begin + 750]
        more = begin + 750 < len(listed)
        link = (("Link", f'<{FOLDER}?from={begin + 750}>; rel="next"'),) if more else ()
        return Answer(207, link, multistatus(*rest))

    server.check = page
    assert store.names() == set(names)
    assert store.requests == max(1, -(-(count + 1) // 750))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(207, (), multistatus((FOLDER, True), MORE_THERE)),
        Answer(207, (("Link", f'<{FOLDER}?1>; rel="next"'),), multistatus((FOLDER, True))),
        Answer(207, (("Link", '<http://localhost:9/>; rel="next"'),), multistatus((FOLDER, True))),
        Answer(207, (("Link", '<http://[/>; rel="next"'),), multistatus((FOLDER, True))),
    ],
    ids=["507 on the folder", "a link that never ends", "a link elsewhere", "a broken link"],
)
def test_a_listing_that_says_it_is_cut_is_no_listing(
    server: FaultServer, store: WebDavStore, answer: Answer
) -> None:
    """The listing: absence is never deletion."""
    server.plan["PROPFIND"] = [answer]
    with pytest.raises(StoreAnswerStrange) as told:
        store.names()
    assert told.value.facts["reason"] == "listing cut short"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Please log in</body></html>",
        b"<!DOCTYPE html><html></html>",
        b'<multistatus xmlns="urn:other"/>',
        multistatus((FOLDER, True))[:-20],
        LAUGH,
        LAUGH.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="none-such"?><D:multistatus xmlns:D="DAV:"/>',
        multistatus(("http://[", False)),
    ],
    ids=[
        "nothing",
        "a page",
        "a page with a type",
        "other XML",
        "cut short",
        "entities",
        "entities in UTF-16",
        "an encoding nobody knows",
        "an address that is none",
    ],
)
def test_what_is_no_multistatus_is_strange(
    server: FaultServer, store: WebDavStore, body: bytes
) -> None:
    """The fault: an HTML login page, here with the right number."""
    server.plan["PROPFIND"] = [Answer(207, (), body)]
    with pytest.raises(StoreAnswerStrange) as told:
        store.names()
    assert told.value.facts == {"place": store.place, "reason": "no multistatus"}


def test_an_entity_of_another_file_is_never_read() -> None:
    body = b'<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + LAUGH.partition(b">]>")[2]
    with pytest.raises(NotMultistatus):
        read(body, FOLDER)


def test_a_file_that_is_listed_as_missing_is_not_there() -> None:
    assert read(multistatus((FOLDER, True), NOT_THERE), FOLDER) == Listing(
        {}, is_file=False, cut=False
    )


def test_a_file_in_the_folders_place_is_no_store(server: FaultServer, store: WebDavStore) -> None:
    """The fault: an unmounted share that looks empty, here one that is no folder any more."""
    server.plan["PROPFIND"] = [Answer(207, (), multistatus(("/dav/packs", False)))]
    with pytest.raises(StoreMissing):
        store.names()


@pytest.mark.parametrize(
    "stumbled",
    [
        Answer(500, (), b"Internal Server Error"),
        Answer(207, (), multistatus((FOLDER, True)) + b"Internal Server Error"),
    ],
)
def test_a_server_that_stumbles_over_a_name_that_has_just_gone_is_asked_again(
    server: FaultServer, store: WebDavStore, stumbled: Answer
) -> None:
    """As wsgidav and rclone do while another desk renames the pack it has sent."""
    server.plan["PROPFIND"] = [stumbled, stumbled, None]
    assert store.names() == set()
    assert store.requests == 3
