"""The system packages Companion needs on Debian and its relatives, why, and how they get there."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from build_spec.setup import SetupError, children

SYSTEMD = Path("/run/systemd/system")
"""There where systemd runs."""


class Need(NamedTuple):
    """A Debian package, why it is needed, the packages that do as well, and its own services.

    Those are kept from starting: a test starts the program itself, as it needs it.
    """

    package: str
    why: str
    or_else: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


# What PySide6's libraries and its offscreen, xcb and wayland plugins link to and do not bring along
# (found with ldd on a bare Debian 12); what these packages depend on themselves is not repeated.
WINDOW = (
    Need("libglib2.0-0", "Qt's event loop", ("libglib2.0-0t64",)),
    Need("libgl1", "linked by QtGui"),
    Need("libegl1", "linked by QtGui"),
    Need("libxkbcommon0", "what a key means"),
    Need("libfontconfig1", "finding fonts; brings FreeType"),
    Need("libdbus-1-3", "linked by QtGui; the Linux tray icon"),
    Need("libxcb-cursor0", "Qt on X11: pointers; brings xcb-image and xcb-render-util"),
    Need("libxcb-icccm4", "Qt on X11: window hints"),
    Need("libxcb-keysyms1", "Qt on X11: keys"),
    Need("libxcb-shape0", "Qt on X11: shaped windows"),
    Need("libxkbcommon-x11-0", "Qt on X11: the keyboard's layout; brings xcb-xkb"),
    Need("libwayland-cursor0", "Qt on Wayland: pointers"),
    Need("libwayland-egl1", "Qt on Wayland: drawing"),
    Need(
        "fonts-wqy-microhei",
        "Chinese text instead of boxes",
        ("fonts-noto-cjk", "fonts-wqy-zenhei", "fonts-arphic-uming", "fonts-droid-fallback"),
    ),
)
SCREEN = (
    Need("xvfb", "a screen where there is none"),
    Need("xauth", "the key that keeps other users off that screen"),
    Need("openbox", "a window manager: without one no window gets the keyboard"),
    Need("xterm", "a window to insert phrases into"),
)
DESK = (
    Need("mousepad", "an ordinary GTK editor, the other kind of window to insert into"),
    Need("xdotool", "presses keys and moves windows as a person would"),
    Need("trayer", "a tray for the icon to sit in"),
    Need("x11-utils", "xprop and xwininfo: what the screen really shows"),
    Need("x11-xserver-utils", "xrandr: two screens of different scale"),
    Need("chromium", "the browser whose text boxes most chats are, and which is lent bookmarks"),
    Need("firefox-esr", "the other browser: imports our bookmarks, and its own files are read"),
    Need("ibus-libpinyin", "Chinese typed into the picker as agents do; brings ibus"),
    Need("fcitx5", "the other input method that agents type with"),
    Need("fcitx5-pinyin", "Chinese typed through it; does not bring it along"),
    Need("fcitx5-rime", "Rime in fcitx5, to put phrases into while it runs"),
    Need("ibus-rime", "Rime in ibus, likewise"),
    Need("librime-bin", "Rime itself, to put phrases into and type their codes"),
    Need("rime-data-luna-pinyin", "what Rime types pinyin with"),
    Need("sway", "a Wayland desktop without a screen"),
    Need("wtype", "presses keys there"),
    Need("wl-clipboard", "reads that desktop's clipboard"),
    Need("grim", "takes that desktop's pictures"),
    Need("xdg-desktop-portal", "through which Wayland desktops give hotkeys"),
    Need("dbus-x11", "a session bus, for secrets and notifications"),
    Need("dbus-bin", "tells a running fcitx5 to read its phrases again"),
    Need("gnome-keyring", "the secret store of most Linux desktops, to keep secrets in for real"),
    # Not apache2: that would start a service, and leave it running at every start of the machine.
    Need("apache2-bin", "the common WebDAV server; the tests start one of their own"),
    Need(
        "dovecot-imapd",
        "a mail server, to keep a profile in a mailbox for real",
        services=("dovecot.service", "dovecot.socket"),
    ),
)


def python_needs() -> tuple[Need, ...]:
    """Debian keeps what makes a virtual environment out of its Python: a package of its own."""
    if importlib.util.find_spec("ensurepip") is not None:
        return ()
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return (Need(f"{version}-venv", "makes the virtual environment"),)


def ensure(needs: Sequence[Need], *, first_time: bool) -> None:
    """Install what is missing, or say what is missing to the one who can."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        if first_time:
            names = ", ".join(need.package for need in needs)
            print(f"Not a Debian; needed here too, by Debian's names: {names}.", flush=True)
        return
    absent = missing(needs, installed(needs))
    if not absent:
        return
    superuser = _superuser()
    if superuser is None:
        raise SetupError(
            "Some system packages are missing, and installing them takes an administrator.\n"
            f"Please have this run as root, then repeat the same call:\n\n  {request(absent)}\n"
        )
    print(f"Installing {len(absent)} Debian packages: {' '.join(absent)}", flush=True)
    apt = [*superuser, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # An update that fails for one source may have brought what is needed: the install decides.
    children.run_to_the_end([*apt, "update"])
    patient = ["-o", "DPkg::Lock::Timeout=300"]
    services = [each for need in needs if need.package in absent for each in need.services]
    with _kept_from_starting(services, superuser):
        # A package manager that is ended halfway leaves the machine's packages broken.
        if children.run_to_the_end([*apt, *patient, "install", "--no-install-recommends", *absent]):
            raise SetupError(f"The packages could not be installed. By hand: {request(absent)}")


@contextmanager
def _kept_from_starting(services: list[str], superuser: list[str]) -> Iterator[None]:
    """Have new services neither start when they are installed nor at the next boot.

    Debian's maintainer scripts leave a masked unit alone. A service that this machine has already
    is its administrator's business. Without systemd (a container) nothing starts by itself.
    """
    systemctl = [*superuser, "systemctl", "--quiet"]
    new = []
    if SYSTEMD.is_dir():
        new = [each for each in services if children.run_to_the_end([*systemctl, "cat", each])]
    if not new:
        yield
        return
    # Until the next boot only: whatever happens here, no mask is left for good.
    children.run_to_the_end([*systemctl, "--runtime", "mask", *new])
    try:
        yield
    finally:
        children.run_to_the_end([*systemctl, "--runtime", "unmask", *new])
        children.run_to_the_end([*systemctl, "disable", *new])


def installed(needs: Iterable[Need]) -> frozenset[str]:
    """Name those packages of the table that this machine has, stand-ins included."""
    names = [name for need in needs for name in (need.package, *need.or_else)]
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\\n", *names]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    lines = (line.split() for line in answer.splitlines())
    return frozenset(name for status, name in lines if status == "installed")


def missing(needs: Iterable[Need], present: frozenset[str]) -> list[str]:
    """Name the packages to install, given the names that are there."""
    return [need.package for need in needs if present.isdisjoint((need.package, *need.or_else))]


def request(packages: Sequence[str]) -> str:
    """Word the one command an administrator runs to install these packages."""
    wanted = " ".join(packages)
    return f"apt-get update && apt-get install -y --no-install-recommends {wanted}"


def _superuser() -> list[str] | None:
    if sys.platform == "win32" or os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None
