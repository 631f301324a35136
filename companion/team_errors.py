"""The kinds of failure of shared team packs: facts only, their words are in resources/i18n."""

from companion.errors import CompanionError


class TeamCardDamaged(CompanionError):
    """A team card is cut short, mistyped or not a team card."""

    code = "team_card_damaged"


class TeamPlaceEmpty(CompanionError):
    """The team's place holds no pack of a team. Facts: place."""

    code = "team_place_empty"


class TeamPackDamaged(CompanionError):
    """A team pack's bytes are not what its name says, or do not open. Facts: name."""

    code = "team_pack_damaged"


class TeamSealedOtherwise(CompanionError):
    """A team pack is sealed under another key than the one on the team's card. Facts: name."""

    code = "team_sealed_otherwise"


class TeamSignatureWrong(CompanionError):
    """A team pack opens and is not signed with the key that was pinned. Facts: name."""

    code = "team_signature_wrong"


class TeamPackUnfit(CompanionError):
    """A signed team pack holds what no team pack may hold. Facts: name, reason."""

    code = "team_pack_unfit"


class TeamRolledBack(CompanionError):
    """The team's place offers only versions older than one that was seen. Facts: found, seen."""

    code = "team_rolled_back"


class TeamPackTwice(CompanionError):
    """Two different packs of one version carry the team's signature. Facts: version."""

    code = "team_pack_twice"


class TeamReadOnly(CompanionError):
    """What a team shares is changed by its lead alone."""

    code = "team_read_only"


class TeamNotLed(CompanionError):
    """The profile does not hold the key that signs the team's packs."""

    code = "team_not_led"


# What may be wrong with what lies in a team's place, as opposed to the way there.
PACK_ERRORS = (
    TeamPlaceEmpty,
    TeamPackDamaged,
    TeamSealedOtherwise,
    TeamSignatureWrong,
    TeamPackUnfit,
    TeamRolledBack,
    TeamPackTwice,
)
