"""Notes of what is lent: none is lost, whoever else makes or drops one meanwhile."""

import threading
from pathlib import Path

import msgspec
import pytest

from companion.errors import FileUnreadable
from companion.notes import Notes


def notes(folder: Path) -> Notes[str]:
    """As another process has them."""
    return Notes(folder / "notes", msgspec.json.Decoder(str))


def test_notes_come_back_in_order_and_leave_nothing(tmp_path: Path) -> None:
    for said in "abc":
        notes(tmp_path).add(said)
    assert notes(tmp_path).notes() == ["a", "b", "c"]
    for said in "abc":
        notes(tmp_path).drop(said)
    notes(tmp_path).tidy()
    assert list(tmp_path.iterdir()) == []
    assert notes(tmp_path).notes() == []


def test_processes_lose_none_of_each_others(tmp_path: Path) -> None:
    def work(name: str) -> None:
        for number in range(20):
            notes(tmp_path).add(f"{name}{number}")
            notes(tmp_path).add("soon gone" + name)
            notes(tmp_path).drop("soon gone" + name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(notes(tmp_path).notes()) == sorted(f"{n}{i}" for n in "abc" for i in range(20))


def test_a_folder_that_cannot_be_read_is_no_proof_that_nothing_is_noted(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"")
    with pytest.raises(FileUnreadable):
        notes(tmp_path).notes()
