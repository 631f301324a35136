"""Has Qt speak to fcitx, the input method of most Chinese Linux desktops, before Qt begins.

PySide6 carries no plugin for fcitx, so that the usual ``QT_IM_MODULE=fcitx`` would leave an agent
without Chinese. It carries one for ibus, and fcitx answers to that as well.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

_NAMES = ("QT_IM_MODULE", "QT_IM_MODULES")


def corrections(environment: Mapping[str, str], plugins: Path | None = None) -> dict[str, str]:
    """The variables that have to be set otherwise, empty where Qt can do as it is told.

    ``plugins`` is Qt's folder of plugins, by default that of this Qt.
    """
    folder = plugins or Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    if list(folder.glob("platforminputcontexts/*fcitx*")):
        return {}
    found = {name: environment[name] for name in _NAMES if "fcitx" in environment.get(name, "")}
    return {name: ";".join(_known(said)) for name, said in found.items()}


def _known(said: str) -> list[str]:
    return ["ibus" if "fcitx" in module else module for module in said.split(";")]
