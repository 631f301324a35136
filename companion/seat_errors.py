"""What goes wrong where one sits: what is laid down for the desk, its PIN, the seat card."""

from companion.errors import CompanionError, WrongPassphrase


class PolicyBroken(CompanionError):
    """companion.toml cannot be understood. Facts: place, name (the line or entry at fault)."""

    code = "policy_broken"


class PolicyForbids(CompanionError):
    """What was asked for is not allowed at this desk. Facts: name (an entry of companion.toml)."""

    code = "policy_forbids"


class WrongPin(CompanionError):
    """The PIN does not fit. Facts: left (tries before only the passphrase opens)."""

    code = "wrong_pin"


class PinTooShort(CompanionError):
    """A new PIN is below the least length. Facts: least."""

    code = "pin_too_short"


class PinTooPlain(CompanionError):
    """A new PIN is a run or a repetition, which whoever guesses tries first."""

    code = "pin_too_plain"


class PinOver(CompanionError):
    """No PIN opens this desk: none was set, its time is over, or too many were wrong."""

    code = "pin_over"


class WrongCardPassphrase(WrongPassphrase):
    """The passphrase does not open the login on a seat card; that may be older than it."""

    code = "wrong_card_passphrase"


class CardNeedsPassphrase(CompanionError):
    """The login on a seat card opens by the passphrase alone: no recovery code, no kept key."""

    code = "card_needs_passphrase"


class ImagesAwaited(CompanionError):
    """Some images are not on this desk yet. Facts: count."""

    code = "images_awaited"


class WaitingDamaged(CompanionError):
    """A file with changes that wait is not whole, or no such file. Facts: place."""

    code = "waiting_damaged"


class WaitingOfAnother(CompanionError):
    """A file with changes that wait is of another profile than the one here. Facts: place."""

    code = "waiting_of_another"


class RunsElsewhere(CompanionError):
    """The app runs for this home on another desktop of the same user."""

    code = "runs_elsewhere"


class DeskFull(CompanionError):
    """No room is left on this desk's own disk. Facts: place."""

    code = "desk_full"
