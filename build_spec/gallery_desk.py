"""The window on this desk's input methods and browsers in every state: for the gallery."""

from collections.abc import Iterator
from dataclasses import replace as replace_survey

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from companion.bookmarks.browsers import Browser
from companion.errors import FileUnwritable
from companion.formats.items import Problem
from companion.input_methods.finding import InputMethod
from companion.session.desk_places import BOOKMARKS, PHRASES, Outcome, Place, Survey
from companion.session.each_time import Wanted
from companion.session.lending import Refusal
from companion.session.remaining import Remaining
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.this_desk import ThisDesk
from companion.ui.words import Words

_SETS = {"zh": ("售后", "物流", "退款"), "en": ("After-sales", "Delivery", "Refunds")}
_LONG = "一个名字很长很长的短语组 with words that nobody could ever read to their end"
_MANY = 5_000
_CHROME = Browser("Chrome", "Person 1", "/c")


def desk_states(words: Words, colours: Tokens) -> Iterator[tuple[str, QWidget]]:
    """The window from the first look to what remains; each is shown while it is yielded."""
    window = ThisDesk(words, colours)
    window.show()
    yield "desk-looking", window
    window.show_survey(Survey((), False, {}))
    yield "desk-nothing", window
    yield from _states(window, words)
    window.close()


def _states(window: ThisDesk, words: Words) -> Iterator[tuple[str, QWidget]]:
    first, second, third = _SETS[words.language]
    shares = {
        PHRASES: {"": 4, first: 120, second: 1, _LONG: 38},
        BOOKMARKS: {"": 2, third: 12},
    }
    rime = InputMethod("ibus_rime", "rime", "/r")
    places = [
        Place(rime),
        Place(InputMethod("mspinyin", "mspinyin", "/m"), 163),
        Place(InputMethod("sogou", "", "/s")),
        Place(_CHROME, 0, Refusal.SYNCED),
        Place(Browser("Edge", _LONG, "/e"), 14, Refusal.RUNNING),
        Place(replace(_CHROME, browser="Firefox", folder="/f"), 0, Refusal.NOT_WRITABLE),
    ]
    survey = Survey(places, True, shares)
    window.show_survey(Survey(places, False, {PHRASES: {}, BOOKMARKS: {}}))
    yield "desk-no-phrases", window
    window.show_survey(survey)
    yield "desk-phrases", window
    wanted = Wanted({PHRASES: (first,), BOOKMARKS: (third,)}, _LONG)
    forbidden = frozenset({PHRASES, BOOKMARKS})
    window.show_survey(replace_survey(survey, forbidden=forbidden), wanted)
    yield "desk-forbidden", window
    window.show_survey(survey, wanted)
    yield "desk-each-time", window
    window.show_busy(True)
    yield "desk-busy", window
    window.show_busy(False)
    problems = [
        Problem("no_code", first),
        Problem("too_long", _LONG),
        *(Problem("filled_as_text", f"{second} {number}") for number in range(_MANY)),
    ]
    window.show_outcome(Outcome(161, problems, told=False))
    yield "desk-put", window
    for at, name in enumerate(("", "lent", "by-hand", "browser", "open", "firefox")):
        window.places.setCurrentIndex(window.places.model().index(at, 0))
        if name:
            yield f"desk-{name}", window
    window.places.setCurrentIndex(window.places.model().index(3, 0))
    window.show_outcome(Outcome(refused=Refusal.SYNCED))
    yield "desk-synced", window
    window.show_outcome(Outcome(14, [Problem("address_left_out", third)]))
    yield "desk-put-bookmarks", window
    window.show_remains([Remaining("Edge", "browser.remains.running", "Person 1")])
    yield "desk-remains", window
    window.show_remains([])
    yield "desk-taken-back", window
    window.show_failure(explain(FileUnwritable(place="/c/Bookmarks", reason="OSError"), words))
    yield "desk-failed", window
    many = {f"{first} {number}": number % 50 for number in range(_MANY)}
    window.show_survey(Survey(places[:1], False, {PHRASES: many}))
    yield "desk-many", window
