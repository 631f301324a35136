"""A bucket as a store: S3 and what speaks it (OSS, COS, OBS, MinIO, Ceph), through obstore.

Addresses are s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION&style=path|virtual; what to
write for each service stands in docs/stores.md.
"""

import ipaddress
import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from companion.errors import (
    FileUnreadable,
    InputInvalid,
    ObjectMissing,
    StoreAnswerStrange,
    StoreLoginRefused,
    StoreUnencrypted,
    StoreUnreachable,
)
from companion.sync.bucket_answers import understood
from companion.sync.store import OBJECT_NAME, Login, Network

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config, S3Credential, S3Store

Answer = TypeVar("Answer")

FORM = "s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION&style=path|virtual"
# Waits before the second and the third try. obstore shows no headers, so that a Retry-After
# cannot be honoured: these stay well below what services ask for, and then StoreBusy is said.
PAUSES_S = (0.3, 1.2)
# What a listing holds at most in one answer, unless the service wants less.
PAGE = 1000
# A line slower than this cannot finish a large pack within the time-out of a small one.
BYTES_PER_WAIT = 1 << 20
# Nobody ever made bytes with this hash.
NO_OBJECT = "0" * 64 + ".pack"

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ENDPOINT = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?/?", re.ASCII)
_REGION = re.compile(r"[A-Za-z0-9-]{1,64}")
# obstore would write other characters of a path in a way of its own.
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

    Raises InputInvalid when it is made with an address that is none, an empty endpoint included,
    and FileUnreadable (place, reason) when the network's certificates cannot be read.
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
        self._address = BucketAddress(bucket, prefix, endpoint, region, path_style)
        _check(self._address)
        self.place = f"{endpoint}/{bucket}/{prefix}".rstrip("/")
        self.requests = 0
        self._login = login
        self._network = network
        self._clients: dict[int, S3Store] = {}

    def names(self) -> set[str]:
        """The names of all objects; folders under the prefix are not looked into."""
        import obstore

        answer = self._ask("read", obstore.list_with_delimiter)
        entries = len(answer["objects"]) + len(answer["common_prefixes"])
        # The further pages were asked for inside obstore, where none can be counted.
        self.requests += max(0, entries - 1) // PAGE
        if not entries:
            self._check_it_is_a_store()
        return {meta["path"] for meta in answer["objects"] if OBJECT_NAME.fullmatch(meta["path"])}

    def get(self, name: str) -> bytes:
        """An object's bytes."""
        import obstore

        name = self._ours(name)

        def ask(client: "S3Store") -> tuple[str, bytes]:
            answer = obstore.get(client, name)
            return str(answer.attributes.get("Content-Type", "")), bytes(answer.bytes())

        kind, data = self._ask("read", ask, name)
        if kind.lower().startswith("text/html"):
            raise StoreAnswerStrange(place=self.place, reason="HTML")
        return data

    def put(self, name: str, data: bytes) -> None:
        """Make an object by one PUT, which a bucket shows to readers whole or not at all.

        Its length and its hash are part of the signed request: a service that checks either keeps
        nothing of an upload cut short, and trying again replaces what one that does not has kept.
        """
        import obstore

        name = self._ours(name)
        self._ask(
            "write",
            lambda client: obstore.put(client, name, data, use_multipart=False),
            waits=1 + len(data) // BYTES_PER_WAIT,
        )

    def delete(self, name: str) -> None:
        """Remove an object."""
        import obstore

        name = self._ours(name)
        with suppress(ObjectMissing):
            self._ask("write", lambda client: obstore.delete(client, name), name)

    def _ours(self, name: str) -> str:
        if not OBJECT_NAME.fullmatch(name):
            raise ObjectMissing(name=name)
        return name

    def _check_it_is_a_store(self) -> None:
        """Raise where nothing is listed because something else answers.

        obstore reads an HTML page as a listing of nothing. Only a bucket says that it has no such
        key: asked once more, and only where a store is empty.
        """
        try:
            self.get(NO_OBJECT)
        except ObjectMissing:
            return
        raise StoreAnswerStrange(place=self.place, reason="NoListing")

    def _ask(
        self, act: str, ask: Callable[["S3Store"], Answer], name: str = "", waits: int = 1
    ) -> Answer:
        """Ask, and ask again where that may help: every call here may be made twice."""
        from obstore.exceptions import BaseError

        client, pauses_s = self._client(waits), list(PAUSES_S)
        while True:
            self.requests += 1
            try:
                return ask(client)
            except (BaseError, OSError, ValueError) as error:
                text = str(error)
            failure, again = understood(text, self.place, act, name)
            if not again or not pauses_s:
                # The service's own words stay out: they may quote the request.
                raise failure
            time.sleep(pauses_s.pop(0) * random.uniform(0.5, 1))

    def _client(self, waits: int) -> "S3Store":
        """A client that waits this many time-outs for an answer, whatever the environment says."""
        user, password = self._login.user, self._login.password
        # Nothing is to be found for a login elsewhere: no AWS_ variable, no metadata service. And
        # what no key's id can be, such as a line break pasted along, would end obstore in panic.
        if not password or not user or not (user.isascii() and user.isprintable()):
            raise StoreLoginRefused(place=self.place)
        if waits not in self._clients:
            self._clients[waits] = self._made(waits)
        return self._clients[waits]

    def _made(self, waits: int) -> "S3Store":
        from obstore.exceptions import BaseError
        from obstore.store import S3Store

        bucket, prefix, endpoint, region, path_style = self._address
        scheme, host = endpoint.split("//", 1)
        plain = scheme == "http:"
        if plain and not self._network.unencrypted and not _is_this_machine(endpoint):
            raise StoreUnencrypted(place=self.place)
        key: S3Credential = {
            "access_key_id": self._login.user,
            "secret_access_key": self._login.password,
            "token": None,
            "expires_at": None,
        }
        at = endpoint if path_style else f"{scheme}//{bucket}.{host}"
        # All of these are said because obstore reads AWS_ variables for what is not; two that
        # only say how an object is kept or checked (encryption at rest, checksum) cannot be unsaid.
        config: S3Config = {
            "endpoint": at,
            "aws_endpoint_url_s3": at,
            "region": region,
            "virtual_hosted_style_request": not path_style,
            "skip_signature": False,
            "unsigned_payload": False,
            "request_payer": False,
            "s3_express": False,
            # OSS and others do not know the request that deletes many.
            "disable_bulk_delete": True,
        }
        patience = timedelta(seconds=self._network.timeout_s)
        # The read time-out begins anew with every piece that comes, but once only for what is
        # sent: hence `waits`. The last one ends what comes in drops without ever stopping.
        options: ClientConfig = {
            "connect_timeout": patience,
            "read_timeout": patience * waits,
            "timeout": patience * waits * 15,
            "allow_http": plain,
            "allow_invalid_certificates": False,
        }
        ca_file = self._network.ca_file
        try:
            if ca_file:
                options["root_certificate"] = Path(ca_file).read_bytes()
            return S3Store(
                bucket,
                prefix=prefix or None,
                config=config,
                client_options=options,
                # Tries are made and counted in _ask.
                retry_config={"max_retries": 0, "retry_timeout": timedelta(0)},
                # Where keys are given by a call, no other place is asked for any.
                credential_provider=lambda: key,
            )
        except OSError as error:
            raise FileUnreadable(place=ca_file, reason=type(error).__name__) from error
        except (BaseError, ValueError):
            if ca_file:
                raise FileUnreadable(place=ca_file, reason="PEM") from None
            # One of the variables that cannot be unsaid is nonsense.
            raise StoreUnreachable(place=self.place, reason="AWS_") from None


def _is_this_machine(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
