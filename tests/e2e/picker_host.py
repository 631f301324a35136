"""Companion's picker with this desk's real adapters and a few phrases, without a profile."""

import json
import sys
from pathlib import Path

from companion.app.application import make_application
from companion.app.inserting import Inserting
from companion.phrases.search import Entry, Index
from companion.runtime.tasks import Tasks
from companion.ui import style
from companion.ui.words import Words
from companion.wiring.desktop import adapters

PHRASES = {
    "退款进度安抚": "钱没到账肯定惦记。",
    "换货流程": "换货先寄回来。",
    "工单": "已经建了工单。",
    "回访": "{称呼}，问题都解决了吗？",
}


def run(seen: Path) -> int:
    """Serve the hotkey until killed; what the picker shows is written to ``seen`` as JSON."""
    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    desk = adapters()
    tokens = style.apply(application, "light")
    inserting = Inserting(desk, Words("zh"), tokens, print, lambda _id: None)
    entries = [Entry(title, "phrase", title, body) for title, body in PHRASES.items()]
    inserting.show_index(Index(entries))
    picker = inserting.picker

    def write() -> None:
        first = picker.hits.current()
        shown = {
            "text": picker.search.text(),
            "query": picker.model.query,
            "composing": picker.search.composing,
            "first": first.title if first is not None else "",
            "row": picker.hits.currentIndex().row(),
        }
        ahead = seen.with_suffix(".new")
        ahead.write_text(json.dumps(shown), "utf-8")
        ahead.replace(seen)

    picker.hits.selected.connect(write)
    picker.search.sought.connect(write)
    picker.search.textChanged.connect(lambda _text: write())
    tasks = Tasks()
    desk.hotkeys.register("ctrl+alt+space", lambda: tasks.tell(inserting.open), hold=True)
    write()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(run(Path(sys.argv[1])))
