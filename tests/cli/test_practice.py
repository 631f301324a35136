"""Practising from the shell: step by step for a script, five minutes with a person."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.cli import practice
from companion.cli.context import Context
from companion.cli.serving import execute
from companion.empathy.practice import line, lines
from companion.session.session import Session
from companion.session.sitting import open_here
from tests.cli.conftest import Made
from tests.cli.desks import PASSPHRASE, Desk, Said, shell, tree


@pytest.fixture
def alone(tmp_path: Path) -> Desk:
    """A desk where nobody is signed in."""
    return Desk(tmp_path / "nobody", language="zh")


def sat(desk: Desk, answers: list[str], *argv: str, context: Context | None = None) -> Said:
    """A sitting with a person who answers so, and then ends the input; all that was said."""
    heard: list[str] = []

    def talk(said: str) -> str:
        heard.append(said)
        if not answers:
            raise EOFError
        return answers.pop(0)

    context = context or desk.context()
    context.talk = talk
    said = desk.run("practice", *argv, context=context)
    return Said(said.code, "\n".join([*heard, said.out]), said.err)


def serving(desk: Desk, session: Session | None) -> Callable[..., dict[str, object]]:
    """What stands for the app that runs at a desk with this session."""

    def forward(_folder: Path, message: Callable[[], dict[str, object]]) -> dict[str, object]:
        return execute(session, message(), lambda _: None, lambda _: None)

    return forward


def test_a_step_without_a_profile_shows_a_line_and_keeps_nothing(alone: Desk) -> None:
    found = alone.json("practice")
    assert found["text"] == line(found["situation"], "zh", found["line"]).text
    assert found["keeps"] is False
    assert tree(alone.home.parent) == {}


def test_a_reply_is_checked_and_the_card_follows_with_facts_of_the_line(alone: Desk) -> None:
    found = alone.json(
        *("practice", "--situation", "queue", "--line", "2", "--reply", "稍等，我看一下"),
        *("--rating", "2"),
    )
    assert found["text"] == line("queue", "zh", 2).text
    assert [one["tier"] for one in found["draft"]["findings"]] == ["grey"]
    assert found["card"]["id"] == "queue"
    assert found["rating"] == 2 and found["due"] > 1_600_000_000
    english = alone.json("practice", "--situation", "queue", "--reply", "Hi", "--language", "en")
    assert english["card"]["name"] == "Long wait"


def test_a_reply_may_come_from_standard_input_and_is_said_in_words(alone: Desk) -> None:
    said = alone.run("practice", "--situation", "abuse", "--reply", "-", stdin="你骂谁呢\n")
    assert said.code == 0
    assert "红" in said.out and "避免" in said.out
    assert line("abuse", "zh", 1).text not in said.out


def test_nothing_is_read_from_standard_input_unasked(alone: Desk) -> None:
    context = alone.context()
    context.lines = lambda: pytest.fail("it reads")
    assert alone.run("practice", context=context).code == 0


def test_unknown_situations_are_told(alone: Desk) -> None:
    said = alone.run("practice", "--situation", "nonsense", "--json")
    assert (said.code, said.error["error"]) == (1, "nothing_found")
    assert sat(alone, [], "--situation", "nonsense").code == 1
    names = [part for id in ALL for part in ("--without", id)]
    assert alone.run("practice", *names, "--json").error["error"] == "nothing_found"


def test_a_profile_that_a_file_opens_keeps_the_review_and_gives_it_out_on_export(
    made: Made, tmp_path: Path
) -> None:
    way = ("--passphrase-file", str(made.passphrase))
    found = made.desk.json("practice", "--situation", "queue", "--rating", "4", *way)
    assert found["keeps"] is True
    session = open_here(made.desk.seat(), PASSPHRASE)
    ((at, rating),) = session.profile.practice()[0].reviews
    assert rating == 4 and at < found["due"]
    session.close()
    made.desk.json("profile", "export", str(tmp_path / "out"), *way)
    assert '"situation": "queue"' in (tmp_path / "out" / "companion-profile.json").read_text()


def test_the_app_that_runs_keeps_it(made: Made) -> None:
    session = open_here(made.desk.seat(), PASSPHRASE)
    context = made.desk.context()
    context.forward = serving(made.desk, session)
    said = sat(made.desk, ["Hello", "4"], context=context)
    assert said.code == 0
    assert len(session.profile.practice()) == 1
    assert not session.profile.has_changes()
    assert "noted in your profile" in said.out


def test_an_app_that_is_locked_keeps_nothing(made: Made) -> None:
    context = made.desk.context()
    context.forward = serving(made.desk, None)
    assert "nothing of this will be noted" in sat(made.desk, ["Hi", "4"], context=context).out


def test_an_app_that_ends_meanwhile_is_told(made: Made) -> None:
    session = open_here(made.desk.seat(), PASSPHRASE)
    forward, left = serving(made.desk, session), [2]

    def ending(folder: Path, message: Callable[[], dict[str, object]]) -> Any:
        left[0] -= 1
        return forward(folder, message) if left[0] >= 0 else None

    context = made.desk.context()
    context.forward = ending
    said = sat(made.desk, ["Hi", "4"], "--json", context=context)
    assert said.code == 0
    left[0] = 2
    said = sat(made.desk, ["Hi", "4"], context=context)
    assert (said.code, "not running" in said.err) == (1, True), said.err


def test_a_person_is_led_from_line_to_card_and_asked_how_it_went(alone: Desk) -> None:
    said = sat(alone, ["您要不要都一样", "９", "３"], "--situation", "jargon")
    shown = said.out.index("客户：")
    assert said.out.index("\n  下一步：") > shown
    assert said.out.count("答得怎么样") == 2
    assert "天后再来" in said.out
    assert "今天练了 1 句" in said.out
    assert said.code == 0


def test_the_card_alone_another_line_and_leaving(alone: Desk) -> None:
    said = sat(alone, ["-", "", "1"])
    assert said.out.count("客户：") == 3
    assert "没有标出" not in said.out
    assert said.out.count("\n  下一步：") == 1
    assert "今天练了 1 句" in said.out


def test_before_words_of_self_harm_something_is_said(alone: Desk) -> None:
    said = sat(alone, [], "--situation", "crisis")
    assert said.out.index("12356") < said.out.index("客户：")
    assert "12356" not in sat(alone, [], "--situation", "queue").out


def test_five_minutes_are_enough(alone: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    def passing() -> float:
        now[0] += 60
        return now[0]

    monkeypatch.setattr(practice, "monotonic", passing)
    said = sat(alone, ["好的", "3"] * 20)
    assert said.out.count("客户：") == 4
    assert "到这里就好" in said.out


def test_a_process_of_its_own_answers_in_one_document(tmp_path: Path) -> None:
    said = shell("--home", tmp_path / "h", "practice", "--situation", "trust", "--json")
    assert said.document["situation"] == "trust"
    assert not (tmp_path / "h").exists()


ALL = list(lines("zh"))
