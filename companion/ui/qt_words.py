"""Qt's own words, in its dialogs and context menus, in the agent's language."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

_NAMES = {"zh": "zh_CN", "en": "en"}


def speak(application: QApplication, language: str) -> bool:
    """Have Qt speak a language; false where its words are not here, and it stays as it is."""
    # Where English has no words of its own, those of a language spoken before would come through.
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.deleteLater()
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = translator.load(f"qtbase_{_NAMES[language]}", folder)
    return found and application.installTranslator(translator)
