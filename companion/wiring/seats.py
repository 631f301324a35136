"""Picks the store for an address and puts a seat together, without any window."""

import re
import sys
import urllib.parse
from pathlib import Path

import platformdirs

from companion.desk.keyring_secrets import KeyringSecrets
from companion.desk.plain_clipboard import copy_text
from companion.errors import InputInvalid, StoreKindUnknown
from companion.session.seat import Seat
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Network, Store

_NOBODY, _NETWORK = Login(), Network()


def open_store(
    address: str, make: bool, login: Login = _NOBODY, network: Network = _NETWORK
) -> Store:
    """The store at an address such as ``folder:///path``. Raises StoreKindUnknown (scheme)."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme == "folder":
        return FolderStore(_folder(parts), make)
    raise StoreKindUnknown(scheme=parts.scheme)


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
    place = home or Path(platformdirs.user_data_dir("Companion", appauthor=False))
    return Seat(place.resolve(), open_store, KeyringSecrets())


def copy_to_clipboard(text: str) -> None:
    """Put plain text on the clipboard, for a command. Raises ClipboardUnavailable."""
    copy_text(text)


def default_store_folder() -> Path:
    """Where a first profile goes when the agent names no other place: the documents folder."""
    return Path(platformdirs.user_documents_dir()) / "Companion"
