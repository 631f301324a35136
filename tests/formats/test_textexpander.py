"""TextExpander's snippets: what is carried over, what is told, and the way back."""

import plistlib
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from companion.errors import FormatBroken
from companion.formats import plists, textexpander, textexpander_bodies
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_files, read_path
from tests.formats.tool_bodies import ITEMS, kinds
from tests.phrases.filled import filled

SAMPLE = (
    Path(__file__).resolve().parents[3] / "shared/samples/phrases/textexpander/Tools.textexpander"
)


def snippet(**fields: Any) -> dict[str, Any]:
    usual = {"abbreviation": ";tk", "label": "退款", "plainText": "马上退", "snippetType": 0}
    return usual | fields


def group(*snippets: Any, format: Any = plistlib.FMT_XML) -> bytes:
    root = {"groupInfo": {"groupName": "售后"}, "snippetsTE2": list(snippets)}
    return plistlib.dumps(root, fmt=format)


def read(data: bytes) -> Parsed:
    return textexpander.read(data, "客服.textexpander")


@pytest.mark.parametrize("format", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_snippet_is_a_phrase_and_its_group_a_set(format: Any) -> None:
    data = group(snippet(), format=format)
    assert textexpander.matches(data, "x") > 0.9
    assert read(data).phrases == [PhraseItem("退款", "马上退", ";tk", "售后")]
    assert read(b"\xef\xbb\xbf" + group(snippet(label=""))).phrases[0].title == ";tk"


def test_settings_and_backups_hold_many_groups() -> None:
    root = {
        "groupsTE2": [{"name": "A", "snippetUUIDs": ["1"]}, {"name": "B", "snippetUUIDs": ["2"]}],
        "snippetsTE2": [snippet(uuidString=n, label=n) for n in ("2", "1", "3")],
    }
    said = [(i.title, i.set) for i in read(plistlib.dumps(root)).phrases]
    assert said == [("2", "B"), ("1", "A"), ("3", "")]
    old = {"name": "旧", "snippetPlists": [snippet()]}
    assert textexpander.matches(plistlib.dumps(old), "group_1.xml") > 0.9
    assert read(plistlib.dumps(old)).phrases[0].set == "旧"
    files = {"a/group_1.xml": plistlib.dumps(old), "a/group_2.xml": group(snippet())}
    name, parsed = read_files(files, "Settings.textexpandersettings", "phrases")
    assert (name, [i.set for i in parsed.phrases]) == ("textexpander", ["旧", "售后"])
    assert read(plistlib.dumps({"snippetsTE3": [snippet()]})).phrases[0].set == "客服"


@pytest.mark.parametrize("kind", [2, 3, 4, 9])
def test_scripts_stay_as_text(kind: int) -> None:
    text = "tell app %clipboard {x} %Y-%m-%d"
    parsed = read(group(snippet(plainText=text, snippetType=kind)))
    assert filled(parsed.phrases[0].body) == text
    assert parsed.problems == [Problem("script_kept_as_text", "退款")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("%filltext:name=X:default=Y:width=10% %filltext:name=X%", "{X:Y} {X}"),
        ("%fillarea:name=N:default=a:width=30:height=5%", "{N:a}"),
        ("%fillpopup:name=1a:a:default=b:c%", "{1a:b|a|c}"),
        ("%fillpopup:a:b%%filltext%%fillarea:default=x%", "{fill in:a|b}{fill in}{fill in:x}"),
        ("%fillpart:name=O:default=yes%opt%fillpartend%.", "{O:opt| }."),
        ("%fillpart:name=O%opt%fillpartend%.", "{O:|opt}."),
        ("你好%filltext%%clipboard%|", "你好{填写}{剪贴板}{光标}"),
        ("%filltop%%snippet:;sig%", "{phrase:;sig}"),
        ("a%key:enter%b%key:tab%c%key:Return%", "a\nb\tc\n"),
        ("%Y-%m-%d %H:%M", "{time:now,ISO}"),
        ("%@+3D%Y-%m-%d", "{date:+3 days,ISO}"),
        ("%@+1Y%@-2M%Y-%m-%d", "{date:+10 months,ISO}"),
        ("%date:yyyy-MM-dd%", "{date:today,ISO}"),
        ("%A, %e %B", "{date:today,full}"),
        ("100%% {x} 50% off 3% 100%", "100% {{x}} 50% off 3% 100%"),
        ("%filltext:name=send%%filltext:name=日期:default=今天%", "{send:}{日期}"),
    ],
)
def test_macros_are_translated(text: str, body: str) -> None:
    assert textexpander_bodies.read(text).text == body


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("%key:f1%", "variable_kept_as_text"),
        ("%< %>", "variable_kept_as_text"),
        ("© %Y", "variable_kept_as_text"),
        ("%@+3s%Y-%m-%d", "variable_kept_as_text"),
        ("%@+1D%@+1h%Y-%m-%d", "variable_kept_as_text"),
        ("%@+3s", "variable_kept_as_text"),
        ("%@+3s%F %Y-%m-%d %H:%M %@+1D%Y-%m-%d", "variable_kept_as_text"),
        ("%fillpart:name=a%x%filltop%", "variable_kept_as_text"),
        ("%fillpartend%", "variable_kept_as_text"),
    ],
)
def test_what_is_not_translated_stays_as_text_and_is_told(text: str, kind: str) -> None:
    body = textexpander_bodies.read(text)
    assert filled(body.text) == text.replace("%filltop%", "")
    assert body.kinds == [kind]


def test_what_is_no_phrase_is_told() -> None:
    parsed = read(group(snippet(plainText=""), "x", snippet(snippetType=1), snippet(plainText=5)))
    assert kinds(parsed.problems) == [
        *("empty_skipped", "entry_unreadable", "formatting_dropped", "empty_skipped")
    ]


def test_a_file_cut_short_gives_what_was_complete() -> None:
    data = group(*(snippet(label=f"n{n}") for n in range(9)))
    at = data.index(b"n7")
    parsed = read(data[:at])
    assert [item.title for item in parsed.phrases] == [f"n{n}" for n in range(7)]
    assert parsed.problems == []
    assert parsed.broken is not None
    assert parsed.broken.facts["line"] == data.count(b"\n", 0, at) + 1
    assert parsed.phrases[0].set == "售后"


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "ha">]><plist><dict><key>snippetsTE2</key>'
        b"<array><dict><key>plainText</key><string>&a;</string></dict></array></dict></plist>",
        b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]><plist/>',
        b"<plist>" + b"<dict><key>a</key>" * 50_000,
        b"<plist><dict><key>snippetsTE2</key></dict></plist>",
        b"<plist><string>x</string></plist>",
        b"bplist00" + b"\xff" * 500,
        b"bplist00snippetsTE2",
        b"",
    ],
)
def test_entities_and_what_holds_no_snippets_are_refused(data: bytes) -> None:
    with pytest.raises(FormatBroken):
        read(data)


def test_a_binary_list_that_repeats_itself_is_refused() -> None:
    # A dictionary whose one group is itself, and forty in each other that hold the next twice.
    groups = [b"\xd1" + bytes([1, 2]), b"\x56groups", b"\xa1\x00"]
    with pytest.raises(FormatBroken):
        read(binary(groups))
    doubled = [b"\x56groups"]
    for at in range(1, 80, 2):
        doubled += [b"\xd1" + bytes([0, at + 1]), b"\xa2" + bytes([at + 2] * 2)]
    began = time.monotonic()
    with pytest.raises(FormatBroken):
        read(binary([*doubled, b"\xd0"], top=1))
    text = plistlib.dumps({"snippetsTE2": [snippet()]}, fmt=plistlib.FMT_BINARY)
    assert len(read(text).phrases) == 1
    assert time.monotonic() - began < 120


def binary(objects: list[bytes], top: int = 0) -> bytes:
    """A binary list of these objects, which name each other by their numbers."""
    places, data = list[int](), b"bplist00"
    for one in objects:
        places.append(len(data))
        data += one
    end = struct.pack(">6x2B3Q", 2, 1, len(objects), top, len(data))
    return data + struct.pack(f">{len(places)}H", *places) + end


def test_openings_without_an_end_take_no_time() -> None:
    began = time.monotonic()
    openings = "%fillpart:name=a%" * 10_000
    assert textexpander_bodies.read("%@+1D%@-1D" * 400_000 + "%Y").text
    menu = ":".join(map(str, range(100_000)))
    assert textexpander_bodies.read(f"%fillpopup:name=a:{menu}%").text
    for text in ("%fillarea:" * 200_000, openings, f"{openings}%fillpartend%", "%Y " * 200_000):
        assert textexpander_bodies.read(text).text
    assert time.monotonic() - began < 20


def test_it_knows_its_own() -> None:
    for other in (b"", b"<plist>", plistlib.dumps([{"phrase": "a", "shortcut": "b"}]), b"bplist00"):
        assert textexpander.matches(other, "x.textexpander") == 0


def test_what_is_written_is_what_textexpander_wants() -> None:
    items = [
        PhraseItem(
            "a", "{称呼:先生|女士} {n:x} 5% {date:+2 weeks,iso} {clipboard}{cursor}", "a", "售后"
        ),
        PhraseItem("b", "{phrase:a} {send} {x:50%}", "", "售后", ("t",)),
    ]
    made = textexpander.write_phrases(items)
    assert made.data == textexpander.write_phrases(items).data
    assert made.problems == [Problem("not_sayable_there", "b")]
    root = plistlib.loads(made.data)
    assert root["groupInfo"]["groupName"] == "售后"
    first, second = root["snippetsTE2"]
    assert first["plainText"] == (
        "%fillpopup:name=称呼:default=先生:女士% %filltext:name=n:default=x% 5%% "
        "%@+14D%Y-%m-%d%@-14D %clipboard%|"
    )
    assert second["plainText"] == "%snippet:a% {send} {x:50%%}"
    assert "companionSet" not in first
    mixed = plistlib.loads(textexpander.write_phrases([*items, PhraseItem("c", "C")]).data)
    assert [one["companionSet"] for one in mixed["snippetsTE2"]] == ["售后", "售后", ""]


def test_a_snippet_that_was_edited_there_wins_over_our_own_body() -> None:
    made = textexpander.write_phrases([PhraseItem("t", "Hi {send}")]).data
    assert read(made).phrases[0].body == "Hi {send}"
    edited = made.replace(b"Hi {send}</string>", b"Hello {send}</string>", 1)
    assert edited != made
    assert read(edited).phrases[0].body == "Hello {{send}}"


@given(ITEMS)
def test_the_way_there_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    made = textexpander.write_phrases(items)
    parsed = read(made.data)
    others = plistlib.loads(made.data)["snippetsTE2"]
    if "characters_dropped" not in kinds(made.problems):
        assert parsed.phrases == items
        assert [entry["label"].replace("\r", "\n") for entry in others] == [
            item.title.replace("\r", "\n") for item in items
        ]
    assert len(parsed.phrases) == len(items)
    assert parsed.problems == []


def test_what_xml_cannot_say_is_left_out_and_told() -> None:
    made = textexpander.write_phrases([PhraseItem("t", "a\x07b\uffffc\rd")])
    assert made.problems == [Problem("characters_dropped", "t")]
    assert read(made.data).phrases[0].body == "abc\rd"
    assert plists.looks_so(made.data)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample files are not here")
def test_a_group_as_textexpander_wrote_it() -> None:
    name, parsed = read_path(SAMPLE, "phrases")
    assert name == "textexpander"
    held = plistlib.loads(SAMPLE.read_bytes())["snippetsTE2"]
    assert [item.title for item in parsed.phrases] == [one["label"] for one in held]
    assert {item.set for item in parsed.phrases} == {"Tools"}
    scripts = [one["label"] for one in held if one["snippetType"] >= 2]
    assert [p.name for p in parsed.problems if p.kind == "script_kept_as_text"] == scripts
    again = textexpander.read(textexpander.write_phrases(parsed.phrases).data, "x")
    assert again.phrases == parsed.phrases
