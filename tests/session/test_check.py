"""A check names what is broken in a store, mends what this desk holds whole, deletes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from companion.session.session import Session
from companion.session.sitting import sign_in
from tests.session.test_session import PASSPHRASE, Share, a_seat, original, share, titles

__all__ = ["original", "share"]
Harm = Callable[[bytes], bytes]
HARMS: dict[str, Harm] = {
    "cut short": lambda data: data[: len(data) // 2],
    "a bit": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "empty": lambda data: b"",
    "a login page": lambda data: b"<html>Please log in</html>",
}


def seated(share: Share, home: Path) -> Session:
    return sign_in(a_seat(home), share.address, PASSPHRASE, share.card)


def objects(share: Share) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in share.folder.iterdir()}


def test_a_whole_store_has_nothing_broken(tmp_path: Path, share: Share) -> None:
    session = seated(share, tmp_path / "one")
    before = objects(share)
    for mend in (False, True):
        report = session.check(mend)
        assert (report.checked, report.broken, report.mended) == (len(before), [], [])
    assert objects(share) == before


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_every_object_is_mended_by_a_desk_that_has_it(
    tmp_path: Path, share: Share, harm: Harm
) -> None:
    session = seated(share, tmp_path / "one")
    before = objects(share)
    for name, data in before.items():
        (share.folder / name).write_bytes(harm(data))
        report = session.check(mend=False)
        assert [broken.name for broken in report.broken] == [name]
        assert report.mended == []
        report = session.check(mend=True)
        assert (report.broken, report.mended) == ([], [name])
        assert objects(share) == before


def test_what_no_desk_holds_whole_stays_and_the_rest_is_put_anew(
    tmp_path: Path, share: Share
) -> None:
    session = seated(share, tmp_path / "one")
    session.profile.add("phrase", title="夜里写的", body="晚")
    session.sync()
    other = f"{'0' * 64}.pack"
    (share.folder / other).write_bytes(b"of a desk that is gone")
    report = session.check(mend=True)
    assert [broken.name for broken in report.broken] == [other]
    assert (share.folder / other).read_bytes() == b"of a desk that is gone"
    new = seated(share, tmp_path / "two")
    assert titles(new) == {"退款", "夜里写的"}
    assert new.engine.unreadable == [other]
