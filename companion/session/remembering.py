"""Lets a PIN open this desk until the end of the shift: the profile key, kept in two halves.

One half is a random guard in the desk's secret store, the other a file of the home that holds the
profile key, wrapped under the guard and the PIN together. Without either of them nothing opens.
"""

import base64
import binascii
import secrets
import time
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from companion.desk.secrets_port import TIME_OUT
from companion.errors import CompanionError, FileUnwritable, NotSignedIn, SecretsUnavailable
from companion.profile import sodium
from companion.profile.profile import Profile
from companion.profile.sealing import Kdf, ProfileKey
from companion.seat_errors import PinOver, PinTooPlain, PinTooShort, PolicyForbids, WrongPin
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.shift import next_at
from companion.whole_file import write_whole

FORMAT = 1
TRIES = 5
LEAST_PIN = 6
MOST_HOURS = 12
_GUARD_BYTES = 32


class Half(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The half that is a file. Times are Unix seconds, ``left`` the tries that are left."""

    format: int
    profile: str
    kdf: Kdf
    wrapped: bytes
    made: int
    until: int
    left: int

    def bound_to(self) -> bytes:
        """What the key is bound to: nobody can give it more time by writing into the file."""
        return f"companion pin {self.format} {self.profile} {self.made} {self.until}".encode()


def end_of_shift(now: datetime, *times: str) -> datetime:
    """When a PIN ends that is set now: at the first of some times of day, in 12 hours at most.

    What is no time of day (``18:30``) says nothing.
    """
    ends = [end for said in times if (end := next_at(now, said)) is not None]
    return min([now + timedelta(hours=MOST_HOURS), *ends])


def refused(pin: str) -> CompanionError | None:
    """Why a PIN is none that may be set here: PinTooShort or PinTooPlain; None for a good one."""
    pin = pin.strip()
    if len(pin) < LEAST_PIN:
        return PinTooShort(least=LEAST_PIN)
    # Also from 9 to 0: the keys lie in a row.
    steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(pin)}
    repeats = any(pin[size:] == pin[:-size] for size in range(1, len(pin) // 2 + 1))
    return PinTooPlain() if repeats or len(steps) == 1 else None


def remember(session: Session, pin: str, now: float | None = None) -> int:
    """Let a PIN open the profile of a session at this desk; until when, in Unix seconds.

    A PIN that was set before opens nothing any more. Raises PolicyForbids, PinTooShort,
    PinTooPlain, SecretsUnavailable, FileUnwritable; then no PIN opens it.
    """
    seat, profile = session.seat, session.profile.id
    if not seat.policy.remember:
        raise PolicyForbids(name="remember")
    if (why := refused(pin)) is not None:
        raise why
    began = time.time() if now is None else now
    times = (str(session.option("shift_end")), seat.policy.shift_end)
    end = end_of_shift(datetime.fromtimestamp(began), *times)
    # In the night in which the clocks are put back, twelve hours on the wall are thirteen.
    until = min(int(end.timestamp()), int(began) + MOST_HOURS * 3600)
    guard = secrets.token_bytes(_GUARD_BYTES)
    bare = Half(FORMAT, profile, Kdf.fresh(), b"", int(began), until, TRIES)
    wrapping = _wrapping(bare.kdf, guard, pin)
    wrapped = session.keys.wrapped(wrapping, bare.bound_to())
    sodium.wipe(wrapping)
    seat.forget_pin(profile)
    before = bool(seat.settings.read()["remembered"])
    # Before either half: signing out takes away what a crash between these lines has left.
    seat.settings.write(remembered=True)
    try:
        seat.secrets.put(seat.guard_name(profile), base64.b64encode(guard).decode())
        _write(seat, msgspec.structs.replace(bare, wrapped=wrapped))
    except CompanionError as error:
        with suppress(CompanionError):
            if before or not _keeps_nothing(error):
                forget(seat)
            else:
                seat.settings.write(remembered=False)
        raise
    return until


def remembered_until(seat: Seat, now: float | None = None) -> int:
    """Until when a PIN opens this desk, in Unix seconds, as far as the file says; 0 for none.

    Quick: it asks no secret store.
    """
    half = _read(seat) if seat.policy.remember else None
    return half.until if half is not None and _holds(half, now) else 0


def open_by_pin(seat: Seat, pin: str, now: float | None = None) -> Session:
    """Open the profile that is signed in at this desk, offline, by the PIN.

    A try is counted before it is made, and what could not be counted is not tried. After the last
    one, and once the time is over, both halves are deleted. Raises NotSignedIn, WrongPin (left),
    PinOver, PolicyForbids, SecretsUnavailable, FileUnwritable.
    """
    if not seat.settings.read()["profile"]:
        raise NotSignedIn
    if not seat.policy.remember:
        _end(seat)
        raise PolicyForbids(name="remember")
    half = _read(seat)
    if half is None or not _holds(half, now):
        _end(seat)
        raise PinOver
    guard = _guard(seat, half.profile)
    if guard is None:
        _end(seat)
        raise PinOver
    tried = msgspec.structs.replace(half, left=half.left - 1)
    _write(seat, tried)
    wrapping = _wrapping(half.kdf, guard, pin)
    key = ProfileKey.unwrapped(wrapping, half.wrapped, half.bound_to())
    sodium.wipe(wrapping)
    if key is None:
        if tried.left > 0:
            raise WrongPin(left=tried.left)
        _end(seat)
        raise PinOver
    with suppress(FileUnwritable):
        _write(seat, half if half.left == TRIES else msgspec.structs.replace(half, left=TRIES))
    session = Session(seat, Profile(half.profile), key)
    session.engine.load()
    return session


def forget(seat: Seat) -> None:
    """Let no PIN open this desk any more. Raises SecretsUnavailable, FileUnwritable."""
    said = seat.settings.read()
    if said["remembered"]:
        seat.forget(str(said["profile"]))
        seat.settings.write(remembered=False)


def _keeps_nothing(error: CompanionError) -> bool:
    """Whether a store that refused a guard cannot have it, nor get it later."""
    return isinstance(error, SecretsUnavailable) and error.facts["reason"] != TIME_OUT


def _end(seat: Seat) -> None:
    """The same; one half that could not be deleted opens nothing without the other."""
    with suppress(CompanionError):
        forget(seat)


def _wrapping(kdf: Kdf, guard: bytes, pin: str) -> bytearray:
    """The key of both: whoever has one of them knows nothing of it."""
    derived = kdf.derive(pin.strip(), "pin")
    made = sodium.keyed_hash(guard, derived, b"companion pin")
    sodium.wipe(derived)
    return made


def _holds(half: Half, now: float | None) -> bool:
    """Whether it is time: not over, and the clock was not set back behind its beginning."""
    at = time.time() if now is None else now
    return half.left > 0 and half.made <= at < half.until <= half.made + MOST_HOURS * 3600


def _guard(seat: Seat, profile: str) -> bytes | None:
    kept = seat.secrets.get(seat.guard_name(profile))
    try:
        guard = base64.b64decode(kept or "", validate=True)
    except binascii.Error:
        return None
    return guard if len(guard) == _GUARD_BYTES else None


def _read(seat: Seat) -> Half | None:
    """The file; None where it is not there, or is none that was written here for this profile."""
    profile = str(seat.settings.read()["profile"])
    if not profile:
        return None
    try:
        half = msgspec.json.decode(seat.pin_file(profile).read_bytes(), type=Half)
    except (OSError, msgspec.DecodeError):
        return None
    return half if (half.format, half.profile) == (FORMAT, profile) else None


def _write(seat: Seat, half: Half) -> None:
    file = seat.pin_file(half.profile)
    try:
        write_whole(file, msgspec.json.encode(half))
    except OSError as error:
        raise FileUnwritable(place=str(file), reason=type(error).__name__) from error
