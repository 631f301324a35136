"""What an agent has said of his place, looked up: a card, a card's file, a store, a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from companion.session.seat import Seat
from companion.ui.sign_in_page import Said
from companion.ui.sign_in_who import Offered
from companion.wiring.seats import card_places, folder_of, full_address, store_laid_down

if TYPE_CHECKING:
    from companion.session.card import Card

_HEADER = "profile.json"


def may_wait(seat: Seat, said: Said) -> bool:
    """Whether looking it up reads a disk or a share, which may not answer."""
    if seat.policy.store:
        return bool(seat.policy.cards)
    from companion.session.card import claims_card

    place = said.place
    kind, slashes, _ = place.partition("://")
    return not (claims_card(place) or (slashes and kind not in ("folder", "file", "smb")))


def named(seat: Seat, said: Said) -> tuple[Card | None, str]:
    """The card, where it is one, and the store's address. Raises what reading them does."""
    if seat.policy.store:
        card = _card_of(seat, said.agent)
        return card, card.store if card else store_laid_down(seat.policy, said.agent)
    from companion.session.card import claims_card, read_card

    if claims_card(said.place):
        card = read_card(said.place)
        return card, card.store
    address = full_address(said.place, Path.home())
    card = _card_at(folder_of(address))
    return card, card.store if card else address


def cards_there(address: str) -> list[Offered]:
    """The cards in the folder that an address names, where it is no store."""
    folder = folder_of(address)
    if folder is None or (folder / _HEADER).exists():
        return []
    return _offered([folder])


def cards_around(seat: Seat) -> list[Offered]:
    """The cards on sticks and beside the program."""
    return _offered(card_places(seat))


def _offered(places: list[Path]) -> list[Offered]:
    from companion.session.card_files import found_cards

    cards = found_cards(places)
    return [Offered(one.card.text(), f"{one.card.agent} · {one.file.parent}") for one in cards]


def _card_at(file: Path | None) -> Card | None:
    """The card in a file; None where there is no file of that name."""
    if file is None or not file.is_file():
        return None
    from companion.session.card_files import read_card_file

    return read_card_file(file)


def _card_of(seat: Seat, agent: str) -> Card | None:
    """The seat card that is kept for an agent's name where the desk's policy says."""
    from companion.session.card_files import card_of

    found = card_of(seat.policy, agent)
    return found.card if found is not None else None
