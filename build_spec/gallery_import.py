"""The import window in every state, with made-up files: for the gallery."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from companion.bookmarks.browsers import Browser
from companion.errors import FormatPartlyBroken, FormatUnknown
from companion.formats.detection import reader_names
from companion.formats.items import Parsed, PhraseItem, Problem, Sheet
from companion.profile.profile import Profile
from companion.session.importing import TakenBack, report_of
from companion.session.planning import plan_phrases
from companion.ui.import_preview import ImportPreview
from companion.ui.import_window import ImportWindow
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.words import Words

_WORDS = {
    "zh": ("话术表 2026.csv", "售后", "退款进度", "亲，退款已经提交，{日期:+3天} 前到账。", "物流"),
    "en": (
        "replies 2026.csv",
        "After-sales",
        "Refund",
        "Your refund is there by {date:+3d}.",
        "Post",
    ),
}
_LONG = (
    "一个名字很长很长的标题 with words that nobody could ever read to their end, however wide it is"
)
_MANY = 1_200


def import_states(words: Words, colours: Tokens) -> Iterator[tuple[str, QWidget]]:
    """The window from the first question to the undo; each is shown while it is yielded."""
    name, group, title, body, other = _WORDS[words.language]
    profile = Profile("p")
    parent = profile.add("set", title=group)
    profile.add("phrase", title=title, body=body.replace("3", "5"), abbr="tk", parent=parent)
    profile.add("phrase", title=other, body=f"{other}.", parent=parent)
    items = [
        PhraseItem(title, body, "tk", group),
        PhraseItem(_LONG, f"{other}.", "long-code-of-a-phrase", other),
        *(PhraseItem(f"{other} {n}", f"{n}. {body}", "", other) for n in range(_MANY)),
    ]
    notes = [Problem("variable_kept_as_text", f"{other} 5", 12), Problem("characters_dropped")]
    plan = plan_phrases(profile, Parsed([*items, items[3]], problems=notes))
    preview = ImportPreview(words, colours, lambda _id: body.replace("3", "5"))
    window = ImportWindow(words, colours, preview)
    window.show()
    yield "import-start", window
    window.show_browsers([Browser("Chrome", group, ""), Browser("Edge", "1", "")])
    yield "import-browsers", window
    window.show_last("phrases", name, "2026-11-24 14:30")
    yield "import-last", window
    window.show_reading(name, 300, 1_000)
    yield "import-reading", window
    preview.begin(name, "delimited", "phrases", reader_names("phrases"), [group, other])
    window.show_plan(plan, report_of(plan))
    yield "import-plan", window
    preview.columns.show_sheets([Sheet("", [(1, [group, title, other]), (2, ["", title, body])])])
    yield "import-columns", window
    preview.chips[-1].click()
    yield "import-notes", window
    window.show_done(report_of(plan), "phrases")
    yield "import-done", window
    window.show_taken_back(TakenBack(1_203, 2))
    yield "import-undone", window
    broken = FormatPartlyBroken(place=str(Path("D:/") / name), format="delimited", line=41, good=40)
    window.show_failure(explain(broken, words), 40)
    yield "import-broken", window
    window.show_failure(explain(FormatUnknown(place=name), words))
    yield "import-unknown", window
    preview.begin(name, "delimited", "phrases", reader_names("phrases"), [])
    nothing = plan_phrases(profile, Parsed())
    window.show_plan(nothing, report_of(nothing))
    yield "import-nothing", window
    window.hide()
