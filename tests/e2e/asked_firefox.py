"""A real Firefox without a window, asked to work with its own bookmarks over Marionette."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desktop import finish, wait_for

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
needed = pytest.mark.skipif(PROGRAM is None, reason="no Firefox: apt-get install firefox-esr")
# Nothing is asked of the network, nothing is shown that a person would have to answer.
_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.bookmarks.max_backups": 5,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "http://127.0.0.1:9/",
    "toolkit.telemetry.enabled": False,
    "marionette.port": 0,
}
_START = 90.0


class Firefox:
    """One that runs; scripts are run with its own rights, as its windows' own code."""

    def __init__(self, profile: Path) -> None:
        assert PROGRAM is not None
        profile.mkdir(exist_ok=True)
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in _PREFERENCES.items()
        ]
        (profile / "user.js").write_text("".join(lines))
        command = [PROGRAM, "--headless", "--no-remote", "--profile", str(profile)]
        self.process = subprocess.Popen(
            [*command, "--marionette", "--remote-allow-system-access"],
            env={
                **os.environ,
                "HOME": str(profile.parent),
                "MOZ_CRASHREPORTER_DISABLE": "1",
                # Else it starts a bus, and that a portal, whose mount would outlive the test.
                "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        place = profile / "MarionetteActivePort"
        port = wait_for(lambda: place.is_file() and int(place.read_text() or "0"), _START)
        self._line = socket.create_connection(("127.0.0.1", port), timeout=_START)
        self._file = self._line.makefile("rb")
        self._number = 0
        self._message()
        self._order("WebDriver:NewSession", {})
        self._order("Marionette:SetContext", {"value": "chrome"})

    def run(self, script: str, *arguments: Any) -> Any:
        """What the body of an asynchronous function returns."""
        # The last argument is what Marionette waits for.
        body = f"""const [done, ...given] = [[...arguments].pop(), ...[...arguments].slice(0, -1)];
        const load = name => ChromeUtils.importESModule(`resource://gre/modules/${{name}}.sys.mjs`);
        (async () => {{ {script} }})().then(
          value => done({{value}}), error => done({{error: String(error)}}));"""
        said = self._order(
            "WebDriver:ExecuteAsyncScript", {"script": body, "args": arguments, "sandbox": "system"}
        )["value"]
        assert "error" not in said, said
        return said.get("value")

    def close(self) -> None:
        """End it as its window's own button does, everything saved."""
        try:
            if self.process.poll() is None:
                self._order("Marionette:Quit", {"flags": ["eForceQuit"]})
                self.process.wait(60)
        finally:
            self._file.close()
            self._line.close()
            finish(self.process)

    def _order(self, name: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        data = json.dumps([0, self._number, name, parameters]).encode()
        self._line.sendall(b"%d:%s" % (len(data), data))
        _, number, error, result = self._message()
        assert number == self._number
        assert error is None, error
        return result

    def _message(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            piece = self._file.read(1)
            assert piece, "the browser has ended"
            length += piece
        return json.loads(self._file.read(int(length[:-1])))


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """A Firefox that has ended, with everything saved, after the block."""
    browser = Firefox(profile)
    try:
        yield browser
    finally:
        browser.close()
