"""Chinese input methods in our windows: Qt's wheels bring a plugin for IBus and none for Fcitx."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

_ONE, _LIST = "QT_IM_MODULE", "QT_IM_MODULES"
_FCITX = ("fcitx", "fcitx5")


def input_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """What to set, before the QApplication is made, so that Fcitx can be typed with.

    Fcitx answers where IBus would. Nothing is set where Qt has a plugin of Fcitx's own, or where
    Fcitx does not run.
    """
    return {} if _has_plugin() else _by_ibus(environment)


def _by_ibus(environment: Mapping[str, str]) -> dict[str, str]:
    named = {name: environment[name] for name in (_ONE, _LIST) if environment.get(name)}
    if named:
        changed = {name: ";".join(_renamed(value)) for name, value in named.items()}
        return {name: value for name, value in changed.items() if value != named[name]}
    # On Wayland the compositor stands between; without a name Qt asks it.
    runs = "fcitx" in environment.get("XMODIFIERS", "")
    return {_ONE: "ibus"} if runs and not environment.get("WAYLAND_DISPLAY") else {}


def _renamed(modules: str) -> list[str]:
    return list(dict.fromkeys("ibus" if each in _FCITX else each for each in modules.split(";")))


def _has_plugin() -> bool:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return any((folder / "platforminputcontexts").glob("*fcitx*"))
