"""Holds what was measured: one figure with its bar, the table of them and their JSON."""

import math
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_COLUMNS = ("measure", "ours", "bar", "met?", "how measured")


@dataclass(frozen=True)
class Figure:
    """One measured value; no bar means that it stands there to explain another one.

    ``value`` is None where it could not be measured; ``how`` then says why.
    """

    name: str
    value: float | None
    unit: str
    how: str
    bar: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the value reaches its bar; None where there is no bar or no value."""
        if self.bar is None or self.value is None:
            return None
        return self.value <= self.bar


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(
    name: str, seconds: Sequence[float], how: str, bars: dict[float, float | None], unit: str = "ms"
) -> list[Figure]:
    """A figure for each share in ``bars`` (0.5 is the median), in ``unit``, with its bar."""
    scale = {"s": 1.0, "ms": 1e3}[unit]
    return [
        Figure(
            f"{name}, {'median' if share == 0.5 else f'p{share * 100:g}'}",
            percentile(seconds, share) * scale,
            unit,
            how,
            bar,
        )
        for share, bar in bars.items()
    ]


def table(figures: Sequence[Figure]) -> str:
    """The figures as a plain text table."""
    rows = [_COLUMNS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    return "\n".join(
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]))
        for row in rows
    )


def circumstances() -> dict[str, object]:
    """Where and when this was measured."""
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = bool(_git("status", "--porcelain", "--untracked-files=no"))
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit + (" with changes" if changed else ""),
        "python": platform.python_version(),
        "qt": version("PySide6-Essentials"),
        "system": platform.platform(),
        "processor": _told("/proc/cpuinfo", "model name"),
        "processors": os.cpu_count(),
        "memory": _told("/proc/meminfo", "MemTotal"),
        "load_before": [round(load, 2) for load in os.getloadavg()],
    }


def as_json(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """The figures as JSON's own types."""
    return [asdict(figure) | {"met": figure.met} for figure in figures]


def say(line: str) -> None:
    """Tell on standard error what is being done, at once."""
    print(line, file=sys.stderr, flush=True)


def _git(*command: str) -> str:
    """What git says about this clone; it is only asked, and takes no lock."""
    asked = ("git", "--no-optional-locks", *command)
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _row(figure: Figure) -> tuple[str, ...]:
    met = {None: "", True: "yes", False: "NO"}[figure.met]
    ours = "not measured" if figure.value is None else _number(figure.value, figure.unit)
    bar = "" if figure.bar is None else f"≤ {_number(figure.bar, figure.unit)}"
    return figure.name, ours, bar, met, figure.how


def _number(value: float, unit: str) -> str:
    if value == int(value):
        return f"{int(value)} {unit}"
    return f"{value:.2f} {unit}" if abs(value) < 100 else f"{value:.0f} {unit}"


def _told(file: str, name: str) -> str:
    """What a file of /proc says behind a name."""
    path = Path(file)
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
