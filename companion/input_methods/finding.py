"""Finds the input methods of this desk, by the folders each is known to use."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

_FCITX = ("dbus-send", "--session", "--print-reply", "--dest=org.fcitx.Fcitx5", "/controller")
_CONTROLLER = "org.fcitx.Fcitx.Controller1"
# "fcitx5-remote -r" reads fcitx5's own settings again, and leaves its input methods as they are.
_FCITX_RIME = (*_FCITX, f"{_CONTROLLER}.ReloadAddonConfig", "string:rime")
_FCITX_PHRASES = (
    *_FCITX,
    f"{_CONTROLLER}.SetConfig",
    "string:fcitx://config/addon/pinyin/customphrase",
    "variant:string:",
)
_SQUIRREL = "/Library/Input Methods/Squirrel.app/Contents/MacOS/Squirrel"
_LIBRARIES = ("/usr/lib/*/fcitx5", "/usr/lib/fcitx5", "/usr/lib64/fcitx5", "/usr/local/lib/fcitx5")


@dataclass(frozen=True)
class Surroundings:
    """What finding input methods depends on: the system, the user's home, the environment.

    ``libraries`` are the folders (with wildcards, below ``root``) in which fcitx5 keeps its own.
    """

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    root: Path = Path("/")
    libraries: Sequence[str] = _LIBRARIES


class InputMethod(msgspec.Struct, frozen=True):
    """One input method of this desk; ``name`` is a key of the catalogues (``input_method.NAME``).

    ``kind`` says how ``file`` is written; empty where the program keeps its phrases where nobody
    else may write, so that the agent has to import them by hand. ``process`` has to be told by
    ``reload`` that the file has changed; both are empty where nothing can tell it.
    """

    name: str
    kind: str
    file: str
    process: str = ""
    reload: tuple[str, ...] = ()


def found(here: Surroundings | None = None) -> list[InputMethod]:
    """The input methods of this desk, in the order of their names."""
    here = here or Surroundings()
    finders = {"linux": _linux, "win32": _windows, "darwin": _macos}
    finder = finders.get(here.platform)
    return sorted(finder(here), key=lambda method: method.name) if finder else []


def _linux(here: Surroundings) -> Iterator[InputMethod]:
    data = Path(here.variables.get("XDG_DATA_HOME") or here.home / ".local/share")
    config = Path(here.variables.get("XDG_CONFIG_HOME") or here.home / ".config")
    ibus, fcitx = config / "ibus/rime", data / "fcitx5"
    if _is_folder(ibus):
        file = str(ibus / "custom_phrase.txt")
        yield InputMethod("ibus_rime", "rime", file, "ibus-daemon", ("ibus", "restart"))
    if _is_folder(fcitx / "rime"):
        file = str(fcitx / "rime/custom_phrase.txt")
        yield InputMethod("fcitx5_rime", "rime", file, "fcitx5", _FCITX_RIME)
    if _is_folder(fcitx / "pinyin") and _knows_phrases(here):
        file = str(fcitx / "pinyin/customphrase")
        yield InputMethod("fcitx5_pinyin", "fcitx5", file, "fcitx5", _FCITX_PHRASES)
    for folder in ("SogouPY", "sogoupinyin"):
        if _is_folder(config / folder):
            yield InputMethod("sogou", "", str(config / folder))


def _windows(here: Surroundings) -> Iterator[InputMethod]:
    roaming = here.variables.get("APPDATA")
    if roaming:
        if _is_folder(Path(roaming) / "Rime"):
            file = str(Path(roaming) / "Rime/custom_phrase.txt")
            yield InputMethod("weasel", "rime", file, "WeaselServer.exe", _weasel(here))
        folder = Path(roaming) / "Microsoft/InputMethod/Chs"
        if _is_folder(folder):
            yield InputMethod("mspinyin", "mspinyin", str(folder / "ChsPinyinEUDPv1.lex"))
    # Its PhraseEdit.txt is there only while the agent edits it: the phrases are kept elsewhere.
    for folder in sorted((here.home / "AppData/LocalLow").glob("SogouPY*"))[:1]:
        yield InputMethod("sogou", "", str(folder))


def _macos(here: Surroundings) -> Iterator[InputMethod]:
    folder = here.home / "Library/Rime"
    if _is_folder(folder):
        file = str(folder / "custom_phrase.txt")
        yield InputMethod("squirrel", "rime", file, "Squirrel", (_SQUIRREL, "--reload"))


def _weasel(here: Surroundings) -> tuple[str, ...]:
    """The command that has Rime for Windows read its files again, of the newest that is here."""
    folders = (here.variables.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
    known = [
        deployer
        for folder in folders
        if folder
        for deployer in Path(folder).glob("Rime/weasel-*/WeaselDeployer.exe")
    ]
    return (str(max(known)), "/deploy") if known else ()


def _is_folder(place: Path) -> bool:
    """Whether this is a folder; what nobody may look at is none."""
    try:
        return place.is_dir()
    except OSError:
        return False


def _knows_phrases(here: Surroundings) -> bool:
    """Whether fcitx5's pinyin is one with custom phrases, which it is since the middle of 2023.

    Where its library is not found, because it was installed otherwise, it is taken to be new.
    """
    places = (f"{place[1:]}/libpinyin.so" for place in here.libraries)
    libraries = [library for place in places for library in here.root.glob(place)]
    try:
        return not libraries or any(b"pinyin/customphr" in one.read_bytes() for one in libraries)
    except OSError:
        return False
