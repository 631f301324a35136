"""What was being written is kept sealed while a desk is locked, and given back once."""

import shutil
import stat
from pathlib import Path

import pytest

from companion.errors import FileUnwritable
from companion.profile.sealing import ProfileKey
from companion.session.drafts import Draft, Drafts, NewPhrase, Slots

KEY = ProfileKey(bytes(range(32)))
WRITTEN: list[Draft] = [
    NewPhrase("标题", "金丝雀的正文\n第二行", "bt", "售后"),
    Slots("id", "自己的", {"称呼": "林女士"}, True, 7, "chat", "客户 7", 42),
]


def a_desk(tmp_path: Path, key: ProfileKey = KEY, profile: str = "p") -> Drafts:
    return Drafts(tmp_path, profile, key)


def test_it_is_given_back_once_as_it_was(tmp_path: Path) -> None:
    a_desk(tmp_path).keep(WRITTEN)
    assert a_desk(tmp_path).take() == WRITTEN
    assert a_desk(tmp_path).take() == []
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    a_desk(tmp_path).keep(WRITTEN)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not [word for word in ("金丝雀", "林女士", "客户") if word.encode() in file.read_bytes()]
    copy = shutil.copytree(tmp_path, tmp_path / "copy")
    assert a_desk(copy, ProfileKey(bytes(32))).take() == []
    assert a_desk(copy, profile="another").take() == []
    assert a_desk(copy).take() == WRITTEN


def test_what_is_kept_now_takes_the_place_of_what_was(tmp_path: Path) -> None:
    a_desk(tmp_path).keep(WRITTEN)
    a_desk(tmp_path).keep(WRITTEN[:1])
    assert a_desk(tmp_path).take() == WRITTEN[:1]
    a_desk(tmp_path).keep(WRITTEN)
    a_desk(tmp_path).keep([])
    assert a_desk(tmp_path).take() == []


@pytest.mark.parametrize("damage", [b"", b"x", b"CPN1" + bytes(60)])
def test_what_is_damaged_is_none(tmp_path: Path, damage: bytes) -> None:
    a_desk(tmp_path).keep(WRITTEN)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(damage)
    assert a_desk(tmp_path).take() == []


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way")
    with pytest.raises(FileUnwritable):
        a_desk(tmp_path).keep(WRITTEN)
