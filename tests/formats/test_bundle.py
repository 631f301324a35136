"""Folders and archives are read with limits, by what is in them and not by what they say."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from companion.errors import FileTooLarge, FileUnreadable, FormatBroken, FormatUnknown, Stopped
from companion.formats import bundle
from companion.formats.items import Problem
from companion.formats.reading import read_file, read_path, what_it_holds

TABLE = "title,body\n退款,好的\n".encode()
MORE = "title,body\n换货,可以\n".encode()
MARKS = b'<!DOCTYPE NETSCAPE-Bookmark-file-1><DT><A HREF="http://x/">T</A>'


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_folder_is_read_file_by_file_and_strangers_are_named(tmp_path: Path) -> None:
    (tmp_path / "内").mkdir()
    (tmp_path / "a.csv").write_bytes(TABLE)
    (tmp_path / "内" / "b.csv").write_bytes(MORE)
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.csv").write_bytes(TABLE)
    format, parsed = read_path(tmp_path, "phrases")
    assert format == "delimited"
    assert [item.title for item in parsed.phrases] == ["退款", "换货"]
    assert parsed.problems == [Problem("file_not_read", "c.png")]


def test_an_archive_is_read_as_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    file.write_bytes(packed({"a.csv": TABLE, "sub/b.csv": MORE, "__MACOSX/a.csv": b"x"}))
    _, parsed = read_path(file, "phrases")
    assert [item.title for item in parsed.phrases] == ["退款", "换货"]


def test_a_broken_file_among_good_ones_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE)
    (tmp_path / "b.csv").write_bytes(b'title,body\nx,"never closed\n')
    _, parsed = read_path(tmp_path, "phrases")
    assert [item.title for item in parsed.phrases] == ["退款"]
    assert parsed.broken is not None


def test_what_lies_beside_a_format_of_folders_is_read_too(tmp_path: Path) -> None:
    said = b'{"type": "phrase", "description": "A", "abbreviation": {"abbreviations": ["a"]}}'
    (tmp_path / "autokey").mkdir()
    (tmp_path / "autokey" / "a.txt").write_bytes(b"text")
    (tmp_path / "autokey" / ".a.json").write_bytes(said)
    (tmp_path / "b.csv").write_bytes(MORE)
    (tmp_path / "c.png").write_bytes(bytes(64))
    format, parsed = read_path(tmp_path, "phrases")
    assert format == "autokey, delimited"
    assert [item.title for item in parsed.phrases] == ["A", "换货"]
    assert parsed.problems == [Problem("file_not_read", "c.png")]


def test_nothing_known_is_said(tmp_path: Path) -> None:
    with pytest.raises(FormatUnknown):
        read_path(tmp_path, "phrases")
    with pytest.raises(FormatUnknown):
        read_file(packed({"a.bin": b"\0\1\2"}), "a.zip", "phrases")
    with pytest.raises(FileUnreadable):
        read_path(tmp_path / "missing", "phrases")


def test_limits_hold_before_and_after_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 10_000)
    monkeypatch.setattr(bundle, "MOST_FILES", 3)
    (tmp_path / "a").write_bytes(b"x" * 10_001)
    with pytest.raises(FileTooLarge):
        bundle.read_bytes(tmp_path / "a")
    with pytest.raises(FileTooLarge):
        bundle.archive_files(packed({"a": b"x" * 10_001}), "z")
    with pytest.raises(FileTooLarge):
        bundle.archive_files(packed({"a": b"x" * 6_000, "b": b"x" * 6_000}), "z")
    with pytest.raises(FileTooLarge):
        bundle.archive_files(packed({f"{n}": b"" for n in range(4)}), "z")
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(4):
        (folder / str(number)).write_bytes(b"")
    with pytest.raises(FileTooLarge):
        bundle.folder_files(folder)


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        # Nothing is written: the file system knows that it is empty.
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(FileTooLarge) as caught:
        what_it_holds(big)
    assert caught.value.facts["most"] == 64


def test_archives_in_each_other_share_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = packed({"a.csv": TABLE})
    twice = packed({"b.zip": inner})
    assert len(read_file(packed({"c.zip": twice}), "d.zip", "phrases")[1].phrases) == 1
    with pytest.raises(FormatUnknown):
        read_file(packed({"d.zip": packed({"c.zip": twice})}), "e.zip", "phrases")
    monkeypatch.setattr(bundle, "MOST_FILES", 30)
    with pytest.raises(FileTooLarge):
        read_file(packed({f"{n}.zip": inner for n in range(20)}), "d.zip", "phrases")
    monkeypatch.setattr(bundle, "MOST_FILES", 100)
    monkeypatch.setattr(bundle, "MOST_BYTES", 100_000)
    big = packed({"a.csv": b"title,body\n" + b"x" * 60_000})
    with pytest.raises(FileTooLarge):
        read_file(packed({"a.zip": big, "b.zip": big}), "d.zip", "phrases")


def test_a_long_file_in_an_archive_can_be_stopped() -> None:
    said: list[tuple[int, int]] = []

    def watch(done: int, of: int) -> None:
        said.append((done, of))
        if len(said) == 5:
            raise Stopped

    with pytest.raises(Stopped):
        read_file(packed({"a.csv": TABLE + b"a,b\n" * 5_000}), "a.zip", "phrases", None, watch)
    assert set(said) == {(0, 1)}


def test_a_neighbour_that_cannot_be_read_costs_nothing(tmp_path: Path) -> None:
    said = tmp_path / "a.json"
    said.write_bytes(b'[{"name": "A", "text": "a", "keyword": "a"}]')
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert len(read_path(said, "phrases")[1].phrases) == 1


def test_a_directory_that_lies_does_not_matter() -> None:
    data = bytearray(packed({"a": b"x" * 5_000}))
    at = data.find(b"PK\x01\x02")
    # The uncompressed size, as the archive's directory tells it.
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    try:
        held = bundle.archive_files(bytes(data), "z")["a"]
    except FormatBroken:
        return
    assert len(held) <= 5_000


def test_a_locked_archive_is_refused() -> None:
    data = bytearray(packed({"a": b"x"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(sign) + offset] |= 1
    with pytest.raises(FormatBroken):
        bundle.archive_files(bytes(data), "z")


def test_chinese_names_of_an_old_archive_are_read() -> None:
    data = packed({"xx.csv": TABLE}).replace(b"xx.csv", "退".encode("gb18030") + b".csv")
    assert list(bundle.archive_files(data, "z")) == ["退.csv"]


def test_links_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_bytes(TABLE)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert bundle.folder_files(folder) == {}


def test_what_it_holds_is_told_by_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(MARKS)
    (tmp_path / "b.html").write_bytes(TABLE)
    assert what_it_holds(tmp_path / "a.csv")[0][:2] == ("bookmarks", "netscape")
    assert what_it_holds(tmp_path / "b.html")[0][:2] == ("phrases", "delimited")


def test_a_folder_may_hold_both_and_what_is_read_as_one_was_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE + "换货,可以\n".encode())
    (tmp_path / "marks.html").write_bytes(MARKS)
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    phrases, bookmarks = what_it_holds(tmp_path)
    assert (phrases[0], len(phrases[2].phrases)) == ("phrases", 2)
    assert (bookmarks[0], len(bookmarks[2].bookmarks)) == ("bookmarks", 1)
    for _, _, parsed in (phrases, bookmarks):
        assert parsed.problems == [Problem("file_not_read", "c.png")]


def test_bookmarks_that_are_broken_do_not_hide_the_tables_beside_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE)
    (tmp_path / "Bookmarks").write_bytes(b'{"roots": {"bookmark_bar": {"children": [')
    ((holds, _, parsed),) = what_it_holds(tmp_path)
    assert (holds, len(parsed.phrases)) == ("phrases", 1)


def test_an_empty_folder_is_of_no_known_format(tmp_path: Path) -> None:
    with pytest.raises(FormatUnknown):
        what_it_holds(tmp_path)
