"""What whoever looks after the desks has laid down for all who sit at one: companion.toml."""

import re
import tomllib
import unicodedata
from pathlib import Path

import msgspec

from companion.errors import InputInvalid
from companion.seat_errors import PolicyBroken

FILE = "companion.toml"
AGENT = "{agent}"
_MOST_BYTES = 64 * 1024
_MOST_IDLE = 24 * 60
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
# What no file can be named everywhere, and what would lead to another folder.
UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
# What Windows takes for a device, whatever stands behind the dot.
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of companion.toml; without that file, the defaults.

    ``store`` is an address in which ``{agent}`` stands for the agent's name, ``cards`` a folder in
    which seat cards are looked for by that name. ``idle_minutes`` is the most that an agent may
    choose (0: as he likes), ``shift_end`` a time of day (``18:30``) at which all sign out.
    ``remember``, ``input_methods`` and ``browsers`` say what is allowed; ``ca_file`` and
    ``unencrypted_stores`` are what desk.toml says of the network.
    """

    store: str = ""
    cards: str = ""
    language: str = ""
    idle_minutes: int = 0
    shift_end: str = ""
    remember: bool = True
    input_methods: bool = True
    browsers: bool = True
    ca_file: str = ""
    unencrypted_stores: bool = False

    def store_of(self, agent: str) -> str:
        """The address of an agent's store; empty where none is laid down.

        Raises InputInvalid (name) for a name that would lead somewhere else.
        """
        if AGENT not in self.store:
            return self.store
        if not _fits(agent):
            raise InputInvalid(name="agent", allowed='a name without / \\ : * ? " < > | % #')
        return self.store.replace(AGENT, agent)


def _fits(agent: str) -> bool:
    """Whether a name stays in its place in every kind of address, and can be a folder's.

    In an address wide signs mean what narrow ones do, and ``%2e`` is a dot.
    """
    plain = unicodedata.normalize("NFKC", agent)
    around = plain.strip() != plain or plain.startswith(".") or plain.endswith(".")
    return bool(plain) and not (
        around or UNFIT.search(plain) or DEVICE.match(plain) or set("%#") & set(plain)
    )


STRICTEST = Policy(remember=False, input_methods=False, browsers=False)
"""What holds where the file is there and cannot be understood: nothing that it may forbid."""


def read_policy(file: Path) -> Policy:
    """What a companion.toml says; the defaults where there is none.

    Raises PolicyBroken (place, name: the line or the entry at fault).
    """
    place = str(file)
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Policy()
    except OSError as error:
        raise PolicyBroken(place=place, name=type(error).__name__) from error
    if len(data) > _MOST_BYTES:
        raise PolicyBroken(place=place, name=f"> {_MOST_BYTES} B")
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
        policy = msgspec.convert(said, Policy)
    except msgspec.ValidationError as error:
        # It names the entry: "Expected `int`, got `str` - at `$.idle_minutes`".
        raise PolicyBroken(place=place, name=_entry(str(error))) from error
    except (ValueError, RecursionError) as error:
        # Not only what is no TOML: a number of thousands of digits, too.
        raise PolicyBroken(place=place, name=_where(error)) from error
    _check(policy, place)
    return policy


def _check(policy: Policy, place: str) -> None:
    fits = {
        "language": policy.language in ("", "zh", "en"),
        "idle_minutes": 0 <= policy.idle_minutes <= _MOST_IDLE,
        "shift_end": not policy.shift_end or _TIME.fullmatch(policy.shift_end) is not None,
    }
    for name, good in fits.items():
        if not good:
            raise PolicyBroken(place=place, name=name)


def _where(error: Exception) -> str:
    found = re.search(r"line \d+", str(error))
    return found[0] if found else type(error).__name__


def _entry(said: str) -> str:
    found = re.search(r"`\$\.(\w+)`|unknown field `(\w+)`", said)
    return (found[1] or found[2]) if found else "?"
