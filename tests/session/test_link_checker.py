"""The checker of the app asks a real server and compares addresses as people mean them."""

from collections.abc import Iterator

import pytest

from companion.profile.records import Bookmark
from companion.session.bookmark_checks import FINE, GONE, UNREACHABLE, Checker
from companion.session.link_checker import LinkChecker
from tests.bookmarks.test_checking import Site


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def test_each_address_is_asked_and_told(site: Site) -> None:
    checker: Checker = LinkChecker()
    urls = [f"{site.root}/200", f"{site.root}/404", "http://127.0.0.1:1/", "javascript:1"]
    said = list(checker.check_links(urls, lambda _done, _of: None, lambda: False))
    assert [(one.url, one.kind) for one in said] == [
        (urls[0], FINE),
        (urls[1], GONE),
        (urls[2], UNREACHABLE),
    ]


def test_what_was_asked_before_it_was_stopped_is_told(site: Site) -> None:
    urls = [f"{site.root}/200", f"{site.root}/slow"]
    seen: list[int] = []
    said = LinkChecker().check_links(
        urls, lambda done, _of: seen.append(done), lambda: bool(seen and seen[-1])
    )
    assert [one.url for one in said] == urls[:1]


def test_doubles_are_the_same_page_however_written() -> None:
    marks = [
        Bookmark(id=str(at), url=url)
        for at, url in enumerate(("https://A.test/x", "http://a.test:80/x/", "https://a.test/y"))
    ]
    assert [[mark.id for mark in group] for group in LinkChecker().find_doubles(marks)] == [
        ["0", "1"]
    ]
