"""The sign-in window with somebody who hears what it says."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from companion.ui.sign_in import SignIn
from companion.ui.words import Words

WORDS = Words("zh")
STORE = "/share/companion"
PASSPHRASE = "correct horse battery"
CODE = "WMDW-MW2M-MWMQ-NPQR-0STV-WXYZ-2345"
ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@dataclass
class Heard:
    """What a window said, in order."""

    said: list[tuple[object, ...]] = field(default_factory=list)

    def hear(self, *said: object) -> None:
        self.said.append(said)


def listening(window: SignIn, heard: Heard) -> SignIn:
    window.sit_down.connect(lambda said, secret: heard.hear("sit down", said, secret))
    window.first_profile.connect(lambda said, secret: heard.hear("first", said, secret))
    window.finished.connect(lambda: heard.hear("finished"))
    window.stopped.connect(lambda: heard.hear("stopped"))
    return window


def type_in(line: QLineEdit, text: str) -> None:
    line.clear()
    if text.isascii():
        QTest.keyClicks(line, text)
    else:
        # On no key: an input method would bring it.
        line.insert(text)


def needed(line: QLineEdit) -> str:
    return WORDS.say("signin.needed", name=line.accessibleName())


def press(window: SignIn, key: Qt.Key) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(window.focusWidget() or window, key)
