"""Where a command's store is, and who it says it is to that store."""

from companion.cli import files
from companion.cli.context import Context
from companion.errors import CardDamaged
from companion.session.card import Card, read_card
from companion.sync.store import Login
from companion.wiring.seats import full_address, user_of


def card_in(said: str, context: Context) -> Card:
    """The card that is given as a text, or stands in a file."""
    try:
        return read_card(said)
    except CardDamaged:
        path = context.path(said)
        # A card's text is far too long for a file's name, and asking would fail.
        if len(said) > 255 or not path.is_file():
            raise
    try:
        return read_card(files.read(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CardDamaged from error


def login_for(address: str, context: Context) -> Login:
    """The user that is said or that an address names, with the password that was asked for.

    A store that asks for nobody needs none. Raises FileUnreadable.
    """
    user = context.args.store_user or user_of(address)
    return Login(user, context.secret("store_password")) if user else Login()


def names_user(context: Context) -> bool:
    """Whether the store that a command names asks who one is. Raises CardDamaged, InputInvalid."""
    args = context.args
    if args.store_user:
        return True
    card = getattr(args, "card", None)
    if card is not None:
        return bool(user_of(card_in(card, context).store))
    return bool(user_of(full_address(args.store, context.cwd)))
