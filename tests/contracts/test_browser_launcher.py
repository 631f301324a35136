"""What every launcher of browsers promises: the recording one, and that of Linux with programs."""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.desk.browser_programs import BrowserPrograms
from companion.desk.ports import BrowserLauncher
from companion.desk.recording import RecordingBrowsers
from tests.e2e.desktop import wait_for

linux = pytest.mark.skipif(sys.platform != "linux", reason="the programs are scripts of Linux's")
Scene = tuple[BrowserLauncher, str, Callable[[], list[str]]]


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def programs(folder: Path) -> BrowserPrograms:
    """A desk with a Chromium that notes its arguments, which its desktop opens addresses with."""
    note = f'for each; do echo "$each"; done > {folder}/draft; mv {folder}/draft {folder}/said'
    script(folder / "bin/chromium", note)
    script(folder / "bin/xdg-settings", '[ "$1 $2" = "get default-web-browser" ] && echo c.desktop')
    entry = folder / "share/applications/c.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nName=C\nExec=chromium %U\n[Desktop Action x]\nExec=x\n")
    path = f"{folder}/bin:/usr/bin:/bin"
    variables = {"PATH": path, "HOME": str(folder), "XDG_DATA_DIRS": f"{folder}/share"}
    return BrowserPrograms(variables)


@pytest.fixture(params=["recording", pytest.param("programs", marks=linux)])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Scene:
    if request.param == "recording":
        known = RecordingBrowsers({"Chromium": "/bin/chromium"}, "/bin/chromium")
        return known, "/bin/chromium", lambda: known.started[-1][1:]
    said = tmp_path / "said"

    def read() -> list[str]:
        wait_for(said.is_file)
        return said.read_text("utf-8").splitlines()

    return programs(tmp_path), str(tmp_path / "bin/chromium"), read


def test_a_browser_is_found_by_its_name(scene: Scene) -> None:
    launcher, program, _ = scene
    assert launcher.executable("Chromium") == program
    assert launcher.executable("Opera") == ""


def test_the_usual_browser_is_the_one_of_the_desktop(scene: Scene) -> None:
    launcher, program, _ = scene
    assert launcher.usual() == program


def test_a_program_is_started_with_its_arguments_as_they_are(scene: Scene) -> None:
    launcher, program, said = scene
    arguments = ["http://x/?a=1&b=$(c)", "a b\"'", "退款"]
    assert launcher.start([program, *arguments])
    assert said() == arguments


@linux
def test_what_cannot_be_started_is_told(tmp_path: Path) -> None:
    desk = programs(tmp_path)
    assert not desk.start([str(tmp_path / "none"), "http://x/"])


@linux
@pytest.mark.parametrize(
    "entry", ["Exec=env A=1 chromium %U", "Exec=none %U", 'Exec="', "Name=x", "[", "\udcff"]
)
def test_a_desktop_file_that_is_not_plain_names_no_program(entry: str, tmp_path: Path) -> None:
    desk = programs(tmp_path)
    file = tmp_path / "share/applications/c.desktop"
    file.write_bytes(b"[Desktop Entry]\n" + entry.encode("utf-8", "surrogateescape"))
    assert desk.usual() == ""
    script(tmp_path / "bin/xdg-settings", "echo ../../c.desktop")
    assert desk.usual() == ""
    script(tmp_path / "bin/xdg-settings", "exit 1")
    assert desk.usual() == ""
