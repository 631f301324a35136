"""The log: every field may be left out, and nothing is kept unmasked."""

import csv
import io

import msgspec
import pytest

from companion.errors import InputInvalid, NothingFound
from companion.profile.profile import Profile
from companion.profile.records import Reflection
from companion.reflection import log
from companion.reflection.writing import FIELDS, written


@pytest.fixture
def profile() -> Profile:
    return Profile("p" * 22)


def test_nothing_unmasked_reaches_the_profile(profile: Profile) -> None:
    number = "13812345678"
    kept = log.add(
        profile,
        hard=4,
        lens="process",
        need=number,
        helped=f"打 {number}",
        next_words=f" 我给{number}回电 ",
        follow_up="a@b.example",
        feeling=number,
        clock=lambda: 1_700_000_000.9,
    )
    assert kept.masked == {"phone": 4, "email": 1}
    (entry,) = log.entries(profile)
    assert entry == Reflection(
        id=kept.id,
        position="",
        at=1_700_000_000,
        hard=4,
        lens="process",
        need="***",
        helped="打 ***",
        next_words="我给***回电",
        follow_up="***",
        feeling="***",
    )
    assert number not in str(msgspec.to_builtins(profile.everything()))


def test_the_newest_stands_first(profile: Profile) -> None:
    for at in (5, 9, 7):
        log.add(profile, need=str(at), clock=[at].pop)
    assert [entry.need for entry in log.entries(profile)] == ["9", "7", "5"]


def test_one_field_is_enough_and_none_is_not(profile: Profile) -> None:
    log.add(profile, hard=1, clock=lambda: 1)
    log.add(profile, lens="self", clock=lambda: 2)
    with pytest.raises(NothingFound):
        log.add(profile, need="  ")
    assert len(log.entries(profile)) == 2
    assert log.entries(profile)[-1].lens == ""


def test_what_does_not_fit_is_refused(profile: Profile) -> None:
    for wrong in (6, -1):
        with pytest.raises(InputInvalid):
            log.add(profile, hard=wrong)
    with pytest.raises(InputInvalid):
        log.add(profile, lens="weather")
    assert log.entries(profile) == []


NAMES = {name: name.upper() for name in (*FIELDS, "at", "title")}


def test_markdown_is_for_reading(profile: Profile) -> None:
    log.add(profile, hard=3, next_words="第一行\n# 第二行", clock=lambda: 1_700_000_000)
    text = written(profile.reflections(), ".md", NAMES).decode()
    assert text.startswith("# TITLE\n\n## 2023-11-1")
    assert "- HARD: 3\n- NEXT_WORDS: 第一行 # 第二行\n" in text
    assert "LENS" not in text


def test_csv_runs_nothing_in_a_spreadsheet(profile: Profile) -> None:
    log.add(profile, need="=1+1", helped='说“好”,"马上"')
    data = written(profile.reflections(), ".CSV", NAMES)
    assert data.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert header == ["AT", *(name.upper() for name in FIELDS)]
    assert row[1:4] == ["", "'=1+1", '说“好”,"马上"']


def test_another_ending_is_refused() -> None:
    with pytest.raises(InputInvalid):
        written([], ".docx", NAMES)
