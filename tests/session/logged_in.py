"""A store that asks who one is: a folder that one login opens, and a count of slow derivations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import StoreLoginRefused
from companion.profile import sodium
from companion.session.seat import Seat
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Store
from companion.wiring.seats import open_store

ADDRESS = "webdavs://lin@cloud.example/remote.php/dav/files/lin/Companion"
LOGIN = Login("lin", "canary 密码 of-the-store 20")


@dataclass
class Server:
    """What stands at ADDRESS, and at every other address who was handed what."""

    folder: Path
    login: Login = LOGIN
    asked: list[tuple[str, Login]] = field(default_factory=list)

    def seat(self, name: str) -> Seat:
        """A desk from which the store is reached."""

        def opened(address: str, make: bool, login: Login) -> Store:
            if address.startswith("folder:"):
                return open_store(address, make, login)
            self.asked.append((address, login))
            if address != ADDRESS or login != self.login:
                raise StoreLoginRefused(place=address)
            return FolderStore(self.folder / "store", make)

        return Seat(self.folder / name, opened, RecordingSecrets())


@contextmanager
def counted() -> Iterator[list[bytes]]:
    """The salts of every run of Argon2id."""
    salts, real = list[bytes](), sodium.argon2id

    def kdf(secret: bytes, salt: bytes, passes: int, memory: int) -> bytearray:
        salts.append(salt)
        return real(secret, salt, passes, memory)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sodium, "argon2id", kdf)
        yield salts
