"""Where a command's store is, and who it says it is to that store."""

from argparse import Namespace
from collections.abc import Callable
from typing import TypeVar

from companion.cli.context import Context
from companion.errors import CardDamaged, CompanionError
from companion.session.card import Card, read_card
from companion.session.card_files import card_text
from companion.session.team_card import TeamCard, read_team_card
from companion.sync.store import Login
from companion.team_errors import TeamCardDamaged
from companion.wiring.seats import full_address, store_laid_down, user_of

_T = TypeVar("_T")


def card_in(said: str, context: Context) -> Card:
    """The seat card that is given as a text, or stands in a file."""
    return _card_in(said, context, read_card, CardDamaged)


def team_card_in(said: str, context: Context) -> TeamCard:
    """The team card that is given as a text, or stands in a file."""
    return _card_in(said, context, read_team_card, TeamCardDamaged)


def _card_in(
    said: str, context: Context, read: Callable[[str], _T], damaged: type[CompanionError]
) -> _T:
    try:
        return read(said)
    except damaged:
        path = context.path(said)
        # A card's text is far too long for a file's name, and asking would fail.
        if len(said) > 255 or not path.is_file():
            raise
    return read(card_text(path))


def login_for(address: str, context: Context, card: Card | None = None) -> Login:
    """The user that is said or that an address names, with the password that was asked for.

    A store that asks for nobody needs none, and neither does a card that says it, unless another
    one is given. Raises FileUnreadable.
    """
    args = context.args
    if card is not None and card.login and not (args.store_user or args.store_password_file):
        return Login()
    user = args.store_user or user_of(address)
    return Login(user, context.secret("store_password")) if user else Login()


def address_in(args: Namespace, context: Context) -> str:
    """The store that is named, or what is laid down at this desk for who is named."""
    if args.store is not None:
        return full_address(args.store, context.cwd)
    return store_laid_down(context.seat().policy, args.name)


def names_user(context: Context) -> bool:
    """Whether a store asks who one is: the one that a command names, or else the profile's.

    Raises CardDamaged, TeamCardDamaged, InputInvalid.
    """
    args = context.args
    if args.store_user:
        return True
    card = getattr(args, "card", None)
    if card is not None:
        found = card_in(card, context)
        return bool(user_of(found.store) and (args.store_password_file or not found.login))
    team = getattr(args, "team_card", None)
    if team is not None:
        return bool(user_of(team_card_in(team, context).store))
    return not hasattr(args, "store") or bool(user_of(address_in(args, context)))
