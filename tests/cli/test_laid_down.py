"""Signing in where the store is laid down for the desk: a name and the passphrase are enough."""

from dataclasses import replace
from pathlib import Path

import pytest

from companion.cli.main import main
from companion.policy import Policy
from companion.wiring.seats import laid_down
from tests.cli.conftest import Made
from tests.cli.desks import Desk, Said


def sign_in(made: Made, home: Path, policy: Policy, name: str) -> Said:
    desk = Desk(home)
    context = desk.context()
    context.make_seat = lambda _home: replace(desk.seat(), policy=policy)
    argv = ("sign-in", "--name", name, "--passphrase-file", str(made.passphrase), "--json")
    return desk.run(*argv, context=context)


def test_the_name_leads_to_the_store(made: Made, tmp_path: Path) -> None:
    made.store.rename(tmp_path / "林")
    policy = Policy(store=f"folder://{tmp_path.as_posix()}/{{agent}}")
    said = sign_in(made, tmp_path / "two", policy, "林")
    assert (said.code, said.document["agent"]) == (0, "林")
    assert said.document["store"].endswith("/林")


def test_no_name_leads_anywhere_else(made: Made, tmp_path: Path) -> None:
    policy = Policy(store=f"folder://{tmp_path.as_posix()}/agents/{{agent}}")
    said = sign_in(made, tmp_path / "two", policy, "../store")
    assert (said.code, said.error["error"]) == (1, "input_invalid")


def test_a_name_alone_says_nothing_where_nothing_is_laid_down(made: Made, tmp_path: Path) -> None:
    said = sign_in(made, tmp_path / "two", Policy(), "林")
    assert (said.code, said.error["error"]) == (1, "input_invalid")


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "坐下"), ("en", "sit down"), ("", "sit down")]
)
def test_the_language_that_is_laid_down_is_spoken(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    said: str,
) -> None:
    file = tmp_path / "companion.toml"
    file.write_text(f'language = "{language}"\n' if language else "", "utf-8")
    monkeypatch.setattr("companion.wiring.seats.policy_file", lambda: file)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert main(["sign-in", "--help"]) == 0
    assert said in capsys.readouterr().out


def test_a_file_that_cannot_be_understood_is_said_with_how_the_desk_stands(tmp_path: Path) -> None:
    file = tmp_path / "companion.toml"
    file.write_text("remember = perhaps", "utf-8")
    policy, trouble = laid_down(file)
    desk = Desk(tmp_path / "home")
    context = desk.context()
    context.make_seat = lambda _home: replace(desk.seat(), policy=policy, policy_trouble=trouble)
    said = desk.run("status", "--json", context=context)
    assert said.document["policy_broken"] == {"place": str(file), "name": "line 1"}
    assert str(file) in desk.run("status", context=context).out
    assert desk.json("status")["policy_broken"] == {}
