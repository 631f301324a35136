"""Dovecot, a real IMAP server, as a process of its own on a port of its own, and its place."""

import atexit
import functools
import imaplib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from companion.sync.mailbox import MailboxStore
from companion.sync.store import Login, Network
from tests.contracts.servers.kept import Kept
from tests.e2e.desktop import wait_for

PASSWORD = "座位-é"
NOBODY = "nobody"
# Debian's own service is not needed and its settings are not read: all that runs, runs as one user.
SETTINGS = """
base_dir = {folder}/base
state_dir = {folder}/base
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_plugins = acl quota
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
plugin {{
  acl = vfile:{folder}/acl:cache_secs=0
  quota = maildir:All mail
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
auth_failure_delay = 0
"""
PLAIN = "ssl = no\ndisable_plaintext_auth = no\n"


class Dovecot:
    """The server's process: started when made, ended with this process at the latest."""

    def __init__(self, more: str = PLAIN, *, tls: bool = False) -> None:
        program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if program is None:
            pytest.skip("dovecot is not installed (Debian: dovecot-imapd)")
        import pwd  # Not on Windows, where there is no Dovecot either.

        # Its helpers refuse to run as root, who therefore lends it a user without rights.
        root = os.geteuid() == 0
        user = pwd.getpwnam(NOBODY) if root else pwd.getpwuid(os.geteuid())
        self.folder = Path(tempfile.mkdtemp(prefix="companion-mail-"))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        text = SETTINGS.format(
            folder=self.folder,
            user=user.pw_name,
            group=subprocess.check_output(["id", "-gn", user.pw_name], text=True).strip(),
            uid=user.pw_uid,
            gid=user.pw_gid,
            password=PASSWORD,
            plain=0 if tls else self.port,
            tls=self.port if tls else 0,
        )
        settings = self.folder / "dovecot.conf"
        settings.write_text(text + more.format(folder=self.folder), encoding="utf-8")
        (self.folder / "mail").mkdir()
        for path in (self.folder, self.folder / "mail"):
            os.chown(path, user.pw_uid, user.pw_gid)
        self._start = functools.partial(
            Kept,
            [program, "-F", "-c", str(settings)],
            said=subprocess.DEVNULL,
            cwd=self.folder,
            folder=self.folder,
            owner=(user.pw_uid, user.pw_gid) if root else None,
        )
        atexit.register(self.end)
        self._process = self._start()
        wait_for(self._answers, 60)

    def restart(self) -> None:
        self._process.end(folder_stays=True)
        self._process = self._start()
        wait_for(self._answers, 60)

    def _answers(self) -> bool:
        assert self._process.runs(), (self.folder / "log").read_text("utf-8")
        with socket.socket() as attempt:
            return attempt.connect_ex(("127.0.0.1", self.port)) == 0

    def end(self) -> None:
        self._process.end()


@functools.cache
def shared() -> Dovecot:
    return Dovecot()


class MailboxPlace:
    """A folder in the mailbox of a user of its own."""

    name = "随席 & co"
    coded = '"&lo9eLQ- &- co"'

    def __init__(self, _around: Path | None = None, server: Dovecot | None = None) -> None:
        self.server = server or shared()
        self.login = Login(f"lin-{secrets.token_hex(4)}", PASSWORD)

    def open(self, *, make: bool = True, login: Login | None = None) -> MailboxStore:
        return self.reached(self.port, make=make, login=login)

    @property
    def port(self) -> int:
        return int(self.server.port)

    def reached(self, port: int, *, make: bool = False, login: Login | None = None) -> MailboxStore:
        login = login or self.login
        return MailboxStore("127.0.0.1", port, self.name, login, Network(), tls=False, make=make)

    def plant(self, name: str, data: bytes) -> None:
        """Send a mail that would be ours, were it not for its name."""
        mail = EmailMessage()
        mail["Subject"] = name
        mail.set_content("not ours")
        mail.add_attachment(data, "application", "octet-stream", filename=name)
        mail.set_param("name", name, header="Content-Type")
        self.append(bytes(mail))

    def append(self, mail: bytes, flags: str = "") -> None:
        with self.client() as client:
            client.append(self.coded, flags, "", mail)

    def lose(self) -> None:
        with self.client() as client:
            assert client.delete(self.coded)[0] == "OK"

    def obstruct(self) -> None:
        """Leave a folder that holds folders and no mails."""
        self.lose()
        with self.client() as client:
            assert client.create(self.coded[:-1] + '.inner"')[0] == "OK"

    @contextmanager
    def closed(self, act: str) -> Iterator[None]:
        rights = self.files() / "dovecot-acl"
        rights.write_text({"read": "owner lpie\n", "write": "owner lr\n"}[act], encoding="utf-8")
        try:
            yield
        finally:
            rights.unlink()

    def files(self) -> Path:
        """The folder of the server in which this folder's mails are."""
        return self.server.folder / "mail" / self.login.user / f".{self.coded[1:-1]}"

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Another program that has this mailbox open."""
        with imaplib.IMAP4("127.0.0.1", self.server.port, timeout=20) as client:
            user = self.login.user.encode()
            client.authenticate("PLAIN", lambda _: b"\0%s\0%s" % (user, PASSWORD.encode()))
            yield client
