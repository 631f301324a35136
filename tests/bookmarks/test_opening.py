"""What a bookmark may open: pages and documents, never a script or a program."""

import webbrowser

import pytest

from companion.bookmarks.opening import open_address, openable
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
