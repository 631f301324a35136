"""Slots are found by the syntax, whatever it comes to know, and the preview shows them."""

from datetime import datetime

from companion.ui.library_body import slots_in
from companion.ui.library_preview import Shown, rendered


def test_slots_are_found_by_the_syntax_and_the_preview_shows_what_goes_out() -> None:
    line = "{称呼}，{{x}} {日期:今天} { } {"
    found = [(line[start:end], slot) for start, end, slot in slots_in(line)]
    assert found == [("{称呼}", True), ("{{", False), ("}}", False), ("{日期:今天}", True)]
    now = datetime(2026, 3, 1, 9)
    assert list(rendered("{称呼}，{{x}} {日期:今天}{发送}{剪贴板}{光标}", now)) == [
        Shown("称呼", "open"),
        Shown("，{x} "),
        Shown("3月1日", "filled"),
        Shown(" ⏎\n", "filled"),
        Shown("剪贴板", "open"),
    ]


def test_a_choice_that_begins_with_nothing_is_not_open() -> None:
    assert list(rendered("{end:|Thanks}{end:Thanks|}{end:}")) == [
        Shown("", "filled"),
        Shown("Thanks", "filled"),
        Shown("end", "open"),
    ]
