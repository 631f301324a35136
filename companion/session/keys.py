"""The secrets that open a profile: trying them on its key slots, changing and following them."""

from contextlib import suppress

from companion.errors import (
    CompanionError,
    HeaderDamaged,
    HeaderMissing,
    NewerFormat,
    ObjectMissing,
    StoreOfAnother,
    StoreUnreachable,
    WrongPassphrase,
)
from companion.profile import slots
from companion.profile.derived import Derive
from companion.profile.sealing import Kdf, ProfileKey
from companion.sync.checking import check_is_profile
from companion.sync.store import Store

# Two desks that change the passphrase at once leave two slots, and each try takes a tenth of a
# second and 64 MB: a store that holds more than this is not to keep a desk busy for minutes.
MOST_TRIED = 8


def kept_slots(store: Store, names: set[str]) -> dict[str, bytes]:
    """By name, the key slots of a store that holds ``names``."""
    kept = {}
    for name in sorted(filter(slots.slot_kind, names)):
        # Listed and not there: a folder of that name is to keep nobody out.
        with suppress(ObjectMissing):
            kept[name] = store.get(name)
    return kept


def unlock(
    place: str,
    kept: dict[str, bytes],
    profile: str,
    secret: str,
    derive: Derive = Kdf.derive,
) -> tuple[ProfileKey, str]:
    """The profile key in one of the slots (by name, their bytes) that the secret opens, and which.

    Raises WrongPassphrase; where no slot is whole HeaderDamaged, UnsafeKdf or NewerFormat, where
    none is there HeaderMissing.
    """
    kind = _kind_of(secret)
    wrong: WrongPassphrase | None = None
    broken: CompanionError | None = None
    names = sorted(name for name in kept if slots.slot_kind(name) == kind)
    for name in names[:MOST_TRIED]:
        try:
            return slots.open_slot(name, kept[name], profile, secret, derive), name
        except WrongPassphrase as error:
            wrong = error
        except CompanionError as error:
            broken = error
    # A secret that was tried and does not fit says more than a slot that could not be tried.
    if wrong or broken:
        raise wrong or broken or WrongPassphrase
    raise HeaderMissing(place=place, name=f"{kind}-*{slots.SUFFIX}")


def _kind_of(secret: str) -> slots.SlotKind:
    return "recovery" if slots.looks_like_recovery_code(secret) else "passphrase"


class Keys:
    """The key slots of an open profile, in the agent's store and on this desk."""

    def __init__(self, profile: str, key: ProfileKey, local: Store) -> None:
        self._profile, self._key, self._local = profile, key, local

    def slot_of(self, secret: str, derive: Derive = Kdf.derive) -> slots.Slot:
        """The slot on this desk that a secret opens. Raises WrongPassphrase, HeaderDamaged."""
        kept = kept_slots(self._local, self._local.names())
        key, name = unlock(self._local.place, kept, self._profile, secret, derive)
        # It is the one that is held already: a second copy would outlast a lock.
        key.forget()
        return slots.read_slot(name, kept[name], self._profile)

    def passphrase_salts(self) -> set[bytes]:
        """The salts by which passphrases are derived that open the profile now."""
        salts = set[bytes]()
        for name in self._local.names():
            # Another thread may just have followed the store; a broken one opens nothing.
            with suppress(HeaderDamaged, NewerFormat, ObjectMissing):
                if slots.slot_kind(name) == "passphrase":
                    slot = slots.read_slot(name, self._local.get(name), self._profile)
                    salts.add(slot.kdf.salt)
        return salts

    def wrapped(self, wrapping: bytearray, bound_to: bytes) -> bytes:
        """The profile key under another key of 32 bytes."""
        return self._key.wrapped(wrapping, bound_to)

    def change_passphrase(
        self, far: Store, secret: str, new: str, derive: Derive = Kdf.derive
    ) -> None:
        """Let ``new`` open the profile instead of the passphrases so far.

        ``secret`` is the passphrase or the recovery code as the store knows it now. The profile
        is not sealed anew. Raises WrongPassphrase, PassphraseTooShort, StoreOfAnother and a
        store's errors; then the passphrases so far still open it.
        """
        self._check(far, secret)
        self._put_slot(far, "passphrase", new, derive)

    def renew_recovery(self, far: Store, secret: str) -> str:
        """A new recovery code; the one before opens nothing any more. Raises as above."""
        self._check(far, secret)
        code = slots.new_recovery_code()
        self._put_slot(far, "recovery", code)
        return code

    def strengthen(self, far: Store, name: str, secret: str, derive: Derive = Kdf.derive) -> bool:
        """Wrap the key anew where the slot that was opened was made with less than is usual now."""
        slot = slots.read_slot(name, self._local.get(name), self._profile)
        if not slot.kdf.outdated():
            return False
        self._put_slot(far, slot.kind, secret, derive)
        return True

    def follow(self, far: Store, names: set[str]) -> None:
        """Hold the slots on this desk that the store holds, where they were changed elsewhere.

        ``names`` is what the store holds. A kind of slot that the store lost is kept here, and
        so is everything while a slot there is broken: absence is never deletion. One that nobody
        vouches for counts for nothing: whoever may write there would lock the agent out here.
        """
        theirs = {name for name in names if slots.slot_kind(name)}
        ours = {name for name in self._local.names() if slots.slot_kind(name)}
        foreign = set[str]()
        for name in sorted(theirs - {name for name in ours if self._is_whole_here(name)}):
            try:
                data = far.get(name)
                slot = slots.read_slot(name, data, self._profile)
            except (HeaderDamaged, NewerFormat, ObjectMissing):
                self._check_is_ours(far)
                return
            if name in ours or slot.is_vouched(self._key):
                self._local.put(name, data)
            else:
                foreign.add(name)
        # The rest of theirs are here now and whole: what is here besides, they have replaced. Also
        # what a desk that was ended between the two steps has left over.
        kinds = {slots.slot_kind(name) for name in theirs - foreign}
        for name in sorted(ours - theirs):
            if slots.slot_kind(name) in kinds:
                self._local.delete(name)

    def _is_whole_here(self, name: str) -> bool:
        try:
            slots.read_slot(name, self._local.get(name), self._profile)
        except (HeaderDamaged, NewerFormat, ObjectMissing):
            return False
        return True

    def _check_is_ours(self, far: Store) -> None:
        """Refuse a store that another profile was made in: its slots are none to be mended."""
        try:
            other = slots.decode_header(far.get(slots.HEADER)).profile != self._profile
        except (HeaderDamaged, NewerFormat, ObjectMissing):
            return
        if other:
            raise StoreOfAnother(place=far.place)

    def _check(self, far: Store, secret: str) -> None:
        """Refuse a secret that does not open the store's profile, or a store of another one."""
        names = far.names()
        check_is_profile(far, names)
        if slots.decode_header(far.get(slots.HEADER)).profile != self._profile:
            raise StoreOfAnother(place=far.place)
        key, _ = unlock(far.place, kept_slots(far, names), self._profile, secret)
        key.forget()
        if key.id != self._key.id:
            raise HeaderDamaged(name=f"*{slots.SUFFIX}")

    def _put_slot(
        self, far: Store, kind: slots.SlotKind, secret: str, derive: Derive = Kdf.derive
    ) -> None:
        """Put a slot in both places and read it back; only then delete those of its kind."""
        name, data = slots.make_slot(self._profile, kind, secret, self._key, derive)
        for store in (far, self._local):
            store.put(name, data)
            if store.get(name) != data:
                raise StoreUnreachable(place=store.place, reason="read back")
        for store in (far, self._local):
            for old in sorted(store.names()):
                if slots.slot_kind(old) == kind and old != name:
                    store.delete(old)
