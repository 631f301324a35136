"""What only a folder can do as a store: its modes, disks that fail, foreign file systems."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.errors import (
    CompanionError,
    ObjectMissing,
    StoreDenied,
    StoreFull,
    StoreMissing,
    StoreUnreachable,
)
from companion.sync.folder import FolderStore
from companion.sync.store import most_bytes
from tests.contracts.test_store import HELLO


@pytest.fixture
def store_in(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "packs", make=True)


def test_a_folder_is_made_only_when_asked_for_and_its_parent_never(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    for act in (FolderStore(folder).names, lambda: FolderStore(folder / "deeper", make=True)):
        with pytest.raises(StoreMissing):
            act()
    assert not folder.exists()
    assert FolderStore(folder, make=True).names() == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_folder_and_files_are_for_this_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    before = os.umask(0)
    try:
        FolderStore(folder, make=True).put(HELLO, b"hello")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / HELLO).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EROFS, StoreDenied)],
)
def test_a_put_that_fails_half_way_leaves_nothing(
    store_in: FolderStore,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    error: type[CompanionError],
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(step, fail)
    with pytest.raises(error):
        store_in.put(HELLO, b"hello")
    assert not [*Path(store_in.place).iterdir()]


# ---- whoever may write to the folder lays something else there


def test_what_is_larger_than_any_object_is_not_read(store_in: FolderStore) -> None:
    for name in (HELLO, "profile.json"):
        with (Path(store_in.place) / name).open("wb") as file:
            file.truncate(most_bytes(name) + 1)
        # So it is not what its name says, and counts as damaged.
        assert store_in.get(name) == b""


@pytest.mark.parametrize("kind", ["folder", "pipe", "endless"])
def test_what_is_no_file_is_missing_and_keeps_nobody_waiting(
    store_in: FolderStore, kind: str
) -> None:
    path = Path(store_in.place) / HELLO
    if kind == "folder":
        path.mkdir()
    elif sys.platform == "win32":
        pytest.skip("Windows has neither in a folder")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(ObjectMissing):
        store_in.get(HELLO)


# ---- foreign file systems: what a share, a stick or a FUSE mount does otherwise


def failing(number: int, times: int = 1) -> Callable[..., None]:
    """Something of the operating system's that fails so often; then it is not asked again."""
    left = [number] * times

    def fail(*_: object, **__: object) -> None:
        raise OSError(left.pop() if left else number, "")

    return fail


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_where_nothing_can_be_flushed_a_put_is_as_safe_as_it_can_be(
    store_in: FolderStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    store_in.put(HELLO, b"hello")
    assert store_in.get(HELLO) == b"hello"


@pytest.mark.parametrize("number", [errno.EIO, errno.EBADF])
def test_a_flush_that_fails_is_no_put(
    store_in: FolderStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(StoreUnreachable):
        store_in.put(HELLO, b"hello")
    assert store_in.names() == set()


@pytest.mark.parametrize("number", [errno.EEXIST, errno.EACCES, errno.EPERM])
@pytest.mark.parametrize("held", [b"hello", b"hel"])
def test_where_no_file_replaces_another_a_broken_one_still_goes(
    store_in: FolderStore, monkeypatch: pytest.MonkeyPatch, number: int, held: bytes
) -> None:
    (Path(store_in.place) / HELLO).write_bytes(held)
    monkeypatch.setattr(Path, "replace", failing(number))
    if number == errno.EEXIST or held == b"hello":
        store_in.put(HELLO, b"hello")
        assert store_in.get(HELLO) == b"hello"
    else:
        # Not because it is there: somebody holds it, or nobody may.
        with pytest.raises(StoreDenied):
            store_in.put(HELLO, b"hello")
        assert store_in.get(HELLO) == held
    assert [path.name for path in Path(store_in.place).iterdir()] == [HELLO]


ACTS: dict[str, Callable[[FolderStore], object]] = {
    "pathlib.Path.iterdir": FolderStore.names,
    "builtins.open": lambda store: store.get(HELLO),
    "os.open": lambda store: store.put(HELLO, b"hello"),
    "pathlib.Path.replace": lambda store: store.put(HELLO, b"hello"),
    "pathlib.Path.unlink": lambda store: store.delete(HELLO),
}


@pytest.mark.parametrize("step", ACTS)
@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.EIO, StoreUnreachable),
        (errno.ENOTCONN, StoreUnreachable),
        (errno.ETIMEDOUT, StoreUnreachable),
        (errno.EHOSTDOWN, StoreUnreachable),
        (errno.ESTALE, StoreUnreachable),
        (errno.ENOSPC, StoreFull),
        (errno.EDQUOT, StoreFull),
        (errno.EROFS, StoreDenied),
        (errno.EACCES, StoreDenied),
    ],
)
def test_whatever_a_file_system_says_is_an_error_of_ours(
    store_in: FolderStore,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    error: type[CompanionError],
) -> None:
    monkeypatch.setattr("companion.sync.retrying.PAUSES_S", (0.0, 0.0))
    monkeypatch.setattr(step, failing(number))
    with pytest.raises(CompanionError) as told:
        ACTS[step](store_in)
    assert type(told.value) is error
    assert told.value.facts["place"] == store_in.place
    if error is StoreUnreachable:
        assert told.value.facts["reason"] == errno.errorcode[number]


@pytest.mark.parametrize("step", ["pathlib.Path.iterdir", "builtins.open"])
def test_a_share_that_changed_under_us_is_looked_at_again(
    store_in: FolderStore, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr("companion.sync.retrying.PAUSES_S", (0.0, 0.0))
    store_in.put(HELLO, b"hello")
    acts: dict[str, Callable[..., object]]
    acts = {"builtins.open": open, "pathlib.Path.iterdir": Path.iterdir}
    stale = [errno.ESTALE]

    def once(*args: object, **more: object) -> object:
        if stale:
            raise OSError(stale.pop(), "")
        return acts[step](*args, **more)

    monkeypatch.setattr(step, once)
    assert ACTS[step](store_in) in ({HELLO}, b"hello")
    assert not stale


def test_names_shown_in_capitals_are_ours_where_they_are_the_same_file(
    store_in: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_in.put(HELLO, b"hello")
    folder = Path(store_in.place)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([folder / HELLO.upper()]))
    assert store_in.names() == {HELLO}
    (folder / HELLO).unlink()
    assert store_in.names() == set()


def test_drafts_of_ours_older_than_a_day_are_collected_and_nothing_else(
    store_in: FolderStore,
) -> None:
    folder = Path(store_in.place)
    old, young = (f".companion-{digit * 32}.tmp" for digit in "0a")
    foreign = (".0123456789abcdef.tmp", f"companion-{'0' * 32}.tmp", ".notes.tmp")
    for name in (old, young, *foreign):
        (folder / name).write_bytes(b"x")
        if name != young:
            os.utime(folder / name, (1e9, 1e9))
    store_in.put(HELLO, b"hello")
    assert store_in.names() == {HELLO}
    assert {path.name for path in folder.iterdir()} == {HELLO, young, *foreign}


def test_a_desk_whose_clock_is_wrong_collects_no_draft_that_is_being_written(
    store_in: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(store_in.place)
    (folder / f".companion-{'0' * 32}.tmp").write_bytes(b"x")
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert store_in.names() == set()
    assert len([*folder.iterdir()]) == 1


def test_a_file_that_another_program_holds_on_windows_is_waited_for(
    store_in: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.sync.retrying.PAUSES_S", (0.0, 0.0))
    store_in.put(HELLO, b"hello")
    right, held = Path.unlink, [32, 33]

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if held:
            error = PermissionError(errno.EACCES, "")
            vars(error)["winerror"] = held.pop()
            raise error
        right(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    store_in.delete(HELLO)
    assert (store_in.names(), held) == (set(), [])
