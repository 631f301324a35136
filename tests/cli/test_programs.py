"""The rules for programs from the shell: listed, changed, taken back, and travelling along."""

from pathlib import Path

import pytest

from companion.phrases.rules import TABLE
from tests.cli.desks import PASSPHRASE, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose commands have the passphrase."""
    (tmp_path / "pw").write_text(PASSPHRASE, "utf-8")
    desk = Desk(tmp_path / "one")
    way = ("--passphrase-file", str(tmp_path / "pw"))
    desk.json("profile", "new", "--store", str(tmp_path / "store"), "--name", "林", *way)
    desk.knows["passphrase"] = PASSPHRASE
    return desk


def row(desk: Desk, program: str) -> dict[str, object]:
    rows = desk.json("programs", "list")["programs"]
    (found,) = [row for row in rows if row["program"] == program]
    return dict(found)


def test_the_whole_table_is_listed(desk: Desk) -> None:
    rows = desk.json("programs", "list")["programs"]
    assert [row["program"] for row in rows] == sorted(TABLE)
    assert row(desk, "xterm") == {
        "program": "xterm",
        "keys": "shift+insert",
        "rich": False,
        "pictures": False,
        "lines": False,
        "before": 0,
        "after": 0,
        "itself": True,
        "copy": None,
        "own": False,
    }


def test_a_rule_is_changed_step_by_step_and_taken_back(desk: Desk) -> None:
    before = row(desk, "xterm")
    desk.json("programs", "set", "XTerm", "--lines", "on")
    said = desk.json("programs", "set", "xterm", "--before", "40", "--keys", "ctrl+v")
    changed = {"lines": True, "before": 40, "keys": "ctrl+v", "own": True}
    assert said == row(desk, "xterm") == before | changed
    assert desk.json("programs", "reset", "xterm") == row(desk, "xterm") == before


def test_a_program_nobody_knows_gets_a_rule(desk: Desk) -> None:
    desk.json("programs", "set", "crm.exe", "--rich", "off", "--after", "0")
    assert row(desk, "crm")["rich"] is False
    assert "crm *\tctrl+v\trich=off" in desk.run("programs", "list").out


def test_the_rules_travel(desk: Desk, tmp_path: Path) -> None:
    desk.json("programs", "set", "xterm", "--lines", "on")
    desk.json("sync")
    two = Desk(tmp_path / "two")
    way = ("--passphrase-file", str(tmp_path / "pw"))
    two.json("sign-in", "--store", str(tmp_path / "store"), *way)
    two.knows["passphrase"] = PASSPHRASE
    assert row(two, "xterm")["lines"] is True


@pytest.mark.parametrize(
    ("argv", "status", "code"),
    [
        (("set", "xterm"), 1, "input_invalid"),
        (("set", " ", "--lines", "on"), 1, "input_invalid"),
        (("set", "xterm", "--keys", "ctrl+alt+v"), 2, "usage"),
        (("set", "xterm", "--before", "5001"), 2, "usage"),
        (("reset", "xterm"), 1, "nothing_found"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, argv: tuple[str, ...], status: int, code: str
) -> None:
    said = desk.run("programs", *argv, "--json")
    assert (said.code, said.error["error"]) == (status, code)
