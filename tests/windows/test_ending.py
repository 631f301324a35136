"""Windows ends the user's session: asked by WM_QUERYENDSESSION the app saves and signs out."""

import ctypes
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest

from companion.desk.desktop_session import desktop_names
from tests.windows.companion_desk import TITLE, Desk
from tests.windows.desktop import find_window, wait_until

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

QUERY_END_SESSION, END_SESSION = 0x0011, 0x0016
ABORT_IF_HUNG = 0x0002
PICKER, SIGN_IN = "找短语", "随席"
MOST_S = 2.0

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_send = _user32.SendMessageTimeoutW
_send.argtypes = [
    *(wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM, wintypes.UINT),
    *(wintypes.UINT, ctypes.POINTER(ctypes.c_size_t)),
]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[tuple[Desk, "subprocess.Popen[str]"]]:
    desk = Desk(tmp_path)
    profile = desk.make_profile()
    desk.run("sync", *desk.secret)
    desk.run("sign-out", *desk.secret)
    app = desk.start()
    assert wait_until(lambda: find_window(SIGN_IN) != 0, 30)
    assert wait_until(lambda: desk.answers() == "not_signed_in", 30)
    desk.run("sign-in", "--store", str(desk.store), *desk.secret)
    assert profile
    assert wait_until(lambda: desk.finds("tk"), 30)
    yield desk, app
    desk.close()


def test_asked_whether_the_session_may_end_it_signs_out_in_time(
    app: tuple[Desk, "subprocess.Popen[str]"],
) -> None:
    desk, process = app
    desk.run("phrases", "add", "--title", "后来写的", "--body", "x")
    # A second start brings up the picker: Windows asks each of its windows, and one will do.
    desk.run()
    assert wait_until(lambda: find_window(PICKER) != 0, 20)
    window = find_window(PICKER)
    answer = ctypes.c_size_t()
    began = time.monotonic()
    sent = _send(window, QUERY_END_SESSION, 0, 0, ABORT_IF_HUNG, 5_000, ctypes.byref(answer))
    assert sent and answer.value
    _send(window, END_SESSION, 1, 0, ABORT_IF_HUNG, 5_000, ctypes.byref(answer))
    assert process.wait(10) == 0
    assert time.monotonic() - began < MOST_S
    assert not (desk.home / "desk.toml").exists()
    desk.run("sign-in", "--store", str(desk.store), *desk.secret)
    listed = json.loads(desk.run("phrases", "list", *desk.secret, "--json"))["phrases"]
    assert {one["title"] for one in listed} == {TITLE, "后来写的"}


def test_this_desktop_has_a_name() -> None:
    assert desktop_names()[0].startswith("session ")
