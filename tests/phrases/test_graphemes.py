"""What counts as one character: as Qt's own editors move, and where Qt is wrong, as UAX 29 says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextLayout

from companion.phrases.graphemes import clusters, count_from

PLAIN = "a款 \r\n\t1#*é\u0301\u20e3\u200d\ufe0f\u200b각가각！"
PICTURES = "©™〰👨👩👧❤☎⌚▶🏽🏴\U000e0067\U000e007f"
FLAGS = "🇨🇳🇺🇸"


def by_qt(text: str) -> list[int]:
    layout, starts, at = QTextLayout(text), [0], 0
    while at < len(text.encode("utf-16-le")) // 2:
        at = layout.nextCursorPosition(at)
        starts.append(at)
    # Qt counts in UTF-16.
    where, index = 0, {}
    for number, char in enumerate(text):
        index[where] = number
        where += 2 if ord(char) > 0xFFFF else 1
    return [index[start] for start in starts if start in index]


@pytest.mark.usefixtures("qapp")
# Qt parts flags that stand behind a picture.
@given(
    st.text(alphabet=PLAIN + PICTURES, max_size=10) | st.text(alphabet=PLAIN + FLAGS, max_size=10)
)
def test_a_text_falls_into_the_same_clusters_as_in_qt(text: str) -> None:
    assert list(clusters(text)) == by_qt(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("您好", 2),
        ("👨\u200d👩\u200d👧", 1),
        ("e\u0301", 1),
        ("\r\n", 1),
        ("\n\n", 2),
        ("👍🏽👍", 2),
        ("🇨🇳🇺🇸", 2),
        ("👩🇨🇳", 2),
        ("©\u200d™", 1),
        ("👩\u200d\u200d👧", 2),
        ("1\ufe0f\u20e3", 1),
        ("नी", 1),
        ("각", 1),
        ("각", 1),
        ("🏴\U000e0067\U000e0062\U000e007f", 1),
    ],
)
def test_what_a_person_takes_for_one_character_is_one(text: str, count: int) -> None:
    assert len(list(clusters(text))) == count
    assert count_from(text, 0) == count
    assert count_from(f"x{text}", 1) == count
    assert count_from(text, len(text)) == 0


@given(st.text(max_size=30), st.integers(0, 30))
def test_presses_never_exceed_characters_and_only_fall(text: str, at: int) -> None:
    assert count_from(text, at) <= max(0, len(text) - at)
    assert count_from(text, at + 1) <= count_from(text, at)
