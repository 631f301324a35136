"""Profiles of two desks, without any store between them."""

import base64

from companion.profile.profile import Profile
from companion.profile.records import Phrase, Record

# The smallest PNG there is: one white pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)


def exchange(here: Profile, there: Profile) -> None:
    """Give each all that the other has."""
    there.absorb(here.everything()[1], here.clock)
    here.absorb(there.everything()[1], there.clock)


def two_desks() -> tuple[Profile, Profile, str]:
    """Two profiles that know one phrase, and its id."""
    here, there = Profile("p"), Profile("p")
    phrase = here.add("phrase", title="退款", body="第一版")
    exchange(here, there)
    return here, there, phrase


def phrase_of(profile: Profile, id: str) -> Phrase:
    """A phrase that must be there."""
    found = profile.get(id)
    assert isinstance(found, Phrase)
    return found


def whole(profile: Profile) -> dict[str, Record]:
    """The records of a profile by id."""
    return {record.id: record for record in profile.everything()[1]}
