"""kill -9 of real processes after every write to the disk: what was saved is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.killing import CREATE
from tests.faults.works import WORKS

if sys.platform == "win32":
    pytest.skip("SIGKILL is not Windows'", allow_module_level=True)

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("work", [CREATE, *WORKS])
def test_killed_after_any_write_a_new_process_has_all_that_was_saved(
    tmp_path: Path, work: str
) -> None:
    # An object is a file made, flushed and renamed, and its folder flushed: four acts.
    assert killed_by("tests.faults.killing", tmp_path, work) >= 4


@pytest.mark.parametrize("work", WORKS)
def test_killed_after_any_write_nothing_is_readable_and_all_can_be_cleared(
    tmp_path: Path, work: str
) -> None:
    assert killed_by("tests.faults.killed_traces", tmp_path, work) >= 4


def killed_by(module: str, folder: Path, work: str) -> int:
    """How many processes were killed, at as many moments of a work."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(folder), work],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return int(done.stdout)
