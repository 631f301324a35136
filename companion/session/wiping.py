"""Takes everything of an agent off this desk, and looks for what is left."""

from companion.errors import FileUnwritable, SecretsUnavailable
from companion.session.residue import traces
from companion.session.seat import Seat


def wipe(seat: Seat, profile: str, words: list[bytes], keep_sealed: bool) -> list[str]:
    """Forget who sat here; the places where something readable is left, by its telltale words.

    ``keep_sealed``: the sealed packs stay for the next time.
    """
    left = list[str]()
    try:
        if seat.settings.read()["remembered"]:
            seat.forget(profile)
    except SecretsUnavailable as error:
        # It must not keep the rest from being wiped; the agent is told what stayed.
        left.append(f"keyring: {error.facts['reason']}")
    # First this: a desk that is ended in between has nobody signed in and packs that are kept,
    # and not somebody whose packs are gone.
    seat.settings.clear()
    try:
        seat.drop_last_sync(profile)
        if not keep_sealed:
            seat.drop_sealed(profile)
    except FileUnwritable as error:
        left.append(str(error.facts["place"]))
    return left + [str(path) for path in traces([seat.home], words)]
