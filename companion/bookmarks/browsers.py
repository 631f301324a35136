"""Finds the browsers of this desk and their profiles, by the folders each is known to use."""

import configparser
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

# By system: the browser, and where its data lies below the folder that the variable names ("~"
# is the home folder). Those of Chrome, Edge, Chromium, Brave and Firefox stand in their own
# sources and manuals; those of 360, QQ and Vivaldi are what programs that look for them agree on.
_CHROMIUM = {
    "win32": (
        ("Chrome", "LOCALAPPDATA", "Google/Chrome/User Data"),
        ("Edge", "LOCALAPPDATA", "Microsoft/Edge/User Data"),
        ("Chromium", "LOCALAPPDATA", "Chromium/User Data"),
        ("Brave", "LOCALAPPDATA", "BraveSoftware/Brave-Browser/User Data"),
        ("Vivaldi", "LOCALAPPDATA", "Vivaldi/User Data"),
        ("360安全浏览器", "APPDATA", "360se6/User Data"),
        ("360极速浏览器", "LOCALAPPDATA", "360Chrome/Chrome/User Data"),
        ("360极速浏览器X", "LOCALAPPDATA", "360ChromeX/Chrome/User Data"),
        ("QQ浏览器", "LOCALAPPDATA", "Tencent/QQBrowser/User Data"),
    ),
    "darwin": (
        ("Chrome", "~", "Library/Application Support/Google/Chrome"),
        ("Edge", "~", "Library/Application Support/Microsoft Edge"),
        ("Chromium", "~", "Library/Application Support/Chromium"),
        ("Brave", "~", "Library/Application Support/BraveSoftware/Brave-Browser"),
        ("Vivaldi", "~", "Library/Application Support/Vivaldi"),
    ),
    "linux": (
        ("Chrome", "~", ".config/google-chrome"),
        ("Edge", "~", ".config/microsoft-edge"),
        ("Chromium", "~", ".config/chromium"),
        ("Chromium", "~", "snap/chromium/common/chromium"),
        ("Chrome", "~", ".var/app/com.google.Chrome/config/google-chrome"),
        ("Brave", "~", ".config/BraveSoftware/Brave-Browser"),
        ("Vivaldi", "~", ".config/vivaldi"),
    ),
}
_FIREFOX = {
    "win32": (("Firefox", "APPDATA", "Mozilla/Firefox"),),
    "darwin": (("Firefox", "~", "Library/Application Support/Firefox"),),
    "linux": (
        ("Firefox", "~", ".mozilla/firefox"),
        ("Firefox", "~", "snap/firefox/common/.mozilla/firefox"),
        ("Firefox", "~", ".var/app/org.mozilla.firefox/.mozilla/firefox"),
    ),
}


@dataclass(frozen=True)
class Surroundings:
    """What finding browsers depends on: the system, the user's home and the environment."""

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)


class Browser(msgspec.Struct, frozen=True):
    """One browser profile of this desk; ``profile`` is the name the agent gave it.

    ``engine`` says whose files it keeps: "chromium" or "firefox".
    """

    browser: str
    profile: str
    folder: str
    engine: str = "chromium"


def browsers(here: Surroundings | None = None) -> list[Browser]:
    """The profiles of all browsers that are known; what cannot be read is left out."""
    here = here or Surroundings()
    found = [
        Browser(name, profile, str(folder), engine)
        for engine, table, profiles in (
            ("chromium", _CHROMIUM, _chromium),
            ("firefox", _FIREFOX, _firefox),
        )
        for name, variable, below in table.get(here.platform, ())
        if (root := here.home if variable == "~" else here.variables.get(variable))
        for profile, folder in profiles(Path(root) / below)
    ]
    return sorted(found, key=lambda one: (one.browser, one.folder))


def _chromium(root: Path) -> Iterator[tuple[str, Path]]:
    """The name and folder of each profile below a Chromium's data folder."""
    try:
        said = json.loads((root / "Local State").read_bytes())
        names = said["profile"]["info_cache"]
        listed = {str(folder): str(about.get("name", folder)) for folder, about in names.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        listed = {"Default": "Default"}
    for folder, name in listed.items():
        if _is_there(root / folder / "Preferences"):
            yield name, root / folder


def _firefox(root: Path) -> Iterator[tuple[str, Path]]:
    """The name and folder of each profile in a Firefox's profiles.ini."""
    said = configparser.RawConfigParser(strict=False)
    try:
        said.read_string((root / "profiles.ini").read_text(encoding="utf-8"))
    except (OSError, ValueError, configparser.Error):
        return
    for section in said.sections():
        place = said.get(section, "Path", fallback="")
        # An absolute path stands for itself when it is joined.
        if section.startswith("Profile") and place and _is_there(root / place):
            yield said.get(section, "Name", fallback=place), root / place


def _is_there(place: Path) -> bool:
    """Whether something is there; what nobody may look at is not."""
    try:
        return place.exists()
    except OSError:
        return False
