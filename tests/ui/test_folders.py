"""A folder dialog never begins where the program happens to have been started."""

from pathlib import Path

from companion.ui.folders import standing


def test_it_begins_in_what_is_there_and_at_home_for_what_is_no_folder(tmp_path: Path) -> None:
    assert standing(str(tmp_path / "Documents" / "Companion")) == str(tmp_path)
    assert standing(str(tmp_path)) == str(tmp_path)
    for said in ("", "webdavs://nas/team", "companion-card:abc", "Documents"):
        assert standing(said) == str(Path.home())
