"""Addresses of one page are found however they are written, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.bookmarks.doubles import doubles, same_page

SAME = [
    ("http://x.test/", "http://x.test"),
    ("http://x.test/a/", "http://x.test/a"),
    ("HTTP://X.Test/a", "http://x.test/a"),
    ("http://x.test:80/a", "http://x.test/a"),
    ("https://x.test:443/a", "https://x.test/a"),
    ("https://x.test/a", "http://x.test/a"),
    ("http://x.test./a", "http://x.test/a"),
    ("http://x.test/a#part", "http://x.test/a"),
    ("http://x.test/a?", "http://x.test/a"),
    ("http://x.test/?q=1&utm_source=mail&UTM_x=2", "http://x.test/?q=1"),
    ("https://item.test/i?id=1&spm=a1z.2&scm=1007", "https://item.test/i?id=1"),
    ("http://x.test/%7euser/%e9%80%80", "http://x.test/~user/退"),
    ("http://x.test/?q=%E9%80%80", "http://x.test/?q=退"),
    ("http://商店.test/", "http://xn--czrs0t.test/"),
    (" http://x.test/ ", "http://x.test/"),
]
DIFFERENT = [
    ("http://x.test/a", "http://x.test/A"),
    ("http://x.test/a", "http://x.test/b"),
    ("http://x.test/", "http://www.x.test/"),
    ("http://x.test:8080/", "http://x.test/"),
    ("http://x.test:443/", "http://x.test/"),
    ("http://x.test/?a=1&b=2", "http://x.test/?b=2&a=1"),
    ("http://x.test/#/orders", "http://x.test/#/returns"),
    ("http://x.test/#!a", "http://x.test/"),
    ("http://x.test/a%2Fb", "http://x.test/a/b"),
    ("http://x.test/?id=1", "http://x.test/?id=2"),
    ("http://x.test/?spmx=1", "http://x.test/"),
    ("http://me@x.test/", "http://you@x.test/"),
    ("ftp://x.test/", "http://x.test/"),
    ("javascript:a", "javascript:b"),
    ("mailto:A@x.test", "mailto:a@x.test"),
    ("http://[", "http://[a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_page(one: str, other: str) -> None:
    assert same_page(one) == same_page(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_page(one: str, other: str) -> None:
    assert same_page(one) != same_page(other)


def test_doubles_come_in_groups_in_their_order() -> None:
    marks = [(1, "http://a/"), (2, "http://b/x"), (3, "https://A"), (4, "c:"), (5, "http://b/x/")]
    assert doubles(marks) == [[1, 3], [2, 5]]
    assert doubles([]) == []


@given(st.text())
def test_any_text_has_an_answer_that_stays(text: str) -> None:
    same_page(text)
    same_page(f"http://{text}")
    page = same_page(f"http://x.test/{text}")
    assert same_page(page) == page
