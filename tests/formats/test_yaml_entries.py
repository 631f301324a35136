"""YAML as the formats read it: bounded, in lines, and every text as it stands."""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken, Stopped
from companion.formats import yaml_entries
from companion.formats.items import unwatched
from tests.formats.tool_bodies import TEXT


def load(text: str) -> object:
    return yaml_entries.load(text, "a.yml", "espanso", unwatched)[0]


def broken_at(text: str) -> object:
    """Where it breaks, whether or not something stands before."""
    try:
        _, broken = yaml_entries.load(text, "a.yml", "espanso", unwatched)
    except FormatBroken as error:
        broken = error
    assert broken is not None
    return broken.facts["line"]


def test_what_looks_like_a_number_or_a_date_is_text() -> None:
    said = "a: yes\nb: 0123\nc: 2024-02-31\nd: ~\ne: null\nf: 'null'\ng: !!python/name:os.system x"
    assert load(said) == {
        **{"a": "yes", "b": "0123", "c": "2024-02-31", "d": "", "e": "", "f": "null", "g": "x"}
    }


def test_a_mapping_knows_its_line() -> None:
    root = yaml_entries.load("a: 1\nm:\n  - x: 1\n  -\n    y: 2\n", "a", "b", unwatched)[0]
    assert [entry.line for entry in yaml_entries.mappings(root["m"])] == [3, 5]


def test_what_is_repeated_and_merged_is_there_each_time() -> None:
    said = "d: &d {a: 1, b: 2}\nm:\n  - <<: *d\n    b: 3\n  - *d\n  - <<: [*d, {c: 4}]\n"
    root = load(said)
    assert isinstance(root, dict)
    assert root["m"] == [{"a": "1", "b": "3"}, {"a": "1", "b": "2"}, {"a": "1", "b": "2", "c": "4"}]


def test_a_file_that_breaks_off_gives_what_was_complete() -> None:
    said = "matches:\n  - a: 1\n  - a: 2\n    b: 'x\n"
    value, broken = yaml_entries.load(said, "a.yml", "espanso", unwatched)
    assert value == {"matches": [{"a": "1"}]}
    assert broken is not None
    assert broken.facts == {"place": "a.yml", "format": "espanso", "line": 5}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("[1\nb: 2\n", 2),
        ("\n\na: '\x07'", 3),
        ("a: *b", 1),
        ("\n&a [*a]", 2),
        ("[" * 100_000, 1),
        ("- " * 100_000, 1),
        ("&a [" * 10_000, 1),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(said: str, line: int) -> None:
    assert broken_at(said) == line


@pytest.mark.parametrize("said", ["[" * 100_000, "- " * 100_000, "{a: " * 10_000, "&a [" * 10_000])
def test_depth_is_bounded_without_libyaml_too(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    began = time.monotonic()
    assert broken_at(said) == 1
    assert time.monotonic() - began < 5
    assert load("m: [{a: 退}]") == {"m": [{"a": "退"}]}


def test_a_bomb_of_aliases_is_refused() -> None:
    lines = ["a0: &a0 [" + ", ".join(["laughing out loud"] * 9) + "]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    began = time.monotonic()
    _, broken = yaml_entries.load("\n".join(lines), "a", "b", unwatched)
    assert broken is not None
    text = "t: &t " + "x" * 100_000 + "\nm: [" + ", ".join(["*t"] * 100_000) + "]"
    _, broken = yaml_entries.load(text, "a", "b", unwatched)
    assert broken is not None
    assert time.monotonic() - began < 10


def test_reading_can_be_stopped_while_it_is_read() -> None:
    seen = []

    def watch(done: int, of: int) -> None:
        seen.append((done, of))
        if len(seen) == 3:
            raise Stopped

    for said in ("- {a: b}\n", "- a\n"):
        seen.clear()
        with pytest.raises(Stopped):
            yaml_entries.load(said * 5_000, "a", "b", watch)


FIELD = st.from_regex(r"[a-z_]{1,8}|\w{1,5}|null|yes", fullmatch=True)


@given(st.dictionaries(FIELD, TEXT | st.lists(TEXT, max_size=3), min_size=1))
def test_what_is_written_comes_back_to_us_and_to_others(said: dict[str, object]) -> None:
    text = "\n".join(["m:", *(f"  {line}" if line else "" for line in yaml_entries.dump(said))])
    assert load(text) == {"m": said}
    assert yaml.load(text, Loader=yaml.SafeLoader) == {"m": said}
    deep = {"a": [{"b": said}, {"c": "d"}], "e": yaml_entries.Bare("86400")}
    text = "\n".join(yaml_entries.dump(deep))
    assert load(text) == deep
    assert yaml.safe_load(text)["e"] == 86_400
