"""The team card: whole or refused, and nothing on it that may not be shown or used."""

import msgspec
import pytest

from companion.errors import NewerFormat
from companion.session.card import Card
from companion.session.team_card import TeamCard, read_team_card
from companion.team_errors import TeamCardDamaged

CARD = TeamCard("客服一组", "webdavs://lead@host.example/team", b"p" * 32, b"r" * 32)


def test_what_is_written_is_read_through_a_mails_line_breaks() -> None:
    text = CARD.text()
    assert (
        read_team_card("\r\n ".join(text[at : at + 20] for at in range(0, len(text), 20))) == CARD
    )


def test_one_wrong_or_missing_character_is_noticed() -> None:
    text, head = CARD.text(), len("companion-team1:")
    for at in range(head, len(text) - 1):
        other = "A" if text[at] != "A" else "B"
        for wrong in (text[:at] + other + text[at + 1 :], text[:at] + text[at + 1 :]):
            with pytest.raises(TeamCardDamaged):
                read_team_card(wrong)


def test_another_kind_of_card_is_refused_and_a_newer_one_named() -> None:
    seat = Card("p" * 22, "林", "folder:///x").text()
    for text in ("", "companion-team1:", seat, seat.replace("companion1", "companion-team1")):
        with pytest.raises(TeamCardDamaged):
            read_team_card(text)
    with pytest.raises(NewerFormat):
        read_team_card(CARD.text().replace("team1", "team2"))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""}, {"name": "x" * 81}, {"name": "一\n组"}, {"name": "\u202e组"}, {"store": ""},
        {"name": "<script>"}, {"store": "folder:///x\n"}, {"store": "folder:///" + "x" * 2_000},
        {"public": b"p" * 31}, {"reading": b""},
    ],
)  # fmt: skip
def test_a_card_that_somebody_made_by_hand_is_checked(changes: dict[str, object]) -> None:
    with pytest.raises(TeamCardDamaged):
        read_team_card(msgspec.structs.replace(CARD, **changes).text())
