"""A bucket as a store: S3 and what speaks it (OSS, COS, OBS, MinIO, Ceph), by signed requests.

Addresses are s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION&style=path|virtual; what to
write for each service stands in docs/stores.md.
"""

import datetime
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from companion.errors import (
    InputInvalid,
    ObjectMissing,
    StoreAnswerStrange,
    StoreLoginRefused,
)
from companion.sync.bucket_answers import page, understood
from companion.sync.bucket_signing import quoted_path, quoted_query, signed
from companion.sync.connection import Connection, seconds_asked
from companion.sync.retrying import Passing, patiently
from companion.sync.store import OBJECT_NAME, Login, Network, Watch

if TYPE_CHECKING:
    import httpx

FORM = "s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION&style=path|virtual"
_MOST_PAGES = 20

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ENDPOINT = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?/?", re.ASCII)
_REGION = re.compile(r"[A-Za-z0-9-]{1,64}")
# What services and proxies all leave as it is.
_FOLDER = re.compile(r"(?!\.{1,2}$)[\w.+=@, -]+")


class BucketAddress(NamedTuple):
    """The parts of a bucket's address, by the names BucketStore has for them."""

    bucket: str
    prefix: str
    endpoint: str
    region: str
    path_style: bool


def read_address(address: str) -> BucketAddress:
    """Take an s3:// address apart. Raises InputInvalid (name "store") where it is wrong.

    The endpoint must be said, a login must not; region is "us-east-1" and style is path where
    they are not.
    """
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
        said = dict(pairs)
        style = said.pop("style", "path")
        found = BucketAddress(
            bucket=parts.netloc,
            prefix=unquote(parts.path, errors="strict").strip("/"),
            endpoint=said.pop("endpoint", ""),
            region=said.pop("region", "us-east-1"),
            path_style=style == "path",
        )
        known = not said and len(dict(pairs)) == len(pairs) and style in ("path", "virtual")
    except ValueError:
        raise InputInvalid(name="store", allowed=FORM) from None
    if parts.scheme != "s3" or parts.fragment or not known:
        raise InputInvalid(name="store", allowed=FORM)
    _check(found)
    return found


def _check(address: BucketAddress) -> None:
    """Refuse what would make another request than the one meant. Raises InputInvalid."""
    folders = address.prefix.split("/") if address.prefix else []
    if not (
        _ENDPOINT.fullmatch(address.endpoint)
        and _BUCKET.fullmatch(address.bucket)
        and _REGION.fullmatch(address.region)
        and all(_FOLDER.fullmatch(folder) for folder in folders)
    ):
        raise InputInvalid(name="store", allowed=FORM)


class BucketStore:
    """A Store in a bucket, flat under a prefix; Login is the access key's id and its secret.

    Raises InputInvalid when it is made with an address that is none, an empty endpoint included.
    Nothing is looked for in the surroundings: no AWS_ variable, no metadata service.
    """

    def __init__(
        self,
        bucket: str,
        prefix: str,
        endpoint: str,
        region: str,
        *,
        login: Login,
        network: Network,
        path_style: bool = True,
    ) -> None:
        prefix, endpoint = prefix.strip("/"), endpoint.rstrip("/")
        _check(BucketAddress(bucket, prefix, endpoint, region, path_style))
        self.place = f"{endpoint}/{bucket}/{prefix}".rstrip("/")
        self.watch = Watch()
        self.requests = 0
        self._login, self._region = login, region
        self._prefix = f"{prefix}/" if prefix else ""
        scheme, host = endpoint.split("//", 1)
        at, self._root = (
            (endpoint, f"/{bucket}/")
            if path_style
            else (
                f"{scheme}//{bucket}.{host}",
                "/",
            )
        )
        self._connection = Connection(
            at, self.place, login=Login(), network=network, watch=self.watch, on_request=self._count
        )

    def names(self) -> set[str]:
        """The names of all objects; folders under the prefix are not looked into."""
        found: set[str] = set()
        asked = {"list-type": "2", "delimiter": "/", "prefix": self._prefix}
        for _ in range(_MOST_PAGES):
            answer = self._ask("GET", "read", query=quoted_query(asked))
            listed = page(answer.content)
            if listed is None:
                # A login page and its like: what is no listing is no empty store.
                raise StoreAnswerStrange(place=self.place, reason="NoListing")
            found |= {key.removeprefix(self._prefix) for key in listed.keys}
            if not listed.next:
                return {name for name in found if OBJECT_NAME.fullmatch(name)}
            asked["continuation-token"] = listed.next
        raise StoreAnswerStrange(place=self.place, reason="listing cut short")

    def get(self, name: str) -> bytes:
        """An object's bytes."""
        return self._ask("GET", "read", self._ours(name)).content

    def put(self, name: str, data: bytes) -> None:
        """Make an object by one PUT, which a bucket shows to readers whole or not at all.

        Its length and its hash are part of the signed request: a service that checks either keeps
        nothing of an upload cut short, and trying again replaces what one that does not has kept.
        """
        self._ask("PUT", "write", self._ours(name), data)

    def delete(self, name: str) -> None:
        """Remove an object."""
        name = self._ours(name)
        with suppress(ObjectMissing):
            self._ask("DELETE", "write", name)

    def _ours(self, name: str) -> str:
        if not OBJECT_NAME.fullmatch(name):
            raise ObjectMissing(name=name)
        return name

    def _ask(
        self, method: str, act: str, name: str = "", content: bytes = b"", query: str = ""
    ) -> "httpx.Response":
        """What the service says in the end; what is no success is raised."""
        user, password = self._login.user, self._login.password
        # What no key's id can be, such as a line break pasted along, would be no header either.
        if not password or not user or not (user.isascii() and user.isprintable()):
            raise StoreLoginRefused(place=self.place)
        path = quoted_path(self._root + (self._prefix + name if name else ""))
        url = self._connection.url(f"{path}?{query}" if query else path)
        host = url.netloc.decode("ascii")
        missing = name if method != "PUT" else ""

        def once() -> "httpx.Response":
            now = datetime.datetime.now(datetime.UTC)
            ours = signed(
                method, host, path, query, content, login=self._login, region=self._region, now=now
            )
            answer = self._connection.send(method, url, content, ours)
            if answer.status_code in {200, 204}:
                self._refuse_page(method, answer, name)
                return answer
            seconds = seconds_asked(answer)
            failure, again = understood(
                answer.status_code,
                answer.content,
                place=self.place,
                act=act,
                name=missing,
                seconds=seconds,
            )
            if again:
                raise Passing(failure, seconds)
            raise failure

        return patiently(once, self.watch)

    def _refuse_page(self, method: str, answer: "httpx.Response", name: str) -> None:
        """Raise where a login page or its like answers for the bucket, with 200."""
        html = "html" in answer.headers.get("content-type", "").lower() and answer.content
        # An answer without a body may be called HTML all the same; of a PUT, only a bucket tells
        # the new object's mark.
        if name and (html or (method == "PUT" and "etag" not in answer.headers)):
            raise StoreAnswerStrange(place=self.place, reason="HTML")

    def _count(self) -> None:
        self.requests += 1
