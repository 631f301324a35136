"""The command line and everything below it run where Qt is not installed."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "companion"
# What pyproject.toml does not name as Qt-free as a whole, or at all.
BESIDES = (
    "companion.resource_files",
    "companion.wiring.seats",
    "companion.runtime.address",
    "companion.runtime.asking",
    "companion.runtime.framing",
)
# None in sys.modules makes every import of the name, or of what is inside it, fail.
NO_QT = "import sys; sys.modules.update(PySide6=None, shiboken6=None)\n"
IMPORT = """
import importlib
try:
    import PySide6.QtCore
except ImportError:
    pass
else:
    raise SystemExit("Qt can still be imported")
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
COMMAND = """
from companion.cli.main import main
raise SystemExit(main(sys.argv[1:]))
"""


def run(code: str, *arguments: str) -> str:
    """What a Python without Qt prints while it runs the code."""
    done = subprocess.run(
        [sys.executable, "-c", NO_QT + code, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def named() -> set[str]:
    """The modules and packages that are Qt-free."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each["id"] == "qt")
    return {*contract["source_modules"], *BESIDES}


def modules() -> list[str]:
    """Every module of the Qt-free half that there is in the package's folder."""
    found = []
    for file in PACKAGE.rglob("*.py"):
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if any(name == one or name.startswith(one + ".") for one in named()):
            found.append(name)
    return sorted(found)


def test_the_walk_finds_all_that_is_named() -> None:
    found = set(modules())
    assert named() <= found
    assert {"companion.cli.main", "companion.sync.folder", "companion.profile.merge"} <= found


def test_every_module_of_the_qt_free_half_is_imported() -> None:
    run(IMPORT, *modules())


@pytest.mark.parametrize("module", ["companion.cli.main", "companion.wiring.seats"])
def test_the_ways_in_need_nothing_else_first(module: str) -> None:
    run(IMPORT, module)


def test_a_profile_is_made_and_a_phrase_is_found(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("正确的口令 correct horse\n", encoding="utf-8")
    store = tmp_path / "store"

    def companion(*said: str) -> dict[str, object]:
        home = ("--home", str(tmp_path / "home"))
        tail = ("--passphrase-file", str(secret), "--json")
        answer: dict[str, object] = json.loads(run(COMMAND, *home, *said, *tail))
        return answer

    made = companion("profile", "new", "--store", str(store), "--name", "小林")
    assert {"profile", "card", "recovery_code"} <= made.keys()
    added = companion(
        "phrases", "add", "--title", "退款进度", "--body", "马上替您查", "--abbr", "tk"
    )
    for query in ("tk", "退款", "tuikuan"):
        found = companion("phrases", "find", query)
        hits = found["hits"]
        assert isinstance(hits, list)
        assert [hit["id"] for hit in hits] == [added["id"]]
    assert companion("sync")
    assert len(list(store.glob("*.pack"))) == 1
