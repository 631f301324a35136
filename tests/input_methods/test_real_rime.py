"""Phrases put into a real Rime are offered when their code is typed, and are gone afterwards."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from companion.desk.recording import RecordingPrograms
from companion.formats import rime
from companion.formats.items import PhraseItem
from companion.input_methods.finding import InputMethod, Surroundings, found
from companion.input_methods.ledger import Ledger
from companion.input_methods.putting import put, take_out

IDS = ["a file", "no line end", "no comments", "no file"]
TYPING = Path(__file__).with_name("rime_typing.py")
SHARED = Path("/usr/share/rime-data")
ONE_SCHEMA = "patch:\n  schema_list:\n    - schema: luna_pinyin\n"
OWN = "# Rime table\n# 店里的\n自己的\tqqq\t1\n".encode()

if not (shutil.which("rime_deployer") and (SHARED / "luna_pinyin.schema.yaml").is_file()):
    pytest.skip(
        "no Rime is here (Debian: apt-get install librime-bin rime-data-luna-pinyin)",
        allow_module_level=True,
    )


class Rime:
    """The folder of an ibus-rime, in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.folder = home / ".config/ibus/rime"
        self.folder.mkdir(parents=True)
        (self.folder / "default.custom.yaml").write_text(ONE_SCHEMA, "utf-8")
        self.file = self.folder / "custom_phrase.txt"
        self.here = Surroundings("linux", home, {}, home)
        (self.method,) = found(self.here)
        self.ledger = Ledger(home / "ledger")

    def put(self, *items: PhraseItem) -> None:
        put(self.method, items, self.ledger, RecordingPrograms())

    def offered(self, *codes: str) -> dict[str, list[str]]:
        """What is offered for each code once all has been deployed."""
        deploy = ["rime_deployer", "--build", str(self.folder), str(SHARED)]
        subprocess.run(deploy, check=True, capture_output=True, timeout=120)
        typing = [sys.executable, str(TYPING), str(self.folder), *codes]
        said = subprocess.run(typing, check=True, capture_output=True, timeout=60).stdout
        offered: dict[str, list[str]] = json.loads(said)
        return offered


@pytest.fixture
def desk(tmp_path: Path) -> Rime:
    return Rime(tmp_path)


@pytest.mark.parametrize("own", [OWN, OWN.rstrip(), OWN + b"# no comment\n", None], ids=IDS)
def test_a_phrase_is_offered_for_its_code_until_it_is_taken_out(
    desk: Rime, own: bytes | None
) -> None:
    if own is not None:
        desk.file.write_bytes(own)
    before = desk.offered("qqq")["qqq"]
    assert ("自己的" in before) == (own is not None)
    desk.put(
        PhraseItem("", "亲，退款已办", "qqq"),
        PhraseItem("", "第二条🙂", "qqq"),
        PhraseItem("", '{{"a": "b"}}, c', "xxx"),
    )
    offered = desk.offered("qqq", "xxx")
    assert offered["qqq"][:2] == ["亲，退款已办", "第二条🙂"]
    assert ("自己的" in offered["qqq"]) == (own is not None)
    assert offered["xxx"][0] == '{"a": "b"}, c'
    take_out(desk.ledger, RecordingPrograms(), desk.here)
    assert (desk.file.read_bytes() if desk.file.exists() else None) == own
    assert desk.offered("qqq")["qqq"] == before


def test_what_we_write_as_a_file_is_what_rime_reads(desk: Rime) -> None:
    texts = ["#1 优惠", " 前后 ", '"引号"', "\\n", "🙂\ufeff", "{{x}}", "；，。", "a=1,b"]
    codes = [f"qq{letter}" for letter in "abcdefgh"]
    items = [PhraseItem("", text, code) for text, code in zip(texts, codes, strict=True)]
    made = rime.write_phrases([*items, PhraseItem("", "乙", "qqa")])
    assert made.problems == []
    desk.file.write_bytes(made.data)
    offered = desk.offered(*codes)
    expected = [text.replace("{{", "{").replace("}}", "}") for text in texts]
    assert [offered[code][0] for code in codes] == expected
    assert offered["qqa"][1] == "乙"


def test_it_is_found_by_its_folder(desk: Rime) -> None:
    assert desk.method == InputMethod(
        "ibus_rime", "rime", str(desk.file), "ibus-daemon", ("ibus", "restart")
    )
