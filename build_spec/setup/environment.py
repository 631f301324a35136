"""The virtual environment in the clone, filled from the pinned and hash-checked lists only."""

import hashlib
import json
import os
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

from build_spec.setup import SetupError, children

ROOT = Path(__file__).resolve().parents[2]
APP, DEV = "app.txt", "dev.txt"
# The list for development holds every pin of the app's own, so whoever has it has both.
COVERS = {APP: (APP,), DEV: (APP, DEV)}


class Environment(NamedTuple):
    """A virtual environment in the clone, with a stamp, written last, that says what it holds."""

    folder: Path = ROOT / ".venv"
    lists: Path = ROOT / "build_spec" / "requirements"

    def tool(self, name: str) -> str:
        """Give the path of a program in the environment."""
        if sys.platform == "win32":
            return str(self.folder / "Scripts" / f"{name}.exe")
        return str(self.folder / "bin" / name)

    def holds(self, pins: str) -> bool:
        """Tell whether the environment is whole and was filled from this list as it is now."""
        return self._filled_from().get(pins) == self._digest(pins)

    def prepare(self, pins: str) -> None:
        """Make the environment and fill it from a list, unless that is done already."""
        if self.holds(pins):
            return
        try:
            filled_from = self._filled_from()
            # Without its stamp an environment counts as half made: an interruption is seen later.
            self._stamp.unlink(missing_ok=True)
            if not filled_from:
                self._make_folder()
            self._fill(pins)
            digests = {name: self._digest(name) for name in COVERS[pins]}
            stamp = {"made_for": self._made_for(), "filled_from": filled_from | digests}
            self._stamp.write_text(json.dumps(stamp), encoding="utf-8")
        except OSError as error:
            raise SetupError(f"The environment {self.folder} could not be made: {error}") from error

    def _make_folder(self) -> None:
        print(f"Making the virtual environment {self.folder.name}", flush=True)
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        if children.run(command):
            raise SetupError("Python could not make a virtual environment; the reason is above.")
        places = {"base": str(self.folder), "platbase": str(self.folder)}
        packages = Path(sysconfig.get_path("purelib", "venv", places))
        # Makes the clone importable from any folder, so paths given to the app stay the user's;
        # relative, because Windows reads this file in an encoding that not every path fits.
        clone = os.path.relpath(self.folder.parent, packages)
        (packages / "companion.pth").write_text(f"{clone}\n", encoding="utf-8")

    def _fill(self, pins: str) -> None:
        print(f"Installing the pinned packages of {pins} (the first time about 100 MB)", flush=True)
        pip = [self.tool("python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        command = [*pip, "--no-input", "--require-hashes", "-r", str(self.lists / pins)]
        if children.run(command):
            raise SetupError("The pinned packages could not be installed; pip's reason is above.")

    @property
    def _stamp(self) -> Path:
        return self.folder / "companion-setup.json"

    def _filled_from(self) -> dict[str, str]:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if stamp.get("made_for") != self._made_for():
            return {}
        filled_from: dict[str, str] = stamp["filled_from"]
        return filled_from

    def _made_for(self) -> list[str]:
        # An environment works neither with another Python nor after its folder was moved.
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return [version, sys.base_prefix, str(self.folder)]

    def _digest(self, pins: str) -> str:
        return hashlib.sha256((self.lists / pins).read_bytes()).hexdigest()
