"""One style sheet and palette, made from the colour tokens of the light and the dark look."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from companion.resource_files import resource


@dataclass(frozen=True)
class Tokens:
    """The colours of one look, as #RRGGBB; text colours have a contrast of 4.5:1 and more."""

    bg: str
    panel: str
    line: str
    ink: str
    soft: str
    faint: str
    accent: str
    on_accent: str
    wash: str
    amber: str
    amber_wash: str
    red: str
    red_wash: str


LIGHT = Tokens(
    bg="#F6F7F6",
    panel="#FFFFFF",
    line="#DFE3E1",
    ink="#1C2523",
    soft="#5B6865",
    faint="#8B9693",
    accent="#0F766E",
    on_accent="#FFFFFF",
    wash="#E3F1EF",
    amber="#B45309",
    amber_wash="#FDF1E0",
    red="#B3261E",
    red_wash="#FBE9E7",
)
DARK = Tokens(
    bg="#161B1A",
    panel="#1F2624",
    line="#33403D",
    ink="#E8EEEC",
    soft="#A9B6B2",
    faint="#7C8986",
    accent="#4FB3A9",
    on_accent="#0C1514",
    wash="#223D39",
    amber="#E0A458",
    amber_wash="#3A2E1C",
    red="#EF8A80",
    red_wash="#41231F",
)

TEXT, SMALL = 14, 12
"""The heights of text in px where the system's own is what systems ship with."""
SCROLL_BAR = 8

_SHEET = """
QWidget {{ color: {ink}; font-size: {text}px; }}
QWidget#window, QDialog {{ background: {panel}; }}
QFrame#popup {{ background: {panel}; border: 1px solid {line}; border-radius: 10px; }}
QFrame#rule {{ background: {line}; border: none; }}
QLabel#title {{ font-size: {title}px; font-weight: 700; color: {accent}; }}
QLabel#heading {{ font-size: {heading}px; font-weight: 700; }}
QLabel#soft {{ color: {soft}; }}
QLabel#small {{ color: {soft}; font-size: {small}px; }}
QLabel#problem {{ color: {red}; background: {red_wash}; border-radius: 6px; padding: 8px 12px; }}
QLabel#warning {{ color: {amber}; background: {amber_wash}; border-radius: 6px;
    padding: 8px 12px; }}
QLabel#notice {{ color: {ink}; background: {wash}; border-radius: 6px; padding: 8px 12px; }}
QLabel#key {{ color: {soft}; font-size: {small}px; border: 1px solid {line}; border-radius: 4px;
    padding: 1px 5px; background: {bg}; }}
QLabel#code {{ color: {ink}; background: {wash}; border-radius: 6px; padding: 8px 12px;
    font-size: {heading}px; font-weight: 700; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ background: {panel}; border: 1px solid {line};
    border-radius: 6px; padding: 8px 10px; selection-background-color: {accent};
    selection-color: {on_accent}; placeholder-text-color: {soft}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {accent}; }}
QLineEdit#search {{ border: none; font-size: {search}px; padding: 4px 0; background: transparent; }}
QPushButton {{ background: {panel}; border: 1px solid {line}; border-radius: 6px;
    padding: 8px 16px; }}
QPushButton:hover {{ background: {bg}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {soft}; }}
QPushButton#primary {{ background: {accent}; color: {on_accent}; border-color: {accent};
    font-weight: 700; }}
QPushButton#primary:focus {{ border: 1px solid {ink}; }}
QPushButton#primary:disabled {{ background: {wash}; color: {soft}; border-color: {wash}; }}
QPushButton#link {{ border: 1px solid transparent; background: transparent; color: {accent};
    padding: 4px 0; }}
QPushButton#link:disabled {{ color: {soft}; }}
QPushButton#link:focus {{ border-color: {accent}; }}
QPushButton#chip {{ padding: 6px 12px; }}
QPushButton#chip:checked {{ background: {wash}; border-color: {accent};
    color: {accent}; }}
QPushButton#chip:checked:focus {{ border: 2px solid {accent}; padding: 5px 11px; }}
QTextBrowser#goes {{ background: {bg}; }}
QPushButton#hint {{ border: none; padding: 0; background: transparent; }}
QPushButton#completion {{ color: {accent}; background: {wash}; border: none; border-radius: 4px;
    padding: 1px 8px; font-size: {small}px; }}
QListView, QScrollArea, QWidget#inside {{ background: transparent; border: none; outline: none; }}
QScrollBar:vertical {{ background: transparent; width: {scroll_bar}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 4px; min-height: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QProgressBar {{ background: {wash}; border: none; border-radius: 2px; min-height: 4px;
    max-height: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QMenu {{ background: {panel}; border: 1px solid {line}; padding: 4px; menu-scrollable: 1; }}
QMenu::item {{ padding: 4px 24px 4px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {wash}; }}
QMenu::item:disabled {{ color: {soft}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QBalloonTip {{ background: {panel}; color: {ink}; }}
QToolTip {{ background: {panel}; color: {ink}; border: 1px solid {line}; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {faint}; border-radius: 4px;
    background: {panel}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent};
    image: url("{tick}"); }}
QCheckBox:focus {{ color: {accent}; }}
QComboBox {{ background: {panel}; border: 1px solid {line}; border-radius: 6px;
    padding: 8px 10px; }}
QComboBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QComboBox:focus {{ border-color: {accent}; }}
QComboBox::drop-down {{ border: none; width: {drop}px; padding-right: 6px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: {arrow}px; height: {arrow}px; }}
QComboBox:disabled {{ color: {soft}; background: {bg}; }}
QComboBox QAbstractItemView {{ background: {panel}; border: 1px solid {line}; outline: none;
    selection-background-color: {wash}; selection-color: {ink}; }}
"""


def tokens(theme: str) -> Tokens:
    """The colours of a theme: ``light``, ``dark``, or ``system`` for what the desk has."""
    if theme == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def text_size(system: int) -> int:
    """The height of text in px for the height of the system's own.

    Systems ship with 12 (Windows) to 15 px (GNOME), and ours is TEXT on all of them. A person
    who made the system's text larger gets ours larger too: twice as large on each of them.
    """
    usual, twice = 15, 24
    if system <= usual:
        return TEXT
    if system < twice:
        return TEXT + round(TEXT * (system - usual) / (twice - usual))
    return max(2 * TEXT, system)


def apply(application: QApplication, theme: str) -> Tokens:
    """Give every window the look of a theme; the colours, for what is painted by hand."""
    found = tokens(theme)
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: found.panel,
        QPalette.ColorRole.Base: found.panel,
        QPalette.ColorRole.AlternateBase: found.bg,
        QPalette.ColorRole.Text: found.ink,
        QPalette.ColorRole.WindowText: found.ink,
        QPalette.ColorRole.Button: found.panel,
        QPalette.ColorRole.ButtonText: found.ink,
        QPalette.ColorRole.Highlight: found.accent,
        QPalette.ColorRole.HighlightedText: found.on_accent,
        QPalette.ColorRole.PlaceholderText: found.soft,
        QPalette.ColorRole.ToolTipBase: found.panel,
        QPalette.ColorRole.ToolTipText: found.ink,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    application.setStyle("Fusion")
    application.setPalette(palette)
    application.setStyleSheet(sheet(found, text_size(QFontInfo(application.font()).pixelSize())))
    return found


def sheet(colours: Tokens, text: int) -> str:
    """The style sheet of a look for a height of text; the other heights keep their proportion."""
    heights = {"small": SMALL, "search": 18, "heading": 16, "title": 20}
    sizes = {name: round(height * text / TEXT) for name, height in heights.items()}
    icons = {name: look_of(name, colours) for name in ("tick", "chevron")}
    sizes |= {name: round(size * text / TEXT) for name, size in (("drop", 20), ("arrow", 16))}
    return _SHEET.format(**vars(colours), text=text, scroll_bar=SCROLL_BAR, **icons, **sizes)


def look_of(icon: str, colours: Tokens) -> str:
    """The file of an icon that each look has its own of, as style sheets name it."""
    return resource("icons", f"{icon}-{'dark' if colours == DARK else 'light'}.svg").as_posix()


def bold(font: QFont) -> QFont:
    """The same font, in bold."""
    heavier = QFont(font)
    heavier.setBold(True)
    return heavier


def small(font: QFont) -> QFont:
    """The same font in the height of small text."""
    made = QFont(font)
    made.setPixelSize(round(QFontInfo(font).pixelSize() * SMALL / TEXT))
    return made
