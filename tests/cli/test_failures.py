"""Stores and folders that fail: exit status 1, words that help, and nothing lost or half made."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Made
from tests.cli.desks import PASSPHRASE, ROOT, Desk, Said, tree


def sign_in(made: Made, tmp_path: Path, *more: str) -> Said:
    way = ("--passphrase-file", str(made.passphrase), "--json", *more)
    return Desk(tmp_path / "second").run("sign-in", "--store", str(made.store), *way)


def fill(made: Made) -> None:
    """Two packs in the store, one phrase each."""
    for title in ("一", "二"):
        made.desk.json("phrases", "add", "--title", title, "--body", title)
        made.desk.json("sync")


def test_a_missing_store_is_said_and_work_goes_on(made: Made, tmp_path: Path) -> None:
    made.store.rename(tmp_path / "elsewhere")
    assert sign_in(made, tmp_path).error["error"] == "store_missing"
    assert not (tmp_path / "second").exists()
    made.desk.json("phrases", "add", "--title", "一", "--body", "x")
    assert made.desk.run("sync", "--json").error["error"] == "store_missing"
    assert len(made.desk.json("phrases", "list")["phrases"]) == 1
    (tmp_path / "elsewhere").rename(made.store)
    assert made.desk.json("sync")["pushed"] == 1


def test_an_empty_store_never_empties_a_desk(made: Made, tmp_path: Path) -> None:
    fill(made)
    shutil.rmtree(made.store)
    made.store.mkdir()
    assert sign_in(made, tmp_path).error["error"] == "store_empty"
    assert not (tmp_path / "second").exists()
    before = tree(made.desk.home)
    assert made.desk.run("sync", "--json").error["error"] == "store_empty"
    # How a sync went is noted, and nothing else.
    changed = {path for path, data in tree(made.desk.home).items() if before[path] != data}
    assert {Path(path).suffix for path in changed} <= {".last"}
    assert made.desk.json("status")["waiting"] == 0
    assert not list(made.store.iterdir())
    assert len(made.desk.json("phrases", "list")["phrases"]) == 2


@pytest.mark.parametrize("pattern", ["passphrase-*", "*.slot", "profile.json"])
def test_a_half_copied_store_is_no_wrong_passphrase(
    pattern: str, made: Made, tmp_path: Path
) -> None:
    for path in made.store.glob(pattern):
        path.unlink()
    said = sign_in(made, tmp_path)
    assert (said.code, said.error["error"]) == (1, "header_missing")
    assert not (tmp_path / "second").exists()


def test_a_slot_cut_in_half_is_called_damaged(made: Made, tmp_path: Path) -> None:
    (slot,) = made.store.glob("passphrase-*")
    slot.write_bytes(slot.read_bytes()[:60])
    assert sign_in(made, tmp_path).error["error"] == "header_damaged"
    assert not (tmp_path / "second").exists()


def test_a_pack_cut_in_half_costs_only_itself(made: Made, tmp_path: Path) -> None:
    fill(made)
    pack = sorted(made.store.glob("*.pack"))[0]
    whole = pack.read_bytes()
    pack.write_bytes(whole[: len(whole) // 2])
    said = sign_in(made, tmp_path)
    assert (said.code, said.document["phrases"]) == (0, 1)
    assert said.document["unreadable"] == [pack.name]
    pack.write_bytes(whole)
    second = Desk(tmp_path / "second")
    way = ("--passphrase-file", str(made.passphrase), "--json")
    synced = second.run("sync", *way).document
    assert 0 <= synced.pop("seconds") < 60
    assert synced == {"pulled": 1, "pushed": 0, "requests": 2, "waiting": 0, "unreadable": []}
    assert second.run("status", *way).document["phrases"] == 2


def test_signing_out_without_the_store_keeps_the_sealed_packs(made: Made, tmp_path: Path) -> None:
    made.desk.json("phrases", "add", "--title", "一", "--body", "一段够长的、只有这里有的话")
    made.store.rename(tmp_path / "elsewhere")
    left = made.desk.json("sign-out")
    assert (left["kept_sealed"], left["reason"], left["traces"]) == (True, "store_missing", [])
    (tmp_path / "elsewhere").rename(made.store)
    way = ("--passphrase-file", str(made.passphrase), "--json")
    back = made.desk.run("sign-in", "--store", str(made.store), *way)
    assert back.document["phrases"] == 1


def test_another_card_and_a_second_profile_are_refused(made: Made, tmp_path: Path) -> None:
    way = ("--passphrase-file", str(made.passphrase), "--json")
    other = Desk(tmp_path / "second")
    at = str(tmp_path / "other")
    new = other.run("profile", "new", "--store", at, "--name", "y", *way)
    assert new.code == 0
    before = tree(tmp_path)
    for desk, argv, code in (
        (other, ("sign-in", "--store", str(made.store)), "already_signed_in"),
        (other, ("profile", "new", "--store", str(tmp_path / "third")), "already_signed_in"),
        (Desk(tmp_path / "free"), ("profile", "new", "--store", at), "store_taken"),
        (Desk(tmp_path / "free"), ("sign-in", "--card", made.card[:-9]), "card_damaged"),
        (Desk(tmp_path / "free"), ("sign-in", "--card", str(made.passphrase)), "card_damaged"),
        (Desk(tmp_path / "free"), ("sign-in", "--store", "gopher://x/y"), "store_kind_unknown"),
    ):
        more = ("--name", "z") if argv[0] == "profile" else ()
        said = desk.run(*argv, *more, *way)
        assert (said.code, said.error["error"]) == (1, code)
    assert tree(tmp_path) == before


def test_a_short_passphrase_makes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    said = desk.run(
        "profile", "new", "--store", str(tmp_path / "store"), "--name", "x", "--json", stdin="short"
    )
    assert (said.code, said.error["error"]) == (1, "passphrase_too_short")
    assert tree(tmp_path) == {}


def test_a_file_in_the_place_of_the_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine")
    for store in ("store", "store/below", "not/there/yet"):
        said = Desk(tmp_path / "home").run(
            "profile", "new", "--store", store, "--name", "x", "--json", stdin=PASSPHRASE
        )
        assert said.code == 1
        assert said.error["error"].startswith("store_")
    assert tree(tmp_path) == {"store": b"mine"}


def test_an_export_that_cannot_be_written_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    before = tree(tmp_path)
    for place in ("gone/out.csv", "passphrase/out.csv", "store"):
        said = desk.run("phrases", "export", place, "--format", "delimited", "--json")
        assert (said.code, said.error["error"]) == (1, "file_unwritable")
    assert tree(tmp_path) == before


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user may enter: the one pytest makes is for its owner only."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_US.UTF-8"])
def test_a_folder_without_permission_is_told_in_words(language: str, open_place: Path) -> None:
    # Permissions do not bind root, so the command runs as nobody in particular, after everything
    # that root's own folders hold has been read.
    program = (
        "import encodings.utf_8_sig, os, sys\n"
        "from companion.cli.main import main\n"
        "from companion.cli.run import parse\n"
        "from companion.ui.words import Words\n"
        "import tomlkit\n"
        "parse(['profile', 'card'], Words(''))\n"
        "if os.geteuid() == 0: os.setegid(65534); os.seteuid(65534)\n"
        "sys.exit(main())"
    )
    (open_place / "locked").mkdir(mode=0o555)
    (open_place / "free").mkdir()
    (open_place / "free").chmod(0o777)
    for home, store in (
        ("free/home", "locked"),
        ("free/home", "locked/new"),
        ("locked/home", "free/s"),
    ):
        before = tree(open_place / "locked")
        argv = ["--home", str(open_place / home), "profile", "new", "--name", "x"]
        argv += ["--store", str(open_place / store)]
        said = subprocess.run(
            [sys.executable, "-c", program, *argv],
            input=PASSPHRASE.encode(),
            capture_output=True,
            check=False,
            cwd=ROOT,
            env=os.environ | {"LC_ALL": language, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        words = said.stderr.decode()
        assert (said.returncode, said.stdout) == (1, b"")
        assert str(open_place) in words
        assert len(words.splitlines()) == 3
        assert "write" not in words.replace("written", "").splitlines()[0]
        assert tree(open_place / "locked") == before
        assert not (open_place / "free/home/desk.toml").exists()
