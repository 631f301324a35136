"""Titles of real X11 windows, by whichever property and encoding a program writes them."""

import sys
from collections.abc import Iterator

import pytest

from companion.desk.ports import Target
from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

from Xlib import X
from Xlib.display import Display

from companion.desk.x11 import X11Windows

GB2312 = b"\x1b$(A" + bytes(byte & 0x7F for byte in "客户会话".encode("gb2312"))
UTF8 = b"\x1b%G" + "退款 — 客户".encode() + b"\x1b%@"
UNKNOWN = b"\x1b$(Gxx"


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    yield desktop
    desktop.close()


@pytest.fixture
def screen(desktop: Desktop) -> Iterator[Display]:
    screen = Display(desktop.environment["DISPLAY"])
    yield screen
    screen.close()


@pytest.fixture
def windows(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> X11Windows:
    monkeypatch.setenv("DISPLAY", desktop.environment["DISPLAY"])
    return X11Windows()


def show(screen: Display, desktop: Desktop, titles: dict[str, tuple[str, bytes]]) -> int:
    """A window of an old program with the focus; ``titles`` are its properties of text."""
    root = screen.screen().root
    window = root.create_window(50, 50, 300, 200, 0, X.CopyFromParent)
    window.set_wm_class("OldChat", "OldChat")
    for name, (kind, value) in titles.items():
        window.change_property(screen.intern_atom(name), screen.intern_atom(kind), 8, value)
    window.map()
    screen.sync()
    desktop.focus(str(window.id))
    return int(window.id)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (("COMPOUND_TEXT", GB2312), "客户会话"),
        (("COMPOUND_TEXT", UTF8), "退款 — 客户"),
        (("COMPOUND_TEXT", b"plain"), "plain"),
        (("COMPOUND_TEXT", UNKNOWN), ""),
        (("STRING", b"caf\xe9"), "café"),
        (("UTF8_STRING", "客户".encode()), "客户"),
    ],
    ids=["gb2312", "utf-8 inside", "ascii", "unknown set", "latin", "utf-8"],
)
def test_an_old_programs_title_is_read(
    screen: Display, desktop: Desktop, windows: X11Windows, written: tuple[str, bytes], title: str
) -> None:
    handle = show(screen, desktop, {"WM_NAME": written})
    found = windows.focused()
    assert found == Target(handle, "oldchat", title)
    assert found.name == (title or "oldchat")
    assert windows.is_focused(found)


def test_a_window_without_any_title_is_still_a_target(
    screen: Display, desktop: Desktop, windows: X11Windows
) -> None:
    handle = show(screen, desktop, {})
    assert windows.focused() == Target(handle, "oldchat", "")


def test_an_empty_modern_title_does_not_hide_the_old_one(
    screen: Display, desktop: Desktop, windows: X11Windows
) -> None:
    titles = {"_NET_WM_NAME": ("UTF8_STRING", b""), "WM_NAME": ("COMPOUND_TEXT", GB2312)}
    handle = show(screen, desktop, titles)
    wait_for(lambda: windows.focused() == Target(handle, "oldchat", "客户会话"))


def test_the_modern_title_comes_first(
    screen: Display, desktop: Desktop, windows: X11Windows
) -> None:
    titles = {
        "_NET_WM_NAME": ("UTF8_STRING", "新的".encode()),
        "WM_NAME": ("COMPOUND_TEXT", GB2312),
    }
    handle = show(screen, desktop, titles)
    assert windows.focused() == Target(handle, "oldchat", "新的")
