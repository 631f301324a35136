"""The phrase window in every state, on made-up profiles: for the gallery."""

import base64
from collections.abc import Iterator, Mapping

from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from build_spec.bench.samples import entries, phrases
from companion.errors import ImageTooLarge
from companion.phrases.duplicates import find_duplicates
from companion.profile.images import MOST_BYTES
from companion.profile.profile import Profile
from companion.profile.team_content import TeamPack, TeamPhrase, TeamSet
from companion.session.clashes import clashes_of
from companion.session.library import ALL, CLASHES, TEAM, TRASH, details_of, shelf_of
from companion.session.record_edits import Done
from companion.ui.library import Library
from companion.ui.library_duplicates import Duplicates
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.words import Words

State = tuple[str, QWidget]
_LONG = "一个名字很长很长的分组 with a name that nobody could ever read to its end"
_BODIES = {
    "zh": "{称呼}，钱没到账肯定惦记。退款 {日期:今天} 已经提交银行，一般 3 个工作日到账。{{单号}}",
    "en": "Dear {name}, your refund went to the bank on {date:Monday}. It takes 3 days. {{id}}",
}
_NAMES = {
    "zh": ("退款进度安抚", "售后", "退款", "口语", "书面", "微信组"),
    "en": ("Refund on its way", "After-sales", "Refunds", "Spoken", "Written", "Team One"),
}
# The smallest PNG there is: one white pixel.
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)


class _Shown:
    """The window on a profile, answered at once."""

    def __init__(self, words: Words, colours: Tokens, profile: Profile) -> None:
        self.profile = profile
        self.teams: Mapping[str, TeamPack] = {}
        self.window = Library(words, colours)
        self.window.looked.connect(self.look)
        self.window.show()
        self.refresh()

    def refresh(self) -> None:
        self.window.show_shelf(shelf_of(self.profile, self.teams))
        self.look()

    def look(self) -> None:
        kind, id = self.window.subject
        if kind == "clash":
            self.window.show_clashes(id, clashes_of(self.profile, id))
        elif id:
            found = details_of(self.profile, self.teams, id)
            self.window.show_details(found, self.window.editor.writes)


def library_states(words: Words, colours: Tokens) -> Iterator[State]:
    """The window, its two questions and the duplicates; each is shown while it is yielded."""
    empty = _Shown(words, colours, Profile("p"))
    yield "library-empty", empty.window
    empty.window.hide()
    yield from _with_phrases(words, colours)
    yield from _duplicates(words, colours)


def _with_phrases(words: Words, colours: Tokens) -> Iterator[State]:
    profile, id = _filled(words.language)
    shown = _Shown(words, colours, profile)
    window, editor = shown.window, shown.window.editor
    yield "library-all", window
    window.open_at(id)
    yield "library-phrase", window
    for at, name in enumerate(("history", "images", "programs"), 1):
        editor.below.bar.setCurrentIndex(at)
        if name == "images":
            picture = QImage(48, 32, QImage.Format.Format_RGB32)
            picture.fill(colours.amber)
            editor.below.show_thumb(profile.images(id)[0].id, picture)
        yield f"library-{name}", window
    editor.below.bar.setCurrentIndex(0)
    editor.wordings.bar.setCurrentIndex(1)
    yield "library-wording", window
    window.show_done(Done("move", 3))
    yield "library-done", window
    problem = explain(ImageTooLarge(size=MOST_BYTES + 1, most=MOST_BYTES), words)
    window.show_problem(str(problem))
    yield "library-problem", window
    window.foot.say("", undo=False)
    window.begin()
    yield "library-new", window
    window.rows.selectAll()
    yield "library-several", window
    window.search.setText("q" * 40)
    yield "library-nothing", window
    window.search.clear()
    yield from _aside(words, shown, id)
    window.places.choose(ALL)
    window.open_at(id)
    window.resize(window.minimumWidth(), window.minimumHeight() * 3 // 2)
    yield "library-narrow", window
    window.acts.new_set()
    yield "library-name", window.acts.naming
    window.acts.naming.hide()
    window.acts.moving.ask(3, window.shelf.groups)
    yield "library-move", window.acts.moving
    window.acts.moving.search.setText("VIP")
    yield "library-move-new", window.acts.moving
    window.acts.moving.hide()
    window.acts.keys.ask()
    yield "library-keys", window.acts.keys
    window.acts.keys.hide()
    window.hide()


def _aside(words: Words, shown: _Shown, id: str) -> Iterator[State]:
    """What stands beside the agent's own phrases."""
    window, profile = shown.window, shown.profile
    other = Profile("p")
    other.absorb(profile.everything()[1], profile.clock)
    other.change(id, body=_BODIES[words.language].replace("3", "2"))
    profile.change(id, body=_BODIES[words.language].replace("3", "5"))
    profile.absorb(other.everything()[1], other.clock)
    shown.refresh()
    window.open_at(id)
    yield "library-clash-told", window
    window.places.choose(CLASHES)
    window.rows.choose([id])
    yield "library-clash", window
    title, *_, name = _NAMES[words.language]
    phrase = TeamPhrase("A" * 22, title, _BODIES[words.language], "tk", ())
    pack = TeamPack(1, 0, name, (TeamSet(title, (phrase,)),))
    shown.teams = {"t": pack}
    shown.refresh()
    window.places.choose(TEAM + "t")
    window.rows.choose([window.middle.model.rows[0].id])
    yield "library-team", window
    profile.trash(profile.sets()[-1].id, profile.phrases()[-1].id)
    shown.refresh()
    window.places.choose(TRASH)
    window.rows.choose([window.middle.model.rows[0].id])
    yield "library-trash", window


def _filled(language: str) -> tuple[Profile, str]:
    """5,000 phrases in sets, and the id of one that has everything."""
    profile = Profile("p")
    title, outer, inner, spoken, written, _ = _NAMES[language]
    sets = [profile.add("set", title=outer)]
    sets += [profile.add("set", title=inner, parent=sets[0]), profile.add("set", title=_LONG)]
    body = _BODIES[language]
    row = {"title": title, "parent": sets[1], "abbr": "tk", "tags": (inner, outer)}
    id = profile.add("phrase", **row, body=body[:20], favourite=True)
    for text in (body[:30], body + body, body):
        profile.change(id, body=text)
    for name in (spoken, written):
        profile.add("variant", title=name, body=body[8:], parent=id)
    profile.add("image", title="收据 receipt.png", data=_PNG, parent=id)
    profile.set_program(id, "wechat", keys="ctrl+v", plain=True, enter=True)
    rows = [
        {"title": made, "body": text, "parent": sets[at % 3]}
        for at, (made, text, *_) in enumerate(phrases(5_000))
    ]
    profile.add_many("phrase", rows)
    return profile, id


def _duplicates(words: Words, colours: Tokens) -> Iterator[State]:
    window = Duplicates(words, colours)
    window.show()
    window.show_search(3, 10)
    yield "duplicates-search", window
    held = entries(4)
    near = [replace(one, id=f"n{one.id}", body=one.body.replace("您", "你")) for one in held]
    same = [replace(one, id=f"s{one.id}", title=_LONG, uses=34) for one in held[:2]]
    window.show_groups(find_duplicates([*held, *near, *same]))
    yield "duplicates", window
    window.say(words.say("library.dup.stopped"))
    yield "duplicates-stopped", window
    window.show_groups([])
    yield "duplicates-none", window
    window.hide()
