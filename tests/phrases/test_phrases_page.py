"""docs/phrases.md: what it says a phrase may say is what is understood, in both languages."""

import re
from pathlib import Path

import pytest

from companion.profile.template import parse

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "phrases.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`.*?`) \| (.*) \|$", PAGE, re.MULTILINE)


def bodies(cell: str) -> list[str]:
    return [body.replace("\\|", "|") for body in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("cell", [cell for cell, _ in ROWS])
def test_everything_in_the_tables_is_understood(cell: str) -> None:
    for body in bodies(cell):
        assert parse(body) != [body] or body == "||"
