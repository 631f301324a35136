"""Looks into the memory of another process of ours for what it must not hold any more."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

CODES = ("utf-8", "utf-16-le", "utf-32-le")
"""As it is typed and sent, as Qt and most of Python hold it, as Python holds the rest."""


def forms(text: str) -> list[bytes]:
    """A text as programs hold it."""
    return [text.encode(code) for code in CODES]


def found_in(pid: int, words: Mapping[str, list[bytes]]) -> dict[str, int]:
    """How often each word stands in the memory that a process can write to; none is left out."""
    count = dict.fromkeys(words, 0)
    for data in _pieces(pid):
        for name, alike in words.items():
            count[name] += sum(data.count(form) for form in alike)
    return {name: times for name, times in count.items() if times}


def _pieces(pid: int) -> Iterator[bytes]:
    regions = Path(f"/proc/{pid}/maps").read_text("utf-8", "replace").splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in regions:
            span = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if span is None:
                continue
            start, end = (int(number, 16) for number in span.groups())
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except (OSError, ValueError):
                # Gone since it was listed, or not to be read by anybody.
                continue
