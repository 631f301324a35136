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
from pathlib import Path

import pytest
import trustme

from companion.sync.store import Login
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
