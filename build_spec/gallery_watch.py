"""The hint at a copied message, and the window that switches it on, in every state."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from companion.empathy.situations import pack
from companion.session.hinting import Hint
from companion.session.watching import Watch
from companion.ui.style import Tokens
from companion.ui.watch_hint import WatchHint
from companion.ui.watch_window import WatchWindow
from companion.ui.words import Words

_OPEN = ("weixin", "aliworkbench", "chrome", "notepad", "a-program-with-quite-a-long-name")


def watch_states(words: Words, colours: Tokens) -> Iterator[tuple[str, QWidget]]:
    """The hint of every situation, and the window from off to many programs."""
    hint, nowhere = WatchHint(words, colours), QRect()
    for one in pack(words.language).situations:
        said = Hint(one.name, one.need, one.id == "crisis")
        hint.show_hint(said, "" if one.id == "admin" else "Ctrl Alt E", None, nowhere)
        yield f"watch-hint-{one.id}", hint
    hint.forget()
    window = WatchWindow(words)
    window.open_for(Watch(), (), can=True)
    yield "watch-off", window
    window.open_for(Watch(on=True), _OPEN, can=True)
    yield "watch-none-chosen", window
    window.open_for(Watch(True, _OPEN[:2]), _OPEN[1:], can=True)
    window.other.setText("qq")
    yield "watch-on", window
    many = tuple(f"program-{number}" for number in range(40))
    window.open_for(Watch(True, many), _OPEN, can=True)
    yield "watch-many", window
    window.open_for(Watch(True, _OPEN[:1]), (), can=False)
    yield "watch-cannot", window
    window.close()
