"""The desk as a session sees it: where local things go, and how stores and secrets are reached."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from companion.desk.ports import Programs
from companion.desk.secrets_port import Secrets
from companion.errors import FileUnwritable
from companion.policy import Policy
from companion.seat_errors import PolicyBroken
from companion.session.desk_store import DeskStore
from companion.session.searching import Place
from companion.settings import DeskSettings
from companion.sync.store import Login, Store
from companion.whole_file import drafts, write_whole

if TYPE_CHECKING:
    from companion.profile.sealing import ProfileKey
    from companion.session.desk_loans import DeskLoans

SETTINGS_FILE = "desk.toml"
_WHOLE = "whole.json"
StoreOpener = Callable[[str, bool, Login], Store]
"""Opens the store at an address for a login; with true it makes the folder where it has one."""


class NoPrograms:
    """Where no other program is to be run: none is there."""

    def run(self, arguments: Sequence[str], seconds: float = 30.0) -> bool:
        """It is not there."""
        return False

    def running(self, name: str) -> bool:
        """It does not run."""
        return False


@dataclass(frozen=True)
class Seat:
    """Everything local of one agent at this desk lies under ``home``.

    ``policy`` is what is laid down for the desk; ``policy_trouble`` why it cannot be understood,
    and then ``policy`` is the strictest. ``places`` are searched too when an agent leaves.
    """

    home: Path
    open_store: StoreOpener
    secrets: Secrets
    programs: Programs = field(default_factory=NoPrograms)
    policy: Policy = field(default_factory=Policy)
    policy_trouble: PolicyBroken | None = None
    places: tuple[Place, ...] = ()

    @property
    def lent_folder(self) -> Path:
        """Where this desk notes what input methods and browsers have of an agent's."""
        return self.home / "lent"

    def loans(self) -> DeskLoans:
        """What they have; most desks lend nothing, and the formats take long to import."""
        from companion.session.desk_loans import DeskLoans

        return DeskLoans(self.lent_folder, self.programs)

    @property
    def settings(self) -> DeskSettings:
        """The options that stay on this desk."""
        return DeskSettings(self.home / SETTINGS_FILE)

    @property
    def run_folder(self) -> Path:
        """Where the running app keeps its lock and its socket."""
        return self.home / "run"

    def make_home(self) -> None:
        """Create the home, readable by this user only. Raises FileUnwritable."""
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FileUnwritable(place=str(self.home), reason=type(error).__name__) from error

    def sealed_folder(self, profile: str) -> Path:
        """Where this desk keeps a profile's sealed packs."""
        return self.home / "profiles" / profile

    def local_store(self, profile: str) -> Store:
        """The desk's own store of a profile, made where it is missing."""
        self.make_home()
        folder = self.sealed_folder(profile)
        with _unwritable(folder):
            folder.parent.mkdir(mode=0o700, exist_ok=True)
        inside = self.open_store(folder.as_uri().replace("file:", "folder:"), True, Login())
        return DeskStore(inside)

    def last_sync_file(self, profile: str) -> Path:
        """Where this desk notes how its last sync of a profile went."""
        return self.home / "profiles" / f"{profile}.last"

    def drop_last_sync(self, profile: str) -> None:
        """Forget how it went. Raises FileUnwritable."""
        file = self.last_sync_file(profile)
        with _unwritable(file):
            file.unlink(missing_ok=True)

    def whole_file(self, profile: str) -> Path:
        """Where this desk notes that it has all of a profile; see kept.py."""
        return self.sealed_folder(profile) / _WHOLE

    def whole_profiles(self) -> list[str]:
        """The ids of the profiles of which that is noted."""
        return sorted(file.parent.name for file in (self.home / "profiles").glob(f"*/{_WHOLE}"))

    def drop_sealed(self, profile: str) -> None:
        """Delete this desk's sealed packs of a profile. Raises FileUnwritable."""
        folder = self.sealed_folder(profile)
        with _unwritable(folder):
            if folder.is_dir():
                # What is half deleted is not to be taken for whole.
                self.whole_file(profile).unlink(missing_ok=True)
                shutil.rmtree(folder)
            if folder.parent.is_dir():
                self.forget_pin(profile)
                for file in (self._login_file(profile), self._card_file(profile)):
                    file.unlink(missing_ok=True)
                for draft in drafts(folder.parent):
                    draft.unlink()
            for empty in (folder.parent, self.run_folder):
                if empty.is_dir() and not any(empty.iterdir()):
                    empty.rmdir()

    def keep_login(self, profile: str, key: ProfileKey, login: Login) -> None:
        """Keep how to log in to the agent's store, sealed. Raises FileUnwritable."""
        file = self._login_file(profile)
        with _unwritable(file):
            if login == Login():
                file.unlink(missing_ok=True)
            else:
                sealed = key.seal(msgspec.msgpack.encode(login), _bound_to(profile))
                write_whole(file, sealed)

    def login(self, profile: str, key: ProfileKey) -> Login:
        """What keep_login() kept; nobody's where nothing is kept or it does not open."""
        try:
            plain = key.open(self._login_file(profile).read_bytes(), _bound_to(profile))
        except OSError:
            return Login()
        return msgspec.msgpack.decode(plain, type=Login) if plain else Login()

    def keep_card_login(self, profile: str, data: bytes) -> None:
        """Keep the login for the seat card, as it was sealed under the passphrase; empty, none.

        Raises FileUnwritable.
        """
        file = self._card_file(profile)
        with _unwritable(file):
            if data:
                write_whole(file, data)
            else:
                file.unlink(missing_ok=True)

    def card_login(self, profile: str) -> bytes:
        """What keep_card_login() kept, empty where nothing is."""
        try:
            return self._card_file(profile).read_bytes()
        except OSError:
            return b""

    def _login_file(self, profile: str) -> Path:
        return self.home / "profiles" / f"{profile}.login"

    def _card_file(self, profile: str) -> Path:
        return self.home / "profiles" / f"{profile}.card"

    def pin_file(self, profile: str) -> Path:
        """One half of what a PIN opens (companion.session.remembering)."""
        return self.home / "profiles" / f"{profile}.pin"

    def guard_name(self, profile: str) -> str:
        """What the other half is called in the secret store.

        Earlier the whole key stood there under this name: one that was left is taken away, too.
        """
        return f"profile key {profile}"

    def forget_pin(self, profile: str) -> None:
        """Delete the half that is a file. Raises FileUnwritable."""
        file = self.pin_file(profile)
        with _unwritable(file):
            file.unlink(missing_ok=True)

    def forget(self, profile: str) -> None:
        """Delete both halves, so that no PIN opens the profile here any more.

        Raises SecretsUnavailable; whatever could not be deleted opens nothing by itself.
        """
        with suppress(FileUnwritable):
            self.forget_pin(profile)
        self.secrets.delete(self.guard_name(profile))


@contextmanager
def _unwritable(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileUnwritable(place=str(place), reason=type(error).__name__) from error


def _bound_to(profile: str) -> bytes:
    return b"companion store login " + profile.encode()
