"""The window with the seat card in every state: for the gallery."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from companion.errors import FileUnwritable, WrongPassphrase
from companion.session.card import Card
from companion.session.card_qr import squares
from companion.ui.card_window import CardWindow
from companion.ui.messages import explain
from companion.ui.words import Words

_AGENTS = {"zh": "小林", "en": "Lin"}
_LONG = "Wolfeschlegelsteinhausenbergerdorff 诺敏·巴雅尔图·额尔德尼"
_STORE = "webdavs://lin@cloud.example.com/remote.php/dav/files/lin/Companion"


def card_states(words: Words) -> Iterator[tuple[str, QWidget]]:
    """The window from asking to what was done; each is shown while it is yielded."""
    window = CardWindow(words)
    window.show()
    window.ask()
    yield "card-ask", window
    window.ask(explain(WrongPassphrase(kind="card"), words))
    yield "card-wrong", window
    agent = _AGENTS[words.language]
    for name, card in (
        ("usual", Card("p" * 22, agent, _STORE, bytes(range(93)))),
        ("share", Card("p" * 22, agent, "folder:///x")),
        ("long", Card("p" * 22, _LONG, _STORE * 9, bytes(99))),
        ("too-long", Card("p" * 22, agent, _STORE * 40)),
    ):
        window.show_card(card, squares(card.text()))
        yield f"card-{name}", window
    card = Card("p" * 22, agent, _STORE, bytes(range(93)))
    window.show_card(card, squares(card.text()))
    window.tell(words.say("note.card"))
    yield "card-copied", window
    window.tell(words.say("card.saved", file=f"/media/{agent}/{'KINGSTON ' * 6}/{agent}.seatcard"))
    yield "card-saved", window
    window.show_problem(explain(FileUnwritable(place="/media/x", reason="PermissionError"), words))
    yield "card-problem", window
    window.close()
