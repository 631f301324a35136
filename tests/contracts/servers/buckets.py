"""Real servers that speak S3, each a process on a port of its own, and places in them."""

import atexit
import functools
import json
import os
import re
import secrets
import shutil
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.sync.bucket import BucketStore
from companion.sync.store import Login, Network
from tests.contracts.servers.kept import Kept
from tests.e2e.desktop import wait_for

LOGIN = Login("AKCOMPANION", "a secret of its own")
REGION = "us-east-1"
_STARTED = re.compile(rb"(http://127\.0\.0\.1:\d+)")


def _port(endpoint: str) -> int:
    return int(endpoint.rpartition(":")[2])


class Server:
    """A server's process: started when made, ended with this process at the latest."""

    def __init__(self, program: str, *arguments: str) -> None:
        found = shutil.which(program, path=str(Path(sys.executable).parent))
        if found is None:
            pytest.skip(f"{program} is not installed beside this Python")
        self.folder = Path(tempfile.mkdtemp(prefix="companion-bucket-"))
        log = self.folder / "log"
        # An answer of the machine's own settings would be one more way to fail elsewhere.
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        with log.open("wb") as sink:
            self._process = Kept(
                [found, *(each.format(folder=self.folder) for each in arguments)],
                said=sink,
                cwd=self.folder,
                env=kept | {"HOME": str(self.folder)},
                folder=self.folder,
            )
        atexit.register(self.end)
        wait_for(lambda: _STARTED.search(log.read_bytes()) is not None, 60)
        said = _STARTED.search(log.read_bytes())
        assert said is not None
        self.endpoint = said[1].decode()

    def end(self) -> None:
        self._process.end()


@functools.cache
def rclone() -> Server:
    # It soon looks at the disk again, where the tests change things behind its back; told 0, it
    # keeps a processor busy for good.
    fixed = ("serve", "s3", "--addr", "127.0.0.1:0", "--dir-cache-time", "10ms", "--no-cleanup")
    key = f"{LOGIN.user},{LOGIN.password}"
    return Server("rclone", *fixed, "--auth-key", key, "{folder}/buckets")


@functools.cache
def moto() -> Server:
    return Server("moto_server", "-H", "127.0.0.1", "-p", "0")


class RcloneBucketPlace:
    """A bucket of `rclone serve s3`, which keeps each in a folder."""

    def __init__(self, _around: Path) -> None:
        # A process for each, so that no test waits for what another has left.
        if rclone.cache_info().currsize:
            rclone().end()
            rclone.cache_clear()
        self.bucket = f"companion-{secrets.token_hex(4)}"
        self._endpoint = rclone().endpoint
        self._folder = rclone().folder / "buckets" / self.bucket
        (self._folder / "lin").mkdir(parents=True)

    @property
    def port(self) -> int:
        return _port(self._endpoint)

    def open(self, login: Login = LOGIN, prefix: str = "lin") -> BucketStore:
        return self.reached(self.port, login, prefix)

    def reached(self, port: int, login: Login = LOGIN, prefix: str = "lin") -> BucketStore:
        at = f"http://127.0.0.1:{port}"
        return BucketStore(self.bucket, prefix, at, REGION, login=login, network=Network())

    def plant(self, name: str, data: bytes) -> None:
        (self._folder / "lin" / name).write_bytes(data)

    def lose(self) -> None:
        shutil.rmtree(self._folder)
        # Until it looks again.
        time.sleep(0.1)

    # A file there is an empty bucket to rclone; other servers know no such thing.
    obstruct = lose

    @contextmanager
    def closed(self, act: str) -> Iterator[None]:
        pytest.skip(f"rclone knows no right to {act}: what its disk refuses, it answers with 500")
        yield


class MotoBucketPlace:
    """A bucket of `moto_server`, with a user of its own whose rights are asked when closed."""

    def __init__(self, _around: Path) -> None:
        self.bucket = f"companion-{secrets.token_hex(4)}"
        self._endpoint = moto().endpoint
        self._s3("PUT")
        self._user("CreateUser")
        made = self._user("CreateAccessKey")
        key, secret = (
            re.search(f"<{part}>(.*?)</{part}>", made)
            for part in ("AccessKeyId", "SecretAccessKey")
        )
        assert key and secret
        self.login = Login(key[1], secret[1])
        self._allow()

    @property
    def port(self) -> int:
        return _port(self._endpoint)

    def open(self, login: Login | None = None, prefix: str = "lin") -> BucketStore:
        return self.reached(self.port, login, prefix)

    def reached(self, port: int, login: Login | None = None, prefix: str = "lin") -> BucketStore:
        login, at = login or self.login, f"http://127.0.0.1:{port}"
        return BucketStore(self.bucket, prefix, at, REGION, login=login, network=Network())

    def plant(self, name: str, data: bytes) -> None:
        self._s3("PUT", f"lin/{name}", data)

    def lose(self) -> None:
        for key in re.findall("<Key>(.*?)</Key>", self._s3("GET")):
            self._s3("DELETE", key)
        self._s3("DELETE")

    # Nothing but a bucket can be in a bucket's place.
    obstruct = lose

    @contextmanager
    def closed(self, act: str) -> Iterator[None]:
        self._allow(without={"read": ["s3:List*"], "write": ["s3:Put*", "s3:Delete*"]}[act])
        with self.guarded():
            yield
        self._allow()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """While it lasts, signatures and rights are checked."""
        self._send("POST", "/moto-api/reset-auth", b"0")
        try:
            yield
        finally:
            self._send("POST", "/moto-api/reset-auth", b"inf")

    def _allow(self, without: list[str] | None = None) -> None:
        rules = [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]
        if without:
            rules += [{"Effect": "Deny", "Action": act, "Resource": "*"} for act in without]
        policy = json.dumps({"Version": "2012-10-17", "Statement": rules})
        self._user("PutUserPolicy", PolicyName="rights", PolicyDocument=policy)

    def _user(self, action: str, **facts: str) -> str:
        asked = {"Action": action, "Version": "2010-05-08", "UserName": self.bucket, **facts}
        return self._send("POST", "/", urllib.parse.urlencode(asked).encode(), "iam")

    def _s3(self, method: str, key: str = "", data: bytes | None = None) -> str:
        return self._send(method, f"/{self.bucket}/{urllib.parse.quote(key)}", data, "s3")

    def _send(self, method: str, path: str, data: bytes | None = None, service: str = "") -> str:
        # The scope of a key tells moto which of its services is meant.
        scope = f"AWS4-HMAC-SHA256 Credential=x/20240101/{REGION}/{service}/aws4_request"
        request = urllib.request.Request(self._endpoint + path, data, method=method)
        if not service:
            request.add_header("Content-Type", "text/plain")
        else:
            request.add_header("Authorization", f"{scope}, SignedHeaders=host, Signature=x")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(answer.read(), "utf-8")
