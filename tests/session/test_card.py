"""The seat card: whole or refused, whatever mails, printouts and input methods did to it."""

import base64
import string
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CardDamaged, NewerFormat
from companion.session import card as cards
from companion.session.card import Card, claims_card, fit_name, read_card

CARD = Card("p" * 22, "小林", "folder:///share/小林")
TEXT = CARD.text()
HEAD = len("companion1:")
# What a mail, a word processor or a pair of scissors may leave beside a card or in it.
CHARACTERS = st.characters() | st.sampled_from(string.printable + "：１－席位卡>\u200b\ufeff\ud800")


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "  {}\r\n",
        "席位卡：{}",
        "席位卡（不是秘密，下次坐下时用）：\n{}\n恢复码：\nAAAA-BBBB",
        "“{}”",
        "<{}>",
        "我的卡：{}。谢谢",
        "Seat card of Companion: {}\n\nBest regards\nLin 12",
        "\ufeff{}",
        "Companion 随席 1: {}",
    ],
)
def test_what_stands_around_a_card_does_not_matter(around: str) -> None:
    assert read_card(around.format(TEXT)) == CARD


@pytest.mark.parametrize("width", [5, 16, 64])
@pytest.mark.parametrize("end", ["\n", "\r\n ", "\n> ", "\n\u3000", " \n>> "])
def test_lines_broken_by_a_mail_are_joined(width: int, end: str) -> None:
    broken = end.join(TEXT[at : at + width] for at in range(0, len(TEXT), width))
    for after in ("", "\n", "\n\nBest regards\n"):
        assert read_card(broken + after) == CARD


def test_a_broken_card_still_claims_to_be_one_and_an_address_does_not() -> None:
    for text in (TEXT, f"席位卡：{TEXT}", TEXT[:-4], "companion1:", "Companion２："):
        assert claims_card(text)
    for text in (
        "folder:///companion",
        "C:\\companion",
        "companion",
        "webdavs://companion1@x/y",
        "",
    ):
        assert not claims_card(text)


def test_what_an_input_method_or_a_word_processor_made_of_it_is_read() -> None:
    wide = "".join(chr(ord(each) + 0xFEE0) for each in TEXT)
    assert unicodedata.normalize("NFKC", wide) == TEXT
    hyphens = Card("-" * 22, "林", "folder:///~~~~~~").text()
    assert "-" in hyphens
    for changed, card in (
        (wide, CARD),
        (TEXT.replace(":", "："), CARD),
        (TEXT.replace("c", "C", 1), CARD),
        ("\u200b".join(TEXT), CARD),
        (hyphens.replace("-", "\u2011"), read_card(hyphens)),
    ):
        assert read_card(changed) == card


def test_one_wrong_or_missing_character_is_noticed() -> None:
    refused = 0
    for at in range(HEAD, len(TEXT)):
        other = "A" if TEXT[at] != "A" else "B"
        for wrong in (TEXT[:at] + other + TEXT[at + 1 :], TEXT[:at] + TEXT[at + 1 :]):
            # The last character's spare bits say nothing: a change there may be no change.
            try:
                assert (at, read_card(wrong)) == (len(TEXT) - 1, CARD)
            except CardDamaged:
                refused += 1
    assert refused >= 2 * (len(TEXT) - HEAD) - 1


@given(st.data())
def test_a_card_that_was_changed_is_the_same_or_none(data: st.DataObject) -> None:
    text = TEXT
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(st.text(CHARACTERS, max_size=3)) + text[at + cut :]
    try:
        assert read_card(text) == CARD
    except (CardDamaged, NewerFormat):
        return


@given(st.text(CHARACTERS, max_size=200) | st.binary(max_size=200).map(bytes.hex))
def test_anything_else_is_no_card(text: str) -> None:
    for said in (text, f"companion1:{text}"):
        with pytest.raises((CardDamaged, NewerFormat)):
            read_card(said)


@pytest.mark.parametrize(
    "text",
    [
        "", "companion", "companion1:", "hello", "companionx:AAAA", "口令", "companion-team1:AA",
        "companion0:AAAA", "companion1:A", "companion1:" + "A" * 10_000_000, "c" * 60_000,
        "companion" * 7_000, "companion1:" * 5_000, "c " * 30_000, "A\n" * 30_000,
        f"companion{'9' * 9_000}:AA", "companion1:" + "A\n" * 30_000, "\ufdfa" * 60_000,
        "x" * 70_000 + TEXT,
    ],
    ids=lambda text: f"{text[:20]!r} {len(text)}",
)  # fmt: skip
def test_something_else_is_no_card(text: str) -> None:
    with pytest.raises(CardDamaged):
        read_card(text)


def test_a_newer_card_is_not_called_damaged() -> None:
    newer = TEXT.replace("companion1", "companion2")
    for text in (newer, f"席位卡：{newer}"):
        with pytest.raises(NewerFormat) as told:
            read_card(text)
        assert told.value.facts == {"found": 2, "known": 1}


def made_by_hand(content: object) -> str:
    """A card with a right checksum around whatever somebody put into it."""
    plain = msgspec.msgpack.encode(content)
    packed = base64.urlsafe_b64encode(plain + cards._checksum(plain, cards._PERSON))
    return f"companion1:{packed.decode().rstrip('=')}"


def nested(depth: int) -> object:
    found: object = []
    for _ in range(depth):
        found = [found]
    return found


GOOD = ["p" * 22, "林", "folder:///x"]


@pytest.mark.parametrize(
    "content",
    [
        None, 7, [], {}, "text", GOOD[:2], [*GOOD, b"", b""], [*GOOD, nested(400)], nested(400),
        [*GOOD, b"no login"], [*GOOD, "text"], ["p" * 21, *GOOD[1:]], ["../" + "p" * 19, *GOOD[1:]],
        [GOOD[0], "林\x1b[2J", GOOD[2]], [GOOD[0], "林\u202e", GOOD[2]], [GOOD[0], "a\nb", GOOD[2]],
        [GOOD[0], "x" * 101, GOOD[2]], [*GOOD[:2], ""], [*GOOD[:2], "folder:///x\n/y"],
        [*GOOD[:2], "folder:///\u202ex"], [*GOOD[:2], "folder:///" + "x" * 2_000],
        [*GOOD, msgspec.msgpack.encode([b"s", 3, 1, []])],
    ],
)  # fmt: skip
def test_a_card_that_somebody_made_by_hand_is_checked(content: object) -> None:
    assert read_card(made_by_hand(GOOD)) == Card("p" * 22, "林", "folder:///x")
    with pytest.raises(CardDamaged):
        read_card(made_by_hand(content))


def test_a_text_that_no_unicode_is_is_refused() -> None:
    packed = msgspec.msgpack.encode(GOOD).replace("林".encode(), b"\xed\xa0\x80")
    assert packed != msgspec.msgpack.encode(GOOD)
    text = made_by_hand(msgspec.Raw(packed))
    with pytest.raises(CardDamaged):
        read_card(text)


@given(st.text(CHARACTERS, max_size=150))
def test_whatever_an_agent_is_called_his_card_is_read(agent: str) -> None:
    card = msgspec.structs.replace(CARD, agent=fit_name(agent))
    assert read_card(card.text()) == card


def test_a_name_of_emoji_and_wide_spaces_stays_as_it_is() -> None:
    for agent in ("林　小满", "👩‍💻 Lin", "Núñez", ""):
        assert fit_name(agent) == agent
    assert fit_name("林\t\u202e小\n满 ") == "林小满"
