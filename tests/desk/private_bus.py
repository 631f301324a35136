"""A session bus of a test's own, on which nothing is started by being asked for."""

import subprocess
from pathlib import Path

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:{listen}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """A dbus-daemon for one test; nothing is started because somebody asked for it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "bus.conf"
        self.address = ""
        self.begin()

    def begin(self) -> None:
        """Be there (again), at the same address."""
        # A socket's path may have some hundred characters: too few for a test's own folder.
        listen = self.address.removeprefix("unix:").partition(",guid=")[0] or "tmpdir=/tmp"
        self._file.write_text(_CONFIGURATION.format(listen=listen), encoding="utf-8")
        self._process = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address", f"--config-file={self._file}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().decode().strip()

    def end(self) -> None:
        """End the bus, and with it every connection; may be called twice."""
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
