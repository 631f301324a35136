"""The bookmark window in every state, on made-up profiles: for the gallery."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from companion.profile.profile import Profile
from companion.profile.team import entry_id
from companion.profile.team_content import TeamBookmark, TeamFolder, TeamPack
from companion.session.bookmark_checks import (
    FORBIDDEN,
    GONE,
    MOVED,
    UNREACHABLE,
    Checked,
    Spot,
    Verdict,
)
from companion.session.bookmark_tree import BOOKMARK, FOLDER, MarkTree, tree_of
from companion.session.record_edits import Done
from companion.ui.bookmarks import Bookmarks
from companion.ui.bookmarks_dead import Dead
from companion.ui.bookmarks_doubles import Doubles
from companion.ui.style import Tokens
from companion.ui.words import Words

State = tuple[str, QWidget]
_LONG = "一个名字很长很长的网页 with a name that nobody could ever read to its end " * 2
_URL = "https://kefu.example.com/" + "very-long-path/" * 12 + "?from=bookmark&utm_source=x"
_RTL = "مركز المساعدة: سياسة الإرجاع"
_NAMES = {
    "zh": ("开班必开", "物流查询", "顺丰运单", "退货规则", "活动价目表", "客服一组", "内部系统"),
    "en": ("Start of shift", "Delivery", "Track", "Returns", "Prices", "Team One", "Internal"),
}
_MOMENT = 1_700_000_000


def bookmark_states(words: Words, colours: Tokens) -> Iterator[State]:
    """The window, its questions and its checks; each is shown while it is yielded."""
    window = Bookmarks(words, colours)
    window.show()
    window.show_tree(MarkTree())
    yield "marks-empty", window
    profile = Profile("p")
    one = profile.add(BOOKMARK, title=_NAMES[words.language][2], url="https://t.example/")
    window.show_tree(tree_of(profile, {}))
    window.open_at(one)
    yield "marks-one", window
    window.forget()
    window.hide()
    yield from _filled_states(words, colours)
    yield from _checks(words, colours)


def _filled_states(words: Words, colours: Tokens) -> Iterator[State]:
    profile, ids = _filled(words.language)
    pack = _pack(words.language)
    window = Bookmarks(words, colours)
    window.show()
    window.show_tree(tree_of(profile, {"t": pack}))
    yield "marks-many", window
    window.open_at(ids["mark"])
    yield "marks-mark", window
    window.open_at(ids["folder"])
    yield "marks-folder", window
    for name in ("deep", "script", "rtl", "long"):
        window.open_at(ids[name])
        yield f"marks-{name}", window
    window.tree_view.choose(
        [node.id for node in window.tree.children(window.tree.nodes[ids["rtl"]].parent)]
    )
    yield "marks-several", window
    window.acts.clips.act("cut")
    yield "marks-cut", window
    window.acts.forget()
    window.show_done(Done("move", 3))
    yield "marks-done", window
    window.begin()
    yield "marks-new", window
    window.search.setText("wl")
    window.show_found("wl", [ids["mark"], ids["long"], ids["rtl"], ids["deep"]])
    window.tree_view.choose([ids["mark"]])
    yield "marks-found", window
    window.search.setText("q" * 40)
    window.show_found("q" * 40, [])
    yield "marks-nothing", window
    window.search.clear()
    window.open_at(entry_id("t", "A" * 22))
    yield "marks-team", window
    yield from _aside(words, window, profile, ids)


def _aside(
    words: Words, window: Bookmarks, profile: Profile, ids: dict[str, str]
) -> Iterator[State]:
    """What another desk wrote, what was deleted, and the questions."""
    other = Profile("p")
    other.absorb(profile.everything()[1], profile.clock)
    for at, one in enumerate((other, profile)):
        one.change(ids["mark"], url=f"https://t.example/{at}")
    profile.absorb(other.everything()[1], other.clock)
    profile.trash(ids["script"], ids["folder"])
    window.show_tree(tree_of(profile, {}))
    window.open_at(ids["mark"])
    yield "marks-clash", window
    window.open_at(ids["script"])
    yield "marks-gone", window
    window.tree_view.choose(["trash"])
    yield "marks-trash", window
    window.resize(window.minimumWidth(), window.minimumHeight() * 3 // 2)
    window.open_at(ids["long"])
    yield "marks-narrow", window
    window.acts.new_folder()
    yield "marks-name", window.acts.naming
    window.acts.naming.hide()
    window.acts.do("move")
    yield "marks-move", window.acts.moving
    window.acts.moving.hide()
    window.acts.opening.ask(window.tree.batch(window.tree.inside[""]))
    yield "marks-open", window.acts.opening
    window.acts.opening.hide()
    window.acts.keys.ask()
    yield "marks-keys", window.acts.keys
    window.acts.keys.hide()
    window.hide()


def _checks(words: Words, colours: Tokens) -> Iterator[State]:
    profile, ids = _filled(words.language)
    tree = tree_of(profile, {})
    spots = [Spot(tree.nodes[ids[name]], tree.path(ids[name])) for name in ("mark", "long", "deep")]
    doubles = Doubles(words, colours)
    doubles.show()
    doubles.show_groups([tuple(spots), tuple(spots[1:])])
    yield "marks-doubles", doubles
    doubles.keep.click()
    yield "marks-doubles-kept", doubles
    doubles.show_groups([])
    yield "marks-doubles-none", doubles
    doubles.hide()
    dead = Dead(words, colours)
    dead.show()
    dead.ask(480)
    yield "marks-dead-ask", dead
    dead.show_search(3, 480)
    yield "marks-dead-search", dead
    kinds = (MOVED, GONE, UNREACHABLE, FORBIDDEN, MOVED)
    verdicts = tuple(
        Verdict(kind, spot.node.url, _URL if kind == MOVED else "", (spot,))
        for kind, spot in zip(kinds, (spots * 2)[:5], strict=True)
    )
    dead.show_checked(Checked(verdicts, 300, 480))
    yield "marks-dead", dead
    for row in range(1, 4):
        dead.items.setCurrentRow(row)
        yield f"marks-dead-{kinds[row]}", dead
    dead.drop.click()
    yield "marks-dead-dropped", dead
    dead.show_checked(Checked((), 480, 480))
    yield "marks-dead-none", dead
    dead.hide()


def _pack(language: str) -> TeamPack:
    *_, returns, _, team, _ = _NAMES[language]
    mark = TeamBookmark("A" * 22, returns, "https://t.example/rules")
    return TeamPack(1, 0, team, folders=(TeamFolder(returns, (mark,)),))


def _filled(language: str) -> tuple[Profile, dict[str, str]]:
    """5,000 bookmarks in 300 folders, ten deep, and the ids of some that are to be seen."""
    profile, ids = Profile("p"), dict[str, str]()
    shift, delivery, track, returns, prices, _, internal = _NAMES[language]
    ids["folder"] = profile.add(FOLDER, title=shift)
    home = profile.add(FOLDER, title=delivery)
    parent = profile.add(FOLDER, title=internal)
    for level in range(2, 11):
        parent = profile.add(FOLDER, title=f"{internal} {level}", parent=parent)
    row = {"url": "https://www.sf.example/track", "added": _MOMENT, "tags": (delivery, "wl")}
    ids["mark"] = profile.add(BOOKMARK, title=track, parent=home, **row)
    for name, title, url in (
        ("script", "bookmarklet", "javascript:alert(document.title)"),
        ("rtl", _RTL, "https://ar.example/مساعدة"),
        ("long", _LONG, _URL),
        ("plain", returns, "https://t.example/returns"),
    ):
        ids[name] = profile.add(BOOKMARK, title=title, url=url, parent=home)
    ids["deep"] = profile.add(BOOKMARK, title=prices, url="https://p.example/", parent=parent)
    rows = [{"title": f"{delivery} {at}", "parent": home if at % 9 else ""} for at in range(288)]
    folders = profile.add_many(FOLDER, rows)
    marks = [
        {"title": f"{track} {at}", "url": f"https://s{at}.example/", "parent": folders[at % 288]}
        for at in range(5_000)
    ]
    profile.add_many(BOOKMARK, marks)
    for at in range(14):
        facts = {"title": f"{shift} {at}", "url": f"https://d{at}.example/"}
        profile.add(BOOKMARK, **facts, parent=ids["folder"])
    return profile, ids
