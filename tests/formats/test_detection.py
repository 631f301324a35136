"""Which format reads a file, and what a file's bytes say in text."""

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from companion import formats
from companion.errors import FormatBroken, FormatUnknown, InputInvalid
from companion.formats import detection, encoding, reading
from companion.formats.items import BookmarkItem, PhraseItem, Problem

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples"
BOOKMARKS = b'<!DOCTYPE NETSCAPE-Bookmark-file-1><DT><A HREF="http://x/">T</A>'
COMBOS = b'{"combos": [{"keyword": "k", "snippet": "s"}], "fileFormatVersion": 10}'
TABLE = b"title,body\nT,B\n"


@pytest.mark.parametrize(
    ("data", "name", "holds", "format"),
    [
        (COMBOS, "x.csv", "phrases", "beeftext"),
        (TABLE, "x.json", "phrases", "delimited"),
        (BOOKMARKS, "x.csv", "bookmarks", "netscape"),
        (b"", "x.htm", "bookmarks", "netscape"),
        (b"\xff\xfe" + "tk,1=退款\r\n".encode("utf-16-le"), "x.csv", "phrases", "sogou"),
        ("tk,1=退款\r\n".encode("gb18030"), "x.txt", "phrases", "sogou"),
        ("; 搜狗\ntk,1=退款\n".encode(), "x.txt", "phrases", "sogou"),
        ("tk,1=退款\ndz,-1=地址\n".encode(), "x.txt", "phrases", "fcitx5"),
        ("tk,1=退款\n".encode(), "customphrase", "phrases", "fcitx5"),
        (b"\xff\xfe" + "tk=1,退款\r\n".encode("utf-16-le"), "x.csv", "phrases", "baidu"),
        ("[常用]\ntk=1,退款\n".encode(), "x.ini", "phrases", "baidu"),
        ("tk=1,退款\n".encode(), "x.csv", "phrases", "qq"),
        ("# Rime table\n退款\ttk\t1\n".encode(), "x.tsv", "phrases", "rime"),
        ("退款\ttk\n地址\tdz\n".encode(), "x.txt", "phrases", "rime"),
        ("tk\t退款\ndz\t地址\n".encode(), "x.txt", "phrases", "delimited"),
        ("tk,1,退款\ndz,1,地址\n".encode(), "x.csv", "phrases", "delimited"),
        ("退款,tk\n地址,dz\n".encode(), "x.csv", "phrases", "delimited"),
    ],
)
def test_content_and_not_the_name_decides(data: bytes, name: str, holds: str, format: str) -> None:
    found, parsed = reading.read_file(data, name, holds)
    assert found == format
    assert parsed == detection.reader_named(format).read(data, name)


@pytest.mark.parametrize("data", [b"", b"Hello there.\n", b"\x00\x01\x02", b"[]", BOOKMARKS])
def test_a_file_that_no_format_knows(data: bytes) -> None:
    with pytest.raises(FormatUnknown) as caught:
        reading.read_file(data, "x.bin", "phrases")
    assert caught.value.facts == {"place": "x.bin"}


def test_a_format_can_be_named() -> None:
    name, parsed = reading.read_file(b"hello\n", "x.txt", "phrases", "delimited")
    assert (name, [item.body for item in parsed.phrases]) == ("delimited", ["hello"])
    with pytest.raises(FormatBroken):
        reading.read_file(TABLE, "x.csv", "phrases", "beeftext")
    for format in ("nonsense", "netscape", "detection", "encoding"):
        with pytest.raises(InputInvalid) as caught:
            reading.read_file(TABLE, "x.csv", "phrases", format)
        assert caught.value.facts["name"] == "format"
        assert "beeftext" in str(caught.value.facts["allowed"])


def test_every_format_is_found_by_its_name() -> None:
    assert {"beeftext", "delimited"} <= set(detection.reader_names("phrases"))
    assert "netscape" in detection.reader_names("bookmarks")
    for holds in ("phrases", "bookmarks"):
        names = detection.reader_names(holds)
        assert names == sorted(set(names))
        single = [reader.NAME for reader in detection.readers(holds)]
        assert {*single, *(one.NAME for one in detection.folder_readers(holds))} == set(names)
        assert {reader.HOLDS for reader in detection.readers(holds)} == {holds}
        assert [detection.reader_named(name).NAME for name in single] == single


def test_writers_are_found_by_their_names() -> None:
    assert {"beeftext", "delimited"} <= set(detection.writer_names("phrases"))
    items = [PhraseItem("T", "B")]
    for name in detection.writer_names("phrases"):
        assert detection.writer_named(name).write_phrases(items)
    for name in detection.writer_names("bookmarks"):
        assert detection.bookmark_writer_named(name).write_bookmarks(
            [BookmarkItem("T", "http://x/")]
        )
    for wrong in ("netscape", "nonsense"):
        with pytest.raises(InputInvalid):
            detection.writer_named(wrong)
    with pytest.raises(InputInvalid):
        detection.bookmark_writer_named("beeftext")


def test_a_new_format_is_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brand_new.py").write_text(
        'NAME, HOLDS = "new", "phrases"\n'
        "from companion.errors import FormatBroken\n"
        "ENDINGS = ()\n"
        "def matches(data, name):\n"
        "    if data == b'stumble':\n"
        "        raise FormatBroken(place=name, format=NAME, line=1)\n"
        "    return 0.99\n"
        "def read(data, name, watch=None):\n"
        "    return data\n"
    )
    (tmp_path / "no_format.py").write_text("VALUE = 1\n")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    detection._formats.cache_clear()
    try:
        assert "new" in detection.reader_names("phrases")
        assert "new" not in detection.writer_names("phrases")
        assert reading.read_file(COMBOS, "x", "phrases")[0] == "new"
        with pytest.raises(FormatUnknown):
            reading.read_file(b"stumble", "x", "phrases")
    finally:
        detection._formats.cache_clear()
        for name in ("brand_new", "no_format"):
            module = sys.modules.pop(f"{formats.__name__}.{name}")
            assert isinstance(module, ModuleType)
            delattr(formats, name)


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"],
)
@pytest.mark.parametrize(
    "text",
    ["一、退款,亲亲\r\n二、您好 hello 🙂\r\n", "hello there\n", "short, 回复\n" * 9_000],
    ids=["mixed", "english", "long"],
)
def test_every_encoding_is_found(codec: str, text: str) -> None:
    decoded = encoding.decode(text.encode(codec), "f", "x")
    assert (decoded.text, decoded.problems) == (text, [])
    assert text.startswith(encoding.glance(text.encode(codec)))
    assert encoding.glance(text.encode(codec))[:5] == text[:5]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", ["您" * 90_000, "a" + "您" * 90_000], ids=["even", "odd"])
def test_a_glance_may_cut_a_character_in_two(codec: str, text: str) -> None:
    seen = encoding.glance(text.encode(codec))
    assert len(seen) > 20_000
    assert text.startswith(seen)


def test_a_mark_decides_against_appearances() -> None:
    assert encoding.decode(b"\x84\x31\x95\x33" + "退".encode("gb18030"), "f", "x").text == "退"
    assert encoding.decode(b"\xff\xfe" + "一".encode("utf-16-le"), "f", "x").text == "一"


def test_what_no_text_may_hold_is_dropped_and_told() -> None:
    surrogate = "a\n退\ud800b".encode("utf-16-le", "surrogatepass")
    cases = [
        ("退款退款\n退款\0退款".encode(), "退款退款\n退款退款"),
        (
            "退款退款\n退款".encode("gb18030") + b"\0" + "退款".encode("gb18030"),
            "退款退款\n退款退款",
        ),
        (b"\xff\xfe" + surrogate, "a\n退b"),
        (
            "退款退款退款退款\n退".encode() + b"\xed\xa0\x80" + "款".encode(),
            "退款退款退款退款\n退款",
        ),
        # Read as GB18030, this would be eight other characters and no error.
        ("您好您好您好您好\n退".encode()[:-1], "您好您好您好您好\n"),
    ]
    assert encoding.decode(b"ab\0", "f", "x").text == "ab"
    for data, text in cases:
        decoded = encoding.decode(data, "f", "x")
        assert (decoded.text, decoded.problems) == (text, [Problem("characters_dropped", "", 2)])


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"one\ntwo caf\xe9.\n", 2),
        (b"\xff\xfea", 1),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", 1),
        (bytes(1000), 1),
    ],
)
def test_bytes_that_fit_nothing_are_refused(data: bytes, line: int) -> None:
    with pytest.raises(FormatBroken) as caught:
        encoding.decode(data, "f", "x")
    assert caught.value.facts == {"place": "f", "format": "x", "line": line}
    assert encoding.glance(data) == ""


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    encoding.glance(data).encode()
    try:
        text = encoding.decode(data, "f", "x").text
    except FormatBroken:
        return
    text.encode()
    assert "\0" not in text


USUAL = "".join(
    bytes([lead, trail]).decode("gb2312")
    for lead in range(0xB0, 0xD7)
    for trail in range(0xA1, 0xFF)
)


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(
    st.text(st.sampled_from(USUAL), min_size=3, max_size=12),
    st.sampled_from(["{}\r\n", "标题,{}\n", "tk,{}"]),
    st.sampled_from(["gbk", "gb18030", "utf-8", "utf-16-le", "utf-16-be"]),
)
@example("三三倡", "{}\r\n", "utf-16-le")
@example("一一一一", "tk,{}", "utf-16-le")
def test_a_few_usual_characters_tell_their_encoding(text: str, form: str, codec: str) -> None:
    said = form.format(text)
    # Nobody could tell characters whose bytes are all letters of English.
    assume(any(byte < 32 or byte > 127 for byte in text.encode(codec)))
    # Nor those in UTF-16 that are whole characters of UTF-8 as well: 跨了丢丢 is also 荆N"N"N.
    assume(not (codec.startswith("utf-16") and is_utf8(text.encode(codec))))
    assert encoding.decode(said.encode(codec), "f", "x").text == said


@pytest.mark.parametrize("text", ["café,naïve\n", "¡á éé", "Привет, мир", "Ελληνικά κείμενα"])
def test_other_alphabets_stay_what_they_are(text: str) -> None:
    assert encoding.decode(text.encode(), "f", "x").text == text


def test_a_first_line_names_a_text() -> None:
    assert encoding.first_line(" \n\n  ab cd  \nef", 4) == "ab c"
    assert encoding.first_line("") == ""


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not here")
def test_sample_files_find_their_formats() -> None:
    for path, holds, format in [
        ("phrases/beeftext-comboList.json", "phrases", "beeftext"),
        ("phrases/textexpander/links.csv", "phrases", "delimited"),
        ("phrases/huashu-table.xlsx", "phrases", "excel"),
        *(
            (f"bookmarks/{one.name}", "bookmarks", "netscape")
            for one in SAMPLES.glob("bookmarks/*")
        ),
    ]:
        data = (SAMPLES / path).read_bytes()
        assert reading.read_file(data, path, holds)[0] == format
