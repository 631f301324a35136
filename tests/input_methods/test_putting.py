"""Putting phrases into a desk's input methods and taking them out, whatever happens in between."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from companion.desk.recording import RecordingPrograms
from companion.errors import (
    CompanionError,
    FileUnreadable,
    FileUnwritable,
    FormatBroken,
    InputInvalid,
)
from companion.formats.items import PhraseItem
from companion.input_methods import putting
from companion.input_methods.finding import InputMethod, Surroundings, found
from companion.input_methods.holding import HOLDERS
from companion.input_methods.ledger import Ledger
from companion.input_methods.putting import put, take_out
from companion.ui.words import LANGUAGES, Words

OWN = "# Rime table\n有\tu\t3\n".encode()
ITEMS = [PhraseItem("t", "退款已经办好", "tk")]
RELOAD = ("ibus", "restart")


class Desk:
    """A folder with one input method, a ledger, and programs that only remember."""

    def __init__(self, folder: Path) -> None:
        self.here = Surroundings("linux", folder, {}, folder)
        self.file = folder / ".config/ibus/rime/custom_phrase.txt"
        self.file.parent.mkdir(parents=True)
        self.ledger = Ledger(folder / "ledger")
        self.programs = RecordingPrograms(here={"ibus"}, run_now={"ibus-daemon"})
        (self.method,) = found(self.here)

    def noted(self) -> list[Path]:
        return list(self.ledger.folder.iterdir())

    def put(self, items: list[PhraseItem] = ITEMS) -> putting.Put:
        return put(self.method, items, self.ledger, self.programs)

    def take_out(self) -> putting.TakenOut:
        return take_out(Ledger(self.ledger.folder), self.programs, self.here)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_it_is_put_and_taken_out_and_told_both_times(desk: Desk) -> None:
    desk.file.write_bytes(OWN)
    desk.file.chmod(0o640)
    made = desk.put()
    assert (made.count, made.problems, made.told) == (1, [], True)
    assert desk.file.read_bytes().startswith(OWN)
    assert "退款已经办好\ttk".encode() in desk.file.read_bytes()
    report = desk.take_out()
    assert (report.gone, report.remains) == ([desk.method.name], [])
    assert desk.file.read_bytes() == OWN
    assert desk.file.stat().st_mode & 0o777 == 0o640 or sys.platform == "win32"
    assert desk.programs.ran == [RELOAD, RELOAD]
    assert not desk.ledger.folder.exists()
    assert desk.take_out() == putting.TakenOut()


def test_a_file_that_was_not_there_goes_again(desk: Desk) -> None:
    desk.put()
    assert desk.file.exists()
    desk.take_out()
    assert not desk.file.exists()


def test_a_new_file_that_somebody_wrote_on_stays_with_that(desk: Desk) -> None:
    desk.put()
    desk.file.write_bytes(desk.file.read_bytes() + "新\tx\n".encode())
    desk.take_out()
    assert "新\tx\n" in desk.file.read_text("utf-8")
    assert "退款" not in desk.file.read_text("utf-8")


def test_what_is_put_again_replaces_what_was_put_before(desk: Desk) -> None:
    desk.file.write_bytes(OWN)
    desk.put()
    desk.put([PhraseItem("", "换货", "hh")])
    assert "退款" not in desk.file.read_text("utf-8")
    assert len(desk.ledger.notes()) == 1
    desk.put([])
    assert desk.file.read_bytes() == OWN
    assert desk.ledger.notes() == []


def test_the_ledger_holds_no_word(desk: Desk) -> None:
    desk.put()
    (noted,) = desk.noted()
    assert not any(word in noted.read_text("utf-8") for word in ("退款", "tk", "\\u9000"))


@pytest.mark.parametrize("own", [OWN, None], ids=["a file", "no file"])
@pytest.mark.parametrize("act", range(4))
def test_wherever_it_is_cut_off_it_can_be_taken_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, act: int, own: bytes | None
) -> None:
    if own is not None:
        desk.file.write_bytes(own)
    acts = 0

    def cut(original: object) -> object:
        def wrapped(*arguments: object) -> object:
            nonlocal acts
            acts += 1
            if acts == act + 1:
                raise KeyboardInterrupt
            assert callable(original)
            return original(*arguments)

        return wrapped

    for name in ("_write", "_remove"):
        monkeypatch.setattr(putting, name, cut(getattr(putting, name)))
    for name in ("add", "drop"):
        monkeypatch.setattr(Ledger, name, cut(getattr(Ledger, name)))
    for step in (desk.put, desk.take_out):
        try:
            step()
        except KeyboardInterrupt:
            break
    monkeypatch.undo()
    assert desk.take_out().remains == []
    assert (desk.file.read_bytes() if desk.file.exists() else None) == own
    assert desk.ledger.notes() == []


def test_where_nothing_was_put_nothing_is_touched(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The marks of an earlier shift whose ledger is lost.
    own = OWN + HOLDERS["rime"].joined(b"", ITEMS).data.splitlines(keepends=True)[0]
    desk.file.write_bytes(own)
    monkeypatch.setattr(putting, "_write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        desk.put()
    monkeypatch.undo()
    assert desk.take_out().gone == [desk.method.name]
    assert desk.file.read_bytes() == own


def test_what_somebody_writes_meanwhile_is_not_overwritten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.file.write_bytes(OWN)
    newer = OWN + "新\tx\n".encode()
    rime = HOLDERS["rime"]
    joined, parted = rime.joined, rime.parted

    def slow(original: Any) -> Any:
        def wrapped(*arguments: object) -> object:
            made = original(*arguments)
            desk.file.write_bytes(newer)
            return made

        return wrapped

    monkeypatch.setattr(rime, "joined", slow(joined))
    with pytest.raises(FileUnwritable):
        desk.put()
    assert desk.file.read_bytes() == newer
    monkeypatch.undo()
    desk.put()
    monkeypatch.setattr(rime, "parted", slow(parted))
    assert desk.take_out().remains == [(desk.method.name, "unwritable")]
    assert desk.file.read_bytes() == newer
    monkeypatch.undo()
    assert desk.take_out().gone == [desk.method.name]
    assert desk.file.read_bytes() == newer


def test_a_file_that_is_gone_is_no_error(desk: Desk) -> None:
    desk.put()
    desk.file.unlink()
    assert desk.take_out().gone == [desk.method.name]
    assert not desk.file.exists()


def test_a_link_stays_a_link(desk: Desk, tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_bytes(OWN)
    try:
        desk.file.symlink_to(real)
    except OSError:
        pytest.skip("no links here")
    desk.put()
    assert desk.file.is_symlink()
    assert real.read_bytes() != OWN
    desk.take_out()
    assert desk.file.is_symlink()
    assert real.read_bytes() == OWN


def test_links_in_a_circle_are_a_file_nobody_can_read(desk: Desk) -> None:
    desk.put()
    desk.file.unlink()
    try:
        desk.file.symlink_to(desk.file)
    except OSError:
        pytest.skip("no links here")
    assert desk.take_out().remains == [(desk.method.name, "unreadable")]
    with pytest.raises(FileUnreadable):
        desk.put()


def test_what_cannot_be_taken_out_stays_noted_and_is_named(desk: Desk) -> None:
    desk.put()
    kept = desk.file.read_bytes()
    desk.file.unlink()
    desk.file.mkdir()
    assert desk.take_out().remains == [(desk.method.name, "unreadable")]
    desk.file.rmdir()
    desk.file.write_bytes(kept)
    assert desk.take_out().gone == [desk.method.name]
    for language in LANGUAGES:
        for reason in ("unreadable", "unwritable", "unknown"):
            assert Words(language).knows(f"remains.{reason}")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told(desk: Desk) -> None:
    desk.put()
    desk.file.parent.chmod(0o500)
    try:
        assert desk.take_out().remains == [(desk.method.name, "unwritable")]
    finally:
        desk.file.parent.chmod(0o700)


def test_a_method_that_does_not_run_needs_no_telling(desk: Desk) -> None:
    desk.programs.run_now.clear()
    assert desk.put().told
    assert desk.programs.ran == []
    microsoft = InputMethod("mspinyin", "mspinyin", str(desk.file.with_name("x.lex")))
    assert not put(microsoft, ITEMS, desk.ledger, desk.programs).told


def test_a_file_that_is_not_as_it_is_known_is_refused_untouched(desk: Desk) -> None:
    file = desk.file.with_name("x.lex")
    file.write_bytes(b"something else")
    method = InputMethod("mspinyin", "mspinyin", str(file))
    with pytest.raises(FormatBroken):
        put(method, ITEMS, desk.ledger, desk.programs)
    assert file.read_bytes() == b"something else"
    assert desk.ledger.notes() == []
    file.unlink()
    put(method, ITEMS, desk.ledger, desk.programs)
    file.write_bytes(b"something else")
    assert desk.take_out().remains == [("mspinyin", "unknown")]


def test_a_note_of_a_later_version_stays(desk: Desk) -> None:
    desk.put()
    (noted,) = desk.noted()
    noted.write_text(noted.read_text("utf-8").replace('"rime"', '"new"'), "utf-8")
    assert desk.take_out().remains == [(desk.method.name, "unknown")]
    # What it means by its file only that version knows.
    desk.file.unlink()
    assert desk.take_out().remains == [(desk.method.name, "unknown")]
    assert len(desk.ledger.notes()) == 1


def test_what_has_no_file_to_write_is_refused(desk: Desk) -> None:
    with pytest.raises(InputInvalid):
        put(InputMethod("sogou", "", "x"), ITEMS, desk.ledger, desk.programs)


def test_a_broken_ledger_is_told(desk: Desk) -> None:
    desk.put()
    (noted,) = desk.noted()
    noted.write_bytes(b"{")
    there = desk.file.read_bytes()
    for act in (desk.put, desk.take_out):
        with pytest.raises(FileUnreadable):
            act()
    assert desk.file.read_bytes() == there


def test_a_ledger_that_cannot_be_written_means_that_nothing_is_put(desk: Desk) -> None:
    blocked = Ledger(desk.file / "below/a/file")
    desk.file.write_bytes(OWN)
    with pytest.raises(CompanionError):
        put(desk.method, ITEMS, blocked, desk.programs)
    assert desk.file.read_bytes() == OWN
