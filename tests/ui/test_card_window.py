"""The window with the seat card: a camera reads its code, and each button says what is wanted."""

from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from companion.errors import WrongPassphrase
from companion.profile.sealing import Kdf
from companion.session.card import Card, read_card
from companion.session.card_login import sealed
from companion.session.card_qr import QUIET, png, squares
from companion.sync.store import Login
from companion.ui import style
from companion.ui.card_page import paint_page, plain_place, save_pdf
from companion.ui.card_window import CardWindow
from companion.ui.messages import explain
from companion.ui.qr import paint
from companion.ui.words import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("qapp")

WORDS = Words("zh")
STORE = "webdavs://lin@cloud.example.com/remote.php/dav/files/lin/Companion"
LOGIN = sealed(
    Login("lin", "of-the-store 20 long"),
    "p" * 22,
    STORE,
    "correct horse",
    Kdf(b"s" * 16, 3, 1 << 26),
    derive=lambda *_: bytearray(b"k" * 32),
)
CARD = Card("p" * 22, "小林", STORE, LOGIN)
LONG = Card("p" * 22, "诺敏 " * 20, STORE * 20, bytes(200))


def seen(image: QImage) -> list[str]:
    """What a camera reads in a picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(bytes(grey.constBits()))
    rows = pixels.cast("B", (grey.height(), grey.bytesPerLine()))
    # Among so many squares there is always something that could be another kind of code.
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(rows, formats=kinds)
    return [each.text for each in found]


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> CardWindow:
    window = CardWindow(WORDS)
    qtbot.addWidget(window)
    return window


def show(window: CardWindow, card: Card = CARD) -> None:
    window.show_card(card, squares(card.text()))
    window.show()
    QTest.qWaitForWindowExposed(window)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("card", [CARD, Card("p" * 22, "", "folder:///x")])
def test_a_camera_reads_the_code_in_the_window(
    window: CardWindow, qapp: QApplication, look: str, card: Card
) -> None:
    style.apply(qapp, look)
    try:
        show(window, card)
        assert seen(window.grab().toImage()) == [card.text()]
        assert read_card(seen(window.grab().toImage())[0]) == card
    finally:
        style.apply(qapp, "light")


def test_each_square_is_whole_pixels_dark_on_light_with_a_quiet_zone(
    window: CardWindow, qapp: QApplication
) -> None:
    style.apply(qapp, "dark")
    try:
        show(window)
        image = window.code.grab().toImage()
    finally:
        style.apply(qapp, "light")
    rows = squares(CARD.text())
    count = len(rows) + 2 * QUIET
    assert image.width() == image.height()
    assert image.width() % count == 0
    size = image.width() // count
    for y in range(image.height()):
        for x in range(image.width()):
            at, place = y // size - QUIET, x // size - QUIET
            inside = 0 <= at < len(rows) and 0 <= place < len(rows)
            dark = inside and rows[at][place]
            assert image.pixelColor(x, y) == QColor("#000000" if dark else "#FFFFFF"), (x, y)


@settings(max_examples=30)
@given(st.integers(73, 900), st.integers(73, 900))
def test_in_a_room_of_any_size_it_is_read(width: int, height: int) -> None:
    image = QImage(width + 9, height + 9, QImage.Format.Format_RGB32)
    image.fill(QColor("#223344"))
    painter = QPainter(image)
    paint(painter, QRect(5, 4, width, height), squares(CARD.text()))
    painter.end()
    colours = {image.pixelColor(x, height // 2).name() for x in range(5, width + 5)}
    assert colours <= {"#000000", "#ffffff"}
    side = min(width, height)
    if side >= 2 * 73:
        assert seen(image) == [CARD.text()]


def test_the_picture_for_a_file_is_read_and_a_long_card_still_fits() -> None:
    for card in (CARD, LONG):
        image = QImage.fromData(png(card.text()))
        assert seen(image) == [card.text()]
    assert squares("companion1:" + "A" * 3_000) == ()
    assert png("companion1:" + "A" * 3_000) == b""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", [CARD, LONG], ids=["usual", "long"])
def test_the_printed_page_is_read_and_nothing_hangs_over_its_edge(
    language: str, card: Card
) -> None:
    # A6 within its margins, at 300 dpi.
    width, height = (round(length * 300 / 25.4) for length in (85, 128))
    image = QImage(width + 50, height + 50, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(300 / 0.0254))
    image.setDotsPerMeterY(round(300 / 0.0254))
    image.fill(Qt.GlobalColor.white)
    assert paint_page(image, card, squares(card.text()), Words(language))
    assert seen(image) == [card.text()]
    edge = [QPoint(x, y) for x in range(width, width + 50) for y in range(height + 50)]
    edge += [QPoint(x, y) for x in range(width) for y in range(height, height + 50)]
    assert all(image.pixelColor(place) == QColor("white") for place in edge)


def test_a_pdf_is_one_page_of_a6(tmp_path: Path) -> None:
    save_pdf(tmp_path / "x.pdf", CARD, squares(CARD.text()), WORDS)
    data = (tmp_path / "x.pdf").read_bytes()
    assert data.startswith(b"%PDF") and data.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 297" in data
    for file in (tmp_path / "none" / "x.pdf", tmp_path):
        with pytest.raises(OSError, match="x|none|" + tmp_path.name):
            save_pdf(file, CARD, squares(CARD.text()), WORDS)


def test_it_says_whose_it_is_and_where_it_leads(window: CardWindow) -> None:
    show(window)
    assert window.name.text() == "小林"
    assert window.store.text().replace("\u200b", "") == STORE
    assert not window.too_long.isVisible()
    show(window, LONG)
    assert len(window.store.text().replace("\u200b", "")) == 161
    show(window, Card("p" * 22, "", "folder:///" + "x" * 2_500))
    assert window.name.text() == "席位卡"
    assert window.too_long.isVisible()
    assert not window.code.isVisible()


def test_the_buttons_say_what_is_wanted(
    window: CardWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    window.copy_wanted.connect(lambda: said.append("copy"))
    window.print_wanted.connect(lambda: said.append("print"))
    window.place_wanted.connect(lambda: window.choose_file("/tmp/小林.seatcard"))
    window.save_wanted.connect(said.append)
    show(window)
    assert window.copy.hasFocus() or window.focusWidget() is window.copy
    asked: list[tuple[str, str]] = []

    def chosen(_parent: object, _title: str, file: str, kinds: str) -> tuple[str, str]:
        asked.append((file, kinds))
        return ("/tmp/x.png" if len(asked) == 1 else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    QTest.keyClick(window.copy, Qt.Key.Key_Return)
    for one in (window.print, window.save, window.save):
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    # Whoever cancels saves nothing.
    assert said == ["copy", "print", "/tmp/x.png"]
    assert asked[0][0] == "/tmp/小林.seatcard"
    assert [kind in asked[0][1] for kind in ("*.seatcard", "*.png", "*.pdf")] == [True] * 3


def test_the_passphrase_is_asked_for_and_does_not_stay(window: CardWindow) -> None:
    given: list[str] = []
    window.secret_given.connect(given.append)
    window.ask()
    window.show()
    assert not window.code.isVisible() and not window.copy.isVisible()
    QTest.keyClick(window.secret, Qt.Key.Key_Return)
    QTest.keyClicks(window.secret, "correct horse")
    QTest.keyClick(window.secret, Qt.Key.Key_Return)
    window.busy(True)
    QTest.keyClick(window.secret, Qt.Key.Key_Return)
    assert given == ["correct horse"]
    window.ask(explain(WrongPassphrase(), WORDS))
    assert window.problem.isVisible()
    assert window.secret.selectedText() == "correct horse"
    show(window)
    assert window.secret.text() == ""
    assert not window.problem.isVisible()


def emptied(window: CardWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)


@pytest.mark.parametrize("close", [CardWindow.close, emptied])
def test_closing_leaves_nothing_to_be_read(
    window: CardWindow, close: Callable[[CardWindow], object]
) -> None:
    closed: list[bool] = []
    window.closed.connect(lambda: closed.append(True))
    window.ask()
    window.show()
    window.secret.setText("correct horse")
    close(window)
    assert closed == [True]
    assert window.secret.text() == ""
    assert not window.isVisible()


def test_what_was_done_takes_the_place_of_what_went_wrong(window: CardWindow) -> None:
    show(window)
    window.show_problem(explain(ValueError(), WORDS))
    window.tell("好了")
    assert (window.said.text(), window.problem.isVisible()) == ("好了", False)
    window.show_problem(explain(ValueError(), WORDS))
    assert (window.said.isVisible(), window.problem.isVisible()) == (False, True)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("folder:///share/客服%20一组/lin", "/share/客服 一组/lin"),
        ("folder:///D:/packs/lin", "D:\\packs\\lin"),
        ("folder://server/share/lin", "\\\\server\\share\\lin"),
        ("webdavs://lin@cloud.example/a%20b", "webdavs://lin@cloud.example/a%20b"),
    ],
)
def test_a_folder_is_shown_as_its_path(address: str, shown: str) -> None:
    assert plain_place(address) == shown
