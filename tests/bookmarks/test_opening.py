"""What a bookmark may open: pages and documents, never a script or a program."""

import webbrowser

import pytest

from companion.bookmarks.browsers import Browser
from companion.bookmarks.opening import open_address, open_set, openable
from companion.desk.recording import RecordingBrowsers
from companion.errors import InputInvalid, NothingFound

GOOD = [
    "https://example.com/a?b=c#d",
    "HTTP://EXAMPLE.COM",
    " https://example.com ",
    "ftp://files.example/list.txt",
    "mailto:me@example.com",
    "tel:12356",
    "file:///C:/help/index.html",
    "file://server/share/说明 书.PDF",
    "file:///home/me/papers/",
]
BAD = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "https://example.com/\r\nX: y",
    "data:text/html,<script>",
    "vbscript:x",
    "shell:startup",
    "ms-msdt:/id",
    "about:config",
    "file:///C:/Windows/System32/cmd.exe",
    "file:///C:/x.bat#.pdf",
    "file:///C:/x.bat?.pdf",
    "file:///C:/x.bat%00.pdf",
    "file:///C:/x.bat/",
    "file:///usr/bin/python",
    "example.com",
    "//example.com",
    "http://[broken",
    "",
]


@pytest.mark.parametrize("url", GOOD)
def test_pages_and_documents_open(url: str) -> None:
    assert openable(url)


@pytest.mark.parametrize("url", BAD)
def test_scripts_and_programs_do_not(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _url: pytest.fail("it was opened"))
    assert not openable(url)
    with pytest.raises(InputInvalid):
        open_address(url)


def test_without_a_browser_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _url: False)
    with pytest.raises(NothingFound):
        open_address("https://example.com")


def test_a_set_is_opened_in_order_and_each_address_once() -> None:
    launcher = RecordingBrowsers({"Chrome": "/opt/chrome"}, "/usr/bin/usual")
    urls = ["http://b/", " http://a/ ", "javascript:x", "http://b/", "file:///x.exe", "http://c/"]
    opened = open_set(urls, launcher, Browser("Chrome", "小林", "/data/Profile 1"))
    assert (opened.count, opened.refused) == (3, ["javascript:x", "file:///x.exe"])
    profile = "--profile-directory=Profile 1"
    assert launcher.started == [["/opt/chrome", profile, "http://b/", "http://a/", "http://c/"]]
    open_set(["http://a/"], launcher)
    assert launcher.started[1] == ["/usr/bin/usual", "http://a/"]


def test_firefox_is_told_its_profile() -> None:
    launcher = RecordingBrowsers({"Firefox": "/opt/firefox"})
    open_set(["http://a/"], launcher, Browser("Firefox", "x", "/f/abc.default", "firefox"))
    assert launcher.started == [["/opt/firefox", "--profile", "/f/abc.default", "http://a/"]]


def test_a_chosen_browser_that_is_gone_is_told_and_no_other_is_taken() -> None:
    chosen = Browser("Edge", "x", "/data/Default")
    with pytest.raises(NothingFound):
        open_set(["http://a/"], RecordingBrowsers({}, "/usr/bin/usual"), chosen)
    with pytest.raises(NothingFound):
        open_set(["http://a/"], RecordingBrowsers({"Edge": "/e"}, startable=False), chosen)


def test_without_a_usual_program_the_desktop_opens_them(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def opens(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", opens)
    open_set(["http://b/", "http://a/"], RecordingBrowsers())
    assert opened == ["http://b/", "http://a/"]


def test_nothing_to_open_starts_nothing() -> None:
    launcher = RecordingBrowsers({}, "/usr/bin/usual")
    assert open_set(["javascript:x"], launcher).count == 0
    assert launcher.started == []


def test_a_set_too_long_for_one_command_line_keeps_its_order() -> None:
    launcher = RecordingBrowsers({}, "/usr/bin/usual")
    urls = [f"http://x/{n}/{'a' * 900}" for n in range(100)]
    open_set(urls, launcher)
    assert len(launcher.started) == 4
    assert [url for command in launcher.started for url in command[1:]] == urls
    assert all(sum(map(len, command)) < 32_000 for command in launcher.started)
