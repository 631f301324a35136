"""Slot forms opened for a test, and what they said."""

from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from companion.desk.ports import Content
from companion.phrases.expanding import Surroundings
from companion.phrases.filled import Filled, only_png
from companion.phrases.filling import Filling
from companion.phrases.material import Material, Wording
from companion.profile.records import Image
from companion.ui import style
from companion.ui.slot_form import Asked, SlotForm
from companion.ui.words import Words
from tests.phrases.filled import NOW

WORDS = Words("zh")


@dataclass
class Opened:
    """A form, and the texts it gave with whether each is only to be copied."""

    form: SlotForm
    sent: list[tuple[str, bool]] = field(default_factory=list)
    contents: list[Content] = field(default_factory=list)
    left: int = 0

    def take(self, filled: Filled, copied: bool) -> None:
        messages = filled.messages(only_png)
        self.sent.append(("⏎".join(message.content.text for message in messages), copied))
        self.contents += [message.content for message in messages]
        self.form.put_away()

    def leave(self) -> None:
        self.left += 1


def opened(
    qtbot: QtBot,
    *wordings: Wording | str,
    images: tuple[Image, ...] = (),
    offers: dict[str, list[str]] | None = None,
    copy_only: bool = False,
    choose: bool = False,
) -> Opened:
    """A form for the first of these wordings."""
    said = [each if isinstance(each, Wording) else Wording("常用", each) for each in wordings]
    material = Material("m", tuple(said), images)
    fillings = {each.title: Filling(material, each, Surroundings(NOW)) for each in said}
    asked = Asked(fillings, said[0].title, images, copy_only=copy_only, choose=choose)
    held = offers or {}
    form = SlotForm(WORDS, style.LIGHT, asked, lambda slot: held.get(slot.name, []))
    qtbot.addWidget(form)
    made = Opened(form)
    form.filled.connect(made.take)
    form.left.connect(made.leave)
    with qtbot.waitActive(form):
        form.ask()
    return made
