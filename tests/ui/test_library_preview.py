"""Slots are found by the syntax, whatever it comes to know, and the preview shows them."""

from datetime import datetime

import pytest

from companion.ui import library_body, library_preview
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


def test_what_only_a_newer_syntax_knows_is_shown_and_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Later:
        name = "日期"

    monkeypatch.setattr(library_preview, "parse", lambda _body: ["a", Later(), object()])
    assert list(rendered("x")) == [Shown("a"), Shown("日期", "open"), Shown("…", "open")]
    monkeypatch.setattr(library_body, "parse", lambda _body: [Later()])
    assert list(slots_in("{日期:+3天}")) == [(0, 8, True)]
