"""The picker in every state that shows other words, for the gallery."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from companion.errors import StoreUnreachable
from companion.phrases.search import Entry, Index
from companion.ui import style
from companion.ui.key_names import spelled
from companion.ui.messages import explain
from companion.ui.picker import Picker
from companion.ui.words import Words

State = tuple[str, QWidget]
LONG_TARGET = "客户 — 会话窗口 — the title of a chat window that nobody could ever read to its end"
_CONTROL = Qt.KeyboardModifier.ControlModifier


def pickers(words: Words, colours: style.Tokens, few: list[Entry]) -> Iterator[State]:
    """The picker with nothing, with one, a few and very many; each is shown while yielded."""
    query = "tk" if words.language == "zh" else "ref"
    body = f"{few[0].body * 30}{{x}}"
    long = Entry("l", "phrase", few[0].title * 9, body, "tk", "售后" * 30, uses=99)
    lines = replace(few[0], id="m", body="\n".join(f"{at}. {few[1].title}" for at in range(60)))
    many = [Entry(str(at), "phrase", f"{few[0].title} {at}", few[0].body) for at in range(5_000)]
    mark = Entry("b", "bookmark", few[1].title, "https://shop.example/refunds?a=1", set="CRM")
    starred = [replace(entry, favourite=True) for entry in few[:2]]
    mixed = [*starred, *few[2:], replace(few[0], id="n", uses=0)]
    held: dict[str, tuple[list[Entry], str, str | None]] = {
        "empty": ([], "", None),
        "one": (few[:1], "", ""),
        "hits": (few, query, LONG_TARGET),
        "all": (few, "", few[0].set),
        "sections": (mixed, "", few[0].set),
        "nothing": (few, "q" * 80, "x"),
        "many": (many, "", "x"),
        "long": ([long, *few], "", LONG_TARGET),
        "lines": ([lines], few[0].title, "x"),
        "bookmark": ([mark], "", "x"),
    }
    for name, (found, typed, target) in held.items():
        picker = Picker(words, colours, Index(found).find)
        picker.open_for(target)
        picker.search.setText(typed)
        yield f"picker-{name}", picker
        picker.hide()
    picker = Picker(words, colours, Index(few).find)
    picker.tell(str(explain(StoreUnreachable(place="cloud.example", reason="x"), words)))
    picker.open_for(words.say("sitting.try.target"))
    yield "picker-told", picker
    picker.hide()
    for name, act in _ACTS.items():
        picker = Picker(words, colours, Index(few).find, lambda query: _scopes(few, query))
        for keys, does in (("ctrl+alt+space", "find"), ("ctrl+alt+k", "lock")):
            picker.panel.help.name_keys(does, spelled(keys, words))
        picker.open_for(LONG_TARGET)
        act(picker)
        yield f"picker-{name}", picker
        picker.hide()


def _scopes(few: list[Entry], query: str) -> list[str]:
    names = dict.fromkeys(entry.set for entry in few)
    return [f"@{name} " for name in (*names, "很长的分组名字" * 9)] if query == "@" else []


def _press(key: Qt.Key, held: Qt.KeyboardModifier) -> Callable[[Picker], None]:
    return lambda picker: QTest.keyClick(picker.search, key, held)


_ACTS: dict[str, Callable[[Picker], None]] = {
    "help": _press(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    "pinned": _press(Qt.Key.Key_P, _CONTROL),
    "favourite": _press(Qt.Key.Key_D, _CONTROL),
    "cannot": _press(Qt.Key.Key_O, _CONTROL),
    "gone": lambda picker: picker.show_target("x", gone=True),
    "scopes": lambda picker: picker.search.setText("@"),
}
