"""The seat card: a short text with where an agent's store is and, sealed, how to log in to it."""

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from companion.errors import CardDamaged, NewerFormat
from companion.profile.derived import Derive
from companion.profile.sealing import Kdf
from companion.session import card_login
from companion.sync.store import Login

FORMAT = 1
_HEAD, _PERSON = "companion", b"companion card"
_CHECK_BYTES = 4
_T = TypeVar("_T", bound=msgspec.Struct)

# What is read at all, and in how many lines a mail may have broken a card.
_MOST_TEXT, _MOST_HEADS, _MOST_PIECES = 64 * 1024, 8, 200
_MOST_AGENT, _MOST_ADDRESS = 100, 2_000
_PROFILE = re.compile("[A-Za-z0-9_-]{22}")
# Between two letters of a card: the ends of lines, and what mails put before a line they quote.
_GAP = r"[\s>]*"
_INSIDE = re.compile(r"[A-Za-z0-9_\-\s>]*")
# What word processors make of a hyphen, and characters that nobody sees.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_HYPHENS = str.maketrans("\u2010\u2011\u2212", "---")
# Controls, what turns the reading direction or is not seen, lone surrogates, ends of lines; the
# joiners stay, with which emoji and several scripts are written.
_UNFIT = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"


class Card(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """What a card says: the profile's id, the agent's name, the store's address.

    ``login`` is how to log in there, sealed under the passphrase and bound to the profile and the
    address (card_login.py); empty where the store asks for nobody. The passphrase is not on it.
    """

    profile: str
    agent: str
    store: str
    login: bytes = b""

    def text(self) -> str:
        """The card as text: ``companion1:`` and URL-safe base64 with a checksum."""
        return written(self, _HEAD, _PERSON)

    def opened_login(self, secret: str, derive: Derive = Kdf.derive) -> Login:
        """How to log in to the card's store, and to no other; nobody's where none is on it.

        Raises WrongCardPassphrase, CardNeedsPassphrase for a recovery code, CardDamaged, UnsafeKdf.
        """
        if not self.login:
            return Login()
        return card_login.opened(self.login, self.profile, self.store, secret, derive)


def read_card(text: str) -> Card:
    """The card in a text, whatever a mail, a printout or an input method has put around it.

    Raises CardDamaged where it is cut short, mistyped, something else, or says what may not be
    shown; NewerFormat where a newer Companion made it.
    """
    found = read(text, Card, _HEAD, _PERSON)
    if found is None or not _sound(found):
        raise CardDamaged
    return found


def claims_card(text: str) -> bool:
    """Whether a text means to be a seat card, whole or not, and no address."""
    return any(True for _ in _found(text, _HEAD))


def fit_name(agent: str) -> str:
    """A name as it stands on a card: one line, without characters that act or hide."""
    kept = [each for each in agent if unicodedata.category(each) not in _UNFIT or each in _JOINERS]
    return "".join(kept)[:_MOST_AGENT].strip()


def _sound(found: Card) -> bool:
    """Whether what stands on the card may be shown and used: anybody can have made it."""
    return (
        _PROFILE.fullmatch(found.profile) is not None
        and found.agent == fit_name(found.agent)
        and 0 < len(found.store) <= _MOST_ADDRESS
        and found.store.isprintable()
        and (not found.login or card_login.salt(found.login) is not None)
    )


def written(card: msgspec.Struct, head: str, person: bytes) -> str:
    """A card of any kind as text; ``person`` keeps the checksums of two kinds apart."""
    plain = msgspec.msgpack.encode(card)
    packed = base64.urlsafe_b64encode(plain + _checksum(plain, person)).rstrip(b"=").decode()
    return f"{head}{FORMAT}:{packed}"


def read(text: str, form: type[_T], head: str, person: bytes) -> _T | None:
    """The card in a text, None where it is not whole or of another kind. Raises NewerFormat."""
    newer = 0
    for version, packed in _found(text, head):
        if version == FORMAT:
            card = _unpacked(packed, form, person)
            if card is not None:
                return card
        newer = max(newer, version)
    if newer > FORMAT:
        raise NewerFormat(found=newer, known=FORMAT)
    return None


def _found(text: str, head: str) -> Iterator[tuple[int, str]]:
    """What in a text may be a card: the number of its format, and what is packed.

    Where a card ends in a mail that goes on, only the checksum tells: line by line is tried.
    """
    if len(text) > _MOST_TEXT:
        return
    # An input method writes wide letters, and a colon of its own.
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_HYPHENS)
    begun = re.compile(_GAP.join([*map(re.escape, head), "([0-9]{1,9})", ":"]), re.IGNORECASE)
    for _, match in zip(range(_MOST_HEADS), begun.finditer(plain), strict=False):
        inside = _INSIDE.match(plain, match.end())
        pieces = re.split(r"[\s>]+", inside[0].strip("\n\r\t >") if inside else "")
        for end in range(1, min(len(pieces), _MOST_PIECES) + 1):
            yield int(match[1]), "".join(pieces[:end])


def _unpacked(packed: str, form: type[_T], person: bytes) -> _T | None:
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        plain, checksum = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
        if _checksum(plain, person) != checksum:
            return None
        return msgspec.msgpack.decode(plain, type=form)
    except (binascii.Error, msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _checksum(plain: bytes, person: bytes) -> bytes:
    return hashlib.blake2b(plain, digest_size=_CHECK_BYTES, person=person).digest()
