"""Passphrase and recovery code: changed at one desk, followed at the other, never lost between."""

from collections.abc import Callable
from pathlib import Path

import pytest

from companion.errors import (
    CompanionError,
    HeaderDamaged,
    NewerFormat,
    PassphraseTooShort,
    StoreFull,
    StoreMissing,
    UnsafeKdf,
    WrongPassphrase,
)
from companion.profile import sealing, slots
from companion.profile.sealing import ProfileKey
from companion.session import keys
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import open_here, sign_in
from companion.sync.folder import FolderStore
from tests.session.test_session import PASSPHRASE, Share, a_seat, original, share, titles, tree

__all__ = ["original", "share"]
NEW = "新的口令 battery staple"


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path / "home")


def seated(share: Share, home: Path, secret: str = PASSPHRASE) -> Session:
    return sign_in(a_seat(home), share.address, secret, share.card)


def slot_names(folder: Path, kind: str) -> set[str]:
    return {path.name for path in folder.glob(f"{kind}-*.slot")}


def test_a_new_passphrase_opens_and_the_old_one_does_not(seat: Seat, share: Share) -> None:
    session = sign_in(seat, share.address, PASSPHRASE, share.card)
    before = {path.name for path in share.folder.glob("*.pack")}
    session.change_passphrase(PASSPHRASE, NEW)
    # Nothing is sealed anew: only the key is wrapped otherwise.
    assert {path.name for path in share.folder.glob("*.pack")} == before
    assert len(slot_names(share.folder, "passphrase")) == 1
    for folder in (share.folder, seat.sealed_folder(share.profile)):
        assert len(slot_names(folder, "passphrase")) == 1
        assert len(slot_names(folder, "recovery")) == 1
    assert titles(open_here(seat, NEW)) == {"退款"}
    with pytest.raises(WrongPassphrase):
        open_here(seat, PASSPHRASE)
    other = seat.home.with_name("other")
    with pytest.raises(WrongPassphrase):
        seated(share, other)
    assert titles(seated(share, other, NEW)) == titles(seated(share, other, share.code))


def test_another_desk_follows_at_its_next_sync(tmp_path: Path, share: Share) -> None:
    one, two = seated(share, tmp_path / "one"), seated(share, tmp_path / "two")
    one.change_passphrase(PASSPHRASE, NEW)
    # Offline it cannot know yet.
    assert titles(open_here(two.seat, PASSPHRASE)) == {"退款"}
    two.sync()
    assert titles(open_here(two.seat, NEW)) == {"退款"}
    with pytest.raises(WrongPassphrase):
        open_here(two.seat, PASSPHRASE)
    assert two.sync().requests == 1


def test_two_desks_that_change_it_at_once_leave_both(tmp_path: Path, share: Share) -> None:
    one, two = seated(share, tmp_path / "one"), seated(share, tmp_path / "two")
    two_found = {path.name: path.read_bytes() for path in share.folder.glob("*.slot")}
    one.change_passphrase(PASSPHRASE, NEW)
    ours = {path.name: path.read_bytes() for path in share.folder.glob("*.slot")}
    for path in share.folder.glob("*.slot"):
        path.unlink()
    for name, data in two_found.items():
        (share.folder / name).write_bytes(data)
    two.change_passphrase(PASSPHRASE, NEW + "!")
    for name, data in ours.items():
        (share.folder / name).write_bytes(data)
    for number, secret in enumerate((NEW, NEW + "!", share.code)):
        assert titles(seated(share, tmp_path / f"{number}", secret)) == {"退款"}


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_code(
    tmp_path: Path, share: Share
) -> None:
    session = seated(share, tmp_path / "one", share.code)
    session.change_passphrase(share.code, NEW)
    assert titles(seated(share, tmp_path / "two", NEW)) == {"退款"}


def test_a_new_recovery_code_replaces_the_old_one(tmp_path: Path, share: Share) -> None:
    session = seated(share, tmp_path / "one")
    code = session.renew_recovery(PASSPHRASE)
    assert code != share.code
    assert slots.looks_like_recovery_code(code)
    with pytest.raises(WrongPassphrase):
        seated(share, tmp_path / "two", share.code)
    for number, secret in enumerate((code, PASSPHRASE)):
        assert titles(seated(share, tmp_path / f"{number}", secret)) == {"退款"}


@pytest.mark.parametrize("secret", ["not it at all", slots.new_recovery_code()])
def test_a_wrong_secret_changes_nothing(tmp_path: Path, share: Share, secret: str) -> None:
    session = seated(share, tmp_path / "one")
    before = tree(tmp_path)
    acts: tuple[Callable[[], object], ...] = (
        lambda: session.change_passphrase(secret, NEW),
        lambda: session.renew_recovery(secret),
    )
    for act in acts:
        with pytest.raises(WrongPassphrase):
            act()
    with pytest.raises(PassphraseTooShort):
        session.change_passphrase(PASSPHRASE, "short")
    assert tree(tmp_path) == before


def test_without_the_store_nothing_changes(tmp_path: Path, share: Share) -> None:
    session = seated(share, tmp_path / "one")
    share.folder.rename(tmp_path / "unplugged")
    before = tree(tmp_path)
    with pytest.raises(StoreMissing):
        session.change_passphrase(PASSPHRASE, NEW)
    assert tree(tmp_path) == before


class Ending(FolderStore):
    """A store that fails at one act of writing."""

    def __init__(self, folder: Path, at: int) -> None:
        super().__init__(folder)
        self.left = at

    def _act(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise StoreFull(place=self.place)

    def put(self, name: str, data: bytes) -> None:
        self._act()
        super().put(name, data)

    def delete(self, name: str) -> None:
        self._act()
        super().delete(name)


@pytest.mark.parametrize("at", [1, 2])
def test_ended_at_any_act_one_of_both_still_opens(tmp_path: Path, share: Share, at: int) -> None:
    session = seated(share, tmp_path / "one")
    with pytest.raises(StoreFull):
        session.keys.change_passphrase(Ending(share.folder, at), PASSPHRASE, NEW)
    opened = 0
    for number, secret in enumerate((PASSPHRASE, NEW)):
        try:
            opened += titles(seated(share, tmp_path / f"{number}", secret)) == {"退款"}
        except WrongPassphrase:
            continue
    assert opened == at


def spoil(share: Share, change: Callable[[bytes], bytes]) -> None:
    """Change the passphrase's slot, under the name that its new bytes must have."""
    (name,) = slot_names(share.folder, "passphrase")
    path = share.folder / name
    data = change(path.read_bytes())
    path.unlink()
    (share.folder / slots._slot_name("passphrase", data)).write_bytes(data)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b'"passes":3', b'"passes":1', UnsafeKdf),
        (b'"passes":3', b'"passes":99', UnsafeKdf),
        (b'"memory":67108864', b'"memory":1048576', UnsafeKdf),
        (b'"memory":67108864', b'"memory":99999999999', UnsafeKdf),
        (b"argon2id", b"scrypt", UnsafeKdf),
        (b'"passes":3,', b"", HeaderDamaged),
        (b'"passes":3', b'"passes":"3"', HeaderDamaged),
        (b'"kind":"passphrase"', b'"kind":"recovery"', HeaderDamaged),
        (b'"format":1', b'"format":2', NewerFormat),
    ],
)
def test_parameters_that_are_wrong_or_missing_are_refused(
    tmp_path: Path, share: Share, old: bytes, new: bytes, error: type[CompanionError]
) -> None:
    spoil(share, lambda data: data.replace(old, new))
    before = tree(tmp_path)
    with pytest.raises(error):
        seated(share, tmp_path / "one")
    assert tree(tmp_path) == before
    # The recovery code has a slot of its own.
    assert titles(seated(share, tmp_path / "one", share.code)) == {"退款"}


def test_a_slot_that_is_broken_does_not_hide_one_that_fits(tmp_path: Path, share: Share) -> None:
    whole = {
        name: (share.folder / name).read_bytes() for name in slot_names(share.folder, "passphrase")
    }
    spoil(share, lambda data: data.replace(b'"passes":3', b'"passes":99'))
    for name, data in whole.items():
        (share.folder / name).write_bytes(data)
    assert titles(seated(share, tmp_path / "one")) == {"退款"}


def test_a_store_full_of_slots_does_not_keep_a_desk_busy(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def no(name: str, *_: object) -> ProfileKey:
        tried.append(name)
        raise WrongPassphrase

    monkeypatch.setattr(slots, "open_slot", no)
    kept = {f"passphrase-{number:032x}.slot": b"" for number in range(1_000)}
    with pytest.raises(WrongPassphrase):
        keys.unlock("place", kept, share.profile, PASSPHRASE)
    assert len(tried) == keys.MOST_TRIED


def test_stronger_key_derivation_is_taken_up_when_signing_in(
    tmp_path: Path, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "TODAY_PASSES", sealing.TODAY_PASSES + 1)
    seated(share, tmp_path / "one")
    (name,) = slot_names(share.folder, "passphrase")
    slot = slots.read_slot(name, (share.folder / name).read_bytes(), share.profile)
    assert slot.kdf.passes == sealing.TODAY_PASSES
    assert titles(seated(share, tmp_path / "two")) == {"退款"}
    assert slot_names(share.folder, "passphrase") == {name}


def test_slots_that_the_store_lost_stay_on_this_desk(tmp_path: Path, share: Share) -> None:
    session = seated(share, tmp_path / "one")
    for name in slot_names(share.folder, "recovery"):
        (share.folder / name).unlink()
    session.sync()
    assert titles(open_here(session.seat, share.code)) == {"退款"}


def test_a_broken_slot_in_the_store_is_not_followed(tmp_path: Path, share: Share) -> None:
    session = seated(share, tmp_path / "one")
    (name,) = slot_names(share.folder, "passphrase")
    (share.folder / name).unlink()
    (share.folder / f"passphrase-{'0' * 32}.slot").write_bytes(b"<html>")
    session.sync()
    assert titles(open_here(session.seat, PASSPHRASE)) == {"退款"}


def test_a_slot_that_nobody_vouches_for_locks_nobody_out_here(tmp_path: Path, share: Share) -> None:
    session = seated(share, tmp_path / "one")
    held = slot_names(session.seat.sealed_folder(share.profile), "*")
    for name in held:
        (share.folder / name).unlink()
    # Whoever may write to the share can make slots that are whole; the profile's key he has not.
    for kind in ("passphrase", "recovery"):
        secret = slots.new_recovery_code() if kind == "recovery" else NEW
        name, data = slots.make_slot(share.profile, kind, secret, ProfileKey.fresh())
        (share.folder / name).write_bytes(data)
    session.sync()
    assert slot_names(session.seat.sealed_folder(share.profile), "*") == held
    for secret in (PASSPHRASE, share.code):
        assert titles(open_here(session.seat, secret)) == {"退款"}
