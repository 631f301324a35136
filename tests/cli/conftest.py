"""A profile made once, copied for each test: key derivation is slow on purpose."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion.session.sitting import create
from tests.cli.desks import PASSPHRASE, Desk


@dataclass
class Made:
    """A profile: its desk, its store and its passphrase in a file."""

    desk: Desk
    store: Path
    passphrase: Path
    card: str


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pattern")
    desk = Desk(place / "home")
    create(desk.seat(), (place / "store").as_uri().replace("file", "folder", 1), "小林", PASSPHRASE)
    return place


@pytest.fixture
def made(_pattern: Path, tmp_path: Path) -> Made:
    """A fresh profile at a desk whose commands have its passphrase."""
    for name in ("home", "store"):
        shutil.copytree(_pattern / name, tmp_path / name)
    desk = Desk(tmp_path / "home", knows={"passphrase": PASSPHRASE})
    store = tmp_path / "store"
    desk.seat().settings.write(store=store.as_uri().replace("file", "folder", 1))
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    card = desk.json("profile", "card")["card"]
    return Made(desk, store, passphrase, card)


@pytest.fixture
def desk(made: Made) -> Desk:
    """The desk of that profile."""
    return made.desk
