"""What the style sheet says besides for the prompt window, and for that of the draft check."""

from PySide6.QtWidgets import QWidget

from companion.ui.parts import grown
from companion.ui.style import Tokens

_SHEET = """
QFrame#quoted {{ background: {bg}; border: none; border-top-left-radius: 9px;
    border-top-right-radius: 9px; }}
QFrame#quoted QPlainTextEdit {{ background: transparent; border: 1px solid transparent;
    color: {soft}; padding: 4px 6px; }}
QFrame#quoted QPlainTextEdit:focus {{ color: {ink}; border-color: {accent};
    background: {panel}; }}
QLabel#need {{ font-size: {heading}px; }}
QFrame#line {{ border: 1px solid transparent; border-radius: 6px; }}
QFrame#line[current="true"] {{ background: {wash}; }}
QFrame#line:focus {{ border-color: {accent}; }}
QFrame#ask {{ background: {wash}; border: 1px solid transparent; border-left: 3px solid {accent};
    border-radius: 6px; }}
QFrame#ask:focus {{ border-color: {accent}; }}
QFrame#steps {{ background: {bg}; border: 1px solid {line}; border-radius: 6px; }}
QLabel#grey {{ color: {ink}; background: {bg}; border: 1px solid {line}; border-radius: 6px;
    padding: 7px 11px; }}
QLabel#avoid {{ color: {red}; }}
"""


def dress(window: QWidget, tokens: Tokens) -> None:
    """Give the window what its style sheet says besides."""
    window.setStyleSheet(_SHEET.format(**vars(tokens), heading=grown(window, 16)))
