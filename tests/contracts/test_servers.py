"""The servers of the tests: none of their processes is left, however the tests end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.desktop import ROOT, wait_for

if sys.platform != "linux":
    pytest.skip("the servers are Debian's", allow_module_level=True)

from tests.contracts.servers import buckets, dovecot, webdav
from tests.contracts.servers.keeper import descendants
from tests.contracts.servers.kept import Kept

KINDS = {
    "apache": webdav.apache,
    "wsgidav": webdav.wsgidav,
    "rclone": webdav.rclone,
    "buckets of rclone": buckets.rclone,
    "moto": buckets.moto,
    "dovecot": dovecot.shared,
}
# What a run of tests does: start the server, have it work, say so, and end in some way.
RUN = """
import os, sys
from tests.contracts import test_servers
server = test_servers.KINDS[sys.argv[1]]()
if sys.argv[1] == "dovecot":
    # A mailbox that is open has a helper process of its own.
    from tests.contracts.servers.dovecot import MailboxPlace
    store = MailboxPlace(server=server).open()
    store.put("profile.json", b"x")
print("works", flush=True)
sys.stdin.readline()
if sys.argv[2] == "fails":
    raise RuntimeError
if sys.argv[2] == "aborts":
    os.abort()
"""


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended (the next of kin may take note of it late)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        *((kind, "is killed") for kind in KINDS),
        *(("apache", how) for how in ("ends", "fails", "aborts", "is ended")),
        *(("dovecot", how) for how in ("ends", "aborts")),
    ],
)
def test_no_process_of_a_server_outlives_the_tests(kind: str, how: str) -> None:
    before = descendants()
    with subprocess.Popen(
        [sys.executable, "-c", RUN, kind, how],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as run:
        assert run.stdout is not None and run.stdin is not None
        said = run.stdout.readline()
        if not said:
            pytest.skip(f"{kind} is not installed")
        # A keeper, the server itself, and its helpers, which may begin a little later.
        least = 4 if kind in ("apache", "dovecot") else 2
        wait_for(lambda: len(descendants() - before - {run.pid}) >= least)
        started = descendants() - before - {run.pid}
        if how == "is killed":
            run.send_signal(signal.SIGKILL)
        elif how == "is ended":
            run.send_signal(signal.SIGTERM)
        else:
            run.stdin.write(b"\n")
            run.stdin.flush()
        run.wait(30)
        wait_for(lambda: not any(alive(pid) for pid in started))


def test_what_a_server_left_behind_in_a_session_of_its_own_is_ended_too(tmp_path: Path) -> None:
    """A helper whose parent is gone, deaf to being asked."""
    helper = "trap '' TERM; while :; do sleep 1; done"
    before = descendants()
    (tmp_path / "served").mkdir()
    kept = Kept(
        ["sh", "-c", f'setsid sh -c "{helper}" & exec setsid sh -c "{helper}"'],
        said=subprocess.DEVNULL,
        folder=tmp_path / "served",
    )
    wait_for(lambda: len(descendants() - before) >= 4)
    started = descendants() - before
    kept.end()
    assert not any(alive(pid) for pid in started)
    assert not (tmp_path / "served").exists()
