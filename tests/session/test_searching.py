"""The search of a desk: what it finds, where it looks, and that nobody waits for it."""

import errno
import os
import time
from pathlib import Path
from typing import Any

import pytest

from companion.session.residue import telltale
from companion.session.searching import HOME, Looked, Place, Search, Trace

WORDS = telltale(["钱没到账肯定惦记,我马上替您查", "a sentence that nobody else has written"])
SINCE = 1_700_000_000.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def write(path: Path, data: bytes = WORDS[0], age_s: float = 0.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (SINCE - age_s, SINCE - age_s))
    return path


def test_elsewhere_only_what_was_written_since_is_looked_at(tmp_path: Path, home: Path) -> None:
    config = Place("config", tmp_path / "config", 8)
    write(config.folder / "old" / "a", age_s=1.0)
    new = write(config.folder / "new" / "b", b"--" + WORDS[-1] + b"--")
    own = write(home / "c", age_s=1.0)
    found, looked = Search(WORDS).look(home, [config], SINCE)
    assert found == [Trace(str(new), "config"), Trace(str(own), HOME)]
    assert looked == Looked((HOME, "config"), (), 2)


def test_no_deeper_than_said_and_through_no_link(tmp_path: Path, home: Path) -> None:
    temp = Place("temp", tmp_path / "temp", 1)
    top, inside = write(temp.folder / "a"), write(temp.folder / "x" / "b")
    write(temp.folder / "x" / "y" / "c")
    elsewhere = write(tmp_path / "elsewhere" / "d")
    (temp.folder / "link").symlink_to(elsewhere.parent)
    (temp.folder / "file").symlink_to(elsewhere)
    (temp.folder / "round").symlink_to(temp.folder)
    found, _ = Search(WORDS).look(home, [temp], SINCE)
    assert [one.where for one in found] == [str(top), str(inside)]


def test_the_home_is_looked_at_once_where_it_lies_in_another_place(tmp_path: Path) -> None:
    data = Place("data", tmp_path, 8)
    own = write(tmp_path / "Companion" / "a")
    found, looked = Search(WORDS).look(tmp_path / "Companion", [data], SINCE)
    assert found == [Trace(str(own), HOME)]
    assert looked.files == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_and_a_file_that_is_closed_to_us_keep_nobody_waiting(home: Path) -> None:
    os.mkfifo(home / "pipe")
    with (home / "huge").open("wb") as huge:
        huge.truncate(100 << 20)
    found, looked = Search(WORDS).look(home)
    assert (found, looked.skipped) == ([], 1)


def test_across_the_border_of_two_pieces(home: Path) -> None:
    file = write(home / "a", bytes((1 << 18) - 7) + WORDS[0])
    assert Search(WORDS).look(home)[0] == [Trace(str(file), HOME)]


def test_what_there_was_no_time_for_is_said(tmp_path: Path, home: Path) -> None:
    write(home / "a")
    cache = Place("cache", tmp_path / "cache", 8)
    for at in range(9):
        write(cache.folder / str(at), b"x")
    ticks = iter(range(100))
    found, looked = Search(WORDS, 6.0, lambda: next(ticks)).look(home, [cache], SINCE)
    assert found == [Trace(str(home / "a"), HOME)]
    assert (looked.places, looked.unfinished) == ((HOME,), ("cache",))


def test_a_last_file_that_was_half_read_was_not_looked_at(home: Path) -> None:
    write(home / "a", bytes(300_000) + WORDS[0])
    times = iter([0.0, 0.1, 9.0])
    found, looked = Search(WORDS, 1.0, now=lambda: next(times, 9.0)).look(home)
    assert (found, looked.unfinished, looked.places) == ([], (HOME,), ())


def test_a_full_home_takes_no_longer_than_said(tmp_path: Path, home: Path) -> None:
    config = Place("config", tmp_path / "config", 8)
    for at in range(2_000):
        write(config.folder / str(at % 50) / str(at), b"x" * 10_000)
    write(config.folder / "large", bytes(60 << 20))
    began = time.monotonic()
    _, looked = Search(WORDS, 0.2).look(home, [config], SINCE)
    assert time.monotonic() - began < 0.2 + 1.0
    assert looked.unfinished == ("config",)


def test_who_has_written_nothing_has_nothing_to_be_looked_for(home: Path) -> None:
    write(home / "a")
    assert Search([]).look(home) == ([], Looked())


def test_a_share_that_has_gone_away_is_passed_over(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Linux answers below the mount of a program that was killed."""
    gone = [tmp_path / "temp" / "share", tmp_path / "config"]
    for folder in gone:
        folder.mkdir(parents=True)
    left = write(tmp_path / "temp" / "z")
    real = os.stat

    def stat(path: str | Path, **how: Any) -> os.stat_result:
        if path in gone:
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
        return real(path, **how)

    monkeypatch.setattr(os, "stat", stat)
    places = [Place("temp", gone[0].parent, 2), Place("config", gone[1], 2)]
    found, looked = Search(WORDS).look(home, places, SINCE)
    assert found == [Trace(str(left), "temp")]
    assert (looked.places, looked.skipped) == ((HOME, "temp"), 1)
