"""Commands handed to the running app: its session, its answer, and what when it is silent."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.cli.serving import execute
from companion.errors import DeskBusy
from companion.runtime.address import server_address
from companion.runtime.asking import ask
from companion.runtime.framing import frame, unframe
from companion.session.session import Session
from companion.session.sitting import open_here
from tests.cli.desks import PASSPHRASE, Desk, shell

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pipe is tested with the app")

Answerer = Callable[[dict[str, object]], dict[str, object] | bytes | None]


@contextmanager
def app(home: Path, answer: Answerer) -> Iterator[None]:
    """Listens at a home's address as the app does; None as an answer is silence."""
    (home / "run").mkdir(parents=True, exist_ok=True)
    address = server_address(home / "run")
    closing = threading.Event()

    def serve() -> None:
        link, _ = listener.accept()
        with link:
            buffer = b""
            while (message := unframe(buffer)) is None:
                buffer += link.recv(7)
            said = answer(message)
            if said is None:
                closing.wait(10)
            else:
                link.sendall(said if isinstance(said, bytes) else frame(said))

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield
        closing.set()
    Path(address).unlink()


def test_the_app_gets_the_command_and_its_answer_is_printed(tmp_path: Path) -> None:
    messages: list[dict[str, object]] = []

    def answer(message: dict[str, object]) -> dict[str, object]:
        messages.append(message)
        return {"exit": 3, "out": "出\n", "err": "错\n"}

    with app(tmp_path, answer):
        said = shell("--home", tmp_path, "phrases", "find", "--each-line", stdin="一\n二\n")
    assert (said.code, said.out, said.err) == (3, "出\n", "错\n")
    (message,) = messages
    assert message["argv"] == ["--home", str(tmp_path), "phrases", "find", "--each-line"]
    assert message["stdin"] == "一\n二\n"
    assert Path(str(message["cwd"])).is_dir()


def test_standard_input_is_left_alone_where_the_command_does_not_take_it(tmp_path: Path) -> None:
    messages: list[dict[str, object]] = []

    def answer(message: dict[str, object]) -> dict[str, object]:
        messages.append(message)
        return {"exit": 0, "out": "", "err": ""}

    with app(tmp_path, answer):
        shell("--home", tmp_path, "sync", stdin="a passphrase\n")
    assert messages[0]["stdin"] == ""


def test_prompt_is_not_forwarded(tmp_path: Path) -> None:
    with app(tmp_path, lambda _message: {"exit": 9, "out": "", "err": ""}):
        assert shell("--home", tmp_path, "prompt", "你好").code == 0
        # Somebody must be let in, or the listener would wait for ever.
        ask(tmp_path / "run", dict)


@pytest.mark.parametrize("answer", [None, b"", b"\xff\xff\xff\xff", frame({"exit": "no"})])
def test_an_app_that_does_not_answer_is_busy(answer: bytes | None, desk: Desk) -> None:
    def impatient(
        run_folder: Path, compose: Callable[[], dict[str, object]]
    ) -> dict[str, object] | None:
        return ask(run_folder, compose, patience=0.3)

    context = desk.context()
    context.forward = impatient
    with app(desk.home, lambda _message: answer):
        said = desk.run("phrases", "list", "--json", context=context)
    assert (said.code, said.out, said.error["error"]) == (1, "", "desk_busy")


def test_no_app_or_one_that_was_killed_is_none(tmp_path: Path) -> None:
    def never() -> dict[str, object]:
        raise AssertionError

    assert ask(tmp_path / "run", never) is None
    (tmp_path / "run").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(server_address(tmp_path / "run"))
    assert ask(tmp_path / "run", never) is None


def test_the_silence_has_an_end(tmp_path: Path) -> None:
    with app(tmp_path, lambda _message: None), pytest.raises(DeskBusy):
        ask(tmp_path / "run", dict, patience=0.2)


def test_in_the_app_its_session_is_edited(desk: Desk) -> None:
    session = open_here(desk.seat(), PASSPHRASE)
    context = desk.context(session=session)
    saved: list[object] = []
    context.saved = saved.append
    said = desk.run("phrases", "add", "--title", "退款", "--body", "b", context=context)
    assert (said.code, said.err) == (0, "")
    assert [phrase.title for phrase in session.profile.phrases()] == ["退款"]
    assert saved == [session]


def test_a_locked_app_says_so_and_an_open_one_inserts(desk: Desk) -> None:
    inserted: list[str] = []
    context = desk.context()
    context.in_app, context.insert = True, inserted.append
    for argv in (("phrases", "list"), ("insert", "退款")):
        assert desk.run(*argv, "--json", context=context).error["error"] == "app_locked"
    assert desk.run("status", "--json", context=context).document["phrases"] is None
    context.session = open_here(desk.seat(), PASSPHRASE)
    assert desk.run("insert", "退款", context=context).code == 0
    assert inserted == ["退款"]


def test_the_app_answers_a_message_whatever_it_says(desk: Desk) -> None:
    session = open_here(desk.seat(), PASSPHRASE)
    inserted: list[str] = []
    opened: list[Session] = []
    listing: dict[str, object] = {"argv": ["phrases", "list"], "cwd": "/", "stdin": ""}
    said = execute(session, listing, inserted.append, opened.append)
    assert (said["exit"], said["err"]) == (0, "")
    assert execute(session, {"argv": "nonsense"}, inserted.append, opened.append)["exit"] == 2
    assert opened == []


def test_the_app_takes_the_session_that_a_command_opens(desk: Desk, tmp_path: Path) -> None:
    opened: list[Session] = []
    here = ["--home", str(tmp_path / "other")]
    message: dict[str, object] = {
        "argv": [
            *here,
            "profile",
            "new",
            "--store",
            str(tmp_path / "far"),
            "--name",
            "林",
            "--json",
        ],
        "cwd": str(tmp_path),
        "stdin": "",
        "secrets": {"first_passphrase": "correct horse battery"},
    }
    said = execute(None, message, lambda _: None, opened.append)
    assert (said["exit"], said["err"]) == (0, "")
    (session,) = opened
    assert session.card().agent == "林"
    assert "correct horse" not in str(said)


@pytest.mark.parametrize("verb", ["sign-in", "profile"])
def test_the_passphrase_goes_to_the_app_with_the_command(tmp_path: Path, verb: str) -> None:
    messages: list[dict[str, object]] = []

    def answer(message: dict[str, object]) -> dict[str, object]:
        messages.append(message)
        return {"exit": 0, "out": "", "err": ""}

    (tmp_path / "pw").write_text("correct horse battery\n", "utf-8")
    more = ("--store", "x") if verb == "sign-in" else ("new", "--store", "x", "--name", "林")
    with app(tmp_path, answer):
        shell("--home", tmp_path, verb, *more, "--passphrase-file", tmp_path / "pw")
    name = "passphrase" if verb == "sign-in" else "first_passphrase"
    assert messages[0]["secrets"] == {name: "correct horse battery"}
    with app(tmp_path, answer):
        shell("--home", tmp_path, "status", "--passphrase-file", tmp_path / "pw")
    assert messages[1]["secrets"] == {}
