"""The desk's settings file: a person may edit it, and a slip of the pen is named, not guessed."""

from pathlib import Path

import pytest
import tomlkit

from companion.errors import FileUnwritable, InputInvalid, SettingsBroken
from companion.settings import SETTINGS, DeskSettings, Place, check

STAYING = {name: s.default for name, s in SETTINGS.items() if s.place is Place.STAYS}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "desk.toml"


@pytest.fixture
def settings(file: Path) -> DeskSettings:
    file.parent.mkdir()
    return DeskSettings(file)


def test_without_a_file_every_option_has_its_default(settings: DeskSettings, file: Path) -> None:
    assert settings.read() == STAYING
    assert not file.exists()


def test_what_is_written_is_read_and_the_rest_keeps_its_default(settings: DeskSettings) -> None:
    settings.write(agent='小林 "早班"\n', synced_at=7)
    settings.write(remembered=True)
    assert settings.read() == STAYING | {
        "agent": '小林 "早班"\n',
        "synced_at": 7,
        "remembered": True,
    }


def test_the_file_is_made_with_its_folder_and_nothing_beside_it(file: Path) -> None:
    DeskSettings(file).write(agent="小林")
    assert list(file.parent.iterdir()) == [file]


def test_what_the_file_says_besides_is_kept(settings: DeskSettings, file: Path) -> None:
    said = (
        '# Desk 7\nagent = "旧"  # early shift\nfrom_a_newer_version = [1, 2]\n\n[window]\nx = 3\n'
    )
    file.write_text(said, encoding="utf-8")
    settings.write(agent="新", remembered=True)
    now = file.read_text(encoding="utf-8")
    for line in ("# Desk 7\n", "# early shift\n", "from_a_newer_version = [1, 2]\n", "x = 3\n"):
        assert line in now
    assert tomlkit.parse(now)["window"] == {"x": 3}
    assert settings.read() == STAYING | {"agent": "新", "remembered": True}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('agent = "小林"\nstore = = "x"\n', 2),
        ("agent = 1\nagent = 2\n", 2),
        ("\n\n[window\n", 3),
        ('agent = "小林', 0),
        ("<<<<<<< mine\n", 1),
    ],
)
def test_broken_toml_is_named_with_its_line(
    settings: DeskSettings, file: Path, text: str, line: int
) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsBroken) as told:
        settings.read()
    assert told.value.facts == {"place": str(file), "line": line}
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["synced_at = " + "9" * 5000, "x = " + "[" * 5000])
def test_what_no_reader_goes_through_is_broken_too(
    settings: DeskSettings, file: Path, text: str
) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsBroken):
        settings.read()


@pytest.mark.parametrize("profile", ["/home/lin/papers", "../../papers", "..", "x", "A" * 23])
def test_a_profile_is_never_a_path(settings: DeskSettings, file: Path, profile: str) -> None:
    # A home on a stick that somebody has prepared: its folder is deleted at sign-out.
    file.write_text(f'profile = "{profile}"\n', encoding="utf-8")
    with pytest.raises(SettingsBroken):
        settings.read()


def test_another_encoding_and_a_folder_in_its_place_are_broken(
    settings: DeskSettings, file: Path
) -> None:
    file.write_bytes('agent = "小林"\n'.encode("gbk"))
    with pytest.raises(SettingsBroken):
        settings.read()
    file.unlink()
    file.mkdir()
    with pytest.raises(SettingsBroken):
        settings.read()


@pytest.mark.parametrize(
    "text",
    ["agent = 7", "store = [1]", 'synced_at = "1"', "synced_at = 1.5", 'remembered = "yes"'],
)
def test_a_value_of_a_wrong_type_is_broken(settings: DeskSettings, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsBroken) as told:
        settings.read()
    assert told.value.facts == {"place": str(file), "line": 0}


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("agent", 7, "str"),
        ("synced_at", "1", "int"),
        ("synced_at", True, "int"),
        ("remembered", 1, "bool"),
        ("theme", "pink", "system light dark"),
        ("language", None, "str"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: object, allowed: str) -> None:
    with pytest.raises(InputInvalid) as told:
        check(name, value)
    assert told.value.facts == {"name": name, "allowed": allowed}


def test_one_wrong_change_writes_none(settings: DeskSettings, file: Path) -> None:
    settings.write(agent="小林")
    before = file.read_bytes()
    with pytest.raises(InputInvalid):
        settings.write(agent="小王", synced_at="now")
    assert file.read_bytes() == before


def test_every_default_fits_its_option() -> None:
    for name, setting in SETTINGS.items():
        check(name, setting.default)
        assert name == setting.name


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    settings = DeskSettings(tmp_path / "home" / "deeper" / "desk.toml")
    with pytest.raises(FileUnwritable) as told:
        settings.read()
    assert told.value.facts["reason"] == "NotADirectoryError"


def test_what_is_said_of_the_desk_outlives_the_agent(settings: DeskSettings, file: Path) -> None:
    settings.write(ca_file="/etc/company.pem", unencrypted_stores=True, agent="林", store="x")
    settings.clear()
    found = settings.read()
    assert (found["ca_file"], found["unencrypted_stores"]) == ("/etc/company.pem", True)
    assert (found["agent"], found["store"]) == ("", "")
    assert "林" not in file.read_text("utf-8")


def test_broken_settings_keep_nobody_from_leaving(settings: DeskSettings, file: Path) -> None:
    settings.write(agent="林")
    file.write_text("ca_file = [", "utf-8")
    settings.clear()
    assert not file.exists()


def test_cleared_is_forgotten(settings: DeskSettings, file: Path) -> None:
    settings.write(agent="小林")
    settings.clear()
    settings.clear()
    assert not file.exists()
    assert settings.read() == STAYING
