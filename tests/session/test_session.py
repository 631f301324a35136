"""Sitting down and standing up: nothing written before a secret fits, nothing left afterwards."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import (
    AlreadySignedIn,
    CompanionError,
    HeaderDamaged,
    HeaderMissing,
    NotSignedIn,
    PassphraseTooShort,
    StoreEmpty,
    StoreMissing,
    StoreOfAnother,
    StoreTaken,
    WrongPassphrase,
)
from companion.profile import slots
from companion.session.card import Card, read_card
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, open_here, sign_in, status_sealed
from companion.wiring.seats import full_address, open_store
from tests.profile.desks import PNG

PASSPHRASE = "正确的口令 correct horse"
BODY = "钱没到账肯定惦记,我马上替您查"
Tree = dict[str, bytes | None]


@dataclass
class Share:
    """A store that an agent has made elsewhere, with one phrase in it."""

    folder: Path
    profile: str
    code: str

    @property
    def address(self) -> str:
        return full_address(str(self.folder), Path())

    @property
    def card(self) -> Card:
        return Card(self.profile, "小林", self.address)


def a_seat(home: Path) -> Seat:
    return Seat(home, open_store, RecordingSecrets())


def tree(folder: Path) -> Tree:
    """Every path under a folder, and the folder itself, with the bytes of files."""
    paths = [path for path in (folder, *folder.rglob("*")) if path.exists()]
    return {str(path): path.read_bytes() if path.is_file() else None for path in paths}


def titles(session: Session) -> set[str]:
    return {phrase.title for phrase in session.profile.phrases()}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Share:
    folder = tmp_path_factory.mktemp("original")
    seat = a_seat(folder / "home")
    session, code = create(seat, full_address("store", folder), "小林", PASSPHRASE)
    session.profile.add("phrase", title="退款", body=BODY)
    session.sync()
    return Share(folder / "store", session.profile.id, code)


@pytest.fixture
def share(original: Share, tmp_path: Path) -> Share:
    copy = shutil.copytree(original.folder, tmp_path / "share")
    return Share(copy, original.profile, original.code)


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path / "home")


def test_a_new_profile_is_whole_in_both_places_and_shows_nothing(
    seat: Seat, tmp_path: Path
) -> None:
    address = full_address("my store", tmp_path)
    session, code = create(seat, address, "小林", PASSPHRASE)
    assert slots.looks_like_recovery_code(code)
    assert session.card() == read_card(session.card().text())
    assert session.card() == Card(session.profile.id, "小林", address)
    session.profile.add("phrase", title="退款", body=BODY)
    assert session.status().unsaved
    session.sync()
    status = session.status()
    assert (status.signed_in, status.agent, status.store) == (True, "小林", address)
    assert (status.phrases, status.bookmarks, status.conflicts) == (1, 0, 0)
    assert (status.unsaved, status.unreadable) == (False, [])
    places = [full_address("my store", tmp_path), seat.sealed_folder(session.profile.id).as_uri()]
    stores = [open_store(place.replace("file:", "folder:"), False) for place in places]
    assert stores[0].names() == stores[1].names()
    words = (BODY, "退款", PASSPHRASE, code)
    for data in tree(tmp_path).values():
        assert data is None or not any(word.encode() in data for word in words)


@pytest.mark.parametrize("known_by", ["card", "address", "recovery code"])
def test_another_desk_signs_in(seat: Seat, share: Share, known_by: str) -> None:
    secret = share.code.lower().replace("-", " ") if known_by == "recovery code" else PASSPHRASE
    card = share.card if known_by == "card" else None
    steps: list[str] = []
    session = sign_in(seat, share.address, secret, card, lambda step, done, of: steps.append(step))
    assert [phrase.body for phrase in session.profile.phrases()] == [BODY]
    assert session.card() == Card(share.profile, "小林", share.address)
    assert list(dict.fromkeys(steps)) == ["header", "keys", "packs"]
    # From here on the store is not needed.
    shutil.rmtree(share.folder)
    assert titles(open_here(seat, secret)) == {"退款"}


def test_two_desks_see_what_the_other_wrote(seat: Seat, share: Share, tmp_path: Path) -> None:
    one = sign_in(seat, share.address, PASSPHRASE, share.card)
    two = sign_in(a_seat(tmp_path / "other"), share.address, PASSPHRASE, share.card)
    one.profile.add("phrase", title="早班", body="早")
    two.profile.add("phrase", title="晚班", body="晚")
    for session in (one, two, one):
        session.sync()
    assert titles(one) == titles(two) == {"退款", "早班", "晚班"}


@pytest.mark.parametrize("secret", ["correct horse", "", f"{PASSPHRASE} ", "0000-" * 7])
def test_a_wrong_secret_writes_nothing(seat: Seat, share: Share, secret: str) -> None:
    tmp_path = share.folder.parent
    before = tree(tmp_path)
    for wrong in (secret, slots.new_recovery_code()):
        with pytest.raises(WrongPassphrase):
            sign_in(seat, share.address, wrong, share.card)
    assert tree(tmp_path) == before
    sign_in(seat, share.address, PASSPHRASE, share.card)
    before = tree(tmp_path)
    with pytest.raises(WrongPassphrase):
        open_here(seat, secret)
    assert tree(tmp_path) == before


def test_a_profile_is_not_made_over_another_nor_badly_sealed(
    seat: Seat, share: Share, tmp_path: Path
) -> None:
    before = tree(tmp_path)
    with pytest.raises(StoreTaken):
        create(seat, share.address, "小王", PASSPHRASE)
    with pytest.raises(PassphraseTooShort):
        create(seat, full_address("new", tmp_path), "小王", "kurz")
    assert tree(tmp_path) == before


def empty(share: Share) -> None:
    for path in share.folder.iterdir():
        path.unlink()


def unplug(share: Share) -> None:
    share.folder.rename(share.folder.with_name("elsewhere"))


def drop_header(share: Share) -> None:
    (share.folder / slots.HEADER).unlink()


def break_header(share: Share) -> None:
    (share.folder / slots.HEADER).write_bytes(b"<html>Please log in</html>")


def change_card(share: Share) -> None:
    share.profile = "B" * 22


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (empty, StoreEmpty),
        (unplug, StoreMissing),
        (drop_header, HeaderMissing),
        (break_header, HeaderDamaged),
        (change_card, StoreOfAnother),
    ],
)
def test_a_store_that_is_not_the_agents_changes_nothing(
    seat: Seat,
    share: Share,
    tmp_path: Path,
    harm: Callable[[Share], None],
    error: type[CompanionError],
) -> None:
    harm(share)
    before = tree(tmp_path)
    with pytest.raises(error):
        sign_in(seat, share.address, PASSPHRASE, share.card)
    assert tree(tmp_path) == before


def test_one_profile_at_a_desk_at_a_time(seat: Seat, share: Share, tmp_path: Path) -> None:
    sign_in(seat, share.address, PASSPHRASE, share.card)
    other, _ = create(
        a_seat(tmp_path / "other"), full_address("others", tmp_path), "小王", PASSPHRASE
    )
    before = tree(tmp_path)
    for act in (
        lambda: sign_in(seat, other.card().store, PASSPHRASE, other.card()),
        lambda: sign_in(seat, other.card().store, PASSPHRASE),
        lambda: create(seat, full_address("third", tmp_path), "小王", PASSPHRASE),
    ):
        with pytest.raises(AlreadySignedIn):
            act()
    assert tree(tmp_path) == before
    # The same one again is no other, with the card or without.
    assert titles(sign_in(seat, share.address, PASSPHRASE, share.card)) == {"退款"}
    again = sign_in(seat, share.address, PASSPHRASE)
    assert titles(again) == {"退款"}
    assert again.card() == share.card


def test_signing_out_sends_what_waits_and_leaves_nothing(seat: Seat, share: Share) -> None:
    session = sign_in(seat, share.address, PASSPHRASE, share.card)
    session.profile.add("phrase", title="新的", body="还没有送出去的一句话")
    said = session.sign_out()
    assert (said.pushed, said.kept_sealed, said.reason, said.traces) == (1, False, "", [])
    assert tree(seat.home) == {str(seat.home): None}
    assert status_sealed(seat).signed_in is False
    with pytest.raises(NotSignedIn):
        open_here(seat, PASSPHRASE)
    assert titles(sign_in(seat, share.address, PASSPHRASE, share.card)) == {"退款", "新的"}


def test_signing_out_finds_what_is_readable(seat: Seat, share: Share) -> None:
    session = sign_in(seat, share.address, PASSPHRASE, share.card)
    (seat.home / "cache").mkdir()
    phrase, other = session.profile.phrases()[0].id, "换一种说法告诉您怎么办"
    session.profile.add("variant", parent=phrase, body=other)
    session.profile.add("image", parent=phrase, data=PNG)
    session.profile.add("opening", situation="queue", text="让您等了这么久,我直接办")
    planted = {
        "variant.txt": other.encode(),
        "opening.txt": "让您等了这么久,我直接办".encode(),
        "image.tmp": b"in front" + PNG,
        "cache/utf-8.log": f"log: {BODY}\n".encode(),
        "utf-16.txt": BODY.encode("utf-16-le"),
        # Across the border of two blocks that are read.
        "long.bin": bytes(1024 * 1024 - 7) + BODY.encode(),
        f"{BODY}.csv": b"",
    }
    for name, data in (planted | {"innocent.txt": "钱没到账".encode()}).items():
        (seat.home / name).write_bytes(data)
    assert [one.where for one in session.sign_out().traces] == [
        str(seat.home / name) for name in sorted(planted)
    ]


@pytest.mark.parametrize(("away", "reason"), [(unplug, "store_missing"), (empty, "store_empty")])
def test_signing_out_offline_keeps_what_is_sealed_and_sends_it_next_time(
    seat: Seat, share: Share, tmp_path: Path, away: Callable[[Share], None], reason: str
) -> None:
    session = sign_in(seat, share.address, PASSPHRASE, share.card)
    session.profile.add("phrase", title="新的", body="还没有送出去的一句话")
    backup = shutil.copytree(share.folder, tmp_path / "backup")
    away(share)
    said = session.sign_out()
    assert (said.pushed, said.kept_sealed, said.reason, said.traces) == (0, True, reason, [])
    last = seat.last_sync_file(share.profile)
    left = {path for path in seat.home.rglob("*") if path.is_file()}
    assert {path.parent for path in left - {last}} == {seat.sealed_folder(share.profile)}
    assert share.address not in last.read_text("utf-8")
    assert not status_sealed(seat).signed_in
    shutil.copytree(backup, share.folder, dirs_exist_ok=True)
    sign_in(seat, share.address, PASSPHRASE, share.card)
    other = sign_in(a_seat(tmp_path / "other"), share.address, PASSPHRASE, share.card)
    assert titles(other) == {"退款", "新的"}


def test_what_is_written_until_the_end_is_kept_where_nobody_waits_for_the_store(
    seat: Seat, share: Share, tmp_path: Path
) -> None:
    session = sign_in(seat, share.address, PASSPHRASE, share.card)
    session.profile.add("phrase", title="最后一句", body="还没有保存")
    assert session.leave(0, "stopped").kept_sealed
    sign_in(seat, share.address, PASSPHRASE, share.card)
    other = sign_in(a_seat(tmp_path / "other"), share.address, PASSPHRASE, share.card)
    assert titles(other) == {"退款", "最后一句"}
