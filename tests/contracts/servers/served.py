"""Folders of their own on the WebDAV servers, as the suite of stores wants its places."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.sync.store import Network
from companion.sync.webdav import WebDavStore
from tests.contracts.servers.webdav import Server, apache, rclone, wsgidav


class ServedPlace:
    """A folder of its own on a server; ``under`` is where on it."""

    def __init__(self, server: Server, around: Path, under: str = "") -> None:
        self.server = server
        path = f"{under}{around.name} 随席"
        self.folder = server.root / path
        self.url = f"http://127.0.0.1:{server.port}/{path}/"

    @property
    def port(self) -> int:
        return self.server.port

    def open(self) -> WebDavStore:
        return WebDavStore(self.url, self.server.login, Network(), make=True)

    def reached(self, port: int) -> WebDavStore:
        url = self.url.replace(f":{self.port}", f":{port}")
        return WebDavStore(url, self.server.login, Network())

    def plant(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)

    def settle(self) -> None:
        """Wait until the server has seen what was done behind its back."""

    def lose(self) -> None:
        shutil.rmtree(self.folder)

    def obstruct(self) -> None:
        self.lose()
        self.folder.write_bytes(b"")

    @contextmanager
    def closed(self, act: str) -> Iterator[None]:
        if act == "read":
            pytest.skip("this server has no folder that may not be read")
        self.server.restart(read_only=True)
        try:
            yield
        finally:
            self.server.restart()


class ApachePlace(ServedPlace):
    def __init__(self, around: Path) -> None:
        super().__init__(apache(), around)

    @contextmanager
    def closed(self, act: str) -> Iterator[None]:
        denied = "Require all denied\n"
        if act == "write":
            denied = f"<LimitExcept GET PROPFIND>\n{denied}</LimitExcept>\n"
        rules = self.folder / ".htaccess"
        rules.write_text(denied)
        try:
            yield
        finally:
            rules.unlink()


class WsgidavPlace(ServedPlace):
    def __init__(self, around: Path) -> None:
        super().__init__(wsgidav(), around)


class RclonePlace(ServedPlace):
    def __init__(self, around: Path) -> None:
        super().__init__(rclone(), around)

    def lose(self) -> None:
        super().lose()
        self.settle()

    def obstruct(self) -> None:
        super().obstruct()
        self.settle()

    def settle(self) -> None:
        # Until it looks again.
        time.sleep(0.1)
