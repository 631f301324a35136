"""Picks the store for an address and puts a seat together, without any window."""

import re
import sys
import urllib.parse
from pathlib import Path

import platformdirs

from companion.desk.keyring_secrets import KeyringSecrets
from companion.desk.plain_clipboard import copy_text
from companion.errors import InputInvalid, StoreKindUnknown
from companion.session.seat import SETTINGS_FILE, Seat
from companion.settings import DeskSettings
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Network, Store

_NOBODY, _NETWORK = Login(), Network()


def open_store(
    address: str, make: bool, login: Login = _NOBODY, network: Network = _NETWORK
) -> Store:
    """The store at an address such as ``folder:///path``; docs/stores.md has every kind.

    Raises StoreKindUnknown (scheme), InputInvalid where the address is wrong, and what making a
    store raises.
    """
    parts = urllib.parse.urlsplit(address)
    if parts.scheme == "folder":
        return FolderStore(_folder(parts), make)
    if parts.scheme in ("webdav", "webdavs"):
        from companion.sync.webdav import WebDavStore

        scheme = "https" if parts.scheme == "webdavs" else "http"
        url = urllib.parse.urlunsplit((scheme, _host(parts), parts.path, "", ""))
        return WebDavStore(url, login, network, make)
    if parts.scheme in ("imap", "imaps"):
        from companion.sync.mailbox import MailboxStore

        tls = parts.scheme == "imaps"
        folder = urllib.parse.unquote(parts.path.strip("/"))
        port = _port(parts) or (993 if tls else 143)
        return MailboxStore(parts.hostname or "", port, folder, login, network, tls=tls, make=make)
    if parts.scheme == "s3":
        from companion.sync.bucket import BucketStore, read_address

        return BucketStore(**read_address(address)._asdict(), login=login, network=network)
    raise StoreKindUnknown(scheme=parts.scheme)


def _port(parts: urllib.parse.SplitResult) -> int:
    try:
        return parts.port or 0
    except ValueError as error:
        raise InputInvalid(name="store", allowed=f"{parts.scheme}://user@host/path") from error


def _host(parts: urllib.parse.SplitResult) -> str:
    """The host and port of an address, without the user."""
    return parts.netloc.rpartition("@")[2]


def _folder(parts: urllib.parse.SplitResult) -> Path:
    """The folder that an address names; urllib.request knows it too, and loads all of HTTP."""
    path = urllib.parse.unquote(parts.path)
    if sys.platform == "win32" and re.match("/[A-Za-z]:", path):
        path = path[1:]
    return Path(f"//{parts.netloc}{path}" if parts.netloc else path)


def user_of(address: str) -> str:
    """The user that a store's address names, empty where it names none."""
    return urllib.parse.unquote(urllib.parse.urlsplit(address).username or "")


def full_address(said: str, cwd: Path) -> str:
    """A store's address as it is kept: a plain path becomes ``folder:`` and the whole path.

    Raises InputInvalid (name, allowed) where a password stands in it.
    """
    parts = urllib.parse.urlsplit(said)
    # One letter before the colon is a Windows drive, no scheme.
    if len(parts.scheme) > 1:
        if parts.password is not None:
            # It would be kept and shown with the address.
            raise InputInvalid(name="store", allowed=f"{parts.scheme}://user@host/path")
        return said
    path = (cwd / Path(said).expanduser()).resolve()
    return path.as_uri().replace("file:", "folder:")


def seat(home: Path | None) -> Seat:
    """The desk, with everything local under home (by default the user's data folder)."""
    place = (home or Path(platformdirs.user_data_dir("Companion", appauthor=False))).resolve()

    def opened(address: str, make: bool, login: Login) -> Store:
        said = DeskSettings(place / SETTINGS_FILE).read()
        network = Network(str(said["ca_file"]), bool(said["unencrypted_stores"]))
        return open_store(address, make, login, network)

    return Seat(place, opened, KeyringSecrets())


def copy_to_clipboard(text: str) -> None:
    """Put plain text on the clipboard, for a command. Raises ClipboardUnavailable."""
    copy_text(text)


def default_store_folder() -> Path:
    """Where a first profile goes when the agent names no other place: the documents folder."""
    return Path(platformdirs.user_documents_dir()) / "Companion"
