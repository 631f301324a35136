"""Texts, rich texts and pictures in the boxes of a real Chromium, and the keys after them."""

from collections.abc import Iterator

import pytest

from companion.desk.ports import Content
from companion.phrases.message import Message
from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.hands import Hands
from tests.e2e.long_text import long_text
from tests.e2e.owning import clipboard
from tests.e2e.page import Page
from tests.e2e.pictures import png


@pytest.fixture(scope="module", params=["textarea", "contenteditable"])
def opened(desktop: Desktop, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = Page(desktop, request.param)
    yield page
    page.close()


@pytest.fixture
def page(desktop: Desktop, opened: Page) -> Page:
    """The page with an empty box that has the focus."""
    return emptied(desktop, opened)


def emptied(desktop: Desktop, page: Page) -> Page:
    desktop.focus(page.window)
    wait_for(lambda: page.said.get("focused"))
    desktop.keys("ctrl+a", "Delete")
    wait_for(lambda: not page.said["text"].strip() and not page.said["images"], told=page.held)
    desktop.keys("F2")
    return page


def editable(page: Page) -> bool:
    return page.kind == "contenteditable"


def test_the_long_text_arrives(
    hands: Hands, before: dict[str, str], desktop: Desktop, page: Page
) -> None:
    text, known = long_text(), len(page.said["keys"])
    answer = hands.insert(Message(Content(text)))
    assert (answer["obstacle"], answer["sent"]) == ("", 1)
    # What does not break becomes an ordinary space in a contenteditable: the browser does that.
    expected = text.replace("\u00a0", " ") if editable(page) else text
    wait_for(lambda: page.said["text"] == expected, told=page.held)
    assert page.said["keys"][known:] == []
    assert clipboard(desktop) == before


def test_a_rich_text_arrives_with_its_marks(
    hands: Hands, before: dict[str, str], desktop: Desktop, page: Page
) -> None:
    rich = Content("退款 3 天内到", "<b>退款</b> 3 天内到")
    assert not hands.insert(Message(rich))["obstacle"]
    wait_for(lambda: page.said["text"] == rich.text, told=page.held)
    if editable(page):
        assert "退款</b>" in page.said["html"] and "<b" in page.said["html"]
    assert clipboard(desktop) == before


SMALL, LARGE = (40, 30), (900, 800)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_picture_arrives_in_its_size(
    hands: Hands, before: dict[str, str], desktop: Desktop, page: Page, size: tuple[int, int]
) -> None:
    picture = png(*size, noisy=size == LARGE)
    assert len(picture) > 2_000_000 or size == SMALL
    answer = hands.insert(Message(Content("", image=picture)))
    if not editable(page):
        # The browser fetches it all the same; the box has no place for it.
        assert page.said["text"] == ""
        return
    assert not answer["obstacle"]
    wait_for(lambda: page.said["images"] == [list(size)], told=page.held)
    assert clipboard(desktop) == before


def test_messages_are_sent_each_by_its_enter_and_the_cursor_goes_back(
    hands: Hands, before: dict[str, str], desktop: Desktop, page: Page
) -> None:
    sends_three(hands, page)
    assert clipboard(desktop) == before


def test_a_page_that_works_on_a_paste_gets_that_text_and_no_other(
    hands: Hands, before: dict[str, str], desktop: Desktop
) -> None:
    # The browser reads the clipboard before the page is asked and once more after it.
    page = Page(desktop, "contenteditable", busy=200)
    try:
        sends_three(hands, emptied(desktop, page))
        assert clipboard(desktop) == before
    finally:
        page.close()


def sends_three(hands: Hands, page: Page) -> None:
    known = len(page.said["keys"])
    messages = [
        Message(Content("您好"), enter=True),
        Message(Content("订单（）已查"), left=3),
        Message(Content("42")),
    ]
    answer = hands.insert(*messages)
    assert (answer["obstacle"], answer["sent"]) == ("", 3)
    wait_for(lambda: page.said["text"].split() == ["您好", "订单（42）已查"], told=page.held)
    assert [text.strip() for text in page.said["keys"][known:]] == ["您好"]
