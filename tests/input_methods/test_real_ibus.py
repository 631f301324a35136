"""Phrases put into Rime while ibus runs: offered once it has started again, gone likewise."""

import shutil
import sys
from pathlib import Path

import pytest

if (
    sys.platform != "linux"
    or shutil.which("ibus-daemon") is None
    or not Path("/usr/share/ibus/component/rime.xml").is_file()
):
    pytest.skip(
        "no Rime in ibus is here (Debian: apt-get install ibus-rime rime-data-luna-pinyin)",
        allow_module_level=True,
    )

from companion.desk.programs import LocalPrograms
from companion.formats.items import PhraseItem
from companion.input_methods.finding import Surroundings, found
from companion.input_methods.ledger import Ledger
from companion.input_methods.putting import put, take_out
from tests.e2e.desktop import wait_for
from tests.input_methods.ibus import Ibus

OWN = "# Rime table\n自己的\tqqq\t1\n".encode()
ONE_SCHEMA = "patch:\n  schema_list:\n    - schema: luna_pinyin\n"


def test_rime_in_a_running_ibus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ".config/ibus/rime"
    folder.mkdir(parents=True)
    (folder / "default.custom.yaml").write_text(ONE_SCHEMA, "utf-8")
    (folder / "custom_phrase.txt").write_bytes(OWN)
    ibus = Ibus(tmp_path, "rime")
    try:
        for name, value in ibus.environment.items():
            monkeypatch.setenv(name, value)
        wait_for(lambda: ibus.candidates("qqq")[:1] == ["自己的"], 60)
        here = Surroundings("linux", tmp_path, {}, tmp_path)
        (method,) = found(here)
        ledger = Ledger(tmp_path / "ledger")
        items = [PhraseItem("", "亲，退款已办", "qqq")]
        assert put(method, items, ledger, LocalPrograms()).told
        wait_for(lambda: ibus.candidates("qqq")[:2] == ["亲，退款已办", "自己的"], 60)
        assert take_out(ledger, LocalPrograms(), here).remains == []
        wait_for(lambda: ibus.candidates("qqq")[:1] == ["自己的"], 60)
        assert "亲，退款已办" not in ibus.candidates("qqq")
        assert (folder / "custom_phrase.txt").read_bytes() == OWN
    finally:
        ibus.end()
