"""Standing up in every state, and what others have left on the desk: for the gallery."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from companion.errors import FileUnwritable
from companion.seat_errors import RunsElsewhere
from companion.session.leftovers import Leftover
from companion.session.remaining import Remaining
from companion.session.searching import Looked, Trace
from companion.session.standing import SignedOut
from companion.ui.leaving import Leaving
from companion.ui.left import report
from companion.ui.leftovers import LeftoversForm
from companion.ui.messages import explain
from companion.ui.refused import Refused
from companion.ui.shift import ShiftNotice
from companion.ui.words import Words

_NAME = "Wolfeschlegelsteinhausenbergerdorff 诺敏·巴雅尔图·额尔德尼"
_PLACE = "/media/a-share-with-a-long-name/" * 6
_NOW = 1_795_500_000


def leaving_states(words: Words) -> Iterator[tuple[str, QWidget]]:
    """Signing out from the question to the report."""
    window = Leaving(words)
    window.ask()
    yield "leaving-ask", window
    window.warn(words.say("signout.waiting", count=1_204))
    yield "leaving-ask-waiting", window
    window.show_sending(0, 0, slow=False)
    yield "leaving-sending", window
    window.show_sending(3, 10, slow=True)
    yield "leaving-slow", window
    window.show_wiping()
    yield "leaving-wiping", window
    for name, out in _left():
        window.show_report(report(out, words), can_hand_over=out.kept_sealed)
        yield f"leaving-{name}", window
    window.show_report(report(SignedOut(2, False, "", []), words, card_copied=True))
    yield "leaving-card", window
    window.show_handed_over(f"{_PLACE}companion.waiting")
    yield "leaving-handed-over", window
    window.hide()


def _left() -> Iterator[tuple[str, SignedOut]]:
    """What signing out may have left behind."""
    looked = Looked(("home", "temp", "config", "data"), ("cache",), 1_204, 3)
    yield "clean", SignedOut(2, False, "", [], (), Looked(("home", "temp", "config"), (), 12))
    yield "kept", SignedOut(0, True, "store_unreachable", [], (), looked)
    remains = (Remaining("Chrome", "browser.remains.sealed", _NAME),)
    yield "remains", SignedOut(2, False, "", [], remains, looked)
    whys = ("home", "temp", "config", "data", "cache", "browser", "stuck")
    traces = [Trace(f"{_PLACE}file-{why}.sqlite", why, "PermissionError") for why in whys]
    traces.append(Trace("keyring", "keyring", "time-out"))
    yield "traces", SignedOut(0, True, "store_unreachable", traces, remains, looked)
    many = [Trace(f"/home/pool/.cache/chat/{at:04}.log", "cache") for at in range(5_000)]
    yield "many", SignedOut(2, False, "", many, (), looked)


def shift_states(words: Words) -> Iterator[tuple[str, QWidget]]:
    """A few minutes before the end of a shift; and a start that is refused."""
    window = ShiftNotice(words)
    window.tell("18:30", 5)
    yield "shift", window
    window.close()
    refused = Refused(words, explain(RunsElsewhere(), words))
    refused.show()
    yield "refused", refused
    refused.close()


def leftover_states(words: Words) -> Iterator[tuple[str, QWidget]]:
    """What others left, from none to many, and who forgot to sign out."""
    window = LeftoversForm(words)
    window.show_leftovers([], _NOW)
    yield "leftovers-none", window
    one = Leftover("a", 3, 34_000, _NOW - 3_600, False)
    window.show_leftovers([one], _NOW)
    yield "leftovers-one", window
    waiting = Leftover("b", 40, 5_000_000, _NOW - 9 * 86_400, True)
    window.show_leftovers([one, waiting, Leftover("c", 1, 1, 1_700_000_000, True)], _NOW)
    window.boxes[1].setChecked(True)
    yield "leftovers-ticked", window
    window.clear.click()
    yield "leftovers-sure", window
    window.show_leftovers([waiting] * 60, _NOW)
    yield "leftovers-many", window
    window.ask_stand_down()
    yield "leftovers-forgot", window
    remains = (Remaining("Chrome", "browser.remains.running", _NAME),)
    window.show_done(report(SignedOut(0, True, "", [], remains), words))
    yield "leftovers-stood-down", window
    window.show_failure(explain(FileUnwritable(place=_PLACE, reason="PermissionError"), words))
    yield "leftovers-failed", window
    window.close()
