"""This desk's own disk is full: it is named as what it is, and what is open is still there."""

from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import StoreFull
from companion.seat_errors import DeskFull
from companion.session.seat import Seat
from companion.session.sitting import create, sign_in
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Store
from companion.wiring.seats import full_address

PASSPHRASE = "correct horse battery"


class Folder(FolderStore):
    """A folder in which room ends when it is told so."""

    full = False

    def put(self, name: str, data: bytes) -> None:
        if self.full:
            raise StoreFull(place=self.place)
        super().put(name, data)


@pytest.fixture
def folders() -> dict[str, Folder]:
    """Every folder that was opened last, by its name."""
    return {}


@pytest.fixture
def seat(tmp_path: Path, folders: dict[str, Folder]) -> Seat:
    def opened(address: str, make: bool, _login: Login) -> Store:
        path = Path(address.removeprefix("folder://"))
        return folders.setdefault(path.name, Folder(path, make))

    return Seat(tmp_path / "home", opened, RecordingSecrets())


def test_an_edit_that_has_no_room_here_is_kept_until_there_is(
    seat: Seat, folders: dict[str, Folder], tmp_path: Path
) -> None:
    address = full_address("store", tmp_path)
    session, _ = create(seat, address, "林", PASSPHRASE)
    session.sync()
    again = sign_in(seat, address, PASSPHRASE)
    folders[session.profile.id].full = True
    again.profile.add("phrase", title="退款", body="x")
    with pytest.raises(DeskFull):
        again.save()
    with pytest.raises(DeskFull):
        again.sync()
    folders[session.profile.id].full = False
    assert again.sync().pushed == 1


def test_a_full_store_is_the_store_s(
    seat: Seat, folders: dict[str, Folder], tmp_path: Path
) -> None:
    address = full_address("store", tmp_path)
    session, _ = create(seat, address, "林", PASSPHRASE)
    session.sync()
    again = sign_in(seat, address, PASSPHRASE)
    folders["store"].full = True
    again.profile.add("phrase", title="退款", body="x")
    with pytest.raises(StoreFull):
        again.sync()
    assert again.status().waiting == 1
