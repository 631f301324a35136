"""The words: every key in both languages, with the same facts, for every error and problem."""

import re
import string
from pathlib import Path

import pytest

from companion import formats, input_methods
from companion.errors import CompanionError
from companion.reflection.insights import LEAST_ENTRIES
from companion.reflection.log import LENSES
from companion.reflection.masking import KINDS
from companion.resource_files import resource
from companion.session import lending, planning
from companion.ui.messages import explain
from companion.ui.words import LANGUAGES, Words, catalogue

FACT = re.compile(r"Facts: ([^.]*)")
CODE = [
    Path(planning.__file__),
    Path(lending.__file__),
    *sorted(Path(formats.__path__[0]).glob("*.py")),
    *sorted(Path(input_methods.__path__[0]).glob("*.py")),
]


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_catalogues_hold_the_same_keys_and_facts() -> None:
    zh, en = map(catalogue, LANGUAGES)
    assert zh.keys() == en.keys()
    assert {key for key in zh if facts_of(zh[key]) != facts_of(en[key])} == set()
    assert all(text.strip() for text in (*zh.values(), *en.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_files_give_the_same_key(language: str) -> None:
    held: dict[str, str] = {}
    for file in resource("i18n", language).glob("*.json"):
        keys = re.findall(r'^\s*"([^"]+)":', file.read_text("utf-8"), re.MULTILINE)
        for key in keys:
            assert held.setdefault(key, file.name) is file.name
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CompanionError.__subclasses__())
def test_every_error_has_its_words(kind: type[CompanionError], language: str) -> None:
    """Filled with just the facts that its class promises."""
    said = FACT.search(" ".join((kind.__doc__ or "").split()))
    names = re.findall(r"(\w+)(?: \([^)]*\))?", re.sub(r"\([^)]*\)", "", said[1])) if said else []
    message = explain(kind(**dict.fromkeys(names, "X")), Words(language))
    assert all((message.what, message.safe, message.do))


def test_every_problem_that_is_made_has_words() -> None:
    """And every word belongs to a problem: its kind is written out somewhere."""
    code = "\n".join(path.read_text("utf-8") for path in CODE)
    made = set(
        re.findall(
            r'(?:Problem\(|tell\(|keep\(\w+, |kinds\.append\(|kinds = \[(?:\*kinds, )?)"(\w+)"',
            code,
        )
    )
    known = {key.removeprefix("problem.") for key in catalogue("zh") if key.startswith("problem.")}
    assert made <= known
    assert known >= planning.NOT_TRANSLATED
    assert {kind for kind in known if f'"{kind}"' not in code} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_by_name_has_words(language: str) -> None:
    words = Words(language)
    for key in (*(f"lens.{lens}" for lens in LENSES), *(f"masked.{kind}" for kind in KINDS)):
        assert words.knows(key)
    assert str(LEAST_ENTRIES) in words.say("insight.rule", entries=LEAST_ENTRIES, times=3)


def test_chinese_words_have_chinese_punctuation() -> None:
    mixed = re.compile(r"[一-鿿][,:;?!]|[,:;?!][一-鿿]")
    assert {key: text for key, text in catalogue("zh").items() if mixed.search(text)} == {}
