"""Wrong usage: exit status 2, words that help, and nothing done."""

import json
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import SecretsUnavailable
from tests.cli.conftest import Made
from tests.cli.desks import PASSPHRASE, Desk, tree

WRONG = [
    (),
    ("fly",),
    ("phrases",),
    ("phrases", "fly"),
    ("phrases", "add", "--title", "x"),
    ("phrases", "find"),
    ("phrases", "find", "x", "--limit", "0"),
    ("phrases", "find", "x", "--limit", "many"),
    ("phrases", "find", "x", "--each-line"),
    ("phrases", "find", "x", "y"),
    ("phrases", "find", "x", "--limi", "3"),
    ("phrases", "import", "x", "--format", "nothing"),
    ("sign-in",),
    ("sign-in", "--card", "x", "--store", "y"),
    ("sign-in", "--card"),
    ("log", "add", "--hard", "6"),
    ("log", "add", "--lens", "weather"),
    ("call", "ended"),
    ("call", "ended", "--seconds", "-1"),
    ("call", "ended", "--seconds", "3", "--channel", "fax"),
    ("prompt",),
    ("practice", "--reply", "x"),
    ("practice", "--rating", "3"),
    ("practice", "--situation", "queue", "--rating", "5"),
    ("practice", "--line", "7"),
    ("sync", "--home", "x"),
    ("sync", "--passphrase", "secret"),
]


@pytest.mark.parametrize("argv", WRONG)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_usage_is_told_and_does_nothing(
    argv: tuple[str, ...], language: str, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "home", language=language)
    said = desk.run(*argv)
    assert (said.code, said.out) == (2, "")
    assert "companion" in said.err or argv[-1] in ("--each-line", "prompt", "find")
    if language == "zh":
        assert "argument" not in said.err
    told = desk.run(*argv, "--json")
    assert told.code == 2
    assert told.error.keys() == {"error", "what", "safe", "do"}
    assert told.error["error"] == "usage"
    assert tree(tmp_path) == {}


def test_a_passphrase_may_come_from_file_or_input_but_not_both_ways(made: Made) -> None:
    made.desk.knows.clear()
    for way, stdin in (
        (["--passphrase-file", str(made.passphrase)], ""),
        ([], PASSPHRASE + "\nmore\n"),
        ([], PASSPHRASE + "\r\n"),
        ([], PASSPHRASE),
    ):
        assert made.desk.run("phrases", "list", *way, stdin=stdin).code == 0
    assert made.desk.run("phrases", "list").code == 2


def test_lines_and_the_passphrase_do_not_share_standard_input(made: Made) -> None:
    made.desk.knows.clear()
    said = made.desk.run("phrases", "find", "--each-line", stdin=f"{PASSPHRASE}\nx\n")
    assert (said.code, said.out) == (2, "")
    way = ("--passphrase-file", str(made.passphrase))
    said = made.desk.run("phrases", "find", "--each-line", *way, stdin="x\ny\n")
    assert [json.loads(line) for line in said.out.splitlines()] == [{"hits": []}] * 2


def test_a_person_is_asked_without_echo_and_twice_for_a_new_one(tmp_path: Path) -> None:
    answers = [PASSPHRASE, "other", PASSPHRASE, PASSPHRASE]
    desk = Desk(tmp_path / "home")
    context = desk.context()
    context.ask = lambda _question: answers.pop(0)
    made = desk.run(
        "profile", "new", "--store", str(tmp_path / "store"), "--name", "x", context=context
    )
    assert (made.code, answers) == (0, [])
    answers.append(PASSPHRASE)
    assert desk.run("phrases", "list", context=context).code == 0
    assert desk.run("status", "--json", context=context).document["phrases"] is None


def test_a_locked_secret_store_falls_back_to_the_passphrase(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_self: RecordingSecrets, _name: str) -> str:
        raise SecretsUnavailable(reason="locked")

    monkeypatch.setattr(RecordingSecrets, "get", locked)
    assert made.desk.run("phrases", "list", stdin=PASSPHRASE + "\n").code == 0


def test_nobody_is_asked_for_a_passphrase_where_nobody_is_signed_in(tmp_path: Path) -> None:
    said = Desk(tmp_path / "home").run("phrases", "list", "--json")
    assert (said.code, said.error["error"]) == (1, "not_signed_in")
    assert tree(tmp_path) == {}


def test_insert_needs_the_running_app(desk: Desk) -> None:
    said = desk.run("insert", "退款", "--json")
    assert (said.code, said.error["error"]) == (1, "app_not_running")
