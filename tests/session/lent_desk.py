"""A user's home with a Rime and a Chromium, as Companion finds them."""

import socket
from pathlib import Path

import pytest

from companion.formats import chromium_tree as tree

RIME = "# Rime table\n\n有\tu\t3\n"


class LentDesk:
    """The home, and what the programs there hold."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.profile = home / ".config/chromium/Default"
        rime = home / ".config/ibus/rime"
        rime.mkdir(parents=True)
        self.rime_file = rime / "custom_phrase.txt"
        self.rime_file.write_text(RIME, encoding="utf-8")
        self.profile.mkdir(parents=True)
        (self.profile / "Preferences").write_text("{}")
        self.bookmarks_file = self.profile / "Bookmarks"
        self.bookmarks_file.write_bytes(tree.dumps(tree.empty()))
        self.before = self.bookmarks_file.read_bytes()

    def rime(self) -> str:
        """What Rime reads."""
        return self.rime_file.read_text(encoding="utf-8")

    def bookmarks(self) -> bytes:
        """What Chromium reads."""
        return self.bookmarks_file.read_bytes()

    def open_browser(self) -> Path:
        """Mark the browser as Chromium does while it is open; the mark."""
        lock = self.home / ".config/chromium/SingletonLock"
        # Process 1 lives on every desk.
        lock.symlink_to(f"{socket.gethostname()}-1")
        return lock

    def add_bookmark(self, url: str) -> None:
        """Put a bookmark into the agent's folder, as he would in the browser."""
        root = tree.loads(self.bookmarks())
        ours = tree.children(root["roots"]["bookmark_bar"])[-1]
        node = {"type": "url", "name": "new", "url": url, "id": "999", "guid": "9" * 36}
        tree.children(ours).append(node)
        self.bookmarks_file.write_bytes(tree.dumps(root))

    def sign_in_browser(self) -> None:
        """Have somebody signed in to the browser."""
        (self.profile / "Preferences").write_text('{"account_info": [{"email": "x@y"}]}')


def make_lent_desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> LentDesk:
    """A home of that kind, which is the user's until the test ends."""
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return LentDesk(home)
