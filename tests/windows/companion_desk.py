"""A desk of its own for a test: a home with a profile, a shell, and the app once it is started."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSPHRASE = "correct horse battery"
TITLE = "退款进度安抚"
# As it is written, and as Windows' programs want it.
WRITTEN = "钱没到账肯定惦记,我来查;\n退款 3 天内到。𠮷"
BODY = WRITTEN.replace("\n", "\r\n")
LANGUAGE = {"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}


class Desk:
    """A home with its profile, the commands of a shell, and the app once it is started."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "desk"
        self.store = folder / "store"
        self._passphrase = folder / "pw"
        self._passphrase.write_text(PASSPHRASE + "\n", "utf-8")
        self._apps: list[subprocess.Popen[str]] = []
        self.secret = ("--passphrase-file", str(self._passphrase))

    def run(self, *arguments: str, text: str = "", check: bool = True) -> str:
        """What a command of Companion prints."""
        command = self.begin(*arguments)
        out, err = ended(command, text)
        assert command.returncode == 0 or not check, err
        return out

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the app, or a command of Companion."""
        return subprocess.Popen(
            [sys.executable, "-m", "companion", "--home", str(self.home), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | LANGUAGE,
        )

    def make_profile(self) -> str:
        """Make the profile with one phrase; its id."""
        new = ("profile", "new", "--store", str(self.store), "--name", "林", "--json")
        made = json.loads(self.run(*new, *self.secret))
        self.add(TITLE, WRITTEN)
        return str(made["profile"])

    def add(self, title: str, body: str) -> None:
        """Add a phrase."""
        add = ("phrases", "add", "--title", title, "--body", body, "--set", "售后")
        self.run(*add, *self.secret)

    def start(self) -> subprocess.Popen[str]:
        """Start the app; it ends with the test."""
        self._apps.append(self.begin())
        return self._apps[-1]

    def finds(self, query: str) -> bool:
        """Whether the running app, asked from the shell without a passphrase, has the phrase."""
        said = self.run("phrases", "find", query, "--json", check=False)
        return bool(said) and TITLE in [hit["title"] for hit in json.loads(said)["hits"]]

    def answers(self) -> str:
        """The error by which a command that only the app can do, and here cannot, fails."""
        _, err = ended(self.begin("insert", "no such phrase", "--json"))
        return str(json.loads(err)["error"])

    def close(self) -> None:
        """End the app; what it said goes to the test's own output."""
        for app in self._apps:
            app.kill()
            print(*app.communicate())


@contextmanager
def killed_at_last(command: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """A command that is killed where it hangs: else the tests would hang with it."""
    with command:
        try:
            yield command
        finally:
            command.kill()


def ended(command: subprocess.Popen[str], text: str = "") -> tuple[str, str]:
    """What a command said until its end, which must come in time."""
    with killed_at_last(command):
        return command.communicate(text, timeout=60)
