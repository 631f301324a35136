"""Measures what is asked for and prints the table: ``python -m build_spec.bench``."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from build_spec.bench import (
    awake,
    bookmark_window,
    bringing,
    cold_desk,
    hard_day,
    images,
    keystroke,
    memory,
    merging,
    peer,
    phrase_window,
    picking,
    prompting,
    restore,
    rivals,
    start,
    unlocking,
)
from build_spec.bench.figures import Figure, as_json, circumstances, say, table
from build_spec.bench.running import Screenful

_NOTE = (
    "Figures count only where nothing else ran: load {load_before} at the start, commit {commit}."
)


def main() -> int:
    """Measure, print the table, write the JSON; 1 where something could not be measured."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = Path(place)
        screenful = Screenful(folder)
        measures: dict[str, Callable[[], Iterable[Figure]]] = {
            "start": lambda: start.measure(screenful),
            "memory": lambda: memory.measure(screenful),
            "picker": lambda: picking.measure_picker(screenful),
            "insert": lambda: picking.measure_insert(screenful),
            "keystroke": keystroke.measure,
            "restore": lambda: restore.measure(_made(folder / "restore")),
            "images": lambda: images.measure(_made(folder / "images")),
            "awake": lambda: awake.measure(_made(folder / "awake")),
            "peer": lambda: peer.measure(_made(folder / "peer")),
            "cold_desk": lambda: cold_desk.measure(screenful),
            "writing": lambda: phrase_window.measure(screenful),
            "bringing": lambda: bringing.measure(screenful),
            "marking": lambda: bookmark_window.measure(screenful),
            "prompting": prompting.measure,
            "unlocking": lambda: unlocking.measure(screenful),
            "rivals": lambda: rivals.measure(_made(folder / "rivals")),
            "hard_day": lambda: hard_day.measure(_made(folder / "hard_day")),
            "merge": lambda: merging.measure(_made(folder / "merge")),
        }
        arguments = _arguments(list(measures))
        before, begun = circumstances(), time.monotonic()
        figures: list[Figure] = []
        try:
            for name, measure in measures.items():
                if name in (arguments.only or measures):
                    figures += _measured(name, measure)
        finally:
            screenful.close()
    print(table(figures))
    print("\n" + _NOTE.format(**before))
    seconds = round(time.monotonic() - begun)
    if arguments.json is not None:
        document = before | {"seconds": seconds, "figures": as_json(figures)}
        text = json.dumps(document, ensure_ascii=False, indent=1)
        arguments.json.write_text(text + "\n", "utf-8")
    return int(any(figure.value is None for figure in figures))


def _measured(name: str, measure: Callable[[], Iterable[Figure]]) -> list[Figure]:
    """The figures of one group; where it fails, what it had so far and a row that says so."""
    found: list[Figure] = []
    begun = time.monotonic()
    try:
        found.extend(measure())
    except Exception as error:
        # One broken measure must not take the others with it; the table says what happened.
        found.append(Figure(name, None, "", f"{type(error).__name__}: {error}"))
    say(f"{name}: {time.monotonic() - begun:.0f} s")
    return found


def _arguments(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m build_spec.bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=", ".join(names))
    return parser.parse_args()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
