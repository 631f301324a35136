"""Double and dead links: what is asked, what is told, and that stopping keeps what was found."""

from collections.abc import Callable, Iterator, Sequence

from companion.profile.profile import Profile
from companion.profile.records import Bookmark
from companion.session.bookmark_checks import (
    GONE,
    MOVED,
    UNREACHABLE,
    asked_of,
    dead_of,
    doubles_of,
)
from companion.session.bookmark_tree import BOOKMARK, FOLDER
from tests.session.recording_checker import RecordingChecker, Said


def desk() -> Profile:
    """Bookmarks in a folder and in none, two of them with one address."""
    profile = Profile("p")
    folder = profile.add(FOLDER, title="f")
    for title, url, parent in (
        ("in", "https://a.example/", folder),
        ("out", " https://a.example/ ", ""),
        ("b", "HTTP://b.example/", ""),
        ("c", "https://c.example/", ""),
        ("s", "javascript:1", ""),
        ("m", "mailto:a@b.example", ""),
    ):
        profile.add(BOOKMARK, title=title, url=url, parent=parent)
    return profile


def unwatched(_done: int, _of: int) -> None:
    """Nobody wants to know."""


def test_doubles_are_told_in_the_order_of_the_tree_with_their_folders() -> None:
    checker = RecordingChecker({})
    ((first, second),) = doubles_of(desk(), checker)
    assert [(spot.node.title, spot.path) for spot in (first, second)] == [
        ("out", ()),
        ("in", ("f",)),
    ]
    assert checker.asked == []


def test_only_addresses_of_the_web_are_asked_for_and_each_once() -> None:
    assert asked_of(desk()) == ["https://a.example/", "HTTP://b.example/", "https://c.example/"]


def test_what_is_not_fine_is_told_with_every_bookmark_that_has_it() -> None:
    profile = desk()
    checker = RecordingChecker(
        {"https://a.example/": (MOVED, "https://n.example/"), "HTTP://b.example/": (GONE, "")}
    )
    seen: list[tuple[int, int]] = []
    found = dead_of(profile, checker, lambda done, of: seen.append((done, of)), lambda: False)
    assert [(one.kind, one.to, len(one.spots)) for one in found.verdicts] == [
        (GONE, "", 1),
        (MOVED, "https://n.example/", 2),
    ]
    assert (found.done, found.of, seen[-1]) == (3, 3, (3, 3))


def test_what_was_found_before_a_stop_is_told() -> None:
    checker = RecordingChecker({"https://a.example/": (UNREACHABLE, "")})
    found = dead_of(desk(), checker, unwatched, lambda: len(checker.asked) >= 1)
    assert ([one.kind for one in found.verdicts], found.done, found.of) == ([UNREACHABLE], 1, 3)


def test_a_bookmark_that_went_while_it_was_asked_for_is_not_told() -> None:
    profile = desk()

    class Slow(RecordingChecker):
        def check_links(
            self,
            urls: Sequence[str],
            watch: Callable[[int, int], None],
            stop: Callable[[], bool],
        ) -> Iterator[Said]:
            marks = [mark.id for mark in profile.bookmarks() if isinstance(mark, Bookmark)]
            profile.trash(*marks)
            return super().check_links(urls, watch, stop)

    gone = dead_of(profile, Slow({"https://a.example/": (GONE, "")}), unwatched, lambda: False)
    assert gone.verdicts == ()
