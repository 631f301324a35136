"""Finding input methods by the folders they are known to use, on every system."""

from pathlib import Path

from companion.input_methods.finding import InputMethod, Surroundings, found
from companion.ui.words import LANGUAGES, Words

FCITX_ADDON = b"...pinyin/customphrase..."


def names(here: Surroundings) -> dict[str, str]:
    return {method.name: method.file for method in found(here)}


def linux(home: Path, **variables: str) -> Surroundings:
    return Surroundings("linux", home, variables, root=home / "root")


def test_an_empty_desk_has_none(tmp_path: Path) -> None:
    for platform in ("linux", "win32", "darwin", "haiku"):
        assert found(Surroundings(platform, tmp_path, {}, tmp_path)) == []


def test_a_place_that_cannot_be_looked_at_holds_none(tmp_path: Path) -> None:
    place = str(tmp_path / ("x" * 300))
    for platform, name in (("linux", "XDG_CONFIG_HOME"), ("win32", "APPDATA")):
        assert found(Surroundings(platform, tmp_path, {name: place}, tmp_path)) == []


def test_linux(tmp_path: Path) -> None:
    for folder in (".config/ibus/rime", ".local/share/fcitx5/rime", ".local/share/fcitx5/pinyin"):
        (tmp_path / folder).mkdir(parents=True)
    assert names(linux(tmp_path)) == {
        "ibus_rime": str(tmp_path / ".config/ibus/rime/custom_phrase.txt"),
        "fcitx5_rime": str(tmp_path / ".local/share/fcitx5/rime/custom_phrase.txt"),
        "fcitx5_pinyin": str(tmp_path / ".local/share/fcitx5/pinyin/customphrase"),
    }
    assert [method.process for method in found(linux(tmp_path))] == [
        "fcitx5",
        "fcitx5",
        "ibus-daemon",
    ]


def test_the_folders_that_linux_names_otherwise(tmp_path: Path) -> None:
    (tmp_path / "c/ibus/rime").mkdir(parents=True)
    (tmp_path / "d/fcitx5/rime").mkdir(parents=True)
    here = linux(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "c"), XDG_DATA_HOME=str(tmp_path / "d"))
    assert sorted(names(here)) == ["fcitx5_rime", "ibus_rime"]


def test_an_old_fcitx5_knows_no_phrases(tmp_path: Path) -> None:
    (tmp_path / ".local/share/fcitx5/pinyin").mkdir(parents=True)
    library = tmp_path / "root/usr/lib/x86_64-linux-gnu/fcitx5/libpinyin.so"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"pinyin/dictionaries")
    assert names(linux(tmp_path)) == {}
    library.write_bytes(FCITX_ADDON)
    assert list(names(linux(tmp_path))) == ["fcitx5_pinyin"]


def test_windows(tmp_path: Path) -> None:
    roaming = tmp_path / "AppData/Roaming"
    (roaming / "Rime").mkdir(parents=True)
    (roaming / "Microsoft/InputMethod/Chs").mkdir(parents=True)
    (tmp_path / "AppData/LocalLow/SogouPY.users").mkdir(parents=True)
    for version in ("0.14.3", "0.15.0"):
        deployer = tmp_path / f"Programs/Rime/weasel-{version}/WeaselDeployer.exe"
        deployer.parent.mkdir(parents=True)
        deployer.touch()
    variables = {"APPDATA": str(roaming), "PROGRAMFILES": str(tmp_path / "Programs")}
    microsoft, sogou, weasel = found(Surroundings("win32", tmp_path, variables))
    assert microsoft.file == str(roaming / "Microsoft/InputMethod/Chs/ChsPinyinEUDPv1.lex")
    assert (microsoft.kind, microsoft.reload) == ("mspinyin", ())
    assert (sogou.name, sogou.kind) == ("sogou", "")
    assert weasel.file == str(roaming / "Rime/custom_phrase.txt")
    assert weasel.reload == (str(deployer), "/deploy")


def test_a_mac(tmp_path: Path) -> None:
    (tmp_path / "Library/Rime").mkdir(parents=True)
    (squirrel,) = found(Surroundings("darwin", tmp_path, {}))
    assert squirrel.file == str(tmp_path / "Library/Rime/custom_phrase.txt")


def test_every_input_method_has_a_name_for_people(tmp_path: Path) -> None:
    known = ("fcitx5_pinyin", "fcitx5_rime", "ibus_rime", "mspinyin", "sogou", "squirrel", "weasel")
    for language in LANGUAGES:
        words = Words(language)
        assert all(words.knows(f"input_method.{InputMethod(name, '', '').name}") for name in known)
