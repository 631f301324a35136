"""Measures a peer where it is installed: the same phrases as a KeePass file on a share."""

import base64
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

from build_spec.bench.figures import Figure, say
from build_spec.bench.samples import phrases
from build_spec.bench.stores import PASSPHRASE, new_profile
from companion.session.sitting import sign_in
from companion.wiring.seats import full_address, seat

COUNT, ROUNDS = 5_000, 5
_PROGRAM = "keepassxc-cli"
_ENTRY = (
    "<Entry><UUID>{id}</UUID><String><Key>Title</Key><Value>{title}</Value></String>"
    "<String><Key>Notes</Key><Value>{body}</Value></String></Entry>"
)
_FILE = (
    '<?xml version="1.0" encoding="utf-8"?><KeePassFile><Meta></Meta><Root><Group>'
    "<UUID>{id}</UUID><Name>Root</Name>{entries}</Group></Root></KeePassFile>"
)


def measure(folder: Path) -> Iterator[Figure]:
    """How long KeePassXC takes to open and search, and what is left after two desks shared."""
    say("peer: KeePassXC")
    name = f"KeePassXC: open {COUNT:,} entries, find one"
    if shutil.which(_PROGRAM) is None:
        yield Figure(name, None, "s", f"{_PROGRAM} is not installed; apt-get install keepassxc")
        return
    yield _opening(name, folder)
    yield from _two_desks(folder)


def _opening(name: str, folder: Path) -> Figure:
    """A process that opens the file of 5,000 entries and searches it once."""
    plain, sealed = folder / "phrases.xml", folder / "phrases.kdbx"
    found = list(phrases(COUNT))
    entries = "".join(
        _ENTRY.format(id=_uuid(), title=escape(title), body=escape(body))
        for title, body, *_ in found
    )
    plain.write_text(_FILE.format(id=_uuid(), entries=entries), "utf-8")
    _told("import", "-q", "-p", str(plain), str(sealed), said=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        _told("search", "-q", str(sealed), found[-1][0], said=f"{PASSPHRASE}\n")
        took.append(time.perf_counter() - begun)
    version = _told("--version").strip()
    size = sealed.stat().st_size / 1024
    how = (
        f"{version}, its own key derivation (AES, 1 million rounds), a file of {size:,.0f} KB on "
        f"this disk, the process's start counted; median of {ROUNDS}"
    )
    return Figure(name, median(took), "s", how)


def _two_desks(folder: Path) -> Iterator[Figure]:
    """Two desks add a phrase each, apart, and then share."""
    sealed, there = folder / "phrases.kdbx", folder / "there.kdbx"
    shutil.copy(sealed, there)
    for number, copy in enumerate((sealed, there)):
        _told("add", "-q", str(copy), f"zz{number}", said=f"{PASSPHRASE}\n")
    shared = folder / "shared.kdbx"
    for copy in (sealed, there):
        shutil.copy(copy, shared)
    how = "each copies its file to the share; the same with ours: sync and sync"
    yield Figure("two desks add a phrase: kept, KeePass file", _found(shared), "of 2", how)
    yield Figure("two desks add a phrase: kept, ours", _ours(folder), "of 2", how)


def _found(file: Path) -> int:
    return _told("search", "-q", str(file), "zz", said=f"{PASSPHRASE}\n").count("/zz")


def _ours(folder: Path) -> int:
    """How many of two phrases, added at two desks over one folder, are at a third."""
    store = folder / "ours"
    desks = [new_profile(folder / "desk0", store)]
    address = full_address(str(store), folder)
    desks.append(sign_in(seat(folder / "desk1"), address, PASSPHRASE))
    for number, desk in enumerate(desks):
        desk.profile.add("phrase", title=f"zz{number}", body="")
    for desk in desks:
        desk.sync()
    return len(sign_in(seat(folder / "desk2"), address, PASSPHRASE).profile.phrases())


def _uuid() -> str:
    return base64.b64encode(uuid.uuid4().bytes).decode()


def _told(*arguments: str, said: str = "") -> str:
    done = subprocess.run(
        [_PROGRAM, *arguments], input=said, capture_output=True, text=True, check=True
    )
    return done.stdout
