"""A seat is put together with what is laid down for its desk."""

import sys
from pathlib import Path

import pytest

from companion.policy import STRICTEST, Policy
from companion.wiring import seats
from companion.wiring.seats import card_places, laid_down, lies_at_home, policy_file, seat


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is that of Linux")
def test_what_is_laid_down_for_the_desk_holds_for_its_seats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path))
    assert seat(tmp_path / "home").policy == Policy()
    policy_file().parent.mkdir()
    policy_file().write_text("remember = false\n")
    made = seat(tmp_path / "home")
    assert (made.policy.remember, made.policy_trouble) == (False, None)


def test_one_that_cannot_be_understood_forbids_what_it_may_forbid_and_is_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "companion.toml").write_text("remember = perhaps")
    policy, trouble = laid_down(tmp_path / "companion.toml")
    assert policy == STRICTEST
    assert trouble is not None
    assert trouble.facts["name"] == "line 1"


def test_cards_are_looked_for_beside_the_program_that_was_brought_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seats, "removable", lambda: [tmp_path / "stick"])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    clone = Path(__file__).parents[2]
    assert card_places(seat(None)) == [tmp_path / "stick", clone]
    # A home that was named lies on what was brought along, too.
    assert card_places(seat(tmp_path / "home")) == [tmp_path / "stick", clone, tmp_path.resolve()]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Companion" / "companion"))
    assert card_places(seat(None))[1] == (tmp_path / "Companion").resolve()


@pytest.mark.parametrize(
    ("said", "at_home"),
    [
        ("~/Documents/Companion", True),
        ("{home}/随席", True),
        ("folder://{home}/x", True),
        ("Companion", True),
        ("/media/stick/x", False),
        ("{home}", False),
        ("{home}-share/x", False),
        ("\\\\server\\share", False),
        ("//server/share", False),
        ("webdavs://cloud.example/x", False),
        ("nonsense://x", False),
        ("", False),
    ],
)
def test_what_lies_in_the_users_own_home_is_known_by_its_name(said: str, at_home: bool) -> None:
    assert lies_at_home(said.format(home=Path.home())) is at_home
