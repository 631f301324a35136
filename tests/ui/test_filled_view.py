"""What is shown of a phrase before it goes out: every part marked, nothing fetched."""

import http.server
import threading
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, QUrl
from PySide6.QtGui import QImage, QImageWriter, QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.phrases.material import Material, Materials, Wording
from companion.phrases.search import Entry
from companion.profile.records import Image
from companion.profile.template_dates import Moment
from companion.ui import style
from companion.ui.phrase_view import PhraseView
from companion.ui.pictures import as_png, png, thumbnail
from companion.ui.preview import Preview
from companion.ui.value_field import ValueField
from tests.ui.slot_forms import WORDS, opened

IMAGE = QTextDocument.ResourceType.ImageResource.value


def picture(width: int, height: int) -> Image:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFF00AA)
    return Image(id="A/1", title="图", media_type="image/png", data=as_png(image))


def test_the_text_is_shown_as_it_goes_out(qtbot: QtBot) -> None:
    form = opened(qtbot, "{称呼}，{b:<i>x}{光标}{发送}\n第二句").form
    shown = WORDS.say("mark.send")
    assert form.preview.toPlainText().split("\n") == [" 称呼 ，<i>x|", f"⏎ {shown}", "第二句"]
    html = form.preview.toHtml().lower()
    assert style.LIGHT.amber.lower() in html and style.LIGHT.accent.lower() in html


def test_it_follows_what_is_typed_and_grows_with_it(qtbot: QtBot) -> None:
    form = opened(qtbot, "{称呼}好").form
    field = form.findChildren(ValueField)[0]
    before = form.preview.height()
    for typed in ("林", "林女士" * 50):
        field.setText(typed)
        assert form.preview.toPlainText() == f"{typed}好"
    assert form.preview.height() > before
    assert form.height() <= form.screen().availableGeometry().height()


def test_formatted_text_is_shown_so_with_its_images(qtbot: QtBot) -> None:
    rich = '<p>看<b>{a}</b></p><img src="A/1"><img src="file:///etc/hostname"><script>x</script>'
    made = opened(qtbot, Wording("", "看{a}", rich), images=(picture(400, 40),))
    made.form.show()
    text = made.form.preview.toPlainText()
    assert (text.count("\ufffc"), "script" in text) == (1, False)
    assert any(
        label.text() == WORDS.say("mark.html") and label.isVisible()
        for label in made.form.findChildren(QLabel)
    )
    plain = opened(qtbot, "看{a}")
    assert not any(
        label.text() == WORDS.say("mark.html") and label.isVisible()
        for label in plain.form.findChildren(QLabel)
    )


def test_the_picker_shows_what_an_entry_is_besides_its_text(qtbot: QtBot) -> None:
    preview = Preview(WORDS, style.LIGHT)
    qtbot.addWidget(preview)
    preview.room = 300
    entry = Entry(
        "e", "phrase", "退款", "\n\n{称呼}{日期:+3天}甲\n{发送}\n乙{短语:甲}{剪贴板}{光标}完"
    )
    preview.show_entry(entry)
    lines = preview.toPlainText().split("\n")
    end, then = f"⏎ {WORDS.say('mark.send')}", Moment(False, False, 3).said(datetime.now())
    assert lines[-5:] == ["", "", f" 称呼 {then}甲", end, "乙 {短语:甲}  剪贴板 |完"]
    assert style.LIGHT.accent.lower() in preview.toHtml().lower()
    wordings = (Wording("退款", "x", "<b>{称呼}</b><i>好</i>"), Wording("口语", "y"))
    parts = {"e": Material("e", wordings, (picture(9, 9),))}
    preview.materials = Materials((), parts)
    preview.show_entry(entry)
    shown = preview.toPlainText()
    assert " 称呼 好" in shown
    assert WORDS.say("mark.html") in shown and WORDS.say("mark.wordings", names="口语") in shown
    preview.materials = Materials((), parts, first="口语")
    preview.show_entry(entry)
    shown, usual = preview.toPlainText(), WORDS.say("slots.own")
    assert "y" in shown and WORDS.say("mark.wordings", names=usual) in shown


def test_the_picker_shows_the_text_of_another_phrase_that_stands_in_one(qtbot: QtBot) -> None:
    preview = Preview(WORDS, style.LIGHT)
    qtbot.addWidget(preview)
    entry = Entry("e", "phrase", "退款", "好{短语:尾}{a:您}")
    preview.materials = Materials([entry, Entry("f", "phrase", "尾", "再见{时间:现在}")])
    before = datetime.now()
    preview.show_entry(entry)
    times = {f"{now:%H:%M}" for now in (before, datetime.now())}
    assert preview.toPlainText().split("\n")[-1] in {f"好再见{time}您" for time in times}


class Listening(http.server.BaseHTTPRequestHandler):
    """Remembers what was asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_nothing_is_fetched_or_read_whatever_stands_in_it(qtbot: QtBot, tmp_path: Path) -> None:
    found = tmp_path / "a.png"
    found.write_bytes(picture(50, 50).data)
    server = http.server.HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    view = PhraseView()
    qtbot.addWidget(view)
    view.hold([picture(50, 50)])
    far = f"http://127.0.0.1:{server.server_port}/a.png"
    try:
        # Past every filter: what Qt itself does with such HTML.
        view.setHtml(f'<img src="{far}"><img src="{found.as_uri()}"><img src="{found}">')
        with qtbot.waitExposed(view):
            view.show()
        view.grab()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert Listening.asked == []
    for source in (far, found.as_uri(), str(found), "phrase-image:B"):
        loaded = view.document().resource(IMAGE, QUrl(source))
        assert isinstance(loaded, QImage) and loaded.isNull()
    assert view.document().resource(IMAGE, QUrl("phrase-image:A/1")).width() == 50
    assert 'src="phrase-image:A/1"' in view.picture(picture(50, 50))


@pytest.mark.parametrize("size", [QSize(10, 10), QSize(400, 40), QSize(40, 4000)])
def test_a_small_picture_fits_its_room(qtbot: QtBot, size: QSize) -> None:
    small = thumbnail(picture(size.width(), size.height()).data, QSize(100, 50))
    assert not small.isNull()
    assert small.width() <= 100 and small.height() <= 50


def test_what_is_too_large_or_no_image_is_named_and_not_opened(qtbot: QtBot) -> None:
    view = PhraseView()
    qtbot.addWidget(view)
    for image in (picture(4_000, 2_000), Image(id="x", title="图", data=b"\x89PNGx")):
        view.hold([image])
        assert view.picture(image) == "[图]"


def test_any_image_becomes_a_png(qtbot: QtBot) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0x0000FF)
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(written, b"JPEG").write(image)
    made = png(bytes(written.data().data()))
    back = QImage.fromData(made)
    assert made.startswith(b"\x89PNG") and (back.width(), back.height()) == (30, 20)
    assert png(made) is made
    assert png(b"\xff\xd8\xffbroken") == b""
