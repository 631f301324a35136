"""How every window looks, in each theme, language and size: no word is clipped, all is readable.

Started as a program it looks at the windows itself: the scale is fixed before Qt begins.
"""

import json
import re
import subprocess
import sys
from typing import TypedDict

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QScrollArea, QWidget

from build_spec.gallery import SIZES, application, states, surroundings
from companion.ui import style
from companion.ui.parts import Form
from companion.ui.picker import Picker
from companion.ui.prompt import PromptWindow
from companion.ui.reply import ReplyWindow
from companion.ui.words import LANGUAGES, Words
from tests.e2e.desktop import ROOT

THEMES = {"light": style.LIGHT, "dark": style.DARK}
LEAST_CONTRAST = 4.5


class Found(TypedDict):
    """What a process saw: what is wrong by window, and how high the text is by window."""

    wrong: dict[str, list[str]]
    text: dict[str, int]


def clipped(window: QWidget) -> list[str]:
    """The texts that do not fit the labels, buttons, menus and empty lines that show them."""
    found: list[str] = []
    parts: list[QLabel | QPushButton] = [*window.findChildren(QLabel)]
    for part in parts + window.findChildren(QPushButton):
        if not part.isVisible() or not part.text():
            continue
        if isinstance(part, QLabel) and part.wordWrap():
            # Where no line may end: the longest of these must fit beside the label's padding.
            pieces = re.split(r"(?<=-)|\s", read(part))
            longest = max(map(part.fontMetrics().horizontalAdvance, pieces))
            fits = part.heightForWidth(part.width()) <= part.height() and (
                longest <= part.contentsRect().width() or not read(part).isascii()
            )
        else:
            wanted = part.sizeHint()
            fits = wanted.width() <= part.width() and wanted.height() <= part.height()
        if not fits:
            found.append(part.text())
    for line in window.findChildren(QLineEdit):
        hint = line.placeholderText()
        shown = line.isVisible() and not line.text()
        if shown and line.fontMetrics().horizontalAdvance(hint) > line.contentsRect().width():
            found.append(hint)
        if line.isVisible() and line.height() < line.sizeHint().height():
            found.append(line.accessibleName())
    if isinstance(window, QMenu) and window.width() < window.sizeHint().width():
        found.append("the menu")
    return found


def read(part: QLabel) -> str:
    """The words of a label."""
    if part.textFormat() == Qt.TextFormat.RichText:
        return QTextDocumentFragment.fromHtml(part.text()).toPlainText()
    return part.text()


def outside(window: QWidget) -> list[str]:
    """What lies beyond the window's edges where nobody can scroll to, or beyond the screen's."""
    found: list[str] = []
    for part in window.findChildren(QWidget):
        if isinstance(part, QLabel | QPushButton | QLineEdit) and part.isVisible():
            place = QRect(part.mapTo(window, QPoint()), part.size())
            scrolls = any(area.isAncestorOf(part) for area in window.findChildren(QScrollArea))
            seen = QRect(0, place.top(), window.width(), place.height()) if scrolls else None
            if not (seen or window.rect()).contains(place):
                found.append(f"outside: {part.accessibleName() or part.text()}")
    focused = window.focusWidget()
    if isinstance(focused, QLineEdit | QPushButton):
        in_sight = focused.visibleRegion().boundingRect().height()
        if in_sight < focused.height():
            found.append(f"in focus and not seen: {focused.accessibleName()}")
    room = window.screen().availableGeometry()
    # These keep their height, or grow only so far, whatever they show.
    keeps = isinstance(window, Picker | PromptWindow | ReplyWindow)
    for area in [] if keeps else window.findChildren(QScrollArea):
        if area.verticalScrollBar().maximum() > 0 and window.height() < room.height() - 50:
            found.append("scrolls where there is room")
    if isinstance(window, Form | Picker | PromptWindow | ReplyWindow) and not (
        window.width() <= room.width() and window.height() <= room.height()
    ):
        found.append("larger than the screen")
    return found


def plain(window: QWidget) -> bool:
    """Whether nothing at all is painted."""
    image = window.grab().toImage()
    rows, columns = range(0, image.height(), 5), range(0, image.width(), 5)
    colours = {image.pixel(x, y) for y in rows for x in columns}
    return len(colours) < 3


def look(theme: str, language: str, size: str) -> Found:
    """Look at every window; ``size`` is one of SIZES."""
    made = application(size)
    found = Found(wrong={}, text={})
    for name, window in states(Words(language), style.apply(made, theme)):
        for _ in range(3):
            made.processEvents()
        wrong = clipped(window) + outside(window)
        found["wrong"][name] = wrong + (["nothing is painted"] if plain(window) else [])
        found["text"][name] = window.fontInfo().pixelSize()
    return found


# A theme changes colours only: what is clipped in one is so in the other.
@pytest.mark.parametrize(
    ("theme", "size"), [*(("light", size) for size in SIZES), ("dark", SIZES[0])]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_window_is_painted_and_no_word_is_clipped(
    theme: str, language: str, size: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.test_looks", theme, language, size],
        env=surroundings(size) | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Found = json.loads(done.stdout)
    assert len(found["wrong"]) >= 25
    assert {name: wrong for name, wrong in found["wrong"].items() if wrong} == {}
    # The doubled font of the system doubles every text; the doubled screen leaves it to Qt.
    assert set(found["text"].values()) == {2 * style.TEXT if size == "font" else style.TEXT}


@pytest.mark.parametrize(
    ("system", "ours"), [(9, 14), (12, 14), (15, 14), (18, 19), (24, 28), (30, 30), (48, 48)]
)
def test_text_follows_the_systems_and_is_never_smaller_than_it_grew(system: int, ours: int) -> None:
    assert style.text_size(system) == ours


def test_a_larger_system_font_never_gives_smaller_text() -> None:
    sizes = [style.text_size(system) for system in range(1, 100)]
    assert sizes == sorted(sizes)
    assert all(style.text_size(system) >= system for system in range(16, 100))


def luminance(colour: str) -> float:
    """Of a colour as #RRGGBB, as WCAG 2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
PAINTED = {
    # By hand: a hit with its number, its set and what matches, selected or not; the preview.
    *((text, ground) for text in ("ink", "soft", "accent") for ground in ("panel", "wash")),
    # The text that is about to go out.
    *((text, "bg") for text in ("ink", "soft", "accent")),
    # A selected row of a menu may be one that says how things stand.
    ("soft", "wash"),
}


def pairs() -> set[tuple[str, str]]:
    """Every text colour of the style sheet with the ground that it stands on, by their names."""
    # Each token in place of its colour, so that the sheet tells which ones it uses.
    names = style.Tokens(**{name: f"@{name}" for name in vars(style.LIGHT)})
    said: dict[str, dict[str, str]] = {}
    for selectors, body in RULE.findall(style.sheet(names, style.TEXT)):
        for selector in selectors.split(","):
            for name, token in re.findall(r"([\w-]+):[^;]*?@(\w+)", body):
                said.setdefault(selector.strip(), {})[name] = token
    found: set[tuple[str, str]] = set()
    for selector, own in said.items():
        if "::" in selector and "::item" not in selector:
            # Check boxes and scroll bars have parts that hold no text.
            continue
        # What a state or a name does not say, the plain part says, and else the window.
        plain = re.split(r"(?<=\w)[:#]", selector)[0]
        named = selector.split(":")[0]
        held = {"color": "ink", "background": "panel"}
        held |= said.get(plain, {}) | said.get(named, {}) | own
        found.add((held["color"], held["background"]))
        for text, ground in (
            ("placeholder-text-color", "background"),
            ("selection-color", "selection-background-color"),
        ):
            if text in held:
                found.add((held[text], held[ground]))
    return found


def test_the_sheet_is_read_as_it_is_used() -> None:
    found = pairs()
    assert {("on_accent", "accent"), ("red", "red_wash"), ("soft", "wash")} <= found
    assert {("ink", "panel"), ("soft", "panel"), ("soft", "bg"), ("amber", "amber_wash")} <= found
    assert not {text for text, _ in found} & {"faint", "line"}


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_stands_out_from_its_ground(theme: str) -> None:
    colours = vars(THEMES[theme])
    found = {
        f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2)
        for text, ground in pairs() | PAINTED
        if contrast(colours[text], colours[ground]) < LEAST_CONTRAST
    }
    assert found == {}


def test_both_themes_have_colours_of_their_own() -> None:
    assert style.tokens("light") == style.LIGHT
    assert style.tokens("dark") == style.DARK
    assert luminance(style.LIGHT.panel) > 0.5 > luminance(style.DARK.panel)
    assert luminance(style.LIGHT.ink) < 0.5 < luminance(style.DARK.ink)


if __name__ == "__main__":
    print(json.dumps(look(*sys.argv[1:4])))
