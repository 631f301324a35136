"""What Windows says of an agent's going, by real messages of another process, and idle time."""

import ctypes
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.desk import win32_api
from companion.desk.ports import Going
from companion.desk.win32_presence import Win32Presence
from tests.desk.listeners import Listener
from tests.windows.desktop import CTRL, press, wait_until
from tests.windows.inserting import Hands

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

QUERY_END, END, POWER, SESSION = 0x11, 0x16, 0x218, 0x2B1
SUSPEND, RESUME = 4, 7
CONSOLE_AWAY, REMOTE_AWAY, LOCK, UNLOCK = 2, 4, 7, 8

# Another process: sends each message that it reads to the window of our class, and says what it
# was answered with. As Windows does, it looks among the top-level windows only.
SENDER = """
import ctypes, sys
from ctypes import wintypes
user32 = ctypes.WinDLL("user32")
user32.FindWindowExW.restype = wintypes.HWND
user32.FindWindowExW.argtypes = [wintypes.HWND, wintypes.HWND, wintypes.LPCWSTR, wintypes.LPCWSTR]
user32.GetDesktopWindow.restype = wintypes.HWND
user32.SendMessageW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM]
user32.PostMessageW.argtypes = user32.SendMessageW.argtypes
for line in sys.stdin:
    act, message, number = line.split()
    window = user32.FindWindowExW(user32.GetDesktopWindow(), None, "CompanionPresence", None)
    print(user32[act](window, int(message), int(number), 0) if window else "none", flush=True)
"""


@pytest.fixture
def agent() -> Iterator[Listener]:
    listener = Listener(Win32Presence())
    yield listener
    listener.presence.close()
    assert "presence" not in [thread.name for thread in threading.enumerate()]


class Windows:
    """Speaks as Windows does, from a process of its own."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", SENDER]
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1)

    def ask(self, message: int, number: int, act: str = "SendMessageW") -> None:
        """Send a message, whose answer is waited for by answer() only."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{act} {message} {number}\n")

    def answer(self) -> str:
        """What the oldest message without an answer is answered with."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def say(self, message: int, number: int, act: str = "SendMessageW") -> str:
        """Send a message and wait for its answer."""
        self.ask(message, number, act)
        return self.answer()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def windows_says() -> Iterator[Windows]:
    windows = Windows()
    # It is there once it has answered.
    windows.say(0, 0)
    yield windows
    windows.end()


@pytest.mark.parametrize("why", [LOCK, CONSOLE_AWAY, REMOTE_AWAY])
@pytest.mark.parametrize("act", ["SendMessageW", "PostMessageW"])
def test_a_session_that_is_locked_or_left_is_heard(
    why: int, act: str, agent: Listener, windows_says: Windows
) -> None:
    for other in (UNLOCK, 1, 3, 5):
        windows_says.say(SESSION, other, act)
    windows_says.say(SESSION, why, act)
    agent.hears(Going.LOCKED)
    agent.is_safe()


@pytest.mark.parametrize(
    ("said", "going", "answered"),
    [
        ((POWER, SUSPEND), Going.SLEEPS, "1"),
        ((QUERY_END, 0), Going.ENDS, "1"),
        # As it is where a program is not asked.
        ((END, 1), Going.ENDS, "0"),
    ],
)
def test_sleep_and_the_end_wait_for_our_answer(
    said: tuple[int, int], going: Going, answered: str, agent: Listener, windows_says: Windows
) -> None:
    answers: list[str] = []
    windows_says.ask(*said)
    reading = threading.Thread(target=lambda: answers.append(windows_says.answer()))
    reading.start()
    agent.hears(going)
    time.sleep(0.3)
    assert not answers
    agent.is_safe()
    reading.join(1.0)
    assert answers == [answered]


def test_windows_is_not_held_up_for_more_than_two_seconds(
    agent: Listener, windows_says: Windows
) -> None:
    for message, number in ((POWER, SUSPEND), (QUERY_END, 0)):
        began = time.monotonic()
        windows_says.say(message, number)
        assert 1.5 < time.monotonic() - began < 3.0
    agent.hears(Going.SLEEPS, Going.ENDS)


def test_an_end_is_told_once_and_another_one_anew(agent: Listener, windows_says: Windows) -> None:
    def safe_at_once(going: Going, safe: Callable[[], None]) -> None:
        agent.heard.append(going)
        safe()

    agent.presence.listen(safe_at_once)
    # Called off by another program, which is no going, and neither is coming back.
    assert windows_says.say(QUERY_END, 0) == "1"
    assert windows_says.say(END, 0) == "0"
    windows_says.say(POWER, RESUME)
    agent.hears(Going.ENDS)
    assert windows_says.say(QUERY_END, 0) == "1"
    assert windows_says.say(END, 1) == "0"
    agent.hears(Going.ENDS, Going.ENDS)


def test_closing_lets_windows_go_on_and_hears_no_more(
    agent: Listener, windows_says: Windows
) -> None:
    windows_says.ask(END, 1)
    agent.hears(Going.ENDS)
    began = time.monotonic()
    agent.presence.close()
    assert windows_says.answer() == "0"
    assert time.monotonic() - began < 1.0
    assert windows_says.say(SESSION, LOCK) == "none"
    agent.presence.close()
    agent.is_safe()
    agent.presence.listen(lambda *_: agent.heard.append(Going.SLEEPS))
    assert windows_says.say(SESSION, LOCK) == "none"
    assert agent.heard == [Going.ENDS]


def test_one_who_is_told_may_close(agent: Listener, windows_says: Windows) -> None:
    def close(going: Going, _safe: Callable[[], None]) -> None:
        agent.presence.close()
        agent.heard.append(going)

    agent.presence.listen(close)
    began = time.monotonic()
    windows_says.say(POWER, SUSPEND)
    assert time.monotonic() - began < 1.0
    agent.hears(Going.SLEEPS)
    assert wait_until(lambda: windows_says.say(SESSION, LOCK) == "none")


def test_one_who_fails_when_told_holds_nothing_up_and_hears_the_next(
    agent: Listener, windows_says: Windows, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(going: Going, _safe: Callable[[], None]) -> None:
        agent.heard.append(going)
        raise ValueError

    agent.presence.listen(fail)
    began = time.monotonic()
    windows_says.say(END, 1)
    assert time.monotonic() - began < 1.0
    windows_says.say(SESSION, LOCK)
    agent.hears(Going.ENDS, Going.LOCKED)
    assert "ValueError" in caplog.text


def test_the_desk_has_it(hands: Hands) -> None:
    assert type(hands.desk.presence) is Win32Presence
    assert hands.desk.presence.idle_s() is not None


def test_idle_time_grows_until_a_key_is_pressed() -> None:
    presence = Win32Presence()
    press(CTRL)
    assert wait_until(lambda: (presence.idle_s() or 0) > 0.4)
    press(CTRL)
    idle = presence.idle_s()
    assert idle is not None and idle < 0.4


@pytest.mark.parametrize(
    ("now", "last", "idle"),
    [
        (90_500, 500, 90.0),
        # The ticks have gone round.
        (400, 2**32 - 600, 1.0),
        # The key is a little newer than the clock.
        (1_000, 1_016, 0.0),
        (2**32 - 1, 8, 0.0),
    ],
)
def test_ticks_go_round_after_seven_weeks(
    now: int, last: int, idle: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(info: "ctypes._CArgObject") -> int:
        found = ctypes.cast(info, ctypes.POINTER(win32_api.LastInputInfo)).contents
        assert found.size == 8
        found.tick = last
        return 1

    monkeypatch.setattr(win32_api, "get_last_input_info", tell)
    monkeypatch.setattr(win32_api, "get_tick_count", lambda: now)
    assert Win32Presence().idle_s() == idle


def test_a_session_without_keys_says_no_idle_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(win32_api, "get_last_input_info", lambda _: 0)
    assert Win32Presence().idle_s() is None


@pytest.mark.parametrize("kind", ["plain", "windows"])
def test_a_session_of_windows_that_really_ends_waits_for_us(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "said"
    # On a desktop of its own: whatever has a window on it is ended.
    desktop = ["explorer.exe", "/desktop=leaving,320x240"]
    command = [*desktop, sys.executable, "-m", "tests.windows.leaver", str(file), kind]
    with subprocess.Popen(command) as shell:
        try:
            assert wait_until(lambda: _said(file) == ["ready"], 30)
            subprocess.run([*desktop, "wineboot.exe", "--end-session"], check=False, timeout=30)
            # Killed before it could say so, it would never have been safe.
            assert wait_until(lambda: _said(file) == ["ready", "ends", "safe"])
        finally:
            shell.kill()


def _said(file: Path) -> list[str]:
    return file.read_text("utf-8").split() if file.exists() else []
