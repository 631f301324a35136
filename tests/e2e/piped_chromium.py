"""A real Chromium without a window, asked about its own bookmarks through a pipe."""

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desktop import Desktop, finish, wait_for

needed = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="no Chromium: apt-get install chromium"
)
_HEADLESS = ("--headless=new", "--no-first-run")
_FLAGS = (
    "--disable-gpu",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--password-store=basic",
    "--remote-debugging-pipe",
)
# It reads its orders from handle 3 and answers on 4, each message ended by a NUL.
_HANDLES = 'exec "$@" 3<&{} 4>&{}'


class Chromium:
    """One that runs; its bookmarks as the page chrome://bookmarks sees them."""

    def __init__(
        self, data: Path, desktop: Desktop | None = None, below: Path | None = None
    ) -> None:
        """Without a window, or on a desktop, as a person's first start would be.

        ``below`` stands in the place of /etc/chromium, for this browser alone.
        """
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        # Chromium refuses to start as root with its sandbox.
        free = ["--no-sandbox"] if os.geteuid() == 0 or below else []
        seen = [] if desktop else _HEADLESS
        program = ["chromium", *_FLAGS, *seen, *free, f"--user-data-dir={data}"]
        if below:
            mount = f'mount --bind {shlex.quote(str(below))} /etc/chromium && exec "$@"'
            program = ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, "sh", *program]
        self.process = subprocess.Popen(
            ["bash", "-c", _HANDLES.format(orders, answers), "bash", *program],
            pass_fds=[orders, answers],
            env={
                **(desktop.environment if desktop else os.environ),
                "HOME": str(data),
                "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(orders)
        os.close(answers)
        self._read, self._number = b"", 0
        page = self.call("Target.createTarget", url="chrome://bookmarks")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=page, flatten=True)
        self._page = attached["sessionId"]
        wait_for(lambda: self.run("typeof chrome.bookmarks?.getTree") == "function", 60.0)

    def tree(self) -> list[Any]:
        """What is in the bar and in the other bookmarks."""
        (root,) = self.run("chrome.bookmarks.getTree()")
        return [place["children"] for place in root["children"]]

    def titles(self) -> list[str]:
        """The titles of all bookmarks and folders, each before those in it."""
        stack, found = [*reversed(self.tree())], list[str]()
        while stack:
            node = stack.pop()
            if isinstance(node, list):
                stack += reversed(node)
            else:
                found.append(node["title"])
                stack += reversed(node.get("children", []))
        return found

    def create(self, parent: str, title: str, url: str | None = None) -> str:
        """Make a bookmark, or a folder, as the person before the browser would; its id."""
        details = json.dumps({"parentId": parent, "title": title, "url": url})
        node = self.run(f"chrome.bookmarks.create(JSON.parse({json.dumps(details)}))")
        return str(node["id"])

    def move(self, title: str, parent: str) -> None:
        """Drag the bookmark of this title into a folder."""
        place = json.dumps({"parentId": parent})
        search = f"chrome.bookmarks.search({json.dumps(title)})"
        self.run(f"{search}.then(found => chrome.bookmarks.move(found[0].id, {place}))")

    def run(self, script: str) -> Any:
        """What a script says on the page of bookmarks."""
        said = self.call(
            "Runtime.evaluate",
            self._page,
            expression=script,
            awaitPromise=True,
            returnByValue=True,
        )
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def call(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        """One order and its answer; what the browser tells besides is passed over."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters}
        order |= {"sessionId": session} if session else {}
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        while True:
            answer = self._answer()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def close(self) -> None:
        """End it as its window's own button does, everything saved."""
        try:
            if self.process.poll() is None:
                self.call("Browser.close")
                self.process.wait(30)
        finally:
            finish(self.process)
            os.close(self._orders)
            os.close(self._answers)

    def _answer(self) -> Any:
        while b"\0" not in self._read:
            piece = os.read(self._answers, 65_536)
            assert piece, "the browser has ended"
            self._read += piece
        message, self._read = self._read.split(b"\0", 1)
        return json.loads(message)


@contextmanager
def chromium(
    data: Path, desktop: Desktop | None = None, below: Path | None = None
) -> Iterator[Chromium]:
    """A Chromium that has ended, with everything saved, after the block; see Chromium."""
    browser = Chromium(data, desktop, below)
    try:
        yield browser
    finally:
        browser.close()
