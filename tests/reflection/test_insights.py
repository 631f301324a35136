"""Insights: counts always, a sentence only where there is enough to say one."""

from typing import Any

from companion.profile.records import Reflection
from companion.reflection.insights import LEAST_ENTRIES, insights


def entries(*rows: dict[str, Any]) -> list[Reflection]:
    return [Reflection(id=str(at), at=at, **row) for at, row in enumerate(rows)]


def keys(rows: list[Reflection]) -> list[str]:
    return [sentence.key for sentence in insights(rows).sentences]


def test_counts_are_there_from_the_first_entry_on() -> None:
    found = insights(entries({"hard": 4, "need": "催发货", "lens": "process"}, {"hard": 4}))
    assert (found.entries, found.hard) == (2, {"4": 2})
    assert (found.need, found.lens, found.helped) == ({"催发货": 1}, {"process": 1}, {})
    assert found.sentences == []


def test_below_five_entries_nothing_is_concluded() -> None:
    same = [{"hard": 5, "need": "催发货"}] * LEAST_ENTRIES
    assert keys(entries(*same[:-1])) == []
    assert keys(entries(*same)) == ["break", "need"]


def test_the_sentence_carries_its_numbers() -> None:
    rows = entries(*[{"need": "催发货"}] * 3, *[{"need": "真退"}] * 2)
    (sentence,) = insights(rows).sentences
    assert sentence.facts == {"name": "催发货", "count": 3, "of": 5}


def test_a_tie_is_no_finding() -> None:
    assert keys(entries(*[{"need": "甲"}] * 3, *[{"need": "乙"}] * 3)) == []


def test_the_agent_is_never_the_finding() -> None:
    assert keys(entries(*[{"lens": "self"}] * 9)) == []
    assert keys(entries(*[{"lens": "system"}] * 9)) == ["lens"]


def test_a_break_is_offered_after_three_hard_ones_in_a_row() -> None:
    easy, hard = {"hard": 2}, {"hard": 4}
    assert "break" in keys(entries(easy, easy, hard, {"need": "甲"}, hard, hard))
    assert "break" not in keys(entries(hard, hard, hard, hard, easy))


def test_easier_needs_as_many_before() -> None:
    assert keys(entries(*[{"hard": 4}] * 5, *[{"hard": 2}] * 5)) == ["easier"]
    assert keys(entries(*[{"hard": 4}] * 4, *[{"hard": 2}] * 5)) == []
