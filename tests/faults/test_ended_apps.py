"""The real app, ended softly, by force and by kill -9: what is left, and who may read it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.session.leftovers import leftovers, stand_down
from companion.session.seat import Seat
from companion.session.sitting import sign_in
from companion.wiring.seats import open_store
from tests.e2e.desktop import Desktop, wait_for
from tests.faults.canaries import PASSPHRASE, Canaries, made

if sys.platform != "linux":
    pytest.skip("/proc and X11 are Linux's", allow_module_level=True)

# From the signal to the end of the process.
MOST_S = 2.0


class Shift:
    """The real app on a desktop of its own, with somebody signed in and everything in folders."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.desktop = Desktop(folder)
        (folder / "tmp").mkdir()
        self.desktop.environment |= {
            "TMPDIR": str(folder / "tmp"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_DATA_HOME": str(folder / "data"),
        }
        self.canaries = Canaries()
        self.card = made(folder, self.canaries)
        self.app = self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        app = self.desktop.start(sys.executable, "-m", "companion", "--home", str(self.home))
        # Until then a command would not find it, and open the profile itself.
        self.desktop.window("^随席$|^Companion$")
        wait_for(lambda: self.asked("status", "--json"))
        return app

    def asked(self, *argv: str, text: str = "") -> str:
        """A command, with what is typed into it; what it printed."""
        command = (sys.executable, "-m", "companion", "--home", str(self.home), *argv)
        return self.desktop.run(*command, text=text)

    def sit_down(self) -> None:
        file = self.folder / "card"
        file.write_text(self.card.text(), "utf-8")
        self.asked("sign-in", "--card", str(file), text=PASSPHRASE)
        file.unlink()
        title, body = (self.canaries.word(name) for name in ("added", "added body"))
        # The words go in by a file that is gone again: what is looked for is what the app leaves.
        table = self.folder / "table.csv"
        table.write_text(f"分组,标题,内容\n售后,{title},{body}\n", "utf-8")
        assert json.loads(self.asked("phrases", "import", str(table), "--json"))["added"] == 1
        table.unlink()

    def seat(self) -> Seat:
        return Seat(self.home, open_store, RecordingSecrets())

    def left(self) -> list[str]:
        """What is readable anywhere below this shift's folder, and what others may read of ours.

        Who sits here is said in the settings, as long as he does.
        """
        settings = self.home / "desk.toml"
        found = self.canaries.in_files(self.folder)
        wrong = [f"{path}: {word}" for path, word in found if path != settings]
        for path in [self.home, *self.home.rglob("*")]:
            wide = path.lstat().st_mode & 0o077
            if wide and not path.is_socket():
                wrong.append(f"{path} is {path.lstat().st_mode & 0o777:o}")
        return wrong

    def close(self) -> None:
        self.desktop.close()


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    shift = Shift(tmp_path)
    yield shift
    shift.close()


def processes() -> list[Path]:
    return [path for path in Path("/proc").iterdir() if path.name.isdigit()]


def test_no_process_has_a_word_in_its_arguments_or_its_environment(shift: Shift) -> None:
    shift.sit_down()
    seen = 0
    for process in processes():
        for name in ("cmdline", "environ"):
            try:
                said = (process / name).read_bytes()
            except OSError:
                continue
            if str(shift.home).encode() in said:
                seen += 1
            assert not [word for word in shift.canaries.words if word.encode() in said]
    assert seen


def test_during_a_whole_trip_every_file_is_this_users_alone(shift: Shift) -> None:
    assert shift.left() == []
    shift.sit_down()
    assert shift.left() == []
    shift.asked("sync")
    shift.asked("profile", "check", "--mend")
    assert shift.left() == []
    (shift.folder / "store").rename(shift.folder / "away")
    answer = json.loads(
        shift.asked("sign-out", "--json", "--hand-over", str(shift.home / "mine.waiting"))
    )
    assert answer["kept_sealed"] and answer["traces"] == []
    assert shift.left() == []
    (shift.folder / "away").rename(shift.folder / "store")


def test_it_looks_where_programs_keep_what_they_had_to_do_with(shift: Shift) -> None:
    shift.sit_down()
    word = shift.canaries.words[-1]
    kept = shift.folder / "cache" / "chat" / "recent.log"
    kept.parent.mkdir(parents=True)
    kept.write_text(f"... {word} ...", "utf-8")
    out = json.loads(shift.asked("sign-out", "--json"))
    assert [(one["where"], one["why"]) for one in out["traces"]] == [(str(kept), "cache")]
    assert {"home", "temp", "cache"} <= set(out["looked"]["places"])
    kept.unlink()


def test_ended_by_force_it_signs_out_in_time_and_nothing_is_readable(shift: Shift) -> None:
    shift.sit_down()
    began = time.monotonic()
    shift.app.terminate()
    assert shift.app.wait(10) == 0
    assert time.monotonic() - began < MOST_S
    assert shift.left() == []
    assert not (shift.home / "desk.toml").exists()
    back = sign_in(shift.seat(), shift.card.store, PASSPHRASE, shift.card)
    assert shift.canaries.words[-1] in {phrase.body for phrase in back.profile.phrases()}


@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_killed_at_any_moment_of_signing_out_nothing_is_readable(
    shift: Shift, after_s: float
) -> None:
    shift.sit_down()
    command = (sys.executable, "-m", "companion", "--home", str(shift.home), "sign-out")
    asking = shift.desktop.start(*command)
    # So long that it has reached the app, or not quite: each moment is to be met.
    time.sleep(0.2 + after_s)
    os.kill(shift.app.pid, signal.SIGKILL)
    shift.app.wait(10)
    asking.wait(90)
    assert shift.left() == []
    shift.app = shift.start()
    seat = shift.seat()
    if seat.settings.read()["profile"]:
        stand_down(seat)
    assert shift.left() == []
    back = sign_in(seat, shift.card.store, PASSPHRASE, shift.card)
    assert shift.canaries.words[-1] in {phrase.body for phrase in back.profile.phrases()}
    assert leftovers(seat) == []
