"""How long an agent who comes back waits: from the passphrase to the first hit; and for the lock.

    python -m build_spec.bench.unlocking HOME

does it with 5,000 phrases on the display there is, and prints the seconds as JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from build_spec.bench.figures import Figure, say, spread
from build_spec.bench.running import Screenful
from build_spec.bench.samples import phrases
from build_spec.bench.stores import PASSPHRASE, fill, new_profile
from companion.app.application import make_application
from companion.app.tray_app import TrayApp
from companion.profile.sealing import Kdf
from companion.session.session import Session
from companion.ui.words import Words
from companion.wiring.desktop import adapters
from companion.wiring.seats import seat

PHRASES, ROUNDS, BAR_MS = 5_000, 10, 500.0
_PATIENCE_S = 60.0


def once(home: Path) -> dict[str, list[float]]:
    """Seconds by what was waited for, one for each round."""
    made = make_application()
    session: Session | None = new_profile(home / "desk", home / "far")
    assert session is not None
    fill(session, PHRASES, PHRASES // 10, PHRASES // 10)
    app = TrayApp(seat(home / "desk"), adapters(), Words("zh"), "light", _no_commands)
    title = next(title for title, *_ in phrases(1))
    app.seating.take(session)
    _wait(made, lambda: _finds(app, title))
    found: dict[str, list[float]] = {"lock": [], "unlock": [], "kdf": []}
    for _ in range(ROUNDS):
        session = app.session
        assert session is not None
        begun = time.perf_counter()
        app.locking.lock()
        found["lock"].append(_wait(made, partial(_closed, session), begun))
        app.tasks.finish()
        kdf, begun = Kdf.fresh(), time.perf_counter()
        kdf.derive(PASSPHRASE, "bench")
        found["kdf"].append(time.perf_counter() - begun)
        app.act("unlock")
        window = app.seating.unlocking.window
        window.secret.setText(PASSPHRASE)
        begun = time.perf_counter()
        QTest.keyClick(window.secret, Qt.Key.Key_Return)
        found["unlock"].append(_wait(made, lambda: _finds(app, title), begun))
        # What else is done at the beginning of a session must not lie in the next figure.
        _wait(made, lambda: not app.syncing.running)
        app.tasks.finish()
    app.quit()
    return found


def _no_commands(*_: object) -> dict[str, object]:
    return {}


def _finds(app: TrayApp, title: str) -> bool:
    return any(hit.entry.title == title for hit in app.inserting.find(title))


def _closed(session: Session) -> bool:
    return session.closed


def _wait(application: QApplication, until: Callable[[], bool], begun: float = 0.0) -> float:
    """Run the event loop until then; the seconds since ``begun``."""
    end = time.monotonic() + _PATIENCE_S
    while not until():
        application.processEvents()
        # Or the worker would wait for this thread's turn to end.
        time.sleep(0.001)
        if time.monotonic() > end:
            raise TimeoutError
    return time.perf_counter() - begun


def measure(screenful: Screenful) -> Iterator[Figure]:
    """The figures of ten rounds."""
    desktop = screenful.desktop()
    home = desktop.folder / "unlocking"
    home.mkdir()
    say(f"unlocking: {PHRASES:,} phrases")
    command = (sys.executable, "-m", "build_spec.bench.unlocking", str(home))
    found: dict[str, list[float]] = json.loads(desktop.run(*command, check=True))
    how = f"{ROUNDS} rounds, {PHRASES:,} phrases, {PHRASES // 10:,} bookmarks and reflections each"
    pairs = zip(found["unlock"], found["kdf"], strict=True)
    without = [max(0.0, all_of_it - kdf) for all_of_it, kdf in pairs]
    name = "unlock: passphrase accepted to first hit"
    yield from spread(name, without, f"{how}; the KDF is taken off", {0.5: BAR_MS, 0.95: BAR_MS})
    yield from spread("  with the KDF", found["unlock"], how, {0.5: None})
    yield from spread("lock: to all saved and closed", found["lock"], how, {0.5: None, 0.95: None})


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
