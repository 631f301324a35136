"""What stays beside sealed packs on a desk, so that they open while their store is away."""

import hashlib
from contextlib import suppress

import msgspec

from companion.session.seat import Seat
from companion.whole_file import write_whole

_BYTES = 16


class Kept(msgspec.Struct):
    """Written once all of a profile was here: ``place`` is the digest of its store's address,
    ``held`` the objects of the store as last known.

    The address itself stands nowhere: whoever finds the file can only try out a guess.
    """

    place: str
    held: list[str] = []


def keep_whole(seat: Seat, profile: str, address: str, held: set[str]) -> None:
    """Note that this desk has all that the store at address had. On a full disk it is not noted."""
    kept = Kept(_digest(profile, address), sorted(held))
    with suppress(OSError):
        write_whole(seat.whole_file(profile), msgspec.json.encode(kept))


def read_kept(seat: Seat, profile: str) -> Kept | None:
    """What keep_whole() noted; None where that is missing or cannot be read."""
    try:
        return msgspec.json.decode(seat.whole_file(profile).read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError):
        return None


def kept_for(seat: Seat, address: str) -> list[str]:
    """The profiles, by id, that this desk had from the store at address and still has sealed."""
    found = []
    for profile in seat.whole_profiles():
        kept = read_kept(seat, profile)
        if kept is not None and kept.place == _digest(profile, address):
            found.append(profile)
    return found


def _digest(profile: str, address: str) -> str:
    key = profile.encode()[:64]
    return hashlib.blake2b(address.encode(), digest_size=_BYTES, key=key).hexdigest()
