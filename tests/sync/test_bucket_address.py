"""A bucket's address, and that nothing of the surroundings gets into a request to it."""

import subprocess
import sys

import pytest

from companion.errors import InputInvalid, StoreLoginRefused
from companion.sync.bucket import BucketAddress, BucketStore, read_address
from companion.sync.store import Login, Network
from tests.contracts.servers.faulty_bucket import FaultyBucket

HELLO = "0f" * 32 + ".pack"


def test_an_address_is_taken_apart() -> None:
    full = (
        "s3://bucket-125/随席/lin%20two/?endpoint=https%3A%2F%2Fcos.a.com&region=a-1&style=virtual"
    )
    assert read_address(full) == BucketAddress(
        "bucket-125", "随席/lin two", "https://cos.a.com", "a-1", path_style=False
    )
    short = "s3://bucket?endpoint=http://[::1]:9000"
    assert read_address(short) == BucketAddress(
        "bucket", "", "http://[::1]:9000", "us-east-1", path_style=True
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "s3:",
        "s3://",
        "s3://bucket",
        "s3://bucket/lin?region=a",
        "s3://bucket/lin?endpoint=",
        "s3://bucket/lin?endpoint=s3.a.com",
        "s3://bucket/lin?endpoint=ftp://s3.a.com",
        "s3://bucket/lin?endpoint=https://",
        "s3://bucket/lin?endpoint=https://s3.a.com/path",
        "s3://bucket/lin?endpoint=https://key:secret@s3.a.com",
        "s3://bucket/lin?endpoint=https://s3.a.com:port",
        "s3://bucket/lin?endpoint=https://[s3.a.com",
        "s3://key:secret@bucket/lin?endpoint=https://s3.a.com",
        "s3://BUCKET/lin?endpoint=https://s3.a.com",
        "s3:///lin?endpoint=https://s3.a.com",
        "s3://bucket/../lin?endpoint=https://s3.a.com",
        "s3://bucket/lin//two?endpoint=https://s3.a.com",
        "s3://bucket/lin%00?endpoint=https://s3.a.com",
        "s3://bucket/lin%ff?endpoint=https://s3.a.com",
        "s3://bucket/lin?endpoint=https://s3.a.com&region=",
        "s3://bucket/lin?endpoint=https://s3.a.com&region=a/b",
        "s3://bucket/lin?endpoint=https://s3.a.com&style=other",
        "s3://bucket/lin?endpoint=https://s3.a.com&style=path&style=virtual",
        "s3://bucket/lin?endpoint=https://s3.a.com&password=secret",
        "s3://bucket/lin?endpoint=https://s3.a.com#lin",
        "https://bucket/lin?endpoint=https://s3.a.com",
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(InputInvalid) as told:
        read_address(address)
    assert told.value.facts["name"] == "store"
    assert "secret" not in str(told.value)


def test_a_place_is_shown_without_the_login() -> None:
    store = BucketStore(
        "bucket", "/lin/", "https://s3.a.com/", "a", login=Login("id", "secret"), network=Network()
    )
    assert store.place == "https://s3.a.com/bucket/lin"


def test_the_bucket_may_stand_in_the_host_and_a_proxy_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with FaultyBucket().serving() as server:
        monkeypatch.setenv("http_proxy", server.endpoint)
        store = BucketStore(
            "bucket",
            "lin",
            "http://s3.invalid",
            "a",
            login=Login("id", "secret"),
            network=Network(unencrypted=True, timeout_s=5),
            path_style=False,
        )
        store.put(HELLO, b"hello")
        assert server.objects == {"lin/" + HELLO: b"hello"}
        assert server.asked[0].path == f"http://bucket.s3.invalid/lin/{HELLO}"


# ---- the surroundings


@pytest.fixture
def ambient(monkeypatch: pytest.MonkeyPatch) -> FaultyBucket:
    """Everything that other programs for buckets look for, all leading to one server."""
    trap = FaultyBucket()
    for name, value in {
        "AWS_ENDPOINT": trap.endpoint,
        "AWS_ENDPOINT_URL": trap.endpoint,
        "AWS_ENDPOINT_URL_S3": trap.endpoint,
        "AWS_METADATA_ENDPOINT": trap.endpoint,
        "AWS_PROXY_URL": trap.endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "ambient",
        "AWS_DEFAULT_REGION": "ambient",
        "AWS_REQUEST_PAYER": "true",
        "AWS_S3_EXPRESS": "true",
        "AWS_UNSIGNED_PAYLOAD": "true",
        "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true",
    }.items():
        monkeypatch.setenv(name, value)
    return trap


KEYS = {
    "AWS_ACCESS_KEY_ID": "ambient",
    "AWS_SECRET_ACCESS_KEY": "ambient",
    "AWS_SESSION_TOKEN": "ambient",
}


def ask_all(store: BucketStore) -> None:
    for act in (
        store.names,
        lambda: store.get(HELLO),
        lambda: store.put(HELLO, b""),
        lambda: store.delete(HELLO),
    ):
        with pytest.raises(StoreLoginRefused):
            act()


@pytest.mark.parametrize(
    "login",
    [Login(), Login("id"), Login("", "secret"), Login("id\n", "secret"), Login("随", "secret")],
)
@pytest.mark.parametrize("keys", [{}, KEYS])
def test_without_a_login_that_can_be_one_nobody_is_asked_for_one(
    ambient: FaultyBucket, monkeypatch: pytest.MonkeyPatch, login: Login, keys: dict[str, str]
) -> None:
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    with ambient.serving(), FaultyBucket().serving() as server:
        ask_all(BucketStore("bucket", "", server.endpoint, "a", login=login, network=Network()))
        assert ambient.asked == server.asked == []


@pytest.mark.parametrize("login", [Login(), Login("id", "secret")])
def test_an_empty_endpoint_is_no_endpoint(ambient: FaultyBucket, login: Login) -> None:
    with ambient.serving():
        with pytest.raises(InputInvalid):
            BucketStore("bucket", "", "", "a", login=login, network=Network())
        assert ambient.asked == []


def test_the_surroundings_keys_and_ways_stay_out_of_requests(
    ambient: FaultyBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**KEYS, "AWS_SKIP_SIGNATURE": "true"}.items():
        monkeypatch.setenv(name, value)
    with ambient.serving(), FaultyBucket().serving() as server:
        login = Login("our-id", "our secret")
        store = BucketStore(
            "bucket", "lin", server.endpoint, "here", login=login, network=Network()
        )
        store.put(HELLO, b"hello")
        assert (store.names(), store.get(HELLO)) == ({HELLO}, b"hello")
        assert ambient.asked == []
        for asked in server.asked:
            assert asked.path.startswith("/bucket")
            assert "Credential=our-id/" in asked.headers["authorization"]
            assert "/here/s3/" in asked.headers["authorization"]
            assert "ambient" not in str(asked)
            assert "UNSIGNED" not in str(asked)
            assert "payer" not in str(asked)


def test_the_library_is_loaded_when_it_is_needed_only() -> None:
    looked = "import sys, companion.sync.bucket; sys.exit('httpx' in sys.modules)"
    subprocess.run([sys.executable, "-c", looked], check=True, timeout=60)
