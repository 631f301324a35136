"""A phrase with HTML and images: filled, escaped, split into messages, and never without a text."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.desk.ports import Content
from companion.phrases.filled import only_png
from companion.phrases.markup import Tag, tokens
from companion.phrases.message import Message
from companion.profile.records import Image, Program
from tests.phrases.filled import filling

PNG = b"\x89PNG\r\n\x1a\n1"
PICTURE = Image(id="A", media_type="image/png", data=PNG, title='图"1')
PHOTO = Image(id="B", media_type="image/jpeg", data=b"\xff\xd8\xff2")


def shown(image: Image) -> str:
    data = base64.b64encode(image.data).decode()
    alt = "图&quot;1" if image is PICTURE else ""
    return f'<img src="data:{image.media_type};base64,{data}" alt="{alt}">'


def sent(body: str, rich: str, *images: Image, clipboard: str = "", **values: str) -> list[Message]:
    asked = filling(body, rich, images=images, clipboard=clipboard)
    return asked.fill(values).messages(only_png)


def test_values_are_filled_into_both_and_escaped_in_html() -> None:
    assert sent("{a}好", "<p><b>{a}</b>好 {剪贴板}</p>", a="<x>  &\n", clipboard="1\n2") == [
        Message(Content("<x>  &\n好", "<p><b>&lt;x&gt;&nbsp; &amp;<br></b>好 1<br>2</p>"))
    ]


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_value_becomes_markup(value: str, copied: str) -> None:
    (message,) = sent("x", "<p>x{a}{剪贴板}</p>", a=value, clipboard=copied)
    tags = [token.name for token in tokens(message.content.html, ()) if isinstance(token, Tag)]
    assert set(tags) <= {"p", "br"}


def test_the_source_of_html_may_be_broken_into_lines() -> None:
    assert sent("a b", "<p>a\n   {x:y}</p>\n") == [Message(Content("a b", "<p>a y</p> "))]


def test_an_image_stands_in_html_as_data() -> None:
    assert sent("看图", '<p>看图<img src="A"><img src="B"></p>', PICTURE, PHOTO) == [
        Message(Content("看图", f"<p>看图{shown(PICTURE)}{shown(PHOTO)}</p>"))
    ]


def test_images_that_no_html_places_stand_below_the_text() -> None:
    assert sent("看\n图", "", PICTURE) == [
        Message(Content("看\n图", f"看<br>图<br>{shown(PICTURE)}"))
    ]


def test_a_phrase_of_images_only_sends_them_one_by_one() -> None:
    assert sent("", "", PICTURE, PICTURE) == [Message(Content("", shown(PICTURE), PNG))] * 2
    assert sent(" ", '<p><img src="A"></p>', PICTURE) == [
        Message(Content(" ", f"<p>{shown(PICTURE)}</p>", PNG))
    ]


def test_an_image_of_another_kind_is_made_a_png_by_who_can() -> None:
    filled = filling("", images=(PHOTO,)).fill({})
    assert filled.needs_png
    assert filling(" ", images=(PHOTO,)).fill({}).needs_png
    assert not filling("", images=(PICTURE,)).fill({}).needs_png
    assert not filling("x", images=(PHOTO,)).fill({}).needs_png
    (message,) = filled.messages(lambda data: PNG if data == PHOTO.data else b"")
    assert message.content == Content("", shown(PHOTO), PNG)


def test_html_is_split_where_enter_is_pressed() -> None:
    messages = sent("甲{发送}乙", "<div><p>甲<b>一{发送}二</b></p></div>")
    assert messages == [
        Message(Content("甲", "<div><p>甲<b>一</b></p></div>"), enter=True),
        Message(Content("乙", "<div><p><b>二</b></p></div>")),
    ]


@pytest.mark.parametrize(
    "rich",
    [
        "<p>甲</p><p>{发送}</p><p>乙</p>",
        "<p>甲</p>{发送}<p>乙</p>",
        "<p>甲{发送}</p><p>乙</p>",
        "<p>甲<br>{发送}<br></p><p>乙</p>",
        "<p>甲</p><p><b>{发送}</b></p><p>乙</p>",
    ],
)
def test_no_empty_lines_are_left_beside_enter(rich: str) -> None:
    messages = sent("甲{发送}乙", rich)
    assert [message.content.html for message in messages] == ["<p>甲</p>", "<p>乙</p>"]


def test_where_html_says_other_messages_the_text_alone_goes_out() -> None:
    assert sent("甲{发送}乙", "<p>甲乙</p>") == [
        Message(Content("甲"), enter=True),
        Message(Content("乙")),
    ]


RICH = st.lists(
    st.sampled_from(
        ("<p>", "</p>", "<b>", "</b>", "<br>", "{发送}", "甲", " ", '<img src="A">', "{a}")
    ),
    max_size=14,
).map("".join)


@settings(deadline=None)
@given(RICH, st.text(alphabet="甲\n<", max_size=3))
def test_every_message_is_balanced_whatever_is_split(rich: str, value: str) -> None:
    body = "甲{发送}" * rich.count("{发送}") + "甲"
    for message in sent(body, rich, PICTURE, a=value):
        assert message.content.text
        open_ones: list[str] = []
        for token in tokens(message.content.html.replace("<img", "<x"), ()):
            if isinstance(token, Tag) and token.opening:
                open_ones.append(token.name)
            elif isinstance(token, Tag) and token.closing:
                assert open_ones.pop() == token.name
        assert message.content.html.count("<p>") == message.content.html.count("</p>")
        assert message.content.html.count("<b>") == message.content.html.count("</b>")


def test_a_program_that_wants_plain_text_gets_no_html() -> None:
    plain = (Program(id="p", program="xterm", plain=True),)
    asked = filling("甲", "<b>甲</b>", programs=plain, images=(PICTURE,))
    assert asked.fill({}, "xterm").messages(only_png) == [Message(Content("甲"))]
    assert asked.fill({}, "qq").messages(only_png) == [Message(Content("甲", "<b>甲</b>"))]
    alone = filling("", programs=plain, images=(PICTURE,))
    assert alone.fill({}, "xterm").messages(only_png) == [Message(Content("", "", PNG))]


def test_the_cursor_goes_back_over_the_plain_text() -> None:
    (message,) = sent("a{光标}bc", "<p>a{光标}<b>bc</b></p>")
    assert (message.left, message.content.html) == (2, "<p>a<b>bc</b></p>")
