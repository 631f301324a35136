"""Desks over one store that may fail at any act, and what must be true of them afterwards."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import WrongPassphrase
from companion.profile import sodium
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, open_here, sign_in
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Store
from companion.wiring.seats import open_store
from tests.faults.faulty import Faulty, Plan

PASSPHRASE, NEW, WRONG = "correct horse battery", "another horse 电池", "wrong horse battery"
ADDRESS = "store://of-the-test"
FILLED = [f"{where} {at}" for where, most in (("here", 3), ("there", 4)) for at in range(most)]
Far = Callable[[bool], Store]
"""Opens the store that all desks share; with true it makes its place first."""


@contextmanager
def quickly() -> Iterator[None]:
    """Key derivation and disks are slow on purpose; what is tried here is the order of acts."""

    def quick(secret: bytes, salt: bytes, *_: int) -> bytearray:
        return bytearray(hashlib.blake2b(secret, key=salt, digest_size=32).digest())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sodium, "argon2id", quick)
        patch.setattr("os.fsync", lambda _: None)
        yield


class World:
    """A store and the homes of desks under one folder. ``here`` is the desk that has bad luck."""

    def __init__(self, folder: Path, far: Far | None = None) -> None:
        self.folder = folder
        self._far = far or (lambda make: FolderStore(folder / "store", make))
        self.plan = Plan()
        # What the desk that has bad luck began to write, and what was saved for sure.
        self.begun = list(FILLED)
        self.saved = list(FILLED)

    def far(self) -> Store:
        return self._far(False)

    def seat(self, name: str) -> Seat:
        home = self.folder / name
        plan = self.plan if name == "here" else Plan()

        def opened(address: str, make: bool, login: Login) -> Store:
            far = address == ADDRESS
            store = self._far(make) if far else open_store(address, make, login)
            return Faulty(store, plan, far=far)

        return Seat(home, opened, RecordingSecrets())

    def create(self, name: str) -> Session:
        return create(self.seat(name), ADDRESS, "林", PASSPHRASE)[0]

    def sign_in(self, name: str, secret: str = PASSPHRASE) -> Session:
        return sign_in(self.seat(name), ADDRESS, secret)

    def open(self, name: str, *secrets: str) -> Session:
        """The desk's profile, opened by the first of the secrets that fits, or fetched anew."""
        seat = self.seat(name)
        signed_in = bool(seat.settings.read()["profile"])
        for last in secrets:
            try:
                return open_here(seat, last) if signed_in else sign_in(seat, ADDRESS, last)
            except WrongPassphrase:
                if last == secrets[-1]:
                    raise
        raise AssertionError

    def fill(self) -> None:
        """A profile that two desks know, with more packs on its way than are left alone."""
        other = self.create("other")
        self.sign_in("here")
        for at in range(4):
            add(other, f"there {at}")
            other.sync()
        here = self.open("here", PASSPHRASE)
        for at in range(3):
            add(here, f"here {at}")
            here.save()

    def write(self, session: Session, title: str) -> None:
        """One edit at this desk, saved."""
        self.begun.append(title)
        add(session, title)
        session.save()
        self.saved.append(title)

    def copy(self, to: Path) -> "World":
        """The same world once more, where the store is a folder."""
        shutil.rmtree(to, ignore_errors=True)
        # No file of ours is ever written to again: it is replaced.
        shutil.copytree(self.folder, to, copy_function=os.link)
        return World(to)


def add(session: Session, title: str) -> None:
    session.profile.add("phrase", title=title, body=f"正文 {title}", abbr=title)


def titles(session: Session) -> list[str]:
    return sorted(phrase.title for phrase in session.profile.phrases())


def settle(world: World, *secrets: str) -> None:
    """Every desk, and one that is new, comes to hold the same: what was saved, once and readable.

    ``secrets`` are those of which one must open it.
    """
    desks = [world.open(name, *secrets) for name in ("here", "other")]
    for desk in (*desks, *desks):
        desk.sync()
    desks.append(world.open("fresh", *secrets))
    for desk in desks:
        report = desk.sync()
        assert (report.pulled, report.pushed, report.unreadable) == (0, 0, []), report
        found = titles(desk)
        assert set(world.saved) <= set(found) <= set(world.begun)
        assert len(found) == len(set(found))
        assert desk.profile.conflicts() == {}
    states = [sorted(desk.profile.everything()[1], key=lambda r: r.id) for desk in desks]
    assert states[0] == states[1] == states[2]


def refuses_the_wrong(world: World) -> None:
    """A wrong passphrase opens no desk, and not one write is made for it."""
    before = files(world.folder)
    for name in ("here", "fresh"):
        with pytest.raises(WrongPassphrase):
            world.open(name, WRONG)
    assert files(world.folder) == before


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
