"""A week on two desks, each command a process of its own: create, edit on both, sync, leave."""

import json
from pathlib import Path

import pytest

from tests.cli.desks import PASSPHRASE, Said, shell, tree

CANARY = "金丝雀在第七排靠窗唱歌"


def test_two_desks_keep_what_both_wrote(tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def at(desk: str, *argv: str) -> Said:
        way = ["--passphrase-file", str(secret), "--json"]
        said = shell("--home", tmp_path / desk, *argv, *way)
        assert (said.code, said.err) == (0, ""), said
        return said

    made = at(
        "one", "profile", "new", "--store", str(tmp_path / "store"), "--name", "小林"
    ).document
    assert made.keys() == {"profile", "card", "recovery_code"}
    card = tmp_path / "card.txt"
    card.write_text(made["card"], encoding="utf-8")

    first = at("one", "phrases", "add", "--title", "退款", "--body", "旧", "--abbr", "tk").document
    file = tmp_path / "in.csv"
    file.write_text(f"title,body\n换货,{CANARY}\n", encoding="utf-8")
    assert at("one", "phrases", "import", str(file)).document["added"] == 1
    assert at("one", "sync").document["pushed"] >= 1

    assert at("two", "sign-in", "--card", str(card)).document["phrases"] == 2
    assert at("two", "phrases", "find", "hh").document["hits"][0]["body"] == CANARY
    at("two", "phrases", "add", "--title", "在二号桌", "--body", "二")
    at("one", "phrases", "add", "--title", "在一号桌", "--body", "一")
    for desk in ("two", "one", "two"):
        at(desk, "sync")
    for desk in ("one", "two"):
        rows = at(desk, "phrases", "list").document["phrases"]
        assert {row["title"] for row in rows} == {"退款", "换货", "在一号桌", "在二号桌"}
        assert first["id"] in {row["id"] for row in rows}
    assert at("one", "sync").document["requests"] == 1

    for place in ("store", "one"):
        assert all(CANARY.encode() not in (data or b"") for data in tree(tmp_path / place).values())
    left = at("two", "sign-out").document
    assert (left["kept_sealed"], left["traces"]) == (False, [])
    assert not any(tree(tmp_path / "two").values())
    assert at("two", "status").document["signed_in"] is False
    assert at("two", "sign-in", "--store", str(tmp_path / "store")).document["phrases"] == 4


def test_the_recovery_code_opens_and_the_wrong_passphrase_writes_nothing(tmp_path: Path) -> None:
    said = shell(
        "--home", tmp_path / "one", "profile", "new", "--store", tmp_path / "store",
        "--name", "x", "--json", stdin=PASSPHRASE + "\n",
    )  # fmt: skip
    before = tree(tmp_path)
    for desk, argv in (
        ("two", ["sign-in", "--card", said.document["card"]]),
        ("one", ["phrases", "add", "--title", "t", "--body", "b"]),
        ("one", ["sign-out"]),
    ):
        wrong = shell("--home", tmp_path / desk, *argv, "--json", stdin="wrong horse\n")
        assert (wrong.code, wrong.out, wrong.error["error"]) == (1, "", "wrong_passphrase")
    assert tree(tmp_path) == before
    way = ["sign-in", "--card", said.document["card"], "--json"]
    code = said.document["recovery_code"]
    assert shell("--home", tmp_path / "two", *way, stdin=code).document["signed_in"] is True


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    message = "\ufeff都买了三天了还没发货,我要退货!"
    said = shell("prompt", "-", "--json", stdin=message, LC_ALL="C", PYTHONUTF8="0")
    assert said.code == 0
    assert json.loads(said.out)["situations"][0]["name"] == "催发货"
    wrong = shell("--home", tmp_path, "status", LC_ALL="zh_CN.GBK", PYTHONIOENCODING="gbk")
    assert wrong.out == "这台电脑上还没有人登录。\n"


def test_a_passphrase_that_is_not_utf8_is_refused_not_guessed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes("口令口令口令口令口令".encode("gbk"))
    store = tmp_path / "store"
    said = shell(
        "--home", tmp_path / "home", "profile", "new", "--store", store, "--name", "x",
        "--passphrase-file", secret, "--json",
    )  # fmt: skip
    assert (said.code, said.error["error"]) == (1, "input_invalid")
    assert not store.exists()


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_US.UTF-8"])
def test_help_is_in_the_language_of_the_desk(language: str) -> None:
    said = shell("phrases", "add", "--help", LC_ALL=language)
    assert said.code == 0
    assert said.out.startswith("usage:" if language.startswith("en") else "用法：")
