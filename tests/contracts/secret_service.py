"""A session bus and a real GNOME Keyring of their own for a test, both ended by their own ids."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for

PASSWORD = "log-on 口令"
# Owns a name on the bus and answers nothing that is asked of it.
_SILENT = """
import sys
from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection
connection = open_dbus_connection()
connection.send_and_get_reply(message_bus.RequestName(sys.argv[1]))
print("owned", flush=True)
sys.stdin.read()
"""


class SecretService:
    """GNOME Keyring on a bus of its own; it asks nobody, because nobody could be asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = (folder / "log").open("ab")
        self._bus = PrivateBus(folder)
        self.address = self._bus.address
        private = {
            name: str(folder) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "TMPDIR")
        }
        kept = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        self.environment = kept | private | {"DBUS_SESSION_BUS_ADDRESS": self.address}
        self._keyring: subprocess.Popen[bytes] | None = None
        self._silent: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for silent in self._silent:
            silent.communicate(timeout=10)
        if self._keyring is not None:
            # One that was stopped hears nothing else until it goes on.
            self._keyring.send_signal(signal.SIGCONT)
            self._keyring.terminate()
            self._keyring.wait(10)
        self._bus.end()
        self._log.close()

    def start(self) -> None:
        """Start the daemon, with its keyring unlocked as a log-on does it."""
        self._keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
        )
        assert self._keyring.stdin is not None
        with self._keyring.stdin as stdin:
            stdin.write(PASSWORD.encode())
        wait_for(self._answers)

    def pause(self) -> None:
        """Let the daemon hang, the owner of its name and silent."""
        assert self._keyring is not None
        self._keyring.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        assert self._keyring is not None
        self._keyring.send_signal(signal.SIGCONT)

    def lock(self) -> None:
        """Lock every keyring, as a locked screen or an idle hour may."""
        act = "connection = secretstorage.dbus_init()\n"
        act += "secretstorage.get_default_collection(connection).lock()"
        assert self._asked(f"import secretstorage\n{act}") == 0

    def own(self, name: str) -> None:
        """Put a program on the bus that owns this name and never answers."""
        silent = subprocess.Popen(
            [sys.executable, "-c", _SILENT, name],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._silent.append(silent)
        assert silent.stdout is not None
        assert silent.stdout.readline() == b"owned\n"

    def _answers(self) -> bool:
        # Collection() does not make one, where get_default_collection() would ask for a password.
        look = "import secretstorage\nsecretstorage.Collection(secretstorage.dbus_init())"
        return self._asked(look) == 0

    def _asked(self, source: str) -> int:
        return subprocess.run(
            [sys.executable, "-c", source],
            env=self.environment,
            stderr=self._log,
            timeout=30,
            check=False,
        ).returncode
