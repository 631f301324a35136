"""Another user of the same machine does not reach the running app, wherever its socket lies."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.runtime.address import server_address
from companion.runtime.instance import Instance

if sys.platform != "linux" or os.geteuid() != 0:
    pytest.skip("only the superuser can be another user", allow_module_level=True)

CONNECT = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def connected(address: str, user: str) -> subprocess.CompletedProcess[str]:
    """What comes of connecting as a user."""
    return subprocess.run(
        ["/usr/bin/python3", "-c", CONNECT, address],
        user=pwd.getpwnam(user).pw_uid,
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )


@pytest.mark.parametrize("deep", [False, True], ids=["in the home", "among temporary files"])
def test_only_its_own_user_reaches_it(qtbot: QtBot, open_folder: Path, deep: bool) -> None:
    # A home so deep has its socket in the folder for everybody's temporary files.
    run = open_folder / ("d" * 120 if deep else "run")
    instance = Instance(run)
    assert instance.take(lambda _message, _answer: None)
    try:
        address = server_address(run)
        assert address.startswith(str(run)) is not deep
        # The folder alone shall not be what keeps others out.
        run.chmod(0o755)
        assert connected(address, "root").returncode == 0
        assert "PermissionError" in connected(address, "nobody").stderr
    finally:
        instance.release()
