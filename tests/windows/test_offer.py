"""What other programs see of an offer: every form of it, the marks, and that it is lazy."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from companion.desk.ports import Content
from tests.windows import clipboard
from tests.windows.desktop import wait_until
from tests.windows.foreign import Foreign
from tests.windows.inserting import Hands
from tests.windows.programs import pixels

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

TEXT, HTML = "退款\n3 天内到 𠮷", "<b>退款</b><br>3 天内到 𠮷"
MARKS = {
    "ExcludeClipboardContentFromMonitorProcessing": None,
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
    "Clipboard Viewer Ignore": None,
}


def picture() -> QImage:
    """A picture of which one corner is see-through."""
    image = QImage(41, 30, QImage.Format.Format_ARGB32)
    image.fill(QColor("#0F766E"))
    image.setPixelColor(7, 7, QColor("#B3261E"))
    image.setPixelColor(0, 0, QColor(0, 0, 0, 0))
    return image


def png() -> bytes:
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(file, b"PNG").write(picture())
    return bytes(file.data().data())


def on_white() -> QImage:
    image = picture().convertToFormat(QImage.Format.Format_RGB32)
    image.setPixelColor(0, 0, QColor("white"))
    return image


def assert_marked() -> None:
    for name, value in MARKS.items():
        found = clipboard.get(clipboard.registered(name))
        assert found is not None, name
        assert value is None or found == value, name


@pytest.mark.parametrize("way", ["offer", "copy"])
def test_every_form_and_mark_is_there_for_other_programs(hands: Hands, way: str) -> None:
    content = Content(TEXT, HTML, png())
    if way == "offer":
        hands.desk.clipboard.offer(content)
    else:
        hands.desk.clipboard.copy(content)
    html = clipboard.get(clipboard.registered("HTML Format"))
    assert html is not None
    assert HTML.encode() in html
    assert clipboard.text() == TEXT.replace("\n", "\r\n")
    assert clipboard.get(clipboard.registered("PNG")) == content.image
    bitmap = clipboard.get(clipboard.BITMAP)
    assert bitmap is not None
    assert (int.from_bytes(bitmap[4:8], "little"), int.from_bytes(bitmap[8:12], "little")) == (
        41,
        30,
    )
    assert_marked()
    assert hands.desk.clipboard.text() == TEXT


def test_a_picture_alone_has_no_empty_text_beside_it(hands: Hands) -> None:
    hands.desk.clipboard.copy(Content("", image=png()))
    assert clipboard.text() is None
    assert clipboard.BITMAP in clipboard.formats()


def test_an_offer_is_rendered_when_it_is_asked_for_and_once_a_form(hands: Hands) -> None:
    offer = hands.desk.clipboard.offer(Content(TEXT, HTML))
    assert (offer.fetches(), offer.counting(), offer.standing()) == (0, True, True)
    # Looking at what there is asks for nothing.
    assert clipboard.UNICODE_TEXT in clipboard.formats()
    assert_marked()
    assert offer.fetches() == 0
    clipboard.text()
    assert (offer.fetches(), offer.counting()) == (1, False)
    clipboard.text()
    assert offer.fetches() == 1
    clipboard.get(clipboard.registered("HTML Format"))
    assert (offer.fetches(), offer.standing()) == (2, True)
    clipboard.copy("of another")
    assert not offer.standing()


def test_a_qt_window_takes_rich_text_and_a_picture(hands: Hands, editor: Foreign) -> None:
    clipboard.copy("before")
    assert hands.insert(Content(TEXT, HTML, png()), hands.target()).inserted
    wanted = {"text": TEXT, "html": HTML, "picture": pixels(picture())}
    told = dict[str, str]()

    def taken() -> bool:
        told.update(editor.told())
        told["html"] = HTML if HTML in told["html"] else told["html"]
        return told == wanted

    assert wait_until(taken), told
    hands.until(lambda: clipboard.text() == "before")


def test_a_qt_window_takes_a_picture_alone(hands: Hands, editor: Foreign) -> None:
    clipboard.copy("before")
    assert hands.insert(Content("", image=png()), hands.target()).inserted
    taken = (pixels(picture()), pixels(on_white()))
    assert wait_until(lambda: editor.told()["picture"] in taken), editor.told()
    assert editor.told()["text"] == ""
    hands.until(lambda: clipboard.text() == "before")


@pytest.mark.parametrize("way", ["offer", "copy"])
def test_what_stands_there_outlives_the_program(
    way: str, foreign: Callable[[str], Foreign], tmp_path: Path
) -> None:
    clipboard.copy("before")
    (tmp_path / way).write_bytes(png())
    ended = foreign(way)
    ended.wait()
    assert clipboard.owner() == 0
    assert clipboard.text() == "立即退款"
    other = "HTML Format" if way == "offer" else "PNG"
    assert clipboard.get(clipboard.registered(other))
    assert_marked()
