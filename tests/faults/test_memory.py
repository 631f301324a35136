"""A desk that was locked holds no key: looked for in the memory of the real app, by its parent."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.profile import slots
from companion.profile.sealing import ProfileKey
from companion.session.seat import Seat
from companion.session.sitting import open_here
from companion.wiring.seats import open_store
from tests.e2e.desktop import Desktop, wait_for
from tests.faults.searched_memory import forms, found_in

if sys.platform != "linux":
    pytest.skip("the memory of a process is a file on Linux", allow_module_level=True)

PASSPHRASE = "zebra-quokka-77-lantern"
SHOWN, NEVER_SHOWN = 123, 7
WINDOW, PICKER = "^随席$", "^找短语$"


def title(number: int) -> str:
    return f"标题金丝雀{number:04d}甲"


def body(number: int) -> str:
    return f"正文布谷鸟{number:04d}乙，一些很长的文字在这里"


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path)
    yield desktop
    desktop.close()


def raw(key: ProfileKey) -> bytes:
    return bytes(vars(key)["_key"])


def secrets_of(home: Path, copy: Path, passphrase: str) -> tuple[bytes, bytes]:
    """The profile key of a home, and the key that its passphrase wraps it with."""
    shutil.copytree(home, copy)
    session = open_here(Seat(copy, open_store, RecordingSecrets()), passphrase)
    (file,) = session.seat.sealed_folder(session.profile.id).glob("passphrase-*")
    slot = slots.read_slot(file.name, file.read_bytes(), session.profile.id)
    return raw(vars(session)["_key"]), bytes(slot.kdf.derive(passphrase, "t"))


def test_after_locking_neither_key_nor_passphrase_is_in_memory(
    desktop: Desktop, tmp_path: Path
) -> None:
    (tmp_path / "pw").write_text(PASSPHRASE + "\n", "utf-8")
    home, secret = str(tmp_path / "A"), ("--passphrase-file", str(tmp_path / "pw"))
    new = ("profile", "new", "--store", str(tmp_path / "store"), "--name", "林")
    desktop.companion("--home", home, *new, *secret)
    rows = "\n".join(f"{title(number)},{body(number)}" for number in range(300))
    (tmp_path / "t.csv").write_text(f"标题,内容\n{rows}", "utf-8")
    desktop.companion("--home", home, "phrases", "import", str(tmp_path / "t.csv"), *secret)
    key, wrapping = secrets_of(tmp_path / "A", tmp_path / "copy", PASSPHRASE)
    words = {
        "key": [key],
        "wrapping key": [wrapping],
        "passphrase": forms(PASSPHRASE),
        "shown": forms(title(SHOWN)) + forms(body(SHOWN)),
        "never shown": forms(title(NEVER_SHOWN)) + forms(body(NEVER_SHOWN)),
    }
    app = desktop.start(sys.executable, "-m", "companion", "--home", home)
    desktop.focus(desktop.window(WINDOW))
    desktop.type(PASSPHRASE)
    wait_for(lambda: "passphrase" in found_in(app.pid, words))
    desktop.keys("Return")
    desktop.gone(WINDOW)
    wait_for(lambda: found_in(app.pid, words).keys() >= {"key", "shown", "never shown"})
    desktop.start("xterm", "-T", "a terminal")
    desktop.focus(desktop.window("^a terminal$"))
    desktop.keys("ctrl+alt+space")
    picker = desktop.window(PICKER)
    wait_for(lambda: desktop.focused() == picker)
    desktop.type(str(SHOWN))
    desktop.keys("Escape")
    desktop.gone(PICKER)
    opened = found_in(app.pid, words)
    # Seen by whoever unlocks, in the field and on its way: nothing of it is kept while it is open.
    assert opened["key"] == 1
    assert "wrapping key" not in opened

    desktop.keys("ctrl+alt+k")
    desktop.window(WINDOW)

    def left() -> dict[str, int]:
        return found_in(app.pid, words)

    wait_for(lambda: "key" not in left(), 5)
    gone = {"passphrase", "wrapping key", "never shown"}
    wait_for(lambda: not left().keys() & gone, 5, lambda: str(left()))
    # Texts that windows have painted are freed, and overwritten as far as a program can.
    assert left().get("shown", 0) <= 4, left()
    # And it opens again.
    desktop.focus(desktop.window(WINDOW))
    desktop.type(PASSPHRASE)
    desktop.keys("Return")
    desktop.gone(WINDOW)
    wait_for(lambda: "key" in left())


def test_after_signing_out_the_next_agent_finds_no_word_in_memory(
    desktop: Desktop, tmp_path: Path
) -> None:
    (tmp_path / "pw").write_text(PASSPHRASE + "\n", "utf-8")
    home, secret = str(tmp_path / "A"), ("--passphrase-file", str(tmp_path / "pw"))
    agent = "林小雨金丝雀"
    new = ("profile", "new", "--store", str(tmp_path / "store"), "--name", agent)
    desktop.companion("--home", home, *new, *secret)
    rows = "\n".join(f"{title(number)},{body(number)}" for number in range(30))
    (tmp_path / "t.csv").write_text(f"标题,内容\n{rows}", "utf-8")
    desktop.companion("--home", home, "phrases", "import", str(tmp_path / "t.csv"), *secret)
    words = {
        "passphrase": forms(PASSPHRASE),
        "agent": forms(agent),
        "title": forms(title(NEVER_SHOWN)),
        "body": forms(body(NEVER_SHOWN)),
    }
    app = desktop.start(sys.executable, "-m", "companion", "--home", home)
    desktop.window(WINDOW)
    desktop.companion("--home", home, "unlock", *secret)
    wait_for(lambda: found_in(app.pid, words).keys() >= {"agent", "title", "body"})
    desktop.companion("--home", home, "sign-out")

    def left() -> dict[str, int]:
        return found_in(app.pid, words)

    # The app runs on for whoever sits down next, in the same account.
    wait_for(lambda: left().keys() <= {"agent"}, 5, lambda: str(left()))
    # The tray has shown the name: as with what windows have painted.
    assert left().get("agent", 0) <= 4, left()
