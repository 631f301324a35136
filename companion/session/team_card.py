"""The team card: a short text with which an agent follows a team and reads what it shares."""

import msgspec

from companion.profile.sealing import KEY_BYTES
from companion.profile.team import TeamKeys
from companion.profile.team_content import TeamPack, Unfit, fitting
from companion.session import card
from companion.team_errors import TeamCardDamaged

_HEAD, _PERSON = "companion-team", b"companion team"
_MOST_ADDRESS = 2_000


class TeamCard(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """What a team card says: the team's name, its place, and the keys that verify and open packs.

    Whoever has it can read what the team shares, and nothing else.
    """

    name: str
    store: str
    public: bytes
    reading: bytes

    @property
    def keys(self) -> TeamKeys:
        """The keys on the card."""
        return TeamKeys(self.public, self.reading)

    def text(self) -> str:
        """The card as text: ``companion-team1:`` and URL-safe base64 with a checksum."""
        return card.written(self, _HEAD, _PERSON)


def read_team_card(text: str) -> TeamCard:
    """The card in a text, as read_card() reads one. Raises TeamCardDamaged, NewerFormat."""
    found = card.read(text, TeamCard, _HEAD, _PERSON)
    if found is None or not _sound(found):
        raise TeamCardDamaged
    return found


def _sound(found: TeamCard) -> bool:
    """Whether what stands on the card may be shown and used: it was made by another person."""
    try:
        fitting(TeamPack, version=1, at=0, name=found.name)
    except Unfit:
        return False
    address = found.store
    keys = (found.public, found.reading)
    return (
        0 < len(address) <= _MOST_ADDRESS
        and address.isprintable()
        and all(len(key) == KEY_BYTES for key in keys)
    )
