"""A store's address as people type it: it works, or says what form it should have."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CompanionError, InputInvalid, StoreKindUnknown
from companion.sync import bucket
from companion.sync.store import Login
from companion.wiring.addresses import FORMS, Address, full_address, parse, user_of
from companion.wiring.seats import open_store

HERE = Path("/desk/lin")
CLOUD = "webdavs://lin@cloud.example.com/dav/Companion"


@pytest.mark.parametrize(
    "said",
    [
        CLOUD,
        CLOUD + "/",
        CLOUD + "//",
        f"  {CLOUD}\r\n",
        f"“{CLOUD}”",
        f"\u3000<{CLOUD}>\ufeff",
        CLOUD.upper().replace("LIN", "lin").replace("/DAV/COMPANION", "/dav/Companion"),
        CLOUD.replace("://", "：//"),
        CLOUD.replace("://", "：／／").replace("/dav/", "／dav／"),
        CLOUD.replace(".", "。"),
        CLOUD.replace("@", "＠"),
        CLOUD.replace("cloud", "ｃｌｏｕｄ"),
        CLOUD.replace("webdavs", "ｗｅｂｄａｖｓ"),
        CLOUD.replace("/", "\\"),
        CLOUD.replace("webdavs", "https"),
        CLOUD.replace("webdavs", "davs"),
        CLOUD.replace("lin@", "lin:hush@"),
        CLOUD.replace("lin@", "lin：hush@"),
        CLOUD.replace("lin@", "lin:hu@sh@"),
        CLOUD.replace("Companion", "%43ompanion"),
    ],
)
def test_an_address_typed_in_an_odd_way_is_the_one_that_is_meant(said: str) -> None:
    assert full_address(said, HERE) == CLOUD


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("webdav://127.0.0.1:8080", "webdav://127.0.0.1:8080"),
        ("webdavs://[2001:DB8::1]:8443/dav", "webdavs://[2001:db8::1]:8443/dav"),
        ("webdavs://2001:db8::1/dav", "webdavs://[2001:db8::1]/dav"),
        ("webdavs://nas_1/home/随席", "webdavs://nas_1/home/随席"),
        ("webdavs://云.example/a b%20c/100%/%E9%9A%8F", "webdavs://云.example/a%20b%20c/100%25/随"),
        ("webdavs://h/a%2Fb/%ff", "webdavs://h/a%2Fb/%FF"),
        ("webdavs://h/%23c%3F", "webdavs://h/%23c%3F"),
        ("webdavs://h:８０８０/a", "webdavs://h:8080/a"),
        ("imaps://lin@example.com@imap.example.com/Seat", None),
        ("imaps://lin%40example.com:hush@imap.example.com/Seat", None),
        ("imap://CORP\\lin@10.0.0.1:143/INBOX.Seat/", "imap://CORP%5Clin@10.0.0.1:143/INBOX.Seat"),
        ("s3://b/p/?endpoint=https://h", "s3://b/p?endpoint=https://h"),
        ("s3：//b/p？endpoint＝https://h＆region=a", "s3://b/p?endpoint=https://h&region=a"),
        ("folder:///srv/packs/", "folder:///srv/packs"),
        ("folder:/srv/packs", "folder:///srv/packs"),
        ("file:///srv/%E9%9A%8F", "folder:///srv/随"),
        ("smb://server/share/dir", "folder://server/share/dir"),
        ("packs", "folder:///desk/lin/packs"),
        ("/srv/随席 #1/100%", "folder:///srv/随席%20%231/100%25"),
        ("D:\\Companion\\随席", "folder:///D:/Companion/随席"),
        ('"D:\\Companion\\"', "folder:///D:/Companion"),
        ("D：＼Companion", "folder:///D:/Companion"),
        ("e:/a b", "folder:///e:/a%20b"),
        ("\\\\server\\share\\随席", "folder://server/share/随席"),
        ("＼＼server＼share", "folder://server/share"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="a path without a drive has this PC's there")
def test_an_address_is_kept_like_this(said: str, kept: str | None) -> None:
    kept = kept or "imaps://lin%40example.com@imap.example.com/Seat"
    assert full_address(said, HERE) == kept
    assert full_address(kept, HERE) == kept


def test_the_user_of_an_address_is_read_as_it_is() -> None:
    assert user_of("imaps://lin%40example.com@imap.example.com/Seat") == "lin@example.com"
    assert user_of("imaps://CORP%5Clin@h/Seat") == "CORP\\lin"
    assert user_of("webdavs://林@h/") == "林"
    assert user_of("folder:///srv") == user_of("webdavs://h/") == ""


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("webdavs:", "webdavs"),
        ("webdavs://", "webdavs"),
        ("webdavs:h/dav", "webdavs"),
        ("webdavs:///dav", "webdavs"),
        ("webdavs://lin:hush@/dav", "webdavs"),
        ("webdavs://h:port/dav", "webdavs"),
        ("webdavs://h:0/dav", "webdavs"),
        ("webdavs://h:65536/dav", "webdavs"),
        ("webdavs://lin:hu/sh@h/dav", "webdavs"),
        ("webdavs://[h]/dav", "webdavs"),
        ("webdavs://[::1/dav", "webdavs"),
        ("webdavs://two words/dav", "webdavs"),
        ("webdavs://h/dav?hush", "webdavs"),
        ("webdavs://h/dav#hush", "webdavs"),
        ("folder://", "folder"),
        ("folder://lin:hush@server/share", "folder"),
        ("s3://key:hush@bucket/p?endpoint=https://h", "s3"),
    ],
)
def test_what_is_no_address_is_told_its_form_and_not_repeated(said: str, form: str) -> None:
    with pytest.raises(InputInvalid) as told:
        full_address(said, HERE)
    assert told.value.facts == {"name": "store", "allowed": FORMS[form]}


def test_a_mailbox_needs_a_folder() -> None:
    with pytest.raises(InputInvalid):
        open_store("imaps://lin@h/", False)


@pytest.mark.parametrize("said", ["gopher://h/", "ftp://lin:hush@h/", "onedrive:hush"])
def test_a_kind_that_is_not_known_is_told(said: str) -> None:
    with pytest.raises(StoreKindUnknown) as told:
        full_address(said, HERE)
    assert "hush" not in str(told.value)


def test_both_forms_of_a_buckets_address_are_the_same() -> None:
    assert FORMS["s3"] == bucket.FORM


def test_a_store_is_opened_at_what_was_typed() -> None:
    lin = Login("lin@a.com", "x")
    for said, place in (
        ("https://lin@a.com:hush@h/随 席/", "https://lin%40a.com@h/随%20席/"),
        ("imaps://lin%40a.com@[::1]/INBOX.随席", "imaps://lin%40a.com@[::1]:993/INBOX.随席"),
        ("s3://buc/a b?endpoint=https://h/", "https://h/buc/a b"),
    ):
        assert open_store(full_address(said, HERE), False, lin).place == place


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
hosts = st.one_of(
    st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,8}[a-z0-9])?(\.[a-z]{2,5}){0,2}", fullmatch=True),
    st.ip_addresses(v=6).map(str),
)
paths = st.lists(names.filter(bool), max_size=4)
addresses = st.builds(
    lambda scheme, user, host, port, parts: parse(
        Address(scheme, user.strip(), host, port).text() + "".join(f"/{quote(p)}" for p in parts)
    ),
    st.sampled_from(["webdav", "webdavs", "imap", "imaps"]),
    names,
    hosts,
    st.integers(0, 65535),
    paths,
)


def quote(part: str) -> str:
    from urllib.parse import quote

    return quote(part, safe="")


@given(addresses)
def test_what_is_kept_is_read_again_to_the_same(address: Address) -> None:
    assert parse(address.text()) == address
    assert parse(f"  {address.text()}/ ") == address


@given(names.map(str.strip), hosts, paths)
def test_user_and_path_survive_being_kept(user: str, host: str, parts: list[str]) -> None:
    from urllib.parse import unquote

    path = "".join(f"/{quote(part)}" for part in parts)
    kept = full_address(f"{Address('webdavs', user, host).text()}{path}", HERE)
    assert user_of(kept) == user
    assert [unquote(part) for part in parse(kept).path.split("/")[1:]] == parts


@given(
    st.text(max_size=40), st.sampled_from(["", "webdavs://", "imaps://a:hush@", "folder:", "\\\\"])
)
def test_nothing_that_is_typed_is_a_crash(said: str, before: str) -> None:
    try:
        kept = full_address(before + said, HERE)
    except CompanionError:
        return
    assert full_address(kept, HERE) == kept
    assert "hush" not in kept or "hush" in said


def test_reading_an_address_loads_no_network() -> None:
    code = "import sys, companion.wiring.addresses; sys.exit('httpx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
