"""Sitting down: making a profile, fetching one from its store, opening what is on this desk."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from msgspec.structs import replace

from companion.errors import (
    AlreadySignedIn,
    CompanionError,
    NotSignedIn,
    Stopped,
    StoreAnswerStrange,
    StoreBusy,
    StoreMissing,
    StoreOfAnother,
    StoreTaken,
    StoreUnreachable,
    WrongPassphrase,
)
from companion.profile import slots
from companion.profile.derived import Derive, Derived
from companion.profile.packs import SUFFIX
from companion.profile.profile import Profile
from companion.profile.records import new_id
from companion.profile.sealing import ProfileKey
from companion.session.card import Card
from companion.session.kept import kept_for, read_kept
from companion.session.keys import kept_slots, unlock
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.standing import Status, known, read_last
from companion.sync.checking import check_is_profile
from companion.sync.progress import Steps, Stop, no_steps
from companion.sync.store import Login, Store, never, nothing

_NOBODY = Login()
# Whatever stands between this desk and the store, it may pass: nothing was refused.
OUT_OF_REACH = (StoreUnreachable, StoreMissing, StoreBusy, StoreAnswerStrange)


@dataclass(frozen=True)
class _Asked:
    """Which store, and what opens it and the profile in it."""

    address: str
    secret: str = field(repr=False)
    card: Card | None
    login: Login
    derive: Derive


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
    with Derived() as derived:
        return _created(seat, address, agent, passphrase, login, stop=stop, derive=derived.derive)


def _created(
    seat: Seat,
    address: str,
    agent: str,
    passphrase: str,
    login: Login,
    *,
    stop: Stop,
    derive: Derive,
) -> tuple[Session, str]:
    _refuse_second(seat, "")
    profile, key, code = Profile(new_id()), ProfileKey.fresh(), slots.new_recovery_code()
    objects = [
        slots.make_slot(profile.id, "passphrase", passphrase, key, derive),
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
        session = Session(seat, profile, key)
        session.access.keep_card(address, passphrase, derive)
        session.profile.set_option("agent_name", agent)
        session.save()
        seat.settings.write(profile=profile.id, agent=agent, store=address)
    except CompanionError:
        with suppress(CompanionError):
            seat.drop_sealed(profile.id)
        _take_back(far, objects)
        raise
    return session, code


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
    agent: str = "",
    login: Login = _NOBODY,
    stop: Stop = never,
) -> Session:
    """Sit down: open the profile in the store at address and fetch it to this desk.

    ``secret`` is the passphrase or the recovery code, ``agent`` the name of whoever has no card.
    The login on the card is used for the card's own address, and where none is given.
    Nothing is written before the secret fits; stopped later, what was fetched stays here sealed
    and nobody counts as signed in. Where the store is out of reach and this desk still has all of
    the profile sealed, it is opened from that, and the session is ``offline``.
    Raises Stopped, WrongPassphrase, CardNeedsPassphrase, StoreOfAnother, HeaderMissing,
    HeaderDamaged and a store's errors.
    """
    with Derived() as derived:
        if card is not None:
            _refuse_second(seat, card.profile)
            if card.store == address and login == _NOBODY:
                login = card.opened_login(secret, derived.derive)
        asked = _Asked(address, secret, card, login, derived.derive)
        try:
            session = _fetch(seat, asked, steps, stop)
        except OUT_OF_REACH as error:
            session = _open_kept(seat, asked, error)
    if stop():
        session.close()
        raise Stopped
    # Only now: a desk that could not fetch anything does not count as signed in.
    said = card.agent if card else agent
    name = said or str(seat.settings.read()["agent"] or session.option("agent_name"))
    seat.settings.write(profile=session.profile.id, agent=name, store=address)
    return session


def _fetch(seat: Seat, asked: _Asked, steps: Steps, stop: Stop) -> Session:
    card, secret = asked.card, asked.secret
    far = seat.open_store(asked.address, False, asked.login)
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
    key, slot = unlock(far.place, kept, header.profile, secret, asked.derive)
    with _forgotten_where_it_fails(key):
        _unless(stop)
        local = seat.local_store(header.profile)
        for name, data in (*kept.items(), (slots.HEADER, slots.encode_header(header.profile))):
            local.put(name, data)
        seat.keep_login(header.profile, key, asked.login)
        session = Session(seat, Profile(header.profile), key)
        session.begin(asked.address, far, names, steps, stop)
        session.keys.strengthen(far, slot, secret, asked.derive)
        session.access.keep_card(asked.address, secret, asked.derive)
        return session


@contextmanager
def _forgotten_where_it_fails(key: ProfileKey) -> Iterator[None]:
    """Hold a key for a session; where none comes of it, nothing of it stays in memory."""
    try:
        yield
    except BaseException:
        key.forget()
        raise


def _open_kept(seat: Seat, asked: _Asked, error: CompanionError) -> Session:
    """Open the profile of a store that is out of reach from what this desk has of it.

    Raises WrongPassphrase, and the error that the store gave where nothing whole is here.
    """
    wrong: WrongPassphrase | None = None
    for profile in [asked.card.profile] if asked.card else kept_for(seat, asked.address):
        kept = read_kept(seat, profile)
        if kept is None:
            continue
        _refuse_second(seat, profile)
        local = seat.local_store(profile)
        try:
            kept_here = kept_slots(local, local.names())
            key, _ = unlock(local.place, kept_here, profile, asked.secret, asked.derive)
        except WrongPassphrase as failed:
            wrong = failed
            continue
        if asked.login != _NOBODY:
            seat.keep_login(profile, key, asked.login)
        session = Session(seat, Profile(profile), key)
        session.go_on_without(error, kept.held)
        return session
    raise wrong or error


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
    packs = len([name for name in waiting if name.endswith(SUFFIX)])
    return replace(known(said, last), waiting_packs=packs)


def _refuse_second(seat: Seat, profile: str) -> None:
    """One profile at a desk at a time."""
    here = str(seat.settings.read()["profile"])
    if here and here != profile:
        raise AlreadySignedIn
