"""Picks the store for an address and puts a seat together, without any window."""

import re
import sys
import tempfile
import urllib.parse
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import platformdirs

from companion.desk.drives import removable
from companion.desk.keyring_secrets import KeyringSecrets
from companion.desk.plain_clipboard import copy_text
from companion.desk.programs import LocalPrograms
from companion.errors import CompanionError, InputInvalid
from companion.policy import FILE, STRICTEST, Policy, read_policy
from companion.resource_files import resource
from companion.seat_errors import PolicyBroken
from companion.session.searching import Place
from companion.session.seat import SETTINGS_FILE, Seat
from companion.settings import DeskSettings
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Network, Store
from companion.wiring.addresses import FORMS, Address, full_address, parse, user_of

__all__ = [
    "asks_who",
    "card_places",
    "copy_to_clipboard",
    "default_store_folder",
    "folder_of",
    "full_address",
    "language_laid_down",
    "lies_at_home",
    "open_store",
    "prepare",
    "seat",
    "store_laid_down",
    "user_of",
]

_NOBODY, _NETWORK = Login(), Network()


def open_store(
    address: str, make: bool, login: Login = _NOBODY, network: Network = _NETWORK
) -> Store:
    """The store at an address such as ``folder:///path``; docs/stores.md has every kind.

    Raises StoreKindUnknown (scheme), InputInvalid where the address is wrong, and what making a
    store raises.
    """
    said = parse(address)
    if said.scheme == "folder":
        return FolderStore(_folder(said), make)
    if said.scheme in ("webdav", "webdavs"):
        from companion.sync.webdav import WebDavStore

        scheme = "https" if said.scheme == "webdavs" else "http"
        url = said._replace(scheme=scheme, user="").text()
        return WebDavStore(url, login, network, make)
    if said.scheme in ("imap", "imaps"):
        from companion.sync.mailbox import MailboxStore

        tls = said.scheme == "imaps"
        folder = urllib.parse.unquote(said.path.strip("/"))
        if not folder:
            raise InputInvalid(name="store", allowed=FORMS[said.scheme])
        port = said.port or (993 if tls else 143)
        return MailboxStore(said.host, port, folder, login, network, tls=tls, make=make)
    from companion.sync.bucket import BucketStore, read_address

    return BucketStore(**read_address(said.text())._asdict(), login=login, network=network)


def prepare(address: str) -> None:
    """Load what a store at an address needs, while nobody waits for it; of no address, HTTP's."""
    scheme = address.partition(":")[0]
    # To write down who sits here, whatever the store.
    import_module("tomlkit")
    if scheme in ("imap", "imaps"):
        import_module("companion.sync.mailbox_imap")
    elif scheme != "folder":
        import_module("companion.sync.webdav")
        import_module("companion.sync.http_line")
        import_module("companion.sync.connection").authorities("")


def folder_of(address: str) -> Path | None:
    """The path that an address names, None where it is that of a server. Raises as parse()."""
    said = parse(address)
    return _folder(said) if said.scheme == "folder" else None


def lies_at_home(said: str) -> bool:
    """Whether a place, as it is typed, lies in the home of this desk's user.

    Other desks seldom see that. By its name alone: no disk is asked.
    """
    said = said.strip()
    if re.match(r"[\\/]{2}", said):
        return False
    with suppress(CompanionError, RuntimeError, ValueError):
        named = re.match(r"\w[\w+.-]+:", said)
        place = folder_of(said) if named else Path(said).expanduser()
        return bool(said) and place is not None and (home := Path.home()) in (home / place).parents
    return False


def _folder(said: Address) -> Path:
    """The folder that an address names."""
    path = urllib.parse.unquote(said.path)
    if sys.platform == "win32" and re.match("/[A-Za-z]:", path):
        path = path[1:]
    # A drive itself is "D:/": its address has no slash behind it.
    return Path(f"//{said.host}{path}" if said.host else path or "/")


def seat(home: Path | None) -> Seat:
    """The desk, with everything local under home (by default the user's data folder)."""
    place = (home or _usual_home()).resolve()
    policy, trouble = laid_down(policy_file())

    def opened(address: str, make: bool, login: Login) -> Store:
        said = DeskSettings(place / SETTINGS_FILE).read()
        ca_file = str(said["ca_file"]) or policy.ca_file
        unencrypted = bool(said["unencrypted_stores"]) or policy.unencrypted_stores
        return open_store(address, make, login, Network(ca_file, unencrypted))

    return Seat(place, opened, KeyringSecrets(), LocalPrograms(), policy, trouble, places())


def places() -> tuple[Place, ...]:
    """Where programs of this desk's user keep what they had to do with, the likeliest first.

    The folder for temporary files may be everybody's: only what lies near its top is looked at.
    """
    said = (
        Place("temp", Path(tempfile.gettempdir()), 2),
        Place("config", Path(platformdirs.user_config_dir(roaming=True)), 8),
        Place("data", Path(platformdirs.user_data_dir()), 8),
        Place("cache", Path(platformdirs.user_cache_dir()), 8),
    )
    # Windows and macOS have one folder for several of them.
    first = {place.folder: place for place in reversed(said)}
    return tuple(place for place in said if first[place.folder] is place)


def _usual_home() -> Path:
    return Path(platformdirs.user_data_dir("Companion", appauthor=False))


def card_places(seat: Seat) -> list[Path]:
    """The folders that seat cards are looked for in; it may wait for a drive.

    Those that were plugged in, where the program lies that was brought along, and beside a home
    that is not the user's own.
    """
    places = [*removable(), *_program_folder()]
    if seat.home != _usual_home().resolve():
        places.append(seat.home.parent)
    return list(dict.fromkeys(places))


def _program_folder() -> list[Path]:
    """Where a program lies that was brought along: a frozen one, or a clone with its make.py."""
    if getattr(sys, "frozen", False):
        return [Path(sys.executable).resolve().parent]
    clone = resource().parent
    return [clone] if (clone / "make.py").is_file() else []


def asks_who(address: str) -> bool:
    """Whether a store at an address may ask who one is: all do but a folder."""
    return parse(address).scheme != "folder"


def store_laid_down(policy: Policy, agent: str) -> str:
    """The address that is laid down for an agent. Raises InputInvalid (name) where none is."""
    said = policy.store_of(agent)
    if not said:
        raise InputInvalid(name="store", allowed=f"store in {FILE}")
    return full_address(said, Path.home())


def policy_file() -> Path:
    """Where whoever looks after the desks lays down what holds for all who sit at one."""
    return Path(platformdirs.site_config_dir("Companion", appauthor=False)) / FILE


def language_laid_down() -> str:
    """The language that is laid down for this desk, empty where none is."""
    return laid_down(policy_file())[0].language


def laid_down(file: Path) -> tuple[Policy, PolicyBroken | None]:
    """What a companion.toml says; the strictest, and why, where it cannot be understood."""
    try:
        return read_policy(file), None
    except PolicyBroken as error:
        return STRICTEST, error


def copy_to_clipboard(text: str) -> None:
    """Put plain text on the clipboard, for a command. Raises ClipboardUnavailable."""
    copy_text(text)


def default_store_folder() -> Path:
    """Where a first profile goes when the agent names no other place: the documents folder."""
    return Path(platformdirs.user_documents_dir()) / "Companion"
