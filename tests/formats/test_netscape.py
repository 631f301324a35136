"""Bookmark files: nesting, unclosed tags, addresses as they stand, and the way back."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken
from companion.formats import chromium_tree as tree
from companion.formats import netscape
from companion.formats.items import BookmarkItem, Parsed, Problem

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/bookmarks"
FILES = sorted(SAMPLES.glob("*.htm"))
DECLARED = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"


def read(text: str) -> Parsed:
    return netscape.read((DECLARED + text).encode(), "b.html")


def test_folders_nest_and_nothing_needs_closing() -> None:
    parsed = read("""<!-- made <b> by hand <A HREF="https://no.example/">no</A> -->
<TITLE>Bookmarks</TITLE><H1>Menu</H1>
<DL><p>
  <DT><H3 ADD_DATE="1">工具</H3>
  <DD>what is in it
  <DL><p>
    <DT><A HREF="https://a.example/" ADD_DATE="17" TAGS="x, y z,,x&amp;y">A &lt;b&gt; &eacute;</A>
    <DD>a description &amp; more
    <HR>
    <DT><H3>内</H3>
    <DL><p>
      <DT><A HREF="https://b.example/">B
      <DT><A href='https://c.example/'>C</A></DT>
    </DL><p>
    <DT><a href=https://d.example/ >D</a>
  </DL><p>
  <DT><H3>空</H3>
  <DL><p></DL><p>
  <DT><A HREF="https://e.example/">E</A>
</DL>
<DL><p><DT><A HREF="https://f.example/">F</A></DL>""")
    assert parsed.bookmarks == [
        BookmarkItem("A <b> é", "https://a.example/", ("工具",), ("x", "y z", "x&y"), 17),
        BookmarkItem("B", "https://b.example/", ("工具", "内")),
        BookmarkItem("C", "https://c.example/", ("工具", "内")),
        BookmarkItem("D", "https://d.example/", ("工具",)),
        BookmarkItem("E", "https://e.example/"),
        BookmarkItem("F", "https://f.example/"),
    ]
    assert parsed.folders == [("工具",), ("工具", "内"), ("空",)]
    assert parsed.problems == []


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://x/?a=1&copy=2&lt=3&amp=4", "http://x/?a=1&copy=2&lt=3&amp=4"),
        ("http://x/?a=1&copy;=2&eacute;", "http://x/?a=1&copy;=2&eacute;"),
        ("http://x/?a&amp;b&lt;&gt;&quot;&#39;&#65;&#x4E2D;", "http://x/?a&b<>\"'A中"),
        ("http://x/&amp;lt;", "http://x/&lt;"),
        ("http://x/&#0;&#xD800;&#1114112;&#9999999;", "http://x/&#0;&#xD800;&#1114112;&#9999999;"),
        ("javascript:if(a>b){alert(&quot;x&quot;)}", 'javascript:if(a>b){alert("x")}'),
        (" http://x/\n  y ", "http://x/  y"),
    ],
)
def test_addresses_stay_as_they_stand(written: str, url: str) -> None:
    assert [one.url for one in read(f'<DT><A HREF="{written}">T</A>').bookmarks] == [url]


def test_titles_are_one_line_with_entities_decoded() -> None:
    titles = {
        "": "http://x/",
        "<b>Bold</b> a < b <canvas> <List<String>>": "Bold a < b <canvas> <List<String>>",
        "  two\n   lines ": "two lines",
        "&#10;&nbsp;&unknown;&copy  c": "\n\xa0&unknown;&copy  c",
    }
    links = "".join(f'<DT><A HREF="http://x/">{written}</A>' for written in titles)
    assert [one.title for one in read(links).bookmarks] == list(titles.values())


def test_dates_are_seconds_whatever_the_program_counted_in() -> None:
    dates = {"1700000000": 1700000000, "1700000000123": 1700000000, "99": 99, "": 0, "-5": 0}
    dates |= {"1700000000123456": 1700000000, "soon": 0, "٣": 0, "9" * 50: 0}
    links = "".join(f'<DT><A HREF="http://x/" ADD_DATE="{written}">T</A>' for written in dates)
    assert [one.added for one in read(links).bookmarks] == list(dates.values())


def test_links_that_lead_nowhere_and_files_cut_short_are_told() -> None:
    parsed = read('<DT><A NAME="x">No</A>\n<DT><A HREF="http://x/">T</A>\n<DT><A HREF="http://y/')
    assert [one.title for one in parsed.bookmarks] == ["T"]
    nowhere, cut = Problem("link_without_address", "No", 2), Problem("cut_short", "", 4)
    assert parsed.problems == [nowhere, cut]
    assert read('<DT><A HREF="http://x/">T</A>\n<!-- ').problems == [Problem("cut_short", "", 3)]


def test_a_quote_left_open_costs_no_other_link() -> None:
    parsed = read('<DT><A HREF="http://x/>X</A>\n<DT><A HREF="http://y/">Y</A>\n')
    found = [(one.title, one.url) for one in parsed.bookmarks]
    assert found == [("X", "http://x/"), ("Y", "http://y/")]


def test_a_browsers_own_folders_are_places() -> None:
    inner = '<DT><H3 PERSONAL_TOOLBAR_FOLDER="true">内</H3><DL><DT><A HREF="x:">X</A></DL>'
    parsed = read(f"""<DL><DT><H3 PERSONAL_TOOLBAR_FOLDER="true">书签栏</H3>
<DL><DT><A HREF="a:">A</A><DT><H3>夹</H3><DL>{inner}</DL></DL>
<DT><H3 UNFILED_BOOKMARKS_FOLDER="true">Other</H3><DL><DT><A HREF="o:">O</A></DL></DL>""")
    found = [(one.title, one.folder) for one in parsed.bookmarks]
    assert found == [("A", ()), ("X", ("夹", "内")), ("O", ())]
    assert parsed.folders == [("夹",), ("夹", "内")]


def test_a_folder_without_a_list_holds_nothing() -> None:
    parsed = read('<DL><DT><H3>F</H3><DT><A HREF="http://x/">T</A><DL><DT><A HREF="y:">U</A></DL>')
    assert (parsed.folders, [one.folder for one in parsed.bookmarks]) == ([("F",)], [(), ()])
    parsed = read('<DT><H3>F</H3><DL></DL></DL></DL><DL><DT><A HREF="x:">open at the end\n')
    assert parsed.bookmarks == [BookmarkItem("open at the end", "x:")]


def test_an_empty_file_holds_nothing() -> None:
    assert netscape.read(b"", "b.htm") == Parsed()
    assert netscape.read(DECLARED.encode(), "b.htm") == Parsed()
    assert netscape.matches(b"", "b.htm") > 0
    assert netscape.matches(b"", "b.txt") == 0


PAGE = b"<html><body><dl><dt><a href='x'>page</a></dl></body></html>"


@pytest.mark.parametrize("data", [PAGE, b"plain", b'{"roots": {}}', b"\x89PNG\0\0\0\rIHDR"])
def test_what_is_no_bookmark_file_is_refused(data: bytes) -> None:
    assert netscape.matches(data, "b.html") == 0
    with pytest.raises(FormatBroken) as caught:
        netscape.read(data, "b.html")
    assert (caught.value.facts["place"], caught.value.facts["format"]) == ("b.html", "netscape")


def test_a_file_without_the_declaration_is_known_by_its_entries() -> None:
    data = '<DL><p>\n<DT><A HREF="http://x/">退款</A>\n</DL>'.encode("gb18030")
    assert 0 < netscape.matches(data, "b.html") < netscape.matches(DECLARED.encode(), "b.html")
    assert netscape.read(data, "b.html").bookmarks == [BookmarkItem("退款", "http://x/")]


def test_nuls_and_surrogates_never_get_in() -> None:
    parsed = read('<DT><A HREF="http://x/">a\0b</A>')
    assert parsed.bookmarks[0].title == "ab"
    assert parsed.problems == [Problem("characters_dropped", "", 2)]
    broken = (DECLARED + '<DT><A HREF="http://x/">退款退款退款退款').encode() + b"\xed\xa0\x80</A>"
    assert netscape.read(broken, "b.html").bookmarks[0].title == "退款退款退款退款"


def test_ten_thousand_folders_in_each_other() -> None:
    began = time.monotonic()
    deep = "".join(f"<DT><H3>{n}</H3><DL><p>\n" for n in range(10_000))
    parsed = read(deep + '<DT><A HREF="http://x/">T</A>' + "</DL><p>" * 10_000)
    (item,) = parsed.bookmarks
    assert item.folder == tuple(map(str, range(tree.DEEPEST)))
    assert len(parsed.folders) == tree.DEEPEST
    assert {problem.kind for problem in parsed.problems} == {"folders_flattened"}
    assert parsed.problems[0] == Problem("folders_flattened", str(tree.DEEPEST), tree.DEEPEST + 2)
    written = netscape.write_bookmarks([BookmarkItem("T", "http://x/", ("f",) * 10_000)]).data
    assert written.count(b"</DL><p>") == 10_001
    assert len(written) < 3_000_000
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "hostile",
    [
        f'<A HREF="http://x/">{"t" * 20_000_000}</A>',
        f'<A HREF="http://x/{"&amp;" * 3_000_000}">T</A>',
        f'<A HREF="http://x/">T{" " * 20_000_000}x</A>',
        '<A HREF="http://x/">' + "<!--" * 2_000_000,
        '<A HREF="http://x/">' + "<" * 10_000_000,
        '<A HREF="http://x/">T</A>' + "\n<A" * 1_000_000,
        '<A HREF="http://x/">T</A>' + '<A HREF="' * 300_000,
        f'<A HREF="http://x/" {"a " * 1_000_000}{" " * 5_000_000}>T</A>',
        '<A HREF="http://x/">T</A>' + "<a>x</a>\n" * 200_000,
    ],
)
def test_hostile_files_take_bounded_time(hostile: str) -> None:
    began = time.monotonic()
    assert read(hostile).bookmarks[0].url.startswith("http://x/")
    assert time.monotonic() - began < 20


def test_what_is_written_is_what_browsers_read() -> None:
    items = [
        BookmarkItem("B", "http://y/"),
        BookmarkItem("& <b>", 'http://x/?a=1&copy=2"', ("栏", "内"), ("u",), 17),
        BookmarkItem("C", "http://z/", ("栏", "内")),
    ]
    expected = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><A HREF="http://y/">B</A>
    <DT><H3>栏</H3>
    <DL><p>
        <DT><H3>内</H3>
        <DL><p>
            <DT><A HREF="http://x/?a=1&amp;copy=2&quot;" ADD_DATE="17" TAGS="u">&amp; &lt;b&gt;</A>
            <DT><A HREF="http://z/">C</A>
        </DL><p>
    </DL><p>
</DL><p>
"""
    assert netscape.write_bookmarks(items).data.decode() == expected


SIGNS = st.sampled_from("a退&;<>\"'\n\t\r #,\ufeff\u2028\u3000🙂")
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TRAPS = st.sampled_from(["&copy", "&amp;", "<A HREF=x>", "</DL>", "-->", "a  b"])
NAMED = st.text(SIGNS | ANY, min_size=1) | TRAPS
PATH = st.lists(st.sampled_from(["a", "b", "<c>", " "]) | NAMED, max_size=3).map(tuple)
TAGS = st.lists(NAMED, max_size=3).map(tuple)
ITEM = st.builds(BookmarkItem, NAMED, NAMED, PATH, TAGS, st.integers(0, 9_999_999_999))


@given(st.lists(ITEM))
def test_the_way_there_and_back_keeps_bookmarks(items: list[BookmarkItem]) -> None:
    parsed = netscape.read(netscape.write_bookmarks(items).data, "b.html")
    assert sorted(parsed.bookmarks, key=repr) == sorted(items, key=repr)
    for folder in {item.folder for item in items}:
        kept = [one for one in parsed.bookmarks if one.folder == folder]
        assert kept == [one for one in items if one.folder == folder]
    assert parsed.problems == []


@given(st.lists(ITEM, max_size=3))
def test_a_browsers_parser_sees_the_same_addresses(items: list[BookmarkItem]) -> None:
    seen: list[str | None] = []

    class Browser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.extend(value for key, value in attrs if key == "href")

    # Which of the two decodes a numbered control character is a browser's own affair.
    plain = [item for item in items if item.url.isprintable()]
    Browser().feed(netscape.write_bookmarks(plain).data.decode())
    assert sorted(seen, key=repr) == sorted((item.url for item in plain), key=repr)


@pytest.mark.skipif(not FILES, reason="the sample files are not here")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_as_browsers_wrote_them(file: Path) -> None:
    data = file.read_bytes()
    parsed = netscape.read(data, file.name)
    text = data.decode("utf-8-sig")
    urls = [url.replace("&amp;", "&") for url in re.findall(r'<A HREF="([^"]*)"', text)]
    assert [one.url for one in parsed.bookmarks] == urls
    assert len(parsed.folders) == len(re.findall("<H3(?![^>]*_TOOLBAR_FOLDER=)", text))
    assert parsed.problems == []
    again = netscape.read(netscape.write_bookmarks(parsed.bookmarks).data, file.name)
    assert sorted(again.bookmarks, key=repr) == sorted(parsed.bookmarks, key=repr)
