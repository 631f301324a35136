"""Locking, unlocking and the PIN from the shell."""

import time
from pathlib import Path

import pytest

from companion.cli.serving import execute
from companion.desk.recording import RecordingSecrets
from companion.errors import AppLocked, SecretsUnavailable
from companion.session.session import Session
from companion.session.sitting import open_here
from tests.cli.conftest import Made
from tests.cli.desks import PASSPHRASE, Desk

PIN = "24680a"


@pytest.fixture
def pin(tmp_path: Path) -> Path:
    file = tmp_path / "pin"
    file.write_text(PIN + "\n", "utf-8")
    return file


@pytest.fixture
def remembering(desk: Desk, pin: Path) -> Desk:
    """A desk at which a PIN is set, and whose commands know nothing."""
    said = desk.json("remember", "--pin-file", str(pin))
    assert time.time() < said["until"] <= time.time() + 12 * 3600
    desk.knows.clear()
    return desk


class Person:
    """Sits there and types what is asked for."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), list[str]()

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)


def run(desk: Desk, person: Person, *argv: str) -> tuple[int, str]:
    context = desk.context()
    context.ask = person
    said = desk.run(*argv, context=context)
    return said.code, said.err


def test_a_command_takes_the_pin_from_its_file(remembering: Desk, pin: Path) -> None:
    assert remembering.json("phrases", "list", "--pin-file", str(pin)) == {"phrases": []}
    # Unattended there is no other way in but the passphrase.
    said = remembering.run("phrases", "list", "--json")
    assert (said.code, said.error["error"]) == (2, "usage")


def test_a_person_is_asked_for_the_pin_and_else_for_the_passphrase(remembering: Desk) -> None:
    person = Person(PIN)
    assert run(remembering, person, "phrases", "list") == (0, "")
    assert person.asked == ["PIN: "]
    person = Person("wrong one")
    code, err = run(remembering, person, "phrases", "list")
    assert (code, "4 more tries" in err) == (1, True)
    remembering.secrets.kept.clear()
    person = Person(PIN, PASSPHRASE)
    assert run(remembering, person, "phrases", "list") == (0, "")
    assert person.asked == ["PIN: ", "Passphrase: "]
    # Now it is known to be over.
    person = Person(PASSPHRASE)
    assert run(remembering, person, "phrases", "list") == (0, "")


def test_the_passphrase_goes_before_where_its_file_is_named(remembering: Desk, made: Made) -> None:
    way = ("--passphrase-file", str(made.passphrase))
    assert remembering.json("phrases", "list", *way) == {"phrases": []}


def test_signing_in_remembers_where_it_is_told_to(made: Made, tmp_path: Path, pin: Path) -> None:
    desk = Desk(tmp_path / "two")
    way = ("--passphrase-file", str(made.passphrase))
    sign_in = ("sign-in", "--card", made.card, *way)
    desk.json(*sign_in, "--remember", "--pin-file", str(pin))
    assert desk.json("phrases", "list", "--pin-file", str(pin)) == {"phrases": []}
    said = Desk(tmp_path / "three").run(*sign_in, "--remember", "--json")
    assert (said.code, said.error["what"]) == (2, "There is no PIN. Use --pin-file FILE.")
    # Nothing was done before it was missed.
    assert not (tmp_path / "three").exists()


def test_a_pin_that_is_refused_leaves_the_app_with_who_has_signed_in(
    made: Made, tmp_path: Path
) -> None:
    desk, opened = Desk(tmp_path / "two"), list[Session]()
    argv = ("sign-in", "--card", made.card, "--remember")
    said = in_app(desk, None, opened, *argv, passphrase=PASSPHRASE, new_pin="123")
    assert (said["exit"], len(opened)) == (1, 1)
    assert desk.seat().settings.read()["profile"] == opened[0].profile.id


def test_a_new_pin_is_typed_twice(desk: Desk) -> None:
    person = Person("24680b", "24680x", PIN, PIN)
    assert run(desk, person, "remember")[0] == 0
    assert person.asked[0] == "New PIN: "
    assert len(person.asked) == 4


@pytest.mark.parametrize(
    ("typed", "code"), [("12345", "pin_too_short"), ("", "usage")], ids=["short", "none"]
)
def test_a_pin_that_is_none_is_refused(desk: Desk, tmp_path: Path, typed: str, code: str) -> None:
    (tmp_path / "bad").write_text(typed + "\n")
    way = ("--pin-file", str(tmp_path / "bad")) if typed else ()
    said = desk.run("remember", *way, "--json")
    assert said.error["error"] == code
    assert desk.secrets.kept == {}


def test_it_is_taken_back(remembering: Desk, pin: Path) -> None:
    assert remembering.json("remember", "--off") == {"until": 0}
    assert remembering.secrets.kept == {}
    said = remembering.run("phrases", "list", "--pin-file", str(pin), "--json")
    assert said.error["error"] == "pin_over"


def test_without_a_secret_store_nothing_is_remembered(desk: Desk, pin: Path) -> None:
    class Absent(RecordingSecrets):
        def put(self, name: str, secret: str) -> None:
            raise SecretsUnavailable(reason="NoKeyringError")

    desk.secrets = Absent()
    said = desk.run("remember", "--pin-file", str(pin), "--json")
    assert (said.code, said.error["error"]) == (1, "secrets_unavailable")


def test_without_an_app_nothing_is_open(desk: Desk) -> None:
    assert desk.json("lock") == {"locked": True}
    assert desk.run("unlock", "--json").error["error"] == "app_not_running"


def test_locking_needs_somebody_who_is_signed_in(tmp_path: Path) -> None:
    said = Desk(tmp_path / "nobody").run("lock", "--json")
    assert said.error["error"] == "not_signed_in"


def in_app(
    desk: Desk, session: Session | None, opened: list[Session], *argv: str, **secrets: str
) -> dict[str, object]:
    """What the app answers to a command that a shell has handed over."""

    def lock() -> None:
        assert session is not None
        session.close()

    argv = ("--home", str(desk.home), *argv, "--json")
    message: dict[str, object] = {"argv": list(argv), "cwd": "/", "stdin": "", "secrets": secrets}
    return execute(session, message, lambda _: None, opened.append, lock)


def test_the_app_locks_and_is_unlocked_by_the_passphrase(desk: Desk) -> None:
    session, opened = open_here(desk.seat(), PASSPHRASE), list[Session]()
    assert in_app(desk, session, opened, "lock")["out"] == '{"locked":true}\n'
    with pytest.raises(AppLocked):
        session.save()
    said = in_app(desk, None, opened, "unlock", passphrase="not the passphrase")
    assert (said["exit"], opened) == (1, [])
    said = in_app(desk, None, opened, "unlock", passphrase=PASSPHRASE)
    assert (said["out"], len(opened)) == ('{"locked":false}\n', 1)
    # Open already, nothing is opened twice.
    assert in_app(desk, opened[0], opened, "unlock", passphrase=PASSPHRASE)["exit"] == 0
    assert len(opened) == 1


def test_what_unlocks_is_what_the_shell_asks_for(remembering: Desk, pin: Path) -> None:
    asked: list[dict[str, object]] = []

    def forward(_folder: Path, message: object) -> dict[str, object]:
        assert callable(message)
        asked.append(message())
        return {"exit": 0, "out": "", "err": ""}

    for ask, argv, secret in (
        (Person(PIN), (), {"pin": PIN}),
        (None, ("--pin-file", str(pin)), {"pin": PIN}),
        (None, ("--passphrase-file", str(pin)), {"passphrase": PIN}),
    ):
        context = remembering.context()
        context.ask, context.forward = ask, forward
        assert remembering.run("unlock", *argv, context=context).code == 0
        assert asked[-1]["secrets"] == secret
