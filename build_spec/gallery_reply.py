"""The window of the draft check in every state that shows other words, for the gallery."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from companion.ui import style
from companion.ui.reply import ReplyWindow
from companion.ui.words import Words

State = tuple[str, QWidget]
_CUSTOMER = {
    "zh": "都买了三天了还没发货，不要了，我要退货！你们到底有没有人管？",
    "en": "It's been five days and it still hasn't shipped. I want my money back!",
}
_ALL = {
    "zh": "王先生，您3月5号买的锅十有八九是自己摔的吧？公司规定拆封后不退。我们会尽快处理。",
    "en": "Mr Doyle, you should have read the size chart. Our policy is not to refund sale items. "
    "We'll look into it as soon as possible.",
}
_FINE = {
    "zh": "您好，单号88231我查到了，今天18:00前给您回话。",
    "en": "I've found order 88231 and will call you by 6pm today.",
}
_NO = {"zh": "订单88231退不了。", "en": "We can't refund order 88231."}


def reply_states(words: Words, colours: style.Tokens) -> Iterator[State]:
    """Nothing yet, fine, one sentence and three at fault, a slot to fill in, a text without end."""
    language = words.language
    window = ReplyWindow(words, colours)
    window.open_for(words.say("prompt.title") * 6, None, _ALL[language], _CUSTOMER[language] * 3)
    yield "reply", window
    window.open_for(words.say("prompt.title"), None, _NO[language])
    yield "reply-no", window
    QTest.keyClick(window.rows.rows[0], Qt.Key.Key_Return)
    yield "reply-taken", window
    QTest.keyClick(window.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yield "reply-fill", window
    window.open_for(words.say("prompt.title"), None, _FINE[language])
    yield "reply-fine", window
    window.open_for(None, None, "")
    window.foot.say(words.say("reply.nothing"))
    yield "reply-empty", window
    window.open_for(None, None, _ALL[language] * 30)
    yield "reply-long", window
    window.put_away()
