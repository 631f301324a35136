"""The commands that change what opens a profile."""

from pathlib import Path

import pytest

from companion.cli.serving import execute
from companion.profile.slots import looks_like_recovery_code
from companion.session.session import Session
from companion.session.sitting import open_here
from tests.cli.desks import PASSPHRASE, Desk, Said, shell

NEW = "battery staple 新的"


@pytest.fixture
def seated(tmp_path: Path) -> Path:
    """A folder with a profile in ``store``, signed in at ``one``, and its passphrases in files."""
    (tmp_path / "old").write_text(PASSPHRASE, "utf-8")
    (tmp_path / "new").write_text(NEW, "utf-8")
    said = at(tmp_path, "one", "profile", "new", "--store", str(tmp_path / "store"), "--name", "林")
    assert said.code == 0
    (tmp_path / "code").write_text(said.document["recovery_code"], "utf-8")
    return tmp_path


def at(folder: Path, desk: str, *argv: str, secret: str = "old") -> Said:
    way = ("--passphrase-file", folder / secret, "--json")
    return shell("--home", folder / desk, *argv, *way)


def test_a_changed_passphrase_opens_here_and_elsewhere(seated: Path) -> None:
    said = at(seated, "one", "profile", "passphrase", "--new-passphrase-file", str(seated / "new"))
    assert (said.code, said.err) == (0, "")
    assert said.document.keys() == {"profile"}
    assert at(seated, "one", "phrases", "list", secret="new").code == 0
    sign_in = ("sign-in", "--store", str(seated / "store"))
    assert at(seated, "two", *sign_in).error["error"] == "wrong_passphrase"
    assert at(seated, "two", *sign_in, secret="new").code == 0


def test_a_new_recovery_code_is_printed_and_opens(seated: Path) -> None:
    said = at(seated, "one", "profile", "recovery")
    code = said.document["recovery_code"]
    assert looks_like_recovery_code(code)
    (seated / "code2").write_text(code, "utf-8")
    sign_in = ("sign-in", "--store", str(seated / "store"))
    assert at(seated, "two", *sign_in, secret="code").error["error"] == "wrong_passphrase"
    assert at(seated, "two", *sign_in, secret="code2").code == 0


def test_the_new_passphrase_is_asked_for_twice_and_the_old_one_once(seated: Path) -> None:
    desk = Desk(seated / "one")
    context = desk.context()
    answers = iter([PASSPHRASE, NEW, "a slip", NEW, NEW])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    context.ask = ask
    said = desk.run("profile", "passphrase", context=context)
    assert (said.code, said.err) == (0, "")
    assert len(asked) == 5
    assert asked[0] != asked[1]
    open_here(desk.seat(), NEW)


def test_without_a_person_or_a_file_the_new_passphrase_is_missing(seated: Path) -> None:
    said = at(seated, "one", "profile", "passphrase")
    assert said.code == 2
    assert at(seated, "one", "phrases", "list").code == 0


def test_the_running_app_changes_it_with_both_secrets(seated: Path) -> None:
    session = open_here(Desk(seated / "one").seat(), PASSPHRASE)
    opened: list[Session] = []
    message: dict[str, object] = {
        "argv": ["--home", str(seated / "one"), "profile", "passphrase", "--json"],
        "cwd": str(seated),
        "stdin": "",
        "secrets": {"passphrase": PASSPHRASE, "new_passphrase": NEW},
    }
    said = execute(session, message, lambda _: None, opened.append)
    assert (said["exit"], said["err"]) == (0, "")
    # The open session goes on, and a second change needs the new one.
    session.sync()
    assert execute(session, message, lambda _: None, opened.append)["exit"] == 1
    assert opened == []


def test_the_whole_profile_is_exported_checked_and_read_back(seated: Path) -> None:
    at(seated, "one", "phrases", "add", "--title", "退款", "--body", "马上查")
    at(seated, "one", "sync")
    assert at(seated, "one", "profile", "check").document["broken"] == []
    (pack,) = (seated / "store").glob("*.pack")
    pack.write_bytes(b"broken")
    said = at(seated, "one", "profile", "check").document
    assert [row["name"] for row in said["broken"]] == [pack.name]
    assert at(seated, "one", "profile", "check", "--mend").document["mended"] == [pack.name]
    said = at(seated, "one", "profile", "export", str(seated / "plain")).document
    assert sorted(path.name for path in (seated / "plain").iterdir()) == said["files"]
    assert (
        at(seated, "three", "profile", "new", "--store", str(seated / "s3"), "--name", "x").code
        == 0
    )
    file = str(seated / "plain" / "companion-profile.json")
    assert at(seated, "three", "profile", "import", file).document["records"] >= 1
    (row,) = at(seated, "three", "phrases", "list").document["phrases"]
    assert (row["title"], row["body"]) == ("退款", "马上查")
