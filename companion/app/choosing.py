"""Asks for a file or a folder to read, and begins where the last one of this agent was."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


class Choosing:
    """Remembers the folder in memory only: whoever comes next begins at home."""

    def __init__(self) -> None:
        self._folder = str(Path.home())

    def file(self, window: QWidget, title: str) -> Path | None:
        """A file of the agent's choice; None where there is none."""
        return self._chosen(QFileDialog.getOpenFileName(window, title, self._folder)[0])

    def folder(self, window: QWidget, title: str) -> Path | None:
        """A folder of the agent's choice; None where there is none."""
        return self._chosen(QFileDialog.getExistingDirectory(window, title, self._folder))

    def forget(self) -> None:
        """Begin at home again."""
        self._folder = str(Path.home())

    def _chosen(self, path: str) -> Path | None:
        if not path:
            return None
        self._folder = str(Path(path).parent)
        return Path(path)
