"""Where an agent types anew what an error of sitting down was about."""

from companion.errors import (
    CardDamaged,
    FileTooLarge,
    FileUnreadable,
    HeaderDamaged,
    HeaderMissing,
    InputInvalid,
    NewerFormat,
    PassphraseTooShort,
    StoreDenied,
    StoreEmpty,
    StoreKindUnknown,
    StoreLoginRefused,
    StoreMissing,
    StoreOfAnother,
    StoreTaken,
    WrongPassphrase,
)
from companion.seat_errors import CardNeedsPassphrase
from companion.ui.sign_in_page import Fault

_SECRET = (PassphraseTooShort, WrongPassphrase, CardNeedsPassphrase)
_CARD = (CardDamaged, NewerFormat, FileUnreadable, FileTooLarge, InputInvalid)
_STORE = (StoreMissing, StoreEmpty, StoreTaken, StoreOfAnother, StoreDenied, StoreKindUnknown)
_PLACE = (*_CARD, *_STORE, HeaderDamaged, HeaderMissing)


def fault_of(error: Exception) -> Fault:
    """What an error was about.

    A store that does not answer is no wrong place: to try again is what helps, and whoever is used
    to type the passphrase then must not do so in a field that shows it.
    """
    if isinstance(error, _SECRET):
        return "secret"
    if isinstance(error, StoreLoginRefused):
        return "login"
    return "place" if isinstance(error, _PLACE) else "elsewhere"
