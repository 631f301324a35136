"""Renders every window in every state, look, language and size to PNG: what there is to judge.

python -m build_spec.gallery DIR [--look light dark] [--language zh en] [--size 1 2 font]
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from build_spec.gallery_bookmarks import bookmark_states
from build_spec.gallery_card import card_states
from build_spec.gallery_desk import desk_states
from build_spec.gallery_import import import_states
from build_spec.gallery_leaving import leaving_states, leftover_states, shift_states
from build_spec.gallery_library import library_states
from build_spec.gallery_phrases import asked_states
from build_spec.gallery_picker import pickers
from build_spec.gallery_practice import practice_states
from build_spec.gallery_prompt import prompt_states
from build_spec.gallery_reply import reply_states
from build_spec.gallery_sitting import LONG_NAME, LONG_PLACE, sitting_states
from build_spec.gallery_watch import watch_states
from companion.errors import SecretsUnavailable
from companion.phrases.search import Entry
from companion.seat_errors import PinOver, PinTooPlain, WrongPin
from companion.session.standing import Status
from companion.ui import style
from companion.ui.key_names import spelled
from companion.ui.messages import explain
from companion.ui.phrase_forms import PhraseEditor
from companion.ui.pin import PinForm
from companion.ui.program_names import listed
from companion.ui.slot_form import SlotForm
from companion.ui.standing import lines
from companion.ui.tray import Tray
from companion.ui.unlock import Unlock
from companion.ui.words import LANGUAGES, Words

LOOKS = ("light", "dark")
SIZES = ("1", "2", "font")
"""The screen at 100 % and at 200 %, and the system's font doubled."""
ROOT = Path(__file__).resolve().parent.parent
State = tuple[str, QWidget]
_TITLES = {
    "zh": ("退款进度安抚", "退款路径说明", "特快专递条款", "换货先问一句", "停机保号开通"),
    "en": ("Refund on its way", "Refund: how it goes back", "Exchange", "Late parcel", "VIP"),
}
_BODIES = {
    "zh": "{称呼}，钱没到账肯定惦记。退款 {日期:今天} 已经提交银行，一般 1–3 个工作日到账。",
    "en": "Dear {name}, your refund went to the bank on {date:Monday}. It takes 1 to 3 days.",
}
_SETS = {"zh": ("售后", "物流"), "en": ("After-sales", "Delivery")}
_AGENTS = {"zh": "林", "en": "Lin"}
# A moment in the middle of a day, wherever the pictures are drawn.
NOW = int(time.mktime((2026, 11, 24, 14, 30, 0, 0, 0, -1)))


def entries(language: str) -> list[Entry]:
    """A few phrases as an agent has them."""
    sets, body = _SETS[language], _BODIES[language]
    return [
        Entry(str(at), "phrase", title, body, "tk", sets[at % 2], uses=34 - at)
        for at, title in enumerate(_TITLES[language])
    ]


def states(words: Words, colours: style.Tokens) -> Iterator[State]:
    """Every window in every state that shows other words; each is shown while it is yielded."""
    yield from pickers(words, colours, entries(words.language))
    yield from prompt_states(words, colours)
    yield from reply_states(words, colours)
    yield from sitting_states(words)
    yield from _unlock(words)
    yield from _editor(words)
    yield from _slots(words, colours)
    yield from _tray(words)
    yield from leaving_states(words)
    yield from leftover_states(words)
    yield from shift_states(words)
    yield from library_states(words, colours)
    yield from import_states(words, colours)
    yield from desk_states(words, colours)
    yield from card_states(words)
    yield from bookmark_states(words, colours)
    yield from practice_states(words, colours)
    yield from watch_states(words, colours)


def _unlock(words: Words) -> Iterator[State]:
    window, agent = Unlock(words), _AGENTS[words.language]
    window.ask(agent, may_pin=True, locked=True)
    yield "unlock-pin", window
    window.show_problem(explain(WrongPin(left=3), words), may_pin=True, by_pin=True)
    yield "unlock-pin-wrong", window
    window.show_problem(explain(PinOver(), words), may_pin=False, by_pin=False)
    yield "unlock-pin-over", window
    window.ask(LONG_NAME, may_pin=True)
    window.other.click()
    QTest.keyClick(window.secret, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(window.secret, "correct horse")
    window.caps.show()
    window.fit()
    yield "unlock-passphrase", window
    window.busy(True)
    yield "unlock-trying", window
    window.forget()
    window.hide()
    form = PinForm(words)
    form.ask("18:30", 6, is_set=False)
    yield "pin", form
    form.ask("18:30", 6, is_set=True)
    form.expect(may_ask=True)
    yield "pin-store", form
    form.show_problem(explain(PinTooPlain(), words))
    yield "pin-plain", form
    form.ask("18:30", 6, is_set=True)
    form.refuse(explain(SecretsUnavailable(reason="NoKeyringError"), words))
    yield "pin-problem", form
    form.hide()


def _editor(words: Words) -> Iterator[State]:
    editor = PhraseEditor(words)
    editor.write("", "")
    yield "editor", editor
    QTest.keyClick(editor.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yield "editor-problem", editor
    editor.write(_TITLES[words.language][0], _BODIES[words.language] * 9)
    yield "editor-filled", editor
    editor.hide()


def _slots(words: Words, colours: style.Tokens) -> Iterator[State]:
    for name, asked in asked_states(words).items():
        form = SlotForm(words, colours, asked, lambda slot: ["林女士", slot.name * 9])
        form.ask()
        yield f"slots-{name}", form
        QTest.keyClick(form, Qt.Key.Key_Return)
        if form.problem.isVisible():
            yield f"slots-{name}-problem", form
        form.put_away()


def _tray(words: Words) -> Iterator[State]:
    tray = Tray(words)
    for keys, does in (("ctrl+alt+space", "find"), ("ctrl+alt+k", "lock")):
        tray.name_keys(does, spelled(keys, words))
    for name, status in _standings(words):
        refused = name == "store_login_refused"
        tray.set_open(True, "\n".join(lines(words, status, NOW)), refused=refused)
        yield from _popped(f"tray-{name}", tray)
    say = words.say
    watched = say("watch.tray", names=listed(("weixin", "aliworkbench"), words))
    first, *rest = lines(words, _usual(words), NOW)
    tray.set_open(True, "\n".join((first, watched, *rest)), watching=True)
    yield from _popped("tray-watching", tray)
    who = say("tray.status.open", agent=LONG_NAME, phrases=5_000, bookmarks=300)
    tray.set_open(True, f"{who}\n{say('tray.syncing_at', done=3, of=10)}", syncing=True)
    yield from _popped("tray-syncing", tray)
    tray.set_leaving(say("tray.leaving"))
    yield from _popped("tray-leaving", tray)
    tray.set_open(False, say("tray.status.closed"))
    yield from _popped("tray-closed", tray)
    tray.set_locked(say("tray.status.locked", agent=LONG_NAME))
    yield from _popped("tray-locked", tray)


def _popped(name: str, tray: Tray) -> Iterator[State]:
    tray.menu.popup(tray.menu.pos())
    yield name, tray.menu
    tray.menu.hide()


def _usual(words: Words) -> Status:
    """How an open profile stands on most days."""
    return Status(
        signed_in=True,
        agent=_AGENTS[words.language],
        phrases=5_000,
        bookmarks=300,
        synced_at=NOW - 300,
        next_at=NOW + 240,
    )


def _standings(words: Words) -> Iterator[tuple[str, Status]]:
    """How an open profile may stand."""
    usual = _usual(words)
    place: dict[str, str | int] = {"place": f"https://cloud.example{LONG_PLACE}", "reason": "x"}
    yield "open", usual
    yield "open-long", replace(usual, agent=LONG_NAME, waiting=3, synced_at=NOW - 9 * 86_400)
    yield "unreadable", replace(usual, unreadable=["a", "b"])
    for code in ("store_unreachable", "store_missing", "store_busy", "store_login_refused"):
        failed = replace(usual, problem=code, facts=place, waiting=3, synced_at=NOW - 7_200)
        yield code, replace(failed, next_at=0) if code == "store_login_refused" else failed


def application(size: str) -> QApplication:
    """The application at a size; the scale of the screen was fixed before Qt began."""
    made = QApplication(sys.argv[:1])
    if size == "font":
        font = made.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        made.setFont(font)
    return made


def surroundings(size: str) -> dict[str, str]:
    """The environment in which a process draws at a size."""
    scale = size if size.isdigit() else "1"
    return os.environ | {"QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}


def _draw(folder: Path, look: str, language: str, size: str) -> None:
    made = application(size)
    colours = style.apply(made, look)
    for name, window in states(Words(language), colours):
        # A window manager gives a window its size a little later.
        QTest.qWait(60)
        window.grab().save(str(folder / f"{name}-{language}-{look}-{size}.png"))


def main() -> None:
    """Draw what is asked for, each look, language and size in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m build_spec.gallery")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--look", nargs="+", choices=LOOKS, default=LOOKS)
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--size", nargs="+", choices=SIZES, default=SIZES)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.here:
        _draw(asked.folder, asked.look[0], asked.language[0], asked.size[0])
        return
    for look in asked.look:
        for language in asked.language:
            for size in asked.size:
                one = ["--look", look, "--language", language, "--size", size, "--here"]
                command = [sys.executable, "-m", "build_spec.gallery", str(asked.folder), *one]
                subprocess.run(command, env=surroundings(size), check=True)


if __name__ == "__main__":
    main()
