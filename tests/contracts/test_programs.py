"""What every desk's programs must do: the recording ones, and those of this PC."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.desk.ports import Programs
from companion.desk.programs import LocalPrograms
from companion.desk.recording import RecordingPrograms

NOT_THERE = "companion-no-such-program"
COMM = Path("/proc/self/comm")
NAME = COMM.read_text().strip() if COMM.exists() else Path(sys.executable).name


@pytest.fixture(params=["recording", "local"])
def programs(request: pytest.FixtureRequest) -> Iterator[Programs]:
    if request.param == "recording":
        yield RecordingPrograms(here={sys.executable}, run_now={NAME})
    else:
        yield LocalPrograms()


def test_what_is_there_is_run_and_what_is_not_is_no_error(programs: Programs) -> None:
    assert programs.run([sys.executable, "-c", ""])
    assert not programs.run([NOT_THERE, "x"])


def test_a_process_is_known_by_its_name(programs: Programs) -> None:
    assert programs.running(NAME)
    assert not programs.running(NOT_THERE)
    assert not programs.running("")


def test_a_program_that_fails_or_takes_too_long_is_told() -> None:
    programs = LocalPrograms()
    assert not programs.run([sys.executable, "-c", "raise SystemExit(3)"])
    begun = time.monotonic()
    assert not programs.run([sys.executable, "-c", "input() or time.sleep(60)"], seconds=30)
    assert not programs.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="names are cut short on Linux")
def test_a_name_longer_than_the_system_keeps_is_found() -> None:
    script = "import time, ctypes; ctypes.CDLL(None).prctl(15, b'companion-longest', 0, 0, 0);"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{script} print('x', flush=True); time.sleep(60)"],
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        assert LocalPrograms().running("companion-longest")
    finally:
        process.kill()
        process.communicate()
