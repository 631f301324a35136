"""What the measures need of each program: the same phrases, a start, and ways to insert."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from build_spec.bench.memory import megabytes
from build_spec.bench.samples import phrases
from tests.e2e.desktop import Desktop

COUNT = 1_000
"""How many phrases each program holds, besides those that are inserted."""
SHORT, LONG, ORDINARY = 0, 1, range(2, 9)
"""Which of pieces() is of 450 characters, which of 5,000, and which are as long as most are."""
HELD_S = 0.06
"""How long a person holds a key."""
_LINES, _WIDTH = 60, 83


def pieces() -> list[str]:
    """The nine texts that are inserted: 450 characters, 5,000 in 60 lines, seven ordinary ones."""
    bodies = [body for _, body, *_ in phrases(_LINES * 3, seed=9)]
    flow = "".join(bodies)
    width = _WIDTH - 1
    lines = [flow[at * width : (at + 1) * width] + "🌱" for at in range(_LINES)]
    return [flow[:450], "\n".join(lines)[:5_000], *bodies[: len(ORDINARY)]]


@dataclass(frozen=True)
class Way:
    """One way to have a program insert one of the pieces.

    ``prepare`` does all that comes before the last key; ``insert`` presses that key and gives the
    time just before it went down.
    """

    name: str
    prepare: Callable[[int], None]
    insert: Callable[[int], float]
    restores: bool = True
    """Whether the program promises to put back what the clipboard held."""
    tells: bool = False
    """Whether it says so on the screen where it could not insert."""


class Rival(Protocol):
    """A program that inserts phrases, on one desktop."""

    @property
    def name(self) -> str:
        """Its name and version."""

    @property
    def ways(self) -> Sequence[Way]:
        """How it can be asked for a phrase, the most usual way first."""

    @property
    def start_means(self) -> str:
        """What is counted as its start."""

    @property
    def size_means(self) -> str:
        """What is counted as its memory."""

    def start(self) -> float:
        """Start it; the seconds from its process to its being ready. It inserts from then on."""

    def processes(self) -> list[int]:
        """The ids of its processes."""

    def end(self) -> None:
        """End what was started."""


class Absent(Exception):
    """A program is not installed."""


@dataclass(frozen=True)
class Size:
    """What the processes of a program hold, in MB of 1,024 KB."""

    resident: float
    proportional: float


def size(rival: Rival) -> Size:
    """What a program holds now; memory shared by its own processes is counted twice as resident."""
    ids = rival.processes()
    return Size(*(sum(megabytes(one, name) for one in ids) for name in ("Rss", "Pss")))


def needs(program: str, package: str) -> None:
    """Stop where a program is not there."""
    if shutil.which(program) is None:
        raise Absent(f"{program} is not installed; apt-get install {package}")


def version(package: str) -> str:
    """A Debian package's own version, without Debian's part of it."""
    asked = ("dpkg-query", "-W", "-f", "${Version}", package)
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.rpartition("-")[0]


def private(desktop: Desktop, home: Path) -> dict[str, str]:
    """The desktop's environment with a home of its own, and nothing of this clone in it."""
    kept = {name: value for name, value in desktop.environment.items() if name[:6] != "PYTHON"}
    own = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": "share", "XDG_CACHE_HOME": "cache"}
    return (
        kept
        | {name: str(home / folder) for name, folder in own.items()}
        | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    )


def launch(
    command: Sequence[str], environment: dict[str, str], log: Path
) -> subprocess.Popen[bytes]:
    """Start a program whose words go into a file."""
    with log.open("ab") as words:
        return subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=words, stderr=words
        )
