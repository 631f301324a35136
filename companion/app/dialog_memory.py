"""What Qt's file dialogs keep of folders and files for the next one: nothing here."""

import os
import sys

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

_GROUP = "FileDialog"


class DialogMemory:
    """To be made before the QApplication.

    The desktop's own dialogs (Windows, GTK) put what was chosen into its lists of recent files, and
    offer no way to ask them not to: so ours are Qt's. Those write one settings file, here into
    nothing; on Windows that is a key of the registry, which is put back as it was.
    """

    def __init__(self) -> None:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
        self._before = self._kept() if sys.platform == "win32" else {}

    def forget(self) -> None:
        """Leave nothing of what was chosen since."""
        if sys.platform == "win32":
            settings = _settings()
            settings.remove("")
            for key, value in self._before.items():
                settings.setValue(key, value)
            settings.sync()

    @staticmethod
    def _kept() -> dict[str, object]:
        settings = _settings()
        return {key: settings.value(key) for key in settings.allKeys()}


def _settings() -> QSettings:
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.beginGroup(_GROUP)
    return settings
