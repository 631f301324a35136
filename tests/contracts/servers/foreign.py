"""Folders that are not of this disk: a share of a real Samba server, and a stick's file system.

Both are reached through FUSE, as any path, where this machine lets us: Debian's samba (smbd runs as
a plain user, on a port of its own) with fuse3 and rclone, and dosfstools with fusefat.
"""

import atexit
import functools
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contracts.servers.disk import FolderPlace
from tests.contracts.servers.kept import Kept
from tests.contracts.servers.webdav import free_port
from tests.e2e.desktop import wait_for

NOBODY = "nobody"
_SMBD = """
[global]
  server role = standalone server
  smb ports = {port}
  interfaces = 127.0.0.1
  bind interfaces only = yes
  disable netbios = yes
  map to guest = Bad User
  guest account = {user}
  private dir = {around}/state
  lock directory = {around}/state
  state directory = {around}/state
  cache directory = {around}/state
  pid directory = {around}/state
  ncalrpc dir = {around}/state/ncalrpc
  log file = {around}/state/log
  rpc start on demand helpers = no
  load printers = no
  printing = bsd
[packs]
  path = {around}/share
  guest ok = yes
  read only = no
"""


def program(name: str) -> str:
    """Where a program is, empty where it is not."""
    beside = str(Path(sys.executable).parent)
    return shutil.which(name, path=f"{beside}:{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or ""


def missing(*programs: str) -> str:
    """What this machine lacks to reach a folder through FUSE with these, empty where nothing."""
    if sys.platform != "linux" or not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return "/dev/fuse"
    return ", ".join(name for name in ("fusermount3", *programs) if not program(name))


class Mounted:
    """A file system at ``path`` for as long as this process lives."""

    def __init__(self) -> None:
        self.around = Path(tempfile.mkdtemp(prefix="companion-share-"))
        self.around.chmod(0o755)
        self.path = self.around / "mounted"
        self.path.mkdir()
        self._kept: list[Kept] = []
        atexit.register(self.end)

    def start(
        self,
        *command: str,
        owner: tuple[int, int] | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        with (self.around / "said").open("ab") as said:
            more = os.environ | (env or {})
            self._kept.append(Kept([*command], said=said, env=more, owner=owner))

    def wait_until_mounted(self) -> None:
        wait_for(lambda: os.path.ismount(self.path), 20)

    def end(self) -> None:
        # A mount that its program left behind would keep the folder for ever.
        subprocess.run(["fusermount3", "-uz", str(self.path)], capture_output=True, check=False)
        for kept in reversed(self._kept):
            kept.end()
        shutil.rmtree(self.around, ignore_errors=True)


@functools.cache
def samba() -> tuple[Mounted, Path]:
    """A share, mounted, and the folder that the server has behind it."""
    smbd, rclone = program("smbd"), program("rclone")
    import pwd  # Not on Windows.

    mounted, port = Mounted(), free_port()
    root = os.geteuid() == 0
    user = pwd.getpwnam(NOBODY) if root else pwd.getpwuid(os.geteuid())
    share = mounted.around / "share"
    for folder in (share, mounted.around / "state"):
        folder.mkdir()
        os.chown(folder, user.pw_uid, user.pw_gid)
    settings = mounted.around / "smb.conf"
    settings.write_text(_SMBD.format(port=port, around=mounted.around, user=user.pw_name))
    owner = (user.pw_uid, user.pw_gid) if root else None
    mounted.start(smbd, "-F", "--no-process-group", "-s", str(settings), owner=owner)

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_for(listens, 20)
    secret = subprocess.check_output([rclone, "obscure", "x"], text=True).strip()
    told = {"TYPE": "smb", "HOST": "127.0.0.1", "PORT": str(port), "USER": "lin", "PASS": secret}
    # What the server has is asked anew each time, as the system's own client of SMB does; told 0,
    # it keeps a processor busy for good.
    fresh = ("--dir-cache-time", "10ms", "--attr-timeout", "0s", "--config", "")
    mounted.start(
        rclone,
        "mount",
        "samba:packs",
        str(mounted.path),
        *fresh,
        env={f"RCLONE_CONFIG_SAMBA_{name}": value for name, value in told.items()},
    )
    mounted.wait_until_mounted()
    return mounted, share


@functools.cache
def stick() -> Mounted:
    """A FAT file system, whose names are one in capitals and small letters, in an image."""
    mkfs, fusefat = program("mkfs.vfat"), program("fusefat")
    mounted = Mounted()
    image = mounted.around / "image"
    with image.open("wb") as file:
        file.truncate(256 << 20)
    subprocess.run([mkfs, str(image)], check=True, capture_output=True)
    mounted.start(fusefat, "-f", "-o", "rw+", str(image), str(mounted.path))
    mounted.wait_until_mounted()
    return mounted


class ForeignPlace(FolderPlace):
    """A folder of its own on a mounted file system, and the same as its owner sees it.

    It is lost by the mount: rclone answers EIO to what has gone without its knowledge.
    """

    def __init__(self, mounted: Path, behind: Path, name: str) -> None:
        name += secrets.token_hex(4)
        self.folder, self._behind = mounted / name, behind / name

    def plant(self, name: str, data: bytes) -> None:
        (self._behind / name).write_bytes(data)

    @contextmanager
    def closed(self, act: str) -> Iterator[None]:
        pytest.skip(f"no right to {act} is known beyond this mount")
        yield


class SambaPlace(ForeignPlace):
    lacks = missing("smbd", "rclone")

    def __init__(self, _around: Path) -> None:
        mounted, share = samba()
        super().__init__(mounted.path, share, "packs 随席 ")


class StickPlace(ForeignPlace):
    lacks = missing("mkfs.vfat", "fusefat")

    def __init__(self, _around: Path) -> None:
        # fusefat takes names in ASCII only.
        super().__init__(stick().path, stick().path, "packs ")
