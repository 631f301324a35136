"""Each kind of PC gets the adapters that fit it."""

import os
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.desk.clipboard import QtClipboard
from companion.desk.copy_only import CopyOnlyHotkeys, CopyOnlyTypist, CopyOnlyWindows, NoPresence
from companion.desk.wayland_clipboard import WaylandClipboard
from companion.wiring import desktop
from companion.wiring.desktop import DeskKind, adapters, desk_kind, prepare

if sys.platform != "linux":
    pytest.skip("here Linux and macOS are tried", allow_module_level=True)

X, W = {"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}


@pytest.mark.parametrize(
    ("platform", "environment", "kind"),
    [
        ("win32", {}, DeskKind.WINDOWS),
        ("win32", X | W, DeskKind.WINDOWS),
        ("linux", X, DeskKind.X11),
        ("linux", W, DeskKind.WAYLAND),
        # XWayland: an X server that knows the windows of X programs only.
        ("linux", X | W, DeskKind.WAYLAND),
        ("linux", X | {"WAYLAND_DISPLAY": ""}, DeskKind.X11),
        ("linux", {}, DeskKind.COPY_ONLY),
        ("darwin", {}, DeskKind.COPY_ONLY),
        ("darwin", X, DeskKind.COPY_ONLY),
        ("freebsd14", X, DeskKind.COPY_ONLY),
    ],
)
def test_the_kind_of_a_desk(platform: str, environment: dict[str, str], kind: DeskKind) -> None:
    assert desk_kind(platform, environment) is kind


def desk_of(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> desktop.DeskAdapters:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    made = adapters()
    made.hotkeys.close()
    made.presence.close()
    return made


def test_wayland_copies_and_asks_the_portal(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.desk.linux_presence import LinuxPresence
    from companion.desk.wayland import WaylandHotkeys

    # Qt is on no X server that this could ask.
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.platformName", lambda: "offscreen")
    made = desk_of(monkeypatch, X | W)
    kinds = (WaylandHotkeys, CopyOnlyWindows, CopyOnlyTypist, LinuxPresence)
    found = (made.hotkeys, made.windows, made.typist, made.presence)
    assert all(isinstance(part, kind) for part, kind in zip(found, kinds, strict=True))
    # Qt itself is not on Wayland here, and so is its clipboard.
    assert type(made.clipboard) is QtClipboard
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.platformName", lambda: "wayland")
    assert type(desk_of(monkeypatch, W).clipboard) is WaylandClipboard


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="there is no X server here")
def test_x11_types_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.desk.linux_presence import LinuxPresence
    from companion.desk.x11 import X11Typist, X11Windows
    from companion.desk.x11_hotkeys import X11Hotkeys

    made = desk_of(monkeypatch, {"DISPLAY": os.environ["DISPLAY"]})
    kinds = (X11Hotkeys, X11Windows, X11Typist, QtClipboard, LinuxPresence)
    found = (made.hotkeys, made.windows, made.typist, made.clipboard, made.presence)
    assert all(type(part) is kind for part, kind in zip(found, kinds, strict=True))
    # No bus is asked: the X server knows it.
    assert made.presence.idle_s() is not None


@pytest.mark.parametrize(("platform", "keys"), [("darwin", "⌘V"), ("linux", "Ctrl V")])
def test_elsewhere_phrases_are_copied_and_the_keys_are_named(
    platform: str, keys: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.platformName", lambda: "offscreen")
    made = desk_of(monkeypatch, {})
    kinds = (CopyOnlyHotkeys, CopyOnlyWindows, CopyOnlyTypist, QtClipboard, NoPresence)
    found = (made.hotkeys, made.windows, made.typist, made.clipboard, made.presence)
    assert all(type(part) is kind for part, kind in zip(found, kinds, strict=True))
    assert made.paste_keys == keys


def test_the_input_method_is_chosen_before_qt_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    monkeypatch.delenv("QT_IM_MODULES", raising=False)
    prepare()
    assert os.environ["QT_IM_MODULE"] == "ibus"


def test_a_start_hands_its_right_to_the_focus_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "令牌")
    assert desktop.given_token() == "令牌"
    desktop.focus_with("another")
    assert desktop.given_token() == "another"
    desktop.focus_with("")
    assert desktop.given_token() == ""
    assert "XDG_ACTIVATION_TOKEN" not in os.environ


def test_no_other_module_names_an_adapter_of_wayland() -> None:
    root = Path(desktop.__file__).parents[1]
    naming = [
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "desk.wayland" in path.read_text("utf-8")
    ]
    assert naming == ["wiring/desktop.py"]
