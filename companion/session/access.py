"""How an agent gets in: passphrase, recovery code, login to the store, and the card with it."""

from contextlib import suppress
from dataclasses import replace

import msgspec

from companion.errors import FileUnwritable, InputInvalid, StoreOfAnother
from companion.profile import slots
from companion.profile.derived import Derive, Derived
from companion.profile.sealing import Kdf, ProfileKey
from companion.seat_errors import CardNeedsPassphrase
from companion.session import card_login
from companion.session.card import Card, fit_name
from companion.session.far import Way
from companion.session.keys import Keys
from companion.session.seat import Seat
from companion.sync.checking import check_is_profile
from companion.sync.store import Login, Store

_NOBODY = Login()


class Access:
    """Of one open profile at this desk.

    The login as it stands on the card is kept here sealed under the passphrase, so that the card
    can be shown without asking for that. It has the salt of the passphrase's key slot: where that
    slot is gone, the passphrase was changed, and what is kept is not put on a card any more.
    """

    def __init__(self, seat: Seat, profile: str, key: ProfileKey, keys: Keys, *, way: Way) -> None:
        self.login = seat.login(profile, key)
        self._seat, self._profile, self._key = seat, profile, key
        self._keys, self._way = keys, way

    def card(self, secret: str = "") -> Card:
        """The seat card; with a login on it, it may have to be made anew with the passphrase.

        Raises CardNeedsPassphrase where that is so and none, or the recovery code, is given;
        WrongPassphrase.
        """
        said, login = self._seat.settings.read(), self.login
        card = Card(self._profile, fit_name(str(said["agent"])), str(said["store"]))
        if login == _NOBODY:
            return card
        kept = self._kept()
        if not kept:
            if not secret or slots.looks_like_recovery_code(secret):
                raise CardNeedsPassphrase
            with Derived() as derived:
                kept = self._sealed(login, card.store, secret, derived.derive)
            with suppress(FileUnwritable):
                self._seat.keep_card_login(self._profile, kept)
        return msgspec.structs.replace(card, login=kept)

    def keep_card(self, store: str, secret: str, derive: Derive = Kdf.derive) -> None:
        """Keep what the card for the store's address needs, as far as the secret allows.

        Raises FileUnwritable and, for a passphrase that does not fit, WrongPassphrase.
        """
        data, login = b"", self.login
        if login != _NOBODY and not slots.looks_like_recovery_code(secret):
            data = self._sealed(login, store, secret, derive)
        self._seat.keep_card_login(self._profile, data)

    def change_passphrase(self, far: Store, secret: str, new: str) -> None:
        """Let ``new`` open the profile instead, and the card; ``secret`` is what opens it now.

        Raises WrongPassphrase, PassphraseTooShort and a store's errors.
        """
        with Derived() as derived:
            self._keys.change_passphrase(far, secret, new, derived.derive)
            # It is changed by now; a card that cannot be kept asks for it when it is wanted.
            with suppress(FileUnwritable):
                self.keep_card(self._store(), new, derived.derive)

    def change_login(self, login: Login, secret: str = "") -> None:
        """Log in to the store otherwise; without a user in ``login``, as the user so far.

        It is tried there first. ``secret`` is the passphrase, for the card; without it the card
        asks for that. Raises InputInvalid (name), WrongPassphrase, StoreOfAnother,
        StoreLoginRefused and a store's other errors, FileUnwritable; then it is as before.
        """
        login = replace(login, user=login.user or self.login.user)
        if not login.user:
            raise InputInvalid(name="--store-user", allowed="U")
        with Derived() as derived:
            if secret:
                self._keys.slot_of(secret, derived.derive)
            self._try(login)
            with self._way.renewed():
                # A card with the login so far would be refused at the next desk.
                self._seat.keep_card_login(self._profile, b"")
                self._seat.keep_login(self._profile, self._key, login)
                self.login = login
                if secret:
                    with suppress(FileUnwritable):
                        self.keep_card(self._store(), secret, derived.derive)

    def forget(self) -> None:
        """Hold the login no more."""
        self.login = _NOBODY

    def _try(self, login: Login) -> None:
        """See that the store lets in by a login, and holds this profile."""
        far = self._seat.open_store(self._store(), False, login)
        names = far.names()
        check_is_profile(far, names)
        if slots.decode_header(far.get(slots.HEADER)).profile != self._profile:
            raise StoreOfAnother(place=far.place)

    def _sealed(self, login: Login, store: str, secret: str, derive: Derive) -> bytes:
        # Taken before: it is forgotten by a lock, which may come while this derives.
        kdf = self._keys.slot_of(secret, derive).kdf
        return card_login.sealed(login, self._profile, store, secret, kdf, derive=derive)

    def _kept(self) -> bytes:
        """The login for the card as it is kept here; empty where it is not for now's passphrase."""
        data = self._seat.card_login(self._profile)
        return data if card_login.salt(data) in self._keys.passphrase_salts() else b""

    def _store(self) -> str:
        return str(self._seat.settings.read()["store"])
