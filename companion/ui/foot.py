"""The foot of a window: what was done last there, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from companion.session.record_edits import Done
from companion.ui.parts import button, label, repolish
from companion.ui.words import Words


class Foot(QFrame):
    """What was done last, with the way back; or what went wrong.

    ``said`` begins the keys of the words for what is done in the window.
    """

    def __init__(self, words: Words, said: str) -> None:
        super().__init__()
        self._words, self._said, self._no_more = words, said, False
        self.setObjectName("foot")
        self.text = label("", "small", wrap=True)
        self.undo = button(f"{words.say('library.undo')}  Ctrl Z", "link", lambda: None)
        self.keys = label(words.say(f"{said}.keys"), "small")
        # It comes and goes: it must not take the focus, which Ctrl+Z does not need.
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Nor must it move what stands above.
        kept = self.undo.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.undo.setSizePolicy(kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.keys)
        self.say("", undo=False)

    def say(self, text: str, undo: bool, look: str = "small") -> None:
        """Say what was done and whether it can be taken back; ``look`` is small or problem."""
        self.text.setObjectName(look)
        repolish(self.text)
        self.text.setText(text)
        self.undo.setVisible(undo)
        self.keys.setVisible(not text)

    def tell(self, done: Done) -> None:
        """Say what was done, and offer the way back."""
        say, said = self._words.say, self._said
        self._no_more = False
        if done.clashes:
            self.say(say("library.kept_both"), undo=True)
        elif done.name == "write":
            self.say("", undo=True)
        elif done.name:
            what, _, of = done.name.partition(".")
            if of:
                act = say(f"{said}.did.{of}", count=done.count).rstrip("。.")
                self.say(say(f"library.{what}ne", act=act), undo=True)
            else:
                self.say(say(f"{said}.did.{what}", count=done.count), undo=True)
        else:
            self.say(say("library.nothing"), undo=False)
            self._no_more = True

    def typed(self) -> None:
        """What was said about nothing to undo holds no more: there is something now."""
        if self._no_more:
            self._no_more = False
            self.say("", undo=False)
