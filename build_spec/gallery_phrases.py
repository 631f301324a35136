"""Phrases with more than text, for the pictures: what a form may be asked to fill in."""

from datetime import datetime

from PySide6.QtGui import QColor, QImage, QPainter

from companion.phrases.expanding import Surroundings
from companion.phrases.filling import Filling
from companion.phrases.material import Material, Wording
from companion.profile.records import Image
from companion.ui.pictures import as_png
from companion.ui.slot_form import Asked
from companion.ui.words import Words

NOW = datetime(2026, 11, 27, 14, 30)
_USUAL = {
    "zh": "{称呼:先生|女士|您}好，您的 {单号} 已经补发，预计 {日期:+3工作日} 送到{光标}。",
    "en": "Dear {name}, parcel {number} is on its way again, due {date:+3wd}{cursor}.",
}
_LONG = {
    "zh": "要填的地方，名字写得很长很长的那一种，一行放不下也要放得下:" + "默认的话也很长，" * 12,
    "en": "a slot with a name that is long:" + "and a default that is as long as it can be " * 5,
}
_MANY = {
    "zh": ("单号", "称呼", "日期", "时间", "件数", "地址", "电话", "金额", "原因", "备注", "工号"),
    "en": (
        "number",
        "name",
        "date",
        "time",
        "items",
        "address",
        "phone",
        "sum",
        "why",
        "note",
        "id",
    ),
}
_CHOICES = {
    "zh": "{选一个:已经发货|还没发货，在催|这个写得特别特别长的选择放不下一整行，只好截断|缺货|}",
    "en": "{choose:sent|not sent, we are asking|a choice so long that no line of any form could "
    "ever hold it from its beginning to its end|sold out|}",
}
_SAY = {"zh": ("口语", "书面"), "en": ("Spoken", "Written")}
_RICH = {
    "zh": "<p>{称呼}，步骤是：</p><ol><li>打开 <b>设置</b></li><li>点下面的图</li></ol>",
    "en": "<p>{name}, the steps:</p><ol><li>open <b>Settings</b></li><li>see below</li></ol>",
}


def asked_states(words: Words) -> dict[str, Asked]:
    """What a form is for, by the name of the state."""
    language = words.language
    usual, long, rich = _USUAL[language], _LONG[language], _RICH[language]
    many = "".join(f"{name}：{{{name}}}\n" for name in _MANY[language])
    image = Image(id="i", title="x", media_type="image/png", data=picture())
    own = words.say("slots.own")
    spoken, written = _SAY[language]
    several = f"{usual}{{send}}{_CHOICES[language]}{{send}}{{phrase:?}}"
    return {
        "1": _asked({own: Wording("", f"{usual}")}),
        "12": _asked({own: Wording("", f"{many}{{{long}}}")}),
        "choices": _asked({own: Wording("", _CHOICES[language])}),
        "several": _asked({own: Wording("", several)}),
        "wordings": _asked(
            {own: Wording("", usual), spoken: Wording("", usual * 6), written: Wording("", rich)}
        ),
        "rich": _asked({own: Wording("", "{x}", f'{rich}<img src="i">')}, (image,)),
        "copy": _asked({own: Wording("", "{a}")}, copy_only=True),
    }


def _asked(
    wordings: dict[str, Wording], images: tuple[Image, ...] = (), copy_only: bool = False
) -> Asked:
    material = Material("m", tuple(wordings.values()), images)
    around = Surroundings(NOW)
    fillings = {title: Filling(material, each, around) for title, each in wordings.items()}
    return Asked(fillings, next(iter(wordings)), images, copy_only=copy_only)


def picture() -> bytes:
    """A small picture as PNG."""
    image = QImage(480, 270, QImage.Format.Format_RGB32)
    image.fill(QColor("#0F766E"))
    painter = QPainter(image)
    painter.fillRect(40, 40, 180, 120, QColor("#FDF1E0"))
    painter.end()
    return as_png(image)
