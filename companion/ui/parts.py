"""The small pieces every window is made of, named so that the style sheet finds them."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QWidget


def label(text: str = "", look: str = "", wrap: bool = False) -> QLabel:
    """A text; ``look`` is a name of the style sheet (title, heading, soft, small, problem…)."""
    made = QLabel(text)
    made.setObjectName(look)
    made.setWordWrap(wrap)
    return made


def rule() -> QFrame:
    """A line of one pixel."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


def button(text: str, look: str, pressed: Callable[[], object]) -> QPushButton:
    """A button; ``look`` is primary, link or empty."""
    made = QPushButton(text)
    made.setObjectName(look)
    # Qt hands over whether it is checked; nobody here wants to know.
    made.clicked.connect(lambda _checked: pressed())
    return made


def field(name: str, text: str = "", hint: str = "", secret: bool = False) -> QLineEdit:
    """A line to type in; ``name`` is what a screen reader calls it."""
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def fit(window: QWidget) -> None:
    """Make a window as high as its wrapped texts need at its width."""
    layout = window.layout()
    if layout is not None:
        layout.activate()
        needed = layout.totalHeightForWidth(window.width())
        window.resize(window.width(), max(needed, window.minimumSizeHint().height()))
