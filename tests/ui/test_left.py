"""What is said of a desk that was left: nothing, or exactly what is there and why."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.session.remaining import Remaining
from companion.session.searching import Looked, Trace
from companion.session.standing import SignedOut
from companion.ui.leaving import MOST_ITEMS, Leaving
from companion.ui.left import report
from companion.ui.words import LANGUAGES, Words

LOOKED = Looked(("home", "temp"), ("cache",), 7, 2)
WHYS = ("home", "temp", "config", "data", "cache", "browser", "stuck", "keyring")


def out(*traces: Trace, kept: bool = False, remains: tuple[Remaining, ...] = ()) -> SignedOut:
    return SignedOut(0, kept, "unsent" if kept else "", list(traces), remains, LOOKED)


@pytest.fixture
def window(qtbot: QtBot) -> Leaving:
    window = Leaving(Words("zh"))
    qtbot.addWidget(window)
    return window


def shown(window: Leaving) -> list[str]:
    parts = window.items.findChildren(QLabel)
    return [part.text().replace("\u200b", "") for part in parts if part.isVisibleTo(window)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clean_desk_is_called_so_and_what_was_looked_at_is_named(language: str) -> None:
    words = Words(language)
    said = report(out(), words)
    assert (said.heading, said.items) == (words.say("left.nothing"), ())
    for name in ("home", "temp", "cache"):
        assert words.say(f"left.place.{name}") in said.looked
    kept = report(out(kept=True), words)
    assert kept.heading == words.say("left.sealed") and words.say("leaving.kept") in kept.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stays_sealed_and_a_card_for_the_next_desk_are_told_beside_the_rest(
    language: str,
) -> None:
    words = Words(language)
    both = report(out(Trace("/a", "temp"), kept=True), words)
    assert both.heading == words.say("left.some_sealed", count=1)
    card = report(out(), words, card_copied=True)
    assert (card.heading, card.lead) == (words.say("left.but_card"), words.say("left.card"))
    kept = report(out(kept=True), words, card_copied=True)
    assert kept.heading == words.say("left.sealed")
    assert kept.lead == f"{words.say('leaving.kept')}\n{words.say('left.card')}"


def test_why_a_secret_store_could_not_be_asked_is_said_in_words() -> None:
    words = Words("zh")
    (item,) = report(out(Trace("keyring", "keyring", "time-out")), words).items
    assert words.say("reason.time-out") in item.why and "time-out" not in item.why


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", WHYS)
def test_whatever_is_left_is_said_with_where_why_and_what_to_do(language: str, why: str) -> None:
    words = Words(language)
    said = report(out(Trace("/a/b", why, "PermissionError")), words)
    assert said.heading == words.say("left.some", count=1)
    assert "/a/b" in said.text()
    assert said.items[0].why and said.items[0].do in said.text()
    assert "  " not in said.items[0].text


def test_the_window_shows_each_and_the_copy_has_all_of_them(qtbot: QtBot, window: Leaving) -> None:
    traces = [Trace(f"/home/pool/.cache/{at}.log", "cache") for at in range(MOST_ITEMS + 5)]
    window.show_report(report(out(*traces), Words("zh")))
    assert len(shown(window)) == 2 * MOST_ITEMS + 1
    assert shown(window)[0] == traces[0].where
    assert shown(window)[-1] == Words("zh").say("left.more", count=5)
    copied: list[str] = []
    window.copy_wanted.connect(copied.append)
    window.copy.click()
    assert all(one.where in copied[0] for one in traces)
    assert "\u200b" not in copied[0]


def test_a_report_that_is_closed_names_nothing_any_more(qtbot: QtBot, window: Leaving) -> None:
    window.show_report(report(out(Trace("/a", "temp")), Words("zh")))
    window.close_it.click()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: not window.items.findChildren(QLabel))
    window.show_report(report(out(), Words("zh")))
    assert not window.items.isVisibleTo(window)


def test_what_an_input_method_has_is_one_of_the_lines(window: Leaving) -> None:
    remains = (Remaining("Chrome", "browser.remains.running", "Person 1"),)
    window.show_report(report(out(remains=remains), Words("zh")))
    assert shown(window)[0] == "Chrome · Person 1"
