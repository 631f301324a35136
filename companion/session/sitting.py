"""Sitting down: making a profile, fetching one from its store, opening what is on this desk."""

from contextlib import suppress

from companion.errors import (
    AlreadySignedIn,
    CompanionError,
    NotSignedIn,
    Stopped,
    StoreOfAnother,
    StoreTaken,
)
from companion.profile import slots
from companion.profile.packs import SUFFIX
from companion.profile.profile import Profile
from companion.profile.records import new_id
from companion.profile.sealing import ProfileKey
from companion.session.card import Card
from companion.session.keys import kept_slots, unlock
from companion.session.seat import Seat
from companion.session.session import Session, Steps, no_steps
from companion.session.standing import Status, read_last
from companion.sync.checking import check_is_profile
from companion.sync.progress import Stop
from companion.sync.store import Login, Store, never, nothing

_NOBODY = Login()


def create(
    seat: Seat,
    address: str,
    agent: str,
    passphrase: str,
    login: Login = _NOBODY,
    *,
    stop: Stop = never,
) -> tuple[Session, str]:
    """Make a profile in the store at address and sit down with it; the recovery code, once.

    It can be stopped until the first of it is written. Raises Stopped, AlreadySignedIn, StoreTaken,
    PassphraseTooShort and a store's errors; then nothing was made on this desk.
    """
    _refuse_second(seat, "")
    profile, key, code = Profile(new_id()), ProfileKey.fresh(), slots.new_recovery_code()
    objects = [
        slots.make_slot(profile.id, "passphrase", passphrase, key),
        slots.make_slot(profile.id, "recovery", code, key),
        # The header comes last: a store without it is visibly not finished.
        (slots.HEADER, slots.encode_header(profile.id)),
    ]
    # Only now, so that a passphrase that is refused leaves no empty folder behind.
    far = seat.open_store(address, True, login)
    if far.names():
        raise StoreTaken(place=far.place)
    _unless(stop)
    try:
        _make(far, objects)
        local = seat.local_store(profile.id)
        for name, data in objects:
            local.put(name, data)
        seat.keep_login(profile.id, key, login)
        seat.settings.write(profile=profile.id, agent=agent, store=address)
    except CompanionError:
        with suppress(CompanionError):
            seat.drop_sealed(profile.id)
        _take_back(far, objects)
        raise
    return Session(seat, profile, key), code


def _make(far: Store, objects: list[tuple[str, bytes]]) -> None:
    """Put a new profile's slots and header into an empty store. Raises StoreTaken.

    Of two desks that make one at the same moment at least one sees the slots of the other before
    it puts its header. It may be both: then both say so, and there is no profile of two keys.
    """
    *wrapped, header = objects
    for name, data in wrapped:
        far.put(name, data)
    if far.names() - {name for name, _ in wrapped}:
        raise StoreTaken(place=far.place)
    far.put(*header)


def _take_back(far: Store, objects: list[tuple[str, bytes]]) -> None:
    """Remove what was made of a profile that nobody has seen; only its own bytes."""
    for name, data in reversed(objects):
        try:
            if slots.slot_kind(name) or data.startswith(far.get(name)):
                far.delete(name)
        except CompanionError:
            # It is not there, or the store is out of reach: there is nothing more to be done.
            continue


def sign_in(
    seat: Seat,
    address: str,
    secret: str,
    card: Card | None = None,
    steps: Steps = no_steps,
    *,
    login: Login = _NOBODY,
    stop: Stop = never,
) -> Session:
    """Sit down: open the profile in the store at address and fetch it to this desk.

    ``secret`` is the passphrase or the recovery code. Nothing is written before it fits; stopped
    later, what was fetched stays here sealed and nobody counts as signed in.
    Raises Stopped, WrongPassphrase, StoreOfAnother, HeaderMissing, HeaderDamaged and a store's
    errors.
    """
    if card is not None:
        _refuse_second(seat, card.profile)
    far = seat.open_store(address, False, login)
    with far.watch.by(nothing, stop):
        steps("header", 0, 1)
        names = far.names()
        check_is_profile(far, names)
        header = slots.decode_header(far.get(slots.HEADER))
        if card is not None and card.profile != header.profile:
            raise StoreOfAnother(place=far.place)
        _refuse_second(seat, header.profile)
        steps("keys", 0, 1)
        # Every slot is kept here: offline, the passphrase and the recovery code must both open.
        kept = kept_slots(far, names)
    _unless(stop)
    key, slot = unlock(far.place, kept, header.profile, secret)
    _unless(stop)
    local = seat.local_store(header.profile)
    for name, data in (*kept.items(), (slots.HEADER, slots.encode_header(header.profile))):
        local.put(name, data)
    seat.keep_login(header.profile, key, login)
    session = Session(seat, Profile(header.profile), key)
    session.begin(address, far, names, steps, stop)
    session.keys.strengthen(far, slot, secret)
    _unless(stop)
    # Only now: a desk that could not fetch anything does not count as signed in.
    agent = card.agent if card else str(seat.settings.read()["agent"])
    seat.settings.write(profile=header.profile, agent=agent, store=address)
    return session


def open_here(seat: Seat, secret: str) -> Session:
    """Open the profile that is signed in at this desk, offline.

    Raises NotSignedIn, WrongPassphrase, HeaderMissing, HeaderDamaged.
    """
    profile = str(seat.settings.read()["profile"])
    if not profile:
        raise NotSignedIn
    local = seat.local_store(profile)
    key, _ = unlock(local.place, kept_slots(local, local.names()), profile, secret)
    session = Session(seat, Profile(profile), key)
    session.engine.load()
    return session


def _unless(stop: Stop) -> None:
    if stop():
        raise Stopped


def status_sealed(seat: Seat) -> Status:
    """How this desk stands, without opening anything."""
    said = seat.settings.read()
    profile = str(said["profile"])
    if not profile:
        return Status(signed_in=False)
    last = read_last(seat.last_sync_file(profile))
    waiting = seat.local_store(profile).names() - set(last.held)
    return Status(
        signed_in=True,
        agent=str(said["agent"]),
        store=str(said["store"]),
        synced_at=int(said["synced_at"]),
        tried_at=last.tried_at,
        pulled=last.pulled,
        pushed=last.pushed,
        problem=last.problem,
        facts=last.facts,
        waiting_packs=len([name for name in waiting if name.endswith(SUFFIX)]),
    )


def _refuse_second(seat: Seat, profile: str) -> None:
    """One profile at a desk at a time."""
    here = str(seat.settings.read()["profile"])
    if here and here != profile:
        raise AlreadySignedIn
