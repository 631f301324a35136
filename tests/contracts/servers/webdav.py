"""Real WebDAV servers on loopback: Apache (also over TLS), wsgidav and rclone, one each a run."""

import atexit
import base64
import functools
import hashlib
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from companion.sync.store import Login, Network
from companion.sync.webdav import WebDavStore
from tests.contracts.servers.kept import Kept
from tests.e2e.desktop import wait_for

LIN = Login("林", "口令 :&%\"'")
_MODULES = (
    "mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest dav dav_fs ssl"
)
_APACHE = """
ServerRoot {around}
ServerName localhost
Listen 127.0.0.1:{port}
Listen 127.0.0.1:{tls_port}
Listen 127.0.0.1:{misnamed_port}
PidFile {around}/pid
DefaultRuntimeDir {around}
Mutex file:{around}
ErrorLog {around}/log
User nobody
Group nogroup
{modules}
DavLockDB {around}/locks
DocumentRoot {root}
<Directory {root}>
  Dav On
  AllowOverride All
  AuthName packs
  AuthType Digest
  AuthDigestProvider file
  AuthUserFile {around}/digest
  Require valid-user
</Directory>
<Directory {root}/stale>
  AuthDigestNonceLifetime 1
</Directory>
<Directory {root}/basic>
  AuthType Basic
  AuthBasicProvider file
  AuthUserFile {around}/basic
</Directory>
<VirtualHost 127.0.0.1:{tls_port}>
  SSLEngine on
  SSLCertificateFile {around}/server.pem
</VirtualHost>
<VirtualHost 127.0.0.1:{misnamed_port}>
  SSLEngine on
  SSLCertificateFile {around}/misnamed.pem
</VirtualHost>
"""
# Arguments: root, port (0: any), "True" to be read only, user, password.
_WSGIDAV = """
import sys
from cheroot.wsgi import Server
from wsgidav.wsgidav_app import WsgiDAVApp

root, port, read_only, user, password = sys.argv[1:]
app = WsgiDAVApp({
    "provider_mapping": {"/": {"root": root, "readonly": read_only == "True"}},
    "simple_dc": {"user_mapping": {"*": {user: {"password": password}}}},
    "http_authenticator": {"accept_basic": False, "accept_digest": True, "default_to_digest": True},
    "logging": {"enable": False},
    "verbose": 1,
})
server = Server(("127.0.0.1", int(port)), app)
server.prepare()
print(server.bind_addr[1], flush=True)
server.serve()
"""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _digest_line(realm: str) -> str:
    # htdigest asks for the password on the terminal, where there is one.
    secret = hashlib.md5(f"{LIN.user}:{realm}:{LIN.password}".encode()).hexdigest()
    return f"{LIN.user}:{realm}:{secret}\n"


def _basic_line() -> str:
    secret = base64.b64encode(hashlib.sha1(LIN.password.encode()).digest()).decode()
    return f"{LIN.user}:{{SHA}}{secret}\n"


class Server:
    """A server with a folder that it serves."""

    login = LIN

    def __init__(self) -> None:
        # A server that will not be root must reach its folder.
        self.around = Path(tempfile.mkdtemp(prefix="webdav-"))
        self.around.chmod(0o777)
        self.root = self.around / "root"
        self.root.mkdir()
        self.root.chmod(0o777)
        self.port = free_port()
        self._process: Kept | None = None
        atexit.register(self.close)
        self.restart()

    def command(self, read_only: bool) -> list[str]:
        raise NotImplementedError

    def restart(self, read_only: bool = False) -> None:
        if self._process is not None:
            self._process.end(folder_stays=True)
        with (self.around / "said").open("ab") as said:
            self._process = Kept(self.command(read_only), said=said, folder=self.around)
        wait_for(self._listens)

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.runs(), (self.around / "said").read_text("utf-8", "replace")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self) -> None:
        if self._process is not None:
            self._process.end()


class Apache(Server):
    """mod_dav as Debian packs it, none of its own configuration read; Basic below ``basic/``."""

    def __init__(self) -> None:
        self.tls_port, self.misnamed_port = free_port(), free_port()
        super().__init__()
        self.authority = self.around / "authority.pem"

    def command(self, read_only: bool) -> list[str]:
        assert not read_only
        program = shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if program is None:
            pytest.skip("apache2-bin is not installed")
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.around / "authority.pem")
        # A machine without a network may know no name but its number.
        for file, host in (("server.pem", "127.0.0.1"), ("misnamed.pem", "127.0.0.2")):
            certificate = authority.issue_cert(host)
            certificate.private_key_and_cert_chain_pem.write_to_path(self.around / file)
        for folder in ("basic", "stale"):
            (self.root / folder).mkdir(exist_ok=True)
            (self.root / folder).chmod(0o777)
        (self.around / "digest").write_text(_digest_line("packs"), encoding="utf-8")
        (self.around / "basic").write_text(_basic_line(), encoding="utf-8")
        modules = "\n".join(
            f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
            for name in _MODULES.split()
        )
        configuration = self.around / "apache.conf"
        configuration.write_text(
            _APACHE.format(
                around=self.around,
                root=self.root,
                port=self.port,
                tls_port=self.tls_port,
                misnamed_port=self.misnamed_port,
                modules=modules,
            )
        )
        return [program, "-f", str(configuration), "-DFOREGROUND"]


class Wsgidav(Server):
    """wsgidav on cheroot, which asks for Digest and takes nothing else."""

    # It reads the names of Digest as Latin-1.
    login = Login("lin", LIN.password)

    def command(self, read_only: bool) -> list[str]:
        told = (
            str(self.root),
            str(self.port),
            str(read_only),
            self.login.user,
            self.login.password,
        )
        return [sys.executable, "-c", _WSGIDAV, *told]


class Rclone(Server):
    """rclone serve webdav, which takes Basic."""

    def command(self, read_only: bool) -> list[str]:
        beside = Path(sys.executable).with_name("rclone")
        program = str(beside) if beside.exists() else shutil.which("rclone")
        if program is None:
            pytest.skip("rclone is not installed")
        told = ["--addr", f"127.0.0.1:{self.port}", "--user", LIN.user, "--pass", LIN.password]
        # What a test puts into its folder behind its back is to be seen at once; told 0, it keeps
        # a processor busy for good.
        told += ["--config", "", "--dir-cache-time", "10ms"]
        return [program, "serve", "webdav", str(self.root), *told, *["--read-only"][:read_only]]


apache = functools.cache(Apache)
wsgidav = functools.cache(Wsgidav)
rclone = functools.cache(Rclone)


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
