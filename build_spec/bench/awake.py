"""Measures how long the GUI is away while a large profile is fetched, indexed and locked away.

    python -m build_spec.bench.awake FOLDER

does it once in a process of its own, offscreen, and prints the gaps as JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from build_spec.bench.figures import ROOT, Figure, say
from build_spec.bench.stores import PASSPHRASE, fill, new_profile

PHRASES = 5_000
_BAR_MS, _LOOK_MS = 50.0, 2
_PATIENCE_S = 60.0
# The second overwriting comes a second after the first.
_OVERWRITTEN_S = 2.5


def measure(folder: Path) -> Iterator[Figure]:
    """The longest gap of the event loop while the app takes in 5,000 phrases."""
    say("awake: the app fetches and indexes, watched by a timer")
    done = subprocess.run(
        [sys.executable, "-m", "build_spec.bench.awake", str(folder)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    for what, seconds in json.loads(done.stdout).items():
        how = f"event loop looked at every {_LOOK_MS} ms, {PHRASES:,} phrases, folder store"
        yield Figure(f"longest gap of the GUI, {what}", seconds * 1e3, "ms", how, _BAR_MS)


def gaps(folder: Path) -> dict[str, float]:
    """By what was at work, the longest time the event loop was away, in seconds."""
    from PySide6.QtCore import QEventLoop, QTimer

    from companion.app.application import make_application
    from companion.app.tray_app import TrayApp
    from companion.desk.recording import RecordingDesk
    from companion.desk.recording_presence import RecordingPresence
    from companion.session.sitting import sign_in
    from companion.ui.words import Words
    from companion.wiring.desktop import DeskAdapters
    from companion.wiring.seats import full_address, seat

    store = folder / "store"
    far = new_profile(folder / "first", store)
    application, desk = make_application(), RecordingDesk()
    there = seat(folder / "here")
    adapters = DeskAdapters(desk, desk, desk, desk, RecordingPresence())
    app = TrayApp(there, adapters, Words("zh"), "light", lambda *_: {})
    session = sign_in(there, full_address(str(store), folder), PASSPHRASE)
    fill(far, PHRASES)
    longest = last = 0.0

    def look() -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.setInterval(_LOOK_MS)
    timer.timeout.connect(look)
    timer.start()

    def until(met: Callable[[], bool]) -> float:
        nonlocal longest, last
        longest, last = 0.0, time.perf_counter()
        end = last + _PATIENCE_S
        while not met():
            # As a loop does that runs by itself: it rests, and looks for garbage before that.
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > end:
                raise TimeoutError
        return longest

    app.seating.opened.emit(session)
    found = {
        "fetching and indexing": until(
            lambda: len(app.inserting.index.entries) >= PHRASES and not app.syncing.running
        )
    }
    before = set(store.iterdir())
    app.tasks.run(lambda: session.profile.add("phrase", title="新的", body="x"), look_at, app.fail)
    found["one edit, saved, indexed and sent"] = until(
        lambda: (
            bool(app.inserting.find("新的"))
            and not app.syncing.running
            and set(store.iterdir()) != before
        )
    )
    locked_at = time.perf_counter()
    app.locking.lock()
    found["locking, and overwriting what is free then"] = until(
        lambda: session.closed and time.perf_counter() - locked_at > _OVERWRITTEN_S
    )
    app.quit()
    return found


def look_at(_: object) -> None:
    """Nothing more is done with what was edited."""


if __name__ == "__main__":
    print(json.dumps(gaps(Path(sys.argv[1]))))
