"""How every window looks, in each theme, language and scale: no word is clipped, all is readable.

Started as a program it looks at the windows itself: the scale is fixed before Qt begins.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from companion.phrases.search import Entry, Index
from companion.profile.template import Slot
from companion.ui import style
from companion.ui.messages import explain
from companion.ui.phrase_forms import PhraseEditor, SlotForm
from companion.ui.picker import Picker
from companion.ui.sign_in import SignIn
from companion.ui.words import LANGUAGES, Words
from tests.e2e.desktop import ROOT

THEMES = {"light": style.LIGHT, "dark": style.DARK}
LONG = "客户 — 会话窗口 — a long title of a chat window that nobody could ever read to its end"
LEAST_CONTRAST = 4.5


def windows(words: Words, colours: style.Tokens) -> Iterator[tuple[str, QWidget]]:
    """Every window in every state that shows other words."""
    index = Index([Entry("1", "phrase", "退款进度安抚" * 9, "{称呼}好", "tk", "售后" * 30, uses=7)])
    picker = Picker(words, colours, index.find)
    for title in (None, "", "x", LONG):
        picker.open_for(title)
        yield f"picker into {title!r}", picker
    picker.search.setText("q" * 80)
    yield "picker without hits", picker
    picker.hide()
    sign_in = SignIn(words, "/a/long/place/" * 9)
    sign_in.show()
    yield "sign in", sign_in
    for number, step in enumerate(("header", "keys", "packs")):
        sign_in.show_step(step, number, 1_000)
        yield f"sign in, {step}", sign_in
    sign_in.show_problem(explain(ValueError(), words))
    yield "sign in, a problem", sign_in
    sign_in.ask_known("companion1:" + "abc" * 99, "林")
    yield "sign in, known", sign_in
    sign_in.ask_first()
    yield "first profile", sign_in
    sign_in.show_problem(words.say("signin.differ"))
    yield "first profile, a problem", sign_in
    sign_in.show_recovery("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ", "companion1:" + "abc" * 99)
    yield "recovery", sign_in
    sign_in.hide()
    editor = PhraseEditor(words)
    editor.write("", "")
    yield "editor", editor
    QTest.keyClick(editor.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yield "editor, a problem", editor
    editor.hide()
    form = SlotForm(words, [Slot(name) for name in ("称呼", "a longer name of a slot", *"ABCDEF")])
    form.ask()
    yield "slots", form
    QTest.keyClick(form.fields["称呼"], Qt.Key.Key_Return)
    yield "slots, a problem", form
    form.hide()


def clipped(window: QWidget) -> list[str]:
    """The texts that do not fit the labels, buttons and empty lines that show them."""
    found: list[str] = []
    parts: list[QLabel | QPushButton] = [*window.findChildren(QLabel)]
    for part in parts + window.findChildren(QPushButton):
        if not part.isVisible() or not part.text():
            continue
        if isinstance(part, QLabel) and part.wordWrap():
            longest = max(map(part.fontMetrics().horizontalAdvance, part.text().split()))
            fits = part.heightForWidth(part.width()) <= part.height() and (
                longest <= part.contentsRect().width() or not part.text().isascii()
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
    return found


def plain(window: QWidget) -> bool:
    """Whether nothing at all is painted."""
    image = window.grab().toImage()
    rows, columns = range(0, image.height(), 5), range(0, image.width(), 5)
    colours = {image.pixel(x, y) for y in rows for x in columns}
    return len(colours) < 3


def look(theme: str, language: str) -> dict[str, list[str]]:
    """By window: what is wrong with it."""
    application = QApplication([])
    words, found = Words(language), {}
    for name, window in windows(words, style.apply(application, theme)):
        for _ in range(3):
            application.processEvents()
        found[name] = clipped(window) + (["nothing is painted"] if plain(window) else [])
    return found


@pytest.mark.parametrize("scale", ["1", "2"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_every_window_is_painted_and_no_word_is_clipped(
    theme: str, language: str, scale: str
) -> None:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": scale,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.test_looks", theme, language],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) >= 15
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "soft", "accent") for ground in ("panel", "bg")),
        ("ink", "wash"),
        ("soft", "wash"),
        ("on_accent", "accent"),
        ("red", "red_wash"),
        ("red", "panel"),
    ],
)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    colours = vars(THEMES[theme])
    assert contrast(colours[text], colours[ground]) >= LEAST_CONTRAST


def test_both_themes_have_colours_of_their_own() -> None:
    assert style.tokens("light") == style.LIGHT
    assert style.tokens("dark") == style.DARK
    assert luminance(style.LIGHT.panel) > 0.5 > luminance(style.DARK.panel)
    assert luminance(style.LIGHT.ink) < 0.5 < luminance(style.DARK.ink)


if __name__ == "__main__":
    print(json.dumps(look(*sys.argv[1:3])))
