"""Raycast, Alfred, Text Blaze and Rocket.Chat: what is carried over and what is told."""

import json
import plistlib
import time
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given

from companion.errors import FormatBroken
from companion.formats import alfred, mac_bodies, raycast, rocketchat, textblaze
from companion.formats.detection import reader_names
from companion.formats.items import PhraseItem, Problem
from companion.formats.reading import read_file
from tests.formats.tool_bodies import ITEMS, kinds
from tests.phrases.filled import filled

BLAZE = {
    "version": 6,
    "folders": [
        {
            "name": "售后",
            "snippets": [
                {"name": "a", "shortcut": "/a", "type": "text", "text": "Hi {formtext: name=x}"},
                {"shortcut": "/b", "type": "html", "html": "<p>A &amp; {cursor}</p><p>B</p>"},
                {"name": "c", "text": ""},
            ],
        }
    ],
}
CANNED = {
    "cannedResponses": [
        {"shortcut": "hi", "text": "Hi {{contact.name}} {x}", "scope": "global", "tags": ["t"]},
        {"shortcut": "no", "text": "", "scope": "user"},
    ]
}


def encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ('{argument name="who" default="you"} {argument}', "{who:you} {fill in}"),
        ('{argument name="n" options="a, b" default="b"}', "{n:b|a}"),
        ('{date offset="+3d" format="yyyy-MM-dd"} {cursor}', "{date:+3 days,ISO} {cursor}"),
        ("{date +1d:EEEE} {time} {isodate}", "{date:+1 days,weekday} {time:now} {date:today,ISO}"),
        ("今天 {date} {datetime}", "今天 {日期:今天,年月日} {时间:现在,年月日}"),
        ('{snippet name="sig"} {snippet:x} {clipboard}', "{phrase:sig} {phrase:x} {clipboard}"),
        ("{dates} {cursors} {x}", "{{dates}} {{cursors}} {{x}}"),
    ],
)
def test_placeholders_of_alfred_and_raycast_are_translated(text: str, body: str) -> None:
    said = mac_bodies.read(text)
    assert (said.text, said.kinds) == (body, [])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "{clipboard:1}",
            "{uuid}",
            "{selection}",
            "{date +1d +2h}",
            "{random:UUID}",
            "{date:QQQ}",
        ),
        *('{argument name="a" | trim}', "{clipboard | trim}", "{query}", "{var:x}", "{date +1s}"),
        "{date +9999y}",
    ],
)
def test_placeholders_that_ours_cannot_say_stay_as_text(text: str) -> None:
    said = mac_bodies.read(text)
    assert filled(said.text) == text
    assert said.kinds == ["variable_kept_as_text"]


def test_raycast_is_read_and_written() -> None:
    data = encoded([{"name": "退款", "text": "马上退", "keyword": "tk"}, 7, {"name": "x"}])
    name, parsed = read_file(data, "x.json", "phrases")
    assert name == "raycast"
    assert parsed.phrases == [PhraseItem("退款", "马上退", "tk")]
    assert kinds(parsed.problems) == ["entry_unreadable", "empty_skipped"]
    made = raycast.write_phrases([PhraseItem("a", "{n:x} {date:+1 week} {send} {{cursor}}", "k")])
    (entry,) = json.loads(made.data)
    assert entry["text"].startswith(
        '{argument name="n" default="x"} {date offset="+7d" format="d MMMM"}'
    )
    assert made.problems == [Problem("not_sayable_there", "a")]
    cut = raycast.read(data[: data.index(b"7") + 2], "x.json")
    assert len(cut.phrases) == 1
    assert cut.broken is not None
    with pytest.raises(FormatBroken):
        raycast.read(b"{}", "x.json")


@given(ITEMS)
def test_the_way_to_raycast_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    parsed = raycast.read(raycast.write_phrases(items).data, "x.json")
    assert parsed.phrases == items
    assert parsed.problems == []


def test_an_archive_of_alfred_is_a_set() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        said = {"snippet": "Hi {cursor} {clipboard:2}", "name": "问候", "keyword": "hi", "uid": "1"}
        archive.writestr("问候 [1].json", encoded({"alfredsnippet": said}))
        archive.writestr("e.json", encoded({"alfredsnippet": {"name": "empty"}}))
        archive.writestr("bad.json", b'{"alfredsnippet": ')
        around = {"snippetkeywordprefix": ":", "snippetkeywordsuffix": ";"}
        archive.writestr("info.plist", plistlib.dumps(around))
        archive.writestr("icon.png", b"x")
        archive.writestr("x.txt", b"x")
    name, parsed = read_file(out.getvalue(), "客服.alfredsnippets", "phrases")
    assert name == "alfred"
    assert parsed.phrases == [
        PhraseItem("问候", "Hi {cursor} {{clipboard:2}}", ":hi;", "客服"),
    ]
    assert kinds(parsed.problems) == [
        *("variable_kept_as_text", "empty_skipped", "entry_unreadable", "file_not_read")
    ]
    with pytest.raises(FormatBroken):
        alfred.read_folder({"bad.json": b'{"alfredsnippet": '}, "x")


def test_text_blaze_is_read_by_folders() -> None:
    name, parsed = read_file(encoded(BLAZE), "x.json", "phrases")
    assert name == "textblaze"
    first, second = parsed.phrases
    assert first == PhraseItem("a", "Hi {x}", "/a", "售后")
    assert (second.body, second.rich) == ("A & {cursor}\nB", "<p>A &amp; {cursor}</p><p>B</p>")
    assert parsed.problems == [Problem("empty_skipped", "c")]
    with pytest.raises(FormatBroken):
        textblaze.read(b'{"folders": 1}', "x.json")


@pytest.mark.parametrize(
    ("text", "body", "told"),
    [
        ("{formmenu: a; b; default=c; name=m}", "{m:c|a|b}", []),
        ("{formparagraph: name=p; default=d; cols=5}", "{p:d}", []),
        ("{time: YYYY-MM-DD; shift=+3D}", "{date:+3 days,ISO}", []),
        ("{time: dddd, D MMMM}", "{date:today,full}", []),
        ("{import: /sig}{key: enter}{clipboard}", "{phrase:/sig}\n{clipboard}", []),
        ("{formtoggle: name=t}", "{{formtoggle: name=t}}", ["variable_kept_as_text"]),
        ("{run: x()}", "{{run: x()}}", ["script_kept_as_text"]),
        ("{time: YYYY; shift=>1}", "{{time: YYYY; shift=>1}}", ["variable_kept_as_text"]),
        ("{anything} {=1+1}", "{{anything}} {{=1+1}}", []),
    ],
)
def test_commands_of_text_blaze(text: str, body: str, told: list[str]) -> None:
    said = {"folders": [{"name": "f", "snippets": [{"shortcut": "s", "text": text}]}]}
    parsed = textblaze.read(encoded(said), "x.json")
    assert parsed.phrases[0].body == body
    assert kinds(parsed.problems) == told


def test_rocket_chat_keeps_shortcut_and_tags_and_asks_for_names() -> None:
    for said in (CANNED, CANNED["cannedResponses"]):
        name, parsed = read_file(encoded(said), "x.json", "phrases")
        assert name == "rocketchat"
        assert parsed.phrases == [PhraseItem("hi", "Hi {contact.name} {{x}}", "hi", "", ("t",))]
        assert parsed.problems == [Problem("empty_skipped", "no")]
    with pytest.raises(FormatBroken):
        rocketchat.read(b"{}", "x.json")


def test_a_date_without_an_end_takes_no_time() -> None:
    text = "{time: " + "[" * 200_000 + "}"
    began = time.monotonic()
    root = {"folders": [{"snippets": [{"shortcut": "/a", "text": text}]}]}
    (item,) = textblaze.read(json.dumps(root).encode(), "x.json").phrases
    assert filled(item.body) == text
    assert time.monotonic() - began < 10


def test_all_are_found() -> None:
    assert {"alfred", "raycast", "rocketchat", "textblaze"} <= set(reader_names("phrases"))
