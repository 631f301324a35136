"""Seat cards as files: written for people, read tolerantly, and found among other files."""

import os
import sys
from pathlib import Path

import pytest

from companion.errors import CardDamaged, FileTooLarge, FileUnreadable, FileUnwritable, NewerFormat
from companion.policy import Policy
from companion.session.card import Card
from companion.session.card_files import (
    MOST_BYTES,
    card_of,
    file_name,
    found_cards,
    read_card_file,
    write_card,
)

LIN, WANG = Card("p" * 22, "小林", "folder:///share/小林"), Card("w" * 22, "小王", "folder:///w")
WORDS = ("随席 Companion 的席位卡：坐下时打开它，再输口令。", "不是秘密，口令不在上面。")


def put(card: Card, file: Path, at: int = 0) -> Path:
    write_card(card, file, WORDS)
    os.utime(file, (at, at))
    return file


def test_a_file_says_what_it_is_and_is_read(tmp_path: Path) -> None:
    file = put(LIN, tmp_path / "小林.seatcard")
    said = file.read_bytes().decode("utf-8-sig")
    assert said.split("\r\n") == [*WORDS, "", LIN.text(), ""]
    assert read_card_file(file) == LIN
    for encoding in ("utf-8", "utf-16", "gb18030"):
        file.write_bytes(said.encode(encoding))
        assert read_card_file(file) == LIN


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", CardDamaged),
        (b"\x00\xff" * 900, CardDamaged),
        (b"\xff\xfe\x00", CardDamaged),
        (LIN.text()[:-1].encode(), CardDamaged),
        (LIN.text().replace("ion1", "ion2").encode(), NewerFormat),
        (b"x" * (MOST_BYTES + 1), FileTooLarge),
    ],
)
def test_what_is_no_card_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    (tmp_path / "x.seatcard").write_bytes(content)
    with pytest.raises(error):
        read_card_file(tmp_path / "x.seatcard")


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "none", tmp_path / "none" / "x"):
        with pytest.raises(FileUnreadable):
            read_card_file(file)
    with pytest.raises(FileUnwritable):
        write_card(LIN, tmp_path / "none" / "x", WORDS)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("小林", "小林"), ("", "_"), ("..", "_"), ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\x", "C_x"), ("con", "_con"), ("NUL.txt", "_NUL.txt"), ("Conny", "Conny"),
        ("a\x00b\n", "a_b_"), ("长" * 90, "长" * 60), (" Lin. ", "Lin"),
    ],
)  # fmt: skip
def test_an_agents_file_has_a_name_that_every_system_takes(
    tmp_path: Path, agent: str, name: str
) -> None:
    assert file_name(agent) == f"{name}.seatcard"
    assert put(LIN, tmp_path / file_name(agent)).parent == tmp_path


def test_cards_are_found_the_newest_first_and_one_of_each_profile(tmp_path: Path) -> None:
    stick, program = tmp_path / "stick", tmp_path / "program"
    for folder in (stick, program):
        folder.mkdir()
    put(LIN, stick / "old.seatcard", 100)
    put(WANG, stick / "小王.SEATCARD", 200)
    newest = put(LIN, program / "小林.seatcard", 300)
    found = found_cards([stick, tmp_path / "gone", program])
    assert [(each.card, each.file) for each in found] == [
        (LIN, newest),
        (WANG, stick / "小王.SEATCARD"),
    ]
    assert found_cards([]) == []


def test_only_small_files_of_that_name_in_the_top_folder_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = Path.open

    def noting(self: Path, mode: str = "r") -> object:
        opened.append(self.name)
        return real(self, mode)

    stick = tmp_path / "stick"
    stick.mkdir()
    put(LIN, stick / "note.txt")
    put(LIN, stick / "._mac.seatcard")
    (stick / "folder.seatcard").mkdir()
    put(LIN, stick / "folder.seatcard" / "deep.seatcard")
    (stick / "huge.seatcard").write_bytes(b"x" * 2_000_000)
    (stick / "broken.seatcard").write_text("companion1:AAAA")
    if sys.platform != "win32":
        (stick / "link.seatcard").symlink_to(put(LIN, tmp_path / "elsewhere.seatcard"))
        os.mkfifo(stick / "pipe.seatcard")
    monkeypatch.setattr(Path, "open", noting)
    assert found_cards([stick]) == []
    assert sorted(opened) == ["broken.seatcard", "huge.seatcard"]


def test_a_stick_full_of_files_does_not_keep_anybody_waiting(tmp_path: Path) -> None:
    for at in range(60):
        put(Card(f"{at:022}", "x", "folder:///x"), tmp_path / f"{at}.seatcard")
    assert len(found_cards([tmp_path])) == 50
    for at in range(2_100):
        (tmp_path / f"photo {at}.jpg").touch()
    assert len(found_cards([tmp_path])) <= 50


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_is_forbidden_holds_no_card(tmp_path: Path) -> None:
    put(LIN, tmp_path / "x.seatcard")
    tmp_path.chmod(0)
    try:
        assert found_cards([tmp_path]) == []
    finally:
        tmp_path.chmod(0o700)


def test_a_managed_desk_finds_a_card_by_the_name_that_was_typed(tmp_path: Path) -> None:
    policy = Policy(cards=str(tmp_path / "cards"))
    assert card_of(policy, "小林") is None
    (tmp_path / "cards").mkdir()
    put(WANG, tmp_path / "outside.seatcard")
    file = put(LIN, tmp_path / "cards" / "小林.seatcard")
    found = card_of(policy, " 小林 ")
    assert found is not None
    assert (found.card, found.file) == (LIN, file)
    for agent in ("", " ", "小王", "../outside", "*"):
        assert card_of(policy, agent) is None
    assert card_of(Policy(), "小林") is None
    file.write_text("companion1:AAAA", "utf-8")
    with pytest.raises(CardDamaged):
        card_of(policy, "小林")
