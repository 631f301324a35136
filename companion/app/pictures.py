"""Images on their way into the phrase window: from a file, from the clipboard, and made small."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from companion.runtime.tasks import Tasks
from companion.session.library import Details
from companion.ui.library_images import packed, read_image, thumbnail
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.ui.library import Library

_ENDINGS = "*.png *.jpg *.jpeg *.gif *.webp"


class Pictures(QObject):
    """Whatever takes long with an image is done on the worker."""

    added = Signal(str, object)
    """A title, and what gives the bytes of an image, to be called on the worker."""

    def __init__(self, words: Words, own: Tasks, failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self._words, self._own, self._failed = words, own, failed
        self._window: Library | None = None

    def take(self, window: "Library") -> None:
        """Serve this window from now on."""
        self._window = window
        window.editor.below.image_from_file.connect(self._choose)
        window.editor.below.image_pasted.connect(self._paste)

    def show(self, details: Details | None) -> None:
        """Show the images of a phrase."""
        if self._window is not None and details is not None:
            below = self._window.editor.below
            for image in filter(lambda image: image.data, details.images):
                show = partial(below.show_thumb, image.id)
                self._own.run(partial(thumbnail, image.data, below.thumb), show, self._failed)

    def add_file(self, path: Path) -> None:
        """Add an image of this desk to the phrase that is shown."""
        self.added.emit(path.name, lambda: read_image(path))

    def _choose(self) -> None:
        say = self._words.say
        filters = f"{say('library.image.filter')} ({_ENDINGS})"
        title = say("library.image.title")
        path, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), filters)
        if path:
            self.add_file(Path(path))

    def _paste(self) -> None:
        image = QGuiApplication.clipboard().image()
        if not image.isNull():
            self.added.emit("", lambda: packed(image))
        elif self._window is not None:
            self._window.show_problem(self._words.say("library.image.none"))
