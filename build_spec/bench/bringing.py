"""How long it takes to bring in 50,000 phrases, and how long the window is held up meanwhile.

    python -m build_spec.bench.bringing HOME

does it once on the display there is, and prints milliseconds as JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from build_spec.bench.figures import Figure, say
from build_spec.bench.gaps import BAR_MS, Gaps
from build_spec.bench.running import Screenful
from build_spec.bench.stores import new_profile
from companion.app.application import make_application
from companion.app.bringing import Bringing
from companion.formats import delimited
from companion.formats.items import PhraseItem
from companion.runtime.tasks import Tasks
from companion.ui import style
from companion.ui.words import Words

PHRASES, SETS = 50_000, 40


def measure(screenful: Screenful) -> Iterator[Figure]:
    """The times of each step and the longest gaps of the GUI."""
    desktop = screenful.desktop()
    home = desktop.folder / "bringing"
    home.mkdir()
    say(f"bringing: a table of {PHRASES:,} phrases is read, planned, taken in and taken back")
    command = (sys.executable, "-m", "build_spec.bench.bringing", str(home))
    for what, said in json.loads(desktop.run(*command, check=True)).items():
        how = f"a CSV of {PHRASES:,} phrases in {SETS} sets, through the import window"
        yield Figure(f"import, {what}", said["took"], "ms", how)
        yield Figure(f"longest gap of the GUI, {what}", said["gap"], "ms", how, BAR_MS)


def once(home: Path) -> dict[str, dict[str, float]]:
    """By step how long it took and the longest gap, in ms."""
    made = make_application()
    session = new_profile(home / "desk", home / "far")
    table = home / "table.csv"
    table.write_bytes(
        delimited.write_phrases(
            [
                PhraseItem(f"退款 {n}", f"您好，第 {n} 单的退款已经提交。" * 3, set=f"组{n % SETS}")
                for n in range(PHRASES)
            ]
        ).data
    )
    behind = Tasks()
    bringing = Bringing(Words("zh"), style.apply(made, "light"), (behind,))
    gaps = Gaps()
    found: dict[str, dict[str, float]] = {}

    def step(name: str, act: Callable[[], object], done: Callable[[], bool]) -> None:
        began = time.perf_counter()
        ended = 0.0

        def over() -> bool:
            nonlocal ended
            if done():
                ended = time.perf_counter()
                return True
            return False

        gaps.of(name, act, over)
        found[name] = {"took": (ended - began) * 1e3, "gap": gaps.longest[name]}

    bringing.open(session)
    window = bringing.window
    step("reading and planning", lambda: bringing.read(table), window.take.isVisible)
    step("taking in", window.take.click, window.undo.isVisible)
    step(
        "taking back",
        window.undo.click,
        lambda: window.other.isVisible() and not window.undo.isVisible(),
    )
    bringing.put_away()
    behind.finish()
    for tasks in (behind, bringing):
        tasks.end()
    return found


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
