"""Measures a cold desk by seat card: from process start to the first phrase in a chat, by keys.

A person's own time, to find the stick and to type, is not in it; every key is pressed for real.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from build_spec.bench.figures import Figure, say, spread
from build_spec.bench.running import PICKER, SIGN_IN, RunningApp, Screenful
from build_spec.bench.stores import PASSPHRASE, fill
from build_spec.bench.target import TITLE, arrivals
from companion.session.card_files import file_name, write_card
from companion.session.session import Session
from companion.session.sitting import create
from companion.wiring.seats import seat
from tests.contracts.servers import addresses
from tests.e2e.desktop import Desktop, wait_for

PHRASES, BOOKMARKS, ROUNDS = 5_000, 500, 5
BY_HAND_S = 60.0
"""What the trade counts for exporting, mailing and importing bookmarks and the input method's file.

Said by those who do it each morning; not measured here.
"""
_QUERY, _LOOK_S = "tk", 0.5


def measure(screenful: Screenful) -> Iterator[Figure]:
    """The whole way, and how much of it is waiting for what is fetched."""
    desktop = screenful.desktop()
    folder = desktop.folder / "cold"
    folder.mkdir()
    say(f"cold desk: {PHRASES:,} phrases on a WebDAV server that asks for a login")
    address, login = addresses.on_apache(folder)
    session, _ = create(seat(folder / "first"), address, "林", PASSPHRASE, login)
    fill(session, PHRASES, BOOKMARKS)
    texts = folder / "texts"
    texts.write_text("")
    editor = desktop.start(sys.executable, "-m", "build_spec.bench.target", str(texts))
    whole: list[float] = []
    seated: list[float] = []
    for number in range(ROUNDS):
        home = _with_a_stick(session, folder / f"desk{number}")
        one, other = _sit_down(desktop, home, texts)
        whole.append(one)
        seated.append(other)
    editor.terminate()
    editor.wait(10)
    how = (
        f"{ROUNDS} empty homes, the card beside the program; passphrase, picker and phrase by real "
        f"keys; Apache on this machine; by hand, as the trade counts: {BY_HAND_S:.0f} s"
    )
    bars: dict[float, float | None] = {0.5: BY_HAND_S, 1.0: BY_HAND_S}
    yield from spread("cold desk to the first phrase in a chat", whole, how, bars, "s")
    how = "of these, from Enter behind the passphrase until a search finds a phrase"
    yield from spread("cold desk, passphrase to first hit", seated, how, {0.5: None}, "s")


def _with_a_stick(session: Session, folder: Path) -> Path:
    """A home that does not exist yet, with the seat card beside it as on a stick."""
    folder.mkdir()
    card = session.card(PASSPHRASE)
    write_card(card, folder / file_name(card.agent), ())
    return folder / "home"


def _sit_down(desktop: Desktop, home: Path, texts: Path) -> tuple[float, float]:
    """The seconds of the whole way, and those from Enter until the profile can be searched."""
    before = len(arrivals(texts))
    app = RunningApp(desktop, home)
    desktop.focus(desktop.window(SIGN_IN))
    # A person sees first that the card was found; the passphrase is all that is typed.
    time.sleep(_LOOK_S)
    desktop.type(PASSPHRASE)
    entered = time.monotonic()
    desktop.keys("Return")
    wait_for(lambda: app.finds(_QUERY), 60)
    seated = time.monotonic() - entered
    desktop.gone(SIGN_IN)
    desktop.focus(desktop.window(f"^{TITLE}$"))
    desktop.keys("ctrl+alt+space")
    wait_for(lambda: desktop.focused() == desktop.window(PICKER))
    desktop.type(_QUERY)
    desktop.keys("Return")
    wait_for(lambda: len(arrivals(texts)) > before, 20)
    took = time.monotonic() - app.begun
    app.end()
    return took, seated
