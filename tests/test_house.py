"""The rules of the house: layers, size, docstrings, and words in both languages for everything."""

import ast
import inspect
import json
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

import companion.errors
import companion.seat_errors
import companion.team_errors
from companion.errors import CompanionError
from companion.resource_files import resource
from companion.ui.messages import explain
from companion.ui.words import LANGUAGES, Words, catalogue

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 300
PAGE = ROOT / "ARCHITECTURE.md"
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def files(*folders: str) -> list[Path]:
    found = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    assert found
    return found


def said_first(path: Path) -> str:
    """The first line of a module's docstring, empty where it has none."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_arrows_run_downward_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_no_file_is_too_long_to_read_at_once() -> None:
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files("companion", "tests")
    }
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in files("companion", "tests") if not said_first(path)]
    # The folders of tests are packages only so that two files in them may share a name.
    assert [name(path) for path in silent if path.read_bytes()] == []
    assert [name(path) for path in silent if path.is_relative_to(ROOT / "companion")] == []


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_both_languages_have_the_same_keys_and_fields() -> None:
    chinese, english = (catalogue(language) for language in ("zh", "en"))
    assert chinese.keys() == english.keys()
    differ = [key for key in chinese if fields(chinese[key]) != fields(english[key])]
    assert differ == []
    assert set(LANGUAGES) == {path.name for path in resource("i18n").iterdir()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_stands_once_and_every_text_says_something(language: str) -> None:
    keys: list[str] = []
    for file in sorted(resource("i18n", language).glob("*.json")):
        # A JSON parser keeps the last of two namesakes and says nothing.
        pairs = json.loads(file.read_bytes(), object_pairs_hook=lambda pairs: pairs)
        keys += [key for key, _ in pairs]
    assert sorted(keys) == sorted(catalogue(language))
    assert [key for key, text in catalogue(language).items() if not text.strip()] == []


def errors() -> list[type[CompanionError]]:
    known = vars(companion.errors) | vars(companion.seat_errors) | vars(companion.team_errors)
    kinds = [kind for kind in known.values() if inspect.isclass(kind)]
    return [kind for kind in kinds if issubclass(kind, CompanionError) and kind != CompanionError]


def facts(error: type[CompanionError]) -> dict[str, str]:
    """The facts that an error's docstring promises: ``Facts: place, line (0 when unknown).``"""
    _, _, promised = (error.__doc__ or "").partition("Facts: ")
    names = re.sub(r"\([^)]*\)", "", promised).rstrip(".").split(",")
    return {name.strip(): f"<{name.strip()}>" for name in names if name.strip()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", errors(), ids=lambda error: str(error.code))
def test_every_error_has_its_words(error: type[CompanionError], language: str) -> None:
    message = explain(error(**facts(error)), Words(language))
    assert message.what and message.safe and message.do


def test_every_error_stands_where_errors_stand_under_a_code_of_its_own() -> None:
    codes = [error.code for error in errors()]
    assert len(codes) == len(set(codes))
    bases = "|".join(["CompanionError", *(error.__name__ for error in errors())])
    declaring = re.compile(rf"^class \w+\((?:{bases})\b", re.MULTILINE)
    found = [name(path) for path in files("companion") if declaring.search(path.read_text("utf-8"))]
    assert found == ["companion/errors.py", "companion/seat_errors.py", "companion/team_errors.py"]


def test_no_words_are_left_of_errors_that_are_gone() -> None:
    told = {key.split(".")[1] for key in catalogue("zh") if key.startswith("error.")}
    assert told == {error.code for error in errors()} | {"unexpected"}


@pytest.mark.skipif(not PAGE.is_file(), reason="there is no ARCHITECTURE.md")
def test_the_table_of_files_says_what_the_modules_say() -> None:
    rows = re.findall(r"^\| `([^`]+\.py)` \| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    listed = dict(rows)
    assert len(listed) == len(rows)
    assert {path for path in listed if path.startswith("companion/")} == {
        name(path) for path in files("companion")
    }
    assert listed == {path: said_first(ROOT / path) for path in listed}


def test_every_promise_names_tests_that_exist() -> None:
    rows = [
        line
        for line in (ROOT / "docs" / "promises.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and "| tried by |" not in line
    ]
    assert len(rows) > 40
    for row in rows:
        cited = re.findall(r"`(tests/[^`:]+\.py)::(test_\w+)`", row)
        assert cited, row
        for path, test in cited:
            assert f"def {test}(" in (ROOT / path).read_text("utf-8"), test


@pytest.mark.parametrize("folder", ["companion", "tests", "build_spec"])
def test_no_check_is_switched_off(folder: str) -> None:
    # Put together here, or this file would be the first to be found.
    off = re.compile("# (type: " + "ignore|no" + "qa|pragma: no)")
    found = [
        path.name for path in (ROOT / folder).rglob("*.py") if off.search(path.read_text("utf-8"))
    ]
    assert found == []
