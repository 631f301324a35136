"""Phrases put into a real fcitx5 while it runs are offered at once, and are gone afterwards."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform != "linux" or not (shutil.which("fcitx5") and shutil.which("dbus-send")):
    pytest.skip(
        "no fcitx5 is here (Debian: apt-get install fcitx5-pinyin fcitx5-rime dbus-bin)",
        allow_module_level=True,
    )

from companion.desk.programs import LocalPrograms
from companion.formats.items import PhraseItem
from companion.input_methods.finding import Surroundings, found
from companion.input_methods.ledger import Ledger
from companion.input_methods.putting import put, take_out
from tests.e2e.desktop import wait_for
from tests.input_methods.fcitx import Fcitx

RIME_ADDON = Path("/usr/share/fcitx5/addon/rime.conf")
ONE_SCHEMA = "patch:\n  schema_list:\n    - schema: luna_pinyin\n"
RIME = "# Rime table\n自己的\tqqq\t1\n".encode()
# Open at its end, as fcitx5 reads it: what were to follow would be one more line of it.
PINYIN = "; 店里的\nqqq,1=自己的\nqqm,1=\n甲\n乙".encode()


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Fcitx]]:
    running: list[Fcitx] = []

    def begun(method: str) -> Fcitx:
        running.append(Fcitx(tmp_path, method))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running[0].bus.address)
        return running[0]

    yield begun
    for each in running:
        each.end()


def test_rime_in_a_running_fcitx5(tmp_path: Path, start: Callable[[str], Fcitx]) -> None:
    if not RIME_ADDON.is_file():
        pytest.skip("fcitx5 is here without Rime (Debian: apt-get install fcitx5-rime)")
    folder = tmp_path / ".local/share/fcitx5/rime"
    folder.mkdir(parents=True)
    (folder / "default.custom.yaml").write_text(ONE_SCHEMA, "utf-8")
    (folder / "custom_phrase.txt").write_bytes(RIME)
    fcitx = start("rime")
    wait_for(lambda: fcitx.candidates("qqq")[:1] == ["自己的"], 60)
    here = Surroundings("linux", tmp_path, {}, tmp_path)
    (method,) = found(here)
    ledger = Ledger(tmp_path / "ledger")
    made = put(method, [PhraseItem("", "亲，退款已办", "qqq")], ledger, LocalPrograms())
    assert made.told
    wait_for(lambda: fcitx.candidates("qqq")[:2] == ["亲，退款已办", "自己的"], 60)
    assert take_out(ledger, LocalPrograms(), here).remains == []
    wait_for(lambda: "亲，退款已办" not in fcitx.candidates("qqq"), 60)
    wait_for(lambda: fcitx.candidates("qqq")[:1] == ["自己的"], 60)
    assert (folder / "custom_phrase.txt").read_bytes() == RIME


def test_pinyin_in_a_running_fcitx5(tmp_path: Path, start: Callable[[str], Fcitx]) -> None:
    folder = tmp_path / ".local/share/fcitx5/pinyin"
    folder.mkdir(parents=True)
    here = Surroundings("linux", tmp_path, {})
    methods = found(here)
    if not methods:
        pytest.skip("this fcitx5 has no custom phrases yet (Debian has them since 13)")
    file = folder / "customphrase"
    file.write_bytes(PINYIN)
    fcitx = start("pinyin")
    assert fcitx.candidates("qqq")[0] == "自己的"
    ledger = Ledger(tmp_path / "ledger")
    items = [
        PhraseItem("", "亲，退款\n“已办” a\\n", "qqq"),
        PhraseItem("", "#1 $5 {时间:现在}", "qqx"),
    ]
    assert put(methods[0], items, ledger, LocalPrograms()).told
    assert fcitx.candidates("qqq")[:2] == ["亲，退款\n“已办” a\\n", "自己的"]
    assert fcitx.candidates("qqm")[0] == "甲\n乙"
    assert fcitx.candidates("qqx")[0].startswith("#1 $5 ")
    assert ":" in fcitx.candidates("qqx")[0]
    assert take_out(ledger, LocalPrograms(), here).remains == []
    assert file.read_bytes() == PINYIN
    assert fcitx.candidates("qqq")[0] == "自己的"
