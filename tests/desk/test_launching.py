"""The command that an agent gives to a shortcut of his own starts this Companion."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from companion.desk.launching import start_command


@pytest.mark.skipif(sys.platform == "win32", reason="the words of a POSIX shell")
def test_the_command_runs_from_anywhere(tmp_path: Path) -> None:
    command = [*shlex.split(start_command()), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "phrases" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the words of a POSIX shell")
def test_what_lies_in_the_folder_one_is_in_is_not_run(tmp_path: Path) -> None:
    planted = f"open({str(tmp_path / 'was here')!r}, 'w').close()\n"
    for name in ("argparse", "msgspec", "nacl", "companion", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(planted, "utf-8")
    home = str(tmp_path / "home")
    command = [*shlex.split(start_command()), "--home", home, "status", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "was here").exists()


def test_a_frozen_companion_is_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/my tools/companion")
    wanted = '"' if sys.platform == "win32" else "'"
    assert start_command() == f"{wanted}/opt/my tools/companion{wanted}"


def test_only_a_command_of_the_same_installation_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / ("companion.exe" if sys.platform == "win32" else "companion")
    program.write_text("", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start_command().endswith("-m companion")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert start_command() == "companion"
