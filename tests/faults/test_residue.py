"""After signing out nothing an agent wrote is left: disk, temp folder, clipboard, keyring, log."""

import json
import sys
from pathlib import Path

import pytest

from companion.desk.keyring_secrets import KeyringSecrets
from companion.desk.recording import RecordingSecrets
from companion.session.remembering import open_by_pin, remember
from companion.session.seat import Seat
from companion.session.sitting import sign_in
from companion.wiring.seats import open_store
from tests.cli.desks import Desk
from tests.e2e.desktop import Desktop, wait_for
from tests.faults.canaries import PASSPHRASE, Canaries, made

if sys.platform != "linux":
    pytest.skip("X11 and Secret Service are Linux's", allow_module_level=True)

from tests.contracts.secret_service import SecretService
from tests.contracts.test_secrets import at

PIN = "pin 金丝雀 24680"
EDITOR = Path(__file__).parents[1] / "e2e" / "foreign_editor.py"


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def test_the_search_finds_what_it_looks_for(tmp_path: Path, canaries: Canaries) -> None:
    word = canaries.word("planted")
    (tmp_path / "a").write_text(json.dumps({"x": word}), "utf-8")
    (tmp_path / "b").write_bytes(b"--" + word.encode("utf-16-le") + b"--")
    (tmp_path / word).write_bytes(b"")
    assert {path.name for path, _ in canaries.in_files(tmp_path)} == {"a", "b", word}


@pytest.mark.parametrize("reached", [True, False], ids=["pushed", "kept sealed"])
def test_signing_out_leaves_no_word_of_any_field(
    tmp_path: Path, canaries: Canaries, reached: bool
) -> None:
    card = made(tmp_path, canaries)
    home = tmp_path / "home"
    secrets = RecordingSecrets()
    seat = Seat(home, open_store, secrets)
    session = sign_in(seat, card.store, PASSPHRASE, card)
    remember(session, PIN)
    canaries.fill(session)
    session.save()
    if not reached:
        (tmp_path / "store").rename(tmp_path / "out of reach")
    said = session.sign_out()
    assert said.kept_sealed is not reached
    assert canaries.in_files(home, tmp_path) == []
    assert secrets.kept == {}
    assert said.traces == []


def test_after_signing_out_the_keyring_holds_nothing_of_the_profile(
    tmp_path: Path, canaries: Canaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = made(tmp_path, canaries)
    (tmp_path / "keys").mkdir()
    with SecretService(tmp_path / "keys") as service:
        service.start()
        secrets: KeyringSecrets = at(service, monkeypatch)
        seat = Seat(tmp_path / "home", open_store, secrets)
        session = sign_in(seat, card.store, PASSPHRASE, card)
        remember(session, PIN)
        open_by_pin(seat, PIN)
        name = f"profile key {session.profile.id}"
        assert secrets.get(name)
        session.sign_out()
        assert secrets.get(name) is None
        assert canaries.in_files(tmp_path) == []


# Each fails in a store that is gone, or with something wrong that it is given.
WRONG = (
    ("sync",),
    ("phrases", "import", "none.csv"),
    ("phrases", "export", "none/there/out.csv", "--format", "delimited"),
    ("phrases", "delete", "no-such-id"),
    ("phrases", "history", "no-such-id"),
    ("bookmarks", "import", "none.html"),
    ("bookmarks", "export", "none/there/out.html"),
    ("bookmarks", "open", "no such bookmark"),
    ("log", "export", "none/there/log.csv"),
    ("log", "add", "--hard", "99"),
    ("conflicts", "resolve", "no-such-id", "body", "--take", "1"),
    ("trash", "restore", "no-such-id"),
    ("profile", "check"),
    ("profile", "export", "none/there"),
    ("profile", "import", "none.json"),
    ("insert", "nothing of this name"),
    ("call", "ended", "--seconds", "-1"),
    ("sign-in", "--card", "companion1:none"),
)


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "words"])
def test_no_command_that_fails_says_a_word_of_what_was_written(
    tmp_path: Path, canaries: Canaries, caplog: pytest.LogCaptureFixture, as_json: bool
) -> None:
    card = made(tmp_path, canaries)
    desk = Desk(tmp_path / "home", knows={"passphrase": PASSPHRASE})
    sign_in(desk.seat(), card.store, PASSPHRASE, card)
    (tmp_path / "store").rename(tmp_path / "out of reach")
    for argv in WRONG:
        said = desk.run(*argv, *["--json"][:as_json], stdin=PASSPHRASE)
        assert said.code in (1, 2), argv
        assert not [word for word in canaries.words if word in said.err + said.out], argv
    assert not [word for word in canaries.words if word in caplog.text]


def test_a_shift_with_the_real_app_leaves_nothing_readable(
    tmp_path: Path, canaries: Canaries
) -> None:
    """Its home, its temp folder, everything else below HOME, the clipboard, and what was logged."""
    desktop = Desktop(tmp_path)
    try:
        card = made(tmp_path, canaries)
        (tmp_path / "tmp").mkdir()
        desktop.environment |= {"TMPDIR": str(tmp_path / "tmp")}
        (tmp_path / "card").write_text(card.text(), "utf-8")
        desktop.start(sys.executable, str(EDITOR), "own", str(tmp_path / "ready"))
        wait_for((tmp_path / "ready").exists)
        home = str(tmp_path / "home")
        app = desktop.start(sys.executable, "-m", "companion", "--home", home)
        desktop.window("^随席$|^Companion$")

        def asked(*argv: str) -> str:
            return desktop.companion("--home", home, *argv, check=False)

        wait_for(lambda: asked("status", "--json"))
        # The passphrase goes in by standard input, so that no file of the test holds it.
        desktop.run(
            sys.executable,
            *("-m", "companion", "--home", home, "sign-in", "--card", str(tmp_path / "card")),
            text=PASSPHRASE,
            check=True,
        )
        asked("phrases", "add", "--title", canaries.word("new"), "--body", canaries.word("body"))
        file = tmp_path / "inserted"
        editor = desktop.start(sys.executable, str(EDITOR), "edit", str(file))
        desktop.focus(desktop.window("^foreign editor$"))
        asked("insert", "later body")
        wait_for(lambda: file.exists() and "canary" in file.read_text("utf-8"))
        editor.terminate()
        editor.wait(10)
        file.unlink()
        (tmp_path / "store").rename(tmp_path / "out of reach")
        with (tmp_path / "said").open("w", encoding="utf-8") as said:
            for argv in (("sync",), ("insert", "nothing of this name"), ("profile", "check")):
                shell = 'err=$("$@" 2>&1); echo "$? $err"'
                command = (sys.executable, "-m", "companion", "--home", home, *argv)
                said.write(desktop.run("sh", "-c", shell, "sh", *command))
        (tmp_path / "out of reach").rename(tmp_path / "store")
        left = json.loads(asked("sign-out", "--json"))
        assert (left["traces"], left["kept_sealed"]) == ([], False)
        # It is as it was before the phrase went through it.
        desktop.run(sys.executable, str(EDITOR), "read", str(tmp_path / "clipboard"), check=True)
        assert "before" in (tmp_path / "clipboard").read_text("utf-8")
        app.terminate()
        app.wait(10)
        (tmp_path / "card").unlink()
        # What the programs of the desktop wrote lies here as well, and both outputs of ours.
        assert (tmp_path / "stderr").exists()
        assert (tmp_path / "said").read_text("utf-8").startswith("1 ")
        assert canaries.in_files(tmp_path) == []
    finally:
        desktop.close()
