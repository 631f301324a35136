"""A shift at a desk one has never sat at, by real keys: sit down, work, step away, stand up."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

EDITOR = Path(__file__).with_name("foreign_editor.py")
PASSPHRASE = "correct horse battery"
BODY = "金丝雀：您的退款三天内到账"
SIGN_IN, PICKER = "^随席$", "^找短语$"
_STILL_S = 0.2


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path)
    yield desktop
    desktop.close()


@pytest.fixture
def stick(desktop: Desktop) -> Path:
    """A stick with a seat card, of an agent who has a phrase in a store elsewhere."""
    folder = desktop.folder
    stick, secret = folder / "stick", folder / "secret"
    stick.mkdir()
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    first = ("--home", str(folder / "first"))
    by = ("--passphrase-file", str(secret))
    store = ("--store", str(folder / "store"), "--name", "林")
    desktop.companion(*first, "profile", "new", *store, *by)
    desktop.companion(*first, "phrases", "add", "--title", "退款", "--body", BODY, *by)
    desktop.companion(*first, "sync", *by)
    desktop.companion(*first, "profile", "card", "--out", str(stick / "林.seatcard"), *by)
    secret.unlink()
    return stick


def rests(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has used no processor time for a while: it waits for a key."""
    stat = Path(f"/proc/{process.pid}/stat")
    before = ""
    while (now := " ".join(stat.read_text("utf-8").rpartition(")")[2].split()[11:13])) != before:
        before = now
        time.sleep(_STILL_S)


def finds(desktop: Desktop, home: str) -> bool:
    """Whether the app at a home is open and has the phrase."""
    said = desktop.companion("--home", home, "phrases", "find", "tk", "--json", check=False)
    return bool(said) and [hit["body"] for hit in json.loads(said)["hits"]] == [BODY]


def insert(desktop: Desktop, editor: str) -> None:
    desktop.focus(editor)
    desktop.keys("ctrl+alt+space")
    wait_for(lambda: desktop.focused() == desktop.window(PICKER))
    desktop.type("tk")
    desktop.keys("Return")


def test_three_actions_and_one_works_and_nothing_is_left(desktop: Desktop, stick: Path) -> None:
    home, file = str(stick / "home"), desktop.folder / "chat"
    desktop.start(sys.executable, str(EDITOR), "edit", str(file))
    editor = desktop.window("^foreign editor$")
    app = desktop.start(sys.executable, "-m", "companion", "--home", home)
    desktop.focus(desktop.window(SIGN_IN))
    rests(app)
    # The card lies beside the home and is chosen by itself: only the passphrase is typed.
    desktop.type(PASSPHRASE)
    desktop.keys("Return")
    wait_for(lambda: finds(desktop, home))
    insert(desktop, editor)
    wait_for(lambda: file.exists() and file.read_text("utf-8") == BODY)

    desktop.keys("ctrl+alt+k")
    wait_for(lambda: not finds(desktop, home))
    desktop.focus(desktop.window(SIGN_IN))
    desktop.type("not the passphrase")
    desktop.keys("Return")
    rests(app)
    assert not finds(desktop, home)
    desktop.keys("ctrl+a")
    desktop.type(PASSPHRASE)
    desktop.keys("Return")
    wait_for(lambda: finds(desktop, home))
    insert(desktop, editor)
    wait_for(lambda: file.read_text("utf-8") == 2 * BODY)

    left = json.loads(desktop.companion("--home", home, "sign-out", "--json"))
    said = ("traces", "remains", "kept_sealed", "reason")
    assert [left[name] for name in said] == [[], [], False, ""]
    for path in Path(home).rglob("*"):
        assert not path.is_file() or BODY.encode() not in path.read_bytes()
    status = json.loads(desktop.companion("--home", home, "status", "--json"))
    assert not status["signed_in"]
