"""Qt's own words, in its dialogs and context menus, in the agent's language."""

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

_NAMES = {"zh": "zh_CN", "en": "en"}
# What Qt's own Chinese catalogue has no words for, in the windows that we show.
_MISSING = {
    "zh": {
        ("QAbstractFileIconProvider", "Drive"): "驱动器",
        ("QAbstractFileIconProvider", "Folder"): "文件夹",
        ("QFileDialog", "&Look in:"): "位置(&L)：",
        ("QFileDialog", "Files of &type:"): "文件类型(&T)：",
    }
}


class _Missing(QTranslator):
    """Asked for what no other catalogue has: ours, or else Qt's own English."""

    def __init__(self, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._said = _MISSING.get(language, {})

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """See QTranslator."""
        return self._said.get((context, sourceText), sourceText)

    def isEmpty(self) -> bool:
        """See QTranslator."""
        return False


def speak(application: QApplication, language: str) -> bool:
    """Have Qt speak a language; false where its words are not here, and it stays as it is."""
    # Where English has no words of its own, those of a language spoken before would come through.
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.deleteLater()
    if language in _MISSING:
        # The first that is installed is the last to be asked.
        application.installTranslator(_Missing(language, application))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = translator.load(f"qtbase_{_NAMES[language]}", folder)
    return found and application.installTranslator(translator)
