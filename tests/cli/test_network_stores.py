"""Two desks over each kind of network store, from the shell: the password stays out of sight."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.desks import PASSPHRASE, Said, shell, tree

if sys.platform != "linux":
    pytest.skip("the servers are Debian's", allow_module_level=True)

from tests.contracts.servers.addresses import (
    Place,
    in_a_bucket,
    in_a_mailbox,
    on_apache,
    on_wsgidav,
)


@pytest.mark.parametrize("made", [on_apache, on_wsgidav, in_a_bucket, in_a_mailbox])
def test_two_desks_over_a_network_store(tmp_path: Path, made: Callable[[Path], Place]) -> None:
    address, login = made(tmp_path)
    (tmp_path / "pw").write_text(PASSPHRASE, "utf-8")
    (tmp_path / "store-pw").write_text(login.password, "utf-8")
    who = ("--store-password-file", str(tmp_path / "store-pw"), "--store-user", login.user)

    def at(desk: str, *argv: str) -> Said:
        said = shell(
            "--home", tmp_path / desk, *argv, "--passphrase-file", tmp_path / "pw", "--json"
        )
        assert (said.code, said.err) == (0, ""), (argv, said)
        assert login.password not in said.out
        return said

    card = at("one", "profile", "new", "--store", address, "--name", "林", *who).document["card"]
    (tmp_path / "card").write_text(card, "utf-8")
    at("one", "phrases", "add", "--title", "退款", "--body", "在一号桌")
    at("one", "sync")
    found = at("two", "sign-in", "--card", str(tmp_path / "card"), *who).document
    assert found["phrases"] == 1
    at("two", "phrases", "add", "--title", "换货", "--body", "在二号桌")
    at("two", "sync")
    # The login is kept, sealed: nobody is asked again.
    at("one", "sync")
    titles = {row["title"] for row in at("one", "phrases", "list").document["phrases"]}
    assert titles == {"退款", "换货"}
    assert at("one", "profile", "check").document["broken"] == []
    for desk in ("one", "two"):
        kept = tree(tmp_path / desk)
        assert not any(login.password.encode() in (data or b"") for data in kept.values())
    left = at("two", "sign-out").document
    assert (left["traces"], left["kept_sealed"]) == ([], False)
    assert not any(tree(tmp_path / "two").values())


def test_a_wrong_password_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    address, _ = on_wsgidav(tmp_path)
    (tmp_path / "pw").write_text(PASSPHRASE, "utf-8")
    (tmp_path / "wrong").write_text("not it", "utf-8")
    said = shell(
        "--home", tmp_path / "one", "profile", "new", "--store", address, "--name", "林",
        "--store-password-file", tmp_path / "wrong",
        "--passphrase-file", tmp_path / "pw", "--json",
    )  # fmt: skip
    assert (said.code, said.error["error"]) == (1, "store_login_refused")
    assert not any(tree(tmp_path / "one").values())


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("webdavs://lin:geheim@127.0.0.1:9/x", "store_unreachable"),
        ("imaps://lin:geheim@127.0.0.1:9/x", "store_unreachable"),
        ("s3://a:geheim@b/x", "input_invalid"),
    ],
)
def test_a_password_in_an_address_is_neither_kept_nor_shown(
    tmp_path: Path, address: str, error: str
) -> None:
    said = shell(
        "--home", tmp_path / "one", "profile", "new", "--store", address, "--name", "林", "--json",
        stdin=PASSPHRASE,
    )  # fmt: skip
    assert (said.code, said.error["error"]) == (1, error)
    assert "geheim" not in said.out + said.err + str(tree(tmp_path / "one"))


def test_what_would_go_in_clear_over_a_network_is_refused(tmp_path: Path) -> None:
    for address in ("webdav://lin@store.invalid/x", "imap://lin@store.invalid/x"):
        said = shell(
            "--home", tmp_path / "one", "profile", "new", "--store", address, "--name", "林",
            "--json", stdin=PASSPHRASE,
        )  # fmt: skip
        assert (said.code, said.error["error"]) == (1, "store_unencrypted")
