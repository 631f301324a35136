"""The log as a file the agent asked for: Markdown to read, CSV for a spreadsheet."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime

from companion.errors import InputInvalid
from companion.profile.records import Reflection

ENDINGS = (".md", ".csv")
FIELDS = ("hard", "need", "helped", "lens", "next_words", "follow_up", "feeling")
# Spreadsheets run a cell that begins so; an apostrophe stops them.
_FORMULA = re.compile(r"[=+@\t\r-]")


def written(entries: Sequence[Reflection], ending: str, names: dict[str, str]) -> bytes:
    """The entries as the file kind of ``ending`` (``.md`` or ``.csv``), times in local time.

    ``names`` has the heading of each of FIELDS and of ``at`` and ``title``. Raises InputInvalid
    for another ending.
    """
    if ending.lower() not in ENDINGS:
        raise InputInvalid(name="file", allowed=" ".join(ENDINGS))
    write = _markdown if ending.lower() == ".md" else _table
    return write(entries, names)


def _markdown(entries: Sequence[Reflection], names: dict[str, str]) -> bytes:
    lines = [f"# {names['title']}", ""]
    for entry in entries:
        lines += [f"## {_time(entry)}", ""]
        for name, text in _said(entry).items():
            if text:
                # One line an item, whatever was typed.
                lines.append(f"- {names[name]}: {' '.join(text.split())}")
        lines.append("")
    return "\n".join(lines).encode()


def _table(entries: Sequence[Reflection], names: dict[str, str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([names["at"], *(names[name] for name in FIELDS)])
    for entry in entries:
        cells = _said(entry).values()
        writer.writerow([_time(entry), *(f"'{c}" if _FORMULA.match(c) else c for c in cells)])
    # Excel knows UTF-8 by its mark.
    return out.getvalue().encode("utf-8-sig")


def _said(entry: Reflection) -> dict[str, str]:
    return {name: str(getattr(entry, name) or "") for name in FIELDS}


def _time(entry: Reflection) -> str:
    return datetime.fromtimestamp(entry.at).astimezone().strftime("%Y-%m-%d %H:%M")
