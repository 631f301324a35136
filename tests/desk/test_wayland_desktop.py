"""Companion on real Wayland desktops: the hotkey, the picker, the copy, and what is said of it."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desk.compositors import Compositor, Mutter, Notices, Sway, missing
from tests.desk.portal import MockPortal
from tests.e2e.desktop import wait_for

if sys.platform != "linux":
    pytest.skip("Wayland is Linux's", allow_module_level=True)

EDITOR = Path(__file__).parents[1] / "e2e" / "foreign_editor.py"
COPIER = Path(__file__).with_name("wayland_copier.py")
PASSPHRASE = "correct horse battery"
TITLE, BODY = "退款进度安抚", "钱没到账肯定惦记，我来查：退款 3 天内到。"
KEYS = "ctrl+alt+space"
ENTER, LEAVE = (re.compile(rf"wl_keyboard[@#]\d+\.{act}\(") for act in ("enter", "leave"))
TEXT, HTML = "您好 👋🏽，\n已为您登记", "<b>您好</b> 👋🏽"


@pytest.fixture(params=[Sway, Mutter], ids=["sway", "mutter"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Compositor]:
    kind: type[Compositor] = request.param
    if absent := missing(kind):
        pytest.skip(f"not installed: {' '.join(absent)}")
    desk = kind(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def gate(desk: Compositor) -> Iterator[MockPortal]:
    with MockPortal(desk.bus.address) as gate:
        yield gate


@pytest.fixture
def notices(desk: Compositor) -> Iterator[Notices]:
    notices = Notices(desk.bus.address)
    yield notices
    notices.end()


@dataclass
class Program:
    """A program that tells what it and the compositor say to each other."""

    log: Path

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def focused(self, times: int) -> None:
        """Wait until a window of it had the keyboard so many times, and has it now."""
        wait_for(lambda: len(ENTER.findall(self.said())) >= times)
        wait_for(lambda: len(LEAVE.findall(self.said())) == len(ENTER.findall(self.said())) - 1)


def run(desk: Compositor, log: Path, *command: str) -> Program:
    """Start a Python program that tells."""
    desk.start(sys.executable, *command, log=log, WAYLAND_DEBUG="1", LANG="zh_CN.UTF-8")
    return Program(log)


def signed_in(desk: Compositor, gate: MockPortal, folder: Path) -> Program:
    """The app with one phrase, after the agent has typed the passphrase."""
    (folder / "pw").write_text(PASSPHRASE, "utf-8")
    home, store = str(folder / "A"), (folder / "store").as_uri().replace("file:", "folder:")
    secret = ("--passphrase-file", str(folder / "pw"))
    new = ("profile", "new", "--store", store, "--name", "林")
    desk.companion("--home", home, *new, *secret)
    phrase = ("phrases", "add", "--title", TITLE, "--body", BODY)
    desk.companion("--home", home, *phrase, *secret)
    app = run(desk, folder / "app.log", "-m", "companion", "--home", home)
    wait_for(gate.bound)
    app.focused(1)
    desk.type(PASSPHRASE, "Return")
    find = (sys.executable, "-m", "companion", "--home", home, "phrases", "find", "tk", "--json")

    def found() -> bool:
        said = desk.run(*find, check=False)
        return bool(said) and bool(json.loads(said)["hits"])

    wait_for(found, 30)
    return app


def test_from_the_hotkey_to_the_paste(
    desk: Compositor, gate: MockPortal, notices: Notices, tmp_path: Path
) -> None:
    app = signed_in(desk, gate, tmp_path)
    chat, file = (
        run(desk, tmp_path / "chat.log", str(EDITOR), "edit", str(tmp_path / "t")),
        tmp_path / "t",
    )
    chat.focused(1)
    gate.press(KEYS, token="令牌-7")
    app.focused(2)
    desk.type("tk")
    if isinstance(desk, Sway):
        desk.picture(tmp_path / "picker.png")
    desk.type("", "Return")
    wait_for(lambda: notices.said)
    assert notices.said == ["已复制，回到刚才的窗口按 Ctrl V 粘贴。这个桌面不允许程序代为粘贴。"]
    chat.focused(2)
    desk.paste()
    wait_for(lambda: file.exists() and file.read_text("utf-8") == BODY)
    assert re.search(r'xdg_activation_v1[@#]\d+\.activate\("令牌-7", wl_surface', app.said())
    if isinstance(desk, Sway):
        # GNOME takes nothing from a program whose window has not the focus.
        desk.run(sys.executable, "-m", "companion", "--home", str(tmp_path / "A"), "sign-out")
        wait_for(lambda: not desk.clipboard())


@pytest.mark.parametrize("how", ["focused", "hides", "windowless"])
def test_text_and_html_are_copied_with_and_without_a_window(
    how: str, desk: Compositor, tmp_path: Path
) -> None:
    if how == "windowless" and isinstance(desk, Sway):
        pytest.skip("wlroots wants the number of a key press: nothing was ever typed here")
    file = tmp_path / "t"
    chat = run(desk, tmp_path / "chat.log", str(EDITOR), "edit", str(file))
    chat.focused(1)
    copier = run(desk, tmp_path / "copier.log", str(COPIER), how, TEXT, HTML)
    if how != "windowless":
        copier.focused(1)
        desk.type("", "Return")
    if how == "focused":
        # It stays, so that the other window must be asked for the text by hand.
        wait_for(lambda: "text/html" in desk.kinds())
    else:
        # Between the two windows the chat may have the focus for a moment.
        wait_for(lambda: "set_selection" in copier.said())
        chat.focused(2)
        desk.paste()
        wait_for(lambda: file.exists() and file.read_text("utf-8") == TEXT)
    assert desk.clipboard().decode() == TEXT
    assert desk.clipboard("text/html").decode() == HTML
