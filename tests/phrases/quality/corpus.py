"""The phrases that the quality of the search is judged on: written ones, and one for each thing."""

from collections.abc import Iterator
from pathlib import Path

from companion.phrases.search import Entry

HERE = Path(__file__).parent


def entries() -> list[Entry]:
    """All of them, none used yet: the written ones first."""
    rows = [*_written(), *_templates()]
    return [
        Entry(title, "phrase", title, body, abbr, group, tags)
        for group, title, body, abbr, tags in rows
    ]


Row = tuple[str, str, str, str, tuple[str, ...]]


def _written() -> Iterator[Row]:
    for line in (HERE / "written.txt").read_text("utf-8").splitlines():
        group, title, body, abbr, tags = line.split("|")
        yield group, title, body, abbr, tuple(tags.split())


def _templates() -> Iterator[Row]:
    """For each set, every title with every thing it may be about."""
    blocks = (HERE / "templates.txt").read_text("utf-8").split("\n== \n")
    for block in blocks:
        head, *lines = (line for line in block.splitlines() if not line.startswith("#"))
        group, things = head.split(" | ")
        for thing in things.split():
            for line in lines:
                title, body = line.split(" | ")
                yield group, title.format(thing), body.replace("{}", thing), "", (thing,)


def queries() -> list[tuple[str, str, str]]:
    """What an agent types, the title that must come first, and what kind of query it is."""
    found, kind = [], ""
    for line in (HERE / "queries.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            query, _, title = line.partition(" → ")
            found.append((query, title, kind))
    return found
