"""The drives that were plugged in: those that Linux and macOS mount for a person, and no share."""

from pathlib import Path

import pytest

from companion.desk import drives

MOUNTS = r"""
sysfs /sys sysfs rw 0 0
/dev/nvme0n1p2 / ext4 rw 0 0
/dev/nvme0n1p1 /boot/efi vfat rw 0 0
/dev/sdb1 /media/lin/KINGSTON vfat rw 0 0
/dev/sdc1 /run/media/lin/My\040Stick\134x exfat rw 0 0
/dev/sdd1 /media/usb0 vfat rw 0 0
/dev/sde1 /media/lin/小林 fuseblk rw 0 0
//server/agents /media/lin/share cifs rw 0 0
server:/agents /media/nfs nfs4 rw 0 0
lin@host:/ /run/media/lin/ssh fuse.sshfs rw 0 0
/dev/sdf1 /media/lin/a/b/c ext4 rw 0 0
/dev/sdg1 /media ext4 rw 0 0
/dev/sdh1 /mediator ext4 rw 0 0
/dev/sdi1
"""


def test_what_a_desktop_has_mounted_for_a_person_is_found() -> None:
    assert drives.mounted(MOUNTS) == [
        Path("/media/lin/KINGSTON"),
        Path("/run/media/lin/My Stick\\x"),
        Path("/media/usb0"),
        Path("/media/lin/小林"),
    ]
    assert drives.mounted("") == []


def test_this_pc_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert all(place.is_absolute() for place in drives.removable())
    monkeypatch.setattr(drives, "_MOUNTS", tmp_path / "none")
    monkeypatch.setattr("sys.platform", "linux")
    assert drives.removable() == []


def test_a_macs_volumes_are_found_without_the_one_it_started_from(tmp_path: Path) -> None:
    (tmp_path / "Stick").mkdir()
    (tmp_path / "no volume").mkdir()
    (tmp_path / "Macintosh HD").symlink_to("/")
    assert drives._volumes(tmp_path, lambda path: path.name != "no volume") == [tmp_path / "Stick"]
    assert drives._volumes(tmp_path / "none") == []
