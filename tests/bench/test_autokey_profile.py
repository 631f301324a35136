"""The profile that AutoKey is measured with is one that AutoKey itself reads as it is meant."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from build_spec.bench.autokey import write_profile
from build_spec.bench.rival import COUNT, LONG, SHORT, pieces

PROGRAM = """
import gettext, json, sys
gettext.install('autokey')
from autokey import service, model
folder = model.Folder("", path=sys.argv[1])
folder.load(None)
print(json.dumps([[item.description, item.phrase, item.sendMode.value, item.hotKey,
                   [mode.value for mode in item.modes]] for item in folder.items]))
"""


def test_the_pieces_are_as_long_as_they_are_said_to_be() -> None:
    assert len(pieces()[SHORT]) == 450
    assert len(pieces()[LONG]) == 5_000
    assert pieces()[LONG].count("\n") == 59
    assert len(set(pieces())) == 9


@pytest.mark.skipif(not shutil.which("autokey-gtk"), reason="autokey-gtk is not installed")
def test_autokey_reads_its_phrases_and_hotkeys(tmp_path: Path) -> None:
    write_profile(tmp_path)
    data = tmp_path / "autokey" / "data"

    def read(name: str) -> list[list[object]]:
        command = ["/usr/bin/python3", "-c", PROGRAM, str(data / name)]
        home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        done = subprocess.run(command, env=home, capture_output=True, text=True, check=True)
        found: list[list[object]] = json.loads(done.stdout)
        return found

    assert len(read("phrases")) == COUNT
    assert {(text, mode, key) for _, text, mode, key, modes in read("pieces") if modes == [3]} == {
        *((text, "<ctrl>+v", f"<f{number + 1}>") for number, text in enumerate(pieces())),
        (pieces()[SHORT], "kb", "<f10>"),
    }
    assert {text for _, text, _, key, modes in read("menu") if not modes and not key} == set(
        pieces()
    )
