"""The seat card: whole or refused, whatever a mail program did to its spaces."""

import pytest

from companion.errors import CardDamaged, NewerFormat
from companion.session.card import Card, read_card

CARD = Card("p" * 22, "小林", "folder:///share/小林")


def test_what_is_written_is_read() -> None:
    assert read_card(CARD.text()) == CARD


def test_spaces_and_line_breaks_do_not_matter() -> None:
    text = CARD.text()
    broken = "\r\n ".join(text[at : at + 16] for at in range(0, len(text), 16))
    assert read_card(f"  {broken}\n") == CARD


def test_one_wrong_or_missing_character_is_noticed() -> None:
    text = CARD.text()
    refused = 0
    for at in range(len("companion1:"), len(text)):
        other = "A" if text[at] != "A" else "B"
        for wrong in (text[:at] + other + text[at + 1 :], text[:at] + text[at + 1 :]):
            # The last character's spare bits say nothing: a change there may be no change.
            try:
                assert (at, read_card(wrong)) == (len(text) - 1, CARD)
            except CardDamaged:
                refused += 1
    assert refused >= 2 * (len(text) - len("companion1:")) - 1


@pytest.mark.parametrize(
    "text",
    ["", "companion", "companion1:", "hello", "companionx:AAAA", "口令", "companion-team1:AA"],
)
def test_something_else_is_no_card(text: str) -> None:
    with pytest.raises(CardDamaged):
        read_card(text)


def test_a_newer_card_is_not_called_damaged() -> None:
    with pytest.raises(NewerFormat) as told:
        read_card(CARD.text().replace("companion1", "companion2"))
    assert told.value.facts == {"found": 2, "known": 1}
