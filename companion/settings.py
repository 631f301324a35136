"""The one table of options, and the settings file of this desk for those that stay on it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from companion.errors import FileUnwritable, InputInvalid, SettingsBroken
from companion.whole_file import drafts, write_whole

PROFILE_ID = re.compile("[A-Za-z0-9_-]{22}")
"""What names a profile, and the folder of its packs: never a path."""


class Place(Enum):
    """Where an option lives."""

    TRAVELS = "travels"
    STAYS = "stays"


@dataclass(frozen=True)
class Setting:
    """One option: its default's type is its type; ``allowed`` lists the only values, if any."""

    name: str
    default: str | int | bool
    place: Place
    allowed: tuple[str, ...] = ()


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("language", "", Place.TRAVELS, ("", "zh", "en")),
        # For desks that know no other name: on a card or typed it stands first.
        Setting("agent_name", "", Place.TRAVELS),
        Setting("theme", "system", Place.TRAVELS, ("system", "light", "dark")),
        Setting("picker_keys", "ctrl+alt+space", Place.TRAVELS),
        Setting("prompt_keys", "ctrl+alt+e", Place.TRAVELS),
        Setting("reply_keys", "ctrl+alt+r", Place.TRAVELS),
        Setting("reflect_keys", "ctrl+alt+l", Place.TRAVELS),
        # Whether copied messages are read, and in which programs: short names, one a line.
        Setting("watch_clipboard", False, Place.TRAVELS),
        Setting("watch_programs", "", Place.TRAVELS),
        Setting("lock_keys", "ctrl+alt+k", Place.TRAVELS),
        # 0 means never, where the desk's policy does not say otherwise.
        Setting("idle_minutes", 15, Place.TRAVELS),
        # A time of day such as "18:30"; empty means never.
        Setting("shift_end", "", Place.TRAVELS),
        # Sets and folders, one a line, that the desk is to have each time the agent sits down.
        Setting("lend_sets", "", Place.TRAVELS),
        Setting("lend_folders", "", Place.TRAVELS),
        # The folder whose bookmarks are opened then.
        Setting("morning_set", "", Place.TRAVELS),
        Setting("sync_minutes", 5, Place.TRAVELS),
        Setting("wording_first", "", Place.TRAVELS),
        Setting("profile", "", Place.STAYS),
        Setting("agent", "", Place.STAYS),
        Setting("store", "", Place.STAYS),
        Setting("synced_at", 0, Place.STAYS),
        Setting("remembered", False, Place.STAYS),
        Setting("ca_file", "", Place.STAYS),
        Setting("unencrypted_stores", False, Place.STAYS),
    )
}
# What is said of a desk's network, not of the agent who sits there now.
OF_THE_DESK = ("ca_file", "unencrypted_stores")


class DeskSettings:
    """The options that stay on this desk, in one TOML file that a person may edit."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> dict[str, str | int | bool]:
        """Every staying option, defaults where nothing is said.

        Raises SettingsBroken, FileUnwritable where the home is no folder.
        """
        found: dict[str, str | int | bool] = {
            name: setting.default
            for name, setting in SETTINGS.items()
            if setting.place is Place.STAYS
        }
        try:
            said = tomllib.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return found
        except NotADirectoryError as error:
            place = str(self._file.parent)
            raise FileUnwritable(place=place, reason=type(error).__name__) from error
        except (ValueError, RecursionError, OSError) as error:
            raise SettingsBroken(place=str(self._file), line=_line(error)) from error
        for name in found.keys() & said.keys():
            if type(said[name]) is not type(SETTINGS[name].default):
                raise SettingsBroken(place=str(self._file), line=0)
            found[name] = said[name]
        if found["profile"] and not PROFILE_ID.fullmatch(str(found["profile"])):
            # Whoever prepared this file would have had another folder deleted at sign-out.
            raise SettingsBroken(place=str(self._file), line=0)
        return found

    def write(self, **changes: str | int | bool) -> None:
        """Change options, keeping what else the file says. Raises FileUnwritable."""
        for name, value in changes.items():
            check(name, value)
        import tomlkit

        # What cannot be read must not be written over.
        self.read()
        document = tomlkit.document()
        if self._file.exists():
            document = tomlkit.parse(self._file.read_text(encoding="utf-8"))
        document.update(changes)
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._file, tomlkit.dumps(document).encode())
        except OSError as error:
            raise self._unwritable(error) from error

    def clear(self) -> None:
        """Forget the agent: only what is said of the desk itself stays. Raises FileUnwritable."""
        kept = {name: value for name, value in self._of_the_desk().items() if value}
        try:
            if kept:
                import tomlkit

                write_whole(self._file, tomlkit.dumps(kept).encode())
            else:
                self._file.unlink(missing_ok=True)
            if self._file.parent.is_dir():
                for draft in drafts(self._file.parent):
                    draft.unlink()
        except OSError as error:
            raise self._unwritable(error) from error

    def _of_the_desk(self) -> dict[str, str | int | bool]:
        try:
            said = self.read()
        except SettingsBroken:
            # Nothing of what cannot be read may keep the agent from leaving.
            return {}
        return {name: said[name] for name in OF_THE_DESK}

    def _unwritable(self, error: OSError) -> FileUnwritable:
        return FileUnwritable(place=str(self._file), reason=type(error).__name__)


def check(name: str, value: object) -> None:
    """Raise InputInvalid where a value does not fit its option."""
    setting = SETTINGS[name]
    if type(value) is not type(setting.default):
        raise InputInvalid(name=name, allowed=type(setting.default).__name__)
    if setting.allowed and value not in setting.allowed:
        raise InputInvalid(name=name, allowed=" ".join(setting.allowed))


def fitting(name: str, said: Mapping[str, Any]) -> str | int | bool:
    """What is said of an option; its default where nothing that fits is."""
    default = SETTINGS[name].default
    value: str | int | bool = said.get(name, default)
    try:
        check(name, value)
    except InputInvalid:
        return default
    return value


def lines_of(names: Iterable[str]) -> str:
    """Names as an option holds them, one a line."""
    return "".join(f"{name}\n" for name in names)


def _line(error: Exception) -> int:
    """The line a TOML error speaks of (Python before 3.14 tells it only in words), else 0."""
    words = str(error).split("line ")
    digits = words[1].split(",")[0] if len(words) > 1 else ""
    return int(digits) if digits.isdigit() else 0
