"""Double and dead links among the agent's bookmarks, looked for only when asked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from companion.profile.profile import Profile
from companion.profile.records import Bookmark
from companion.session.bookmark_tree import MarkTree, Node, tree_of

FINE, MOVED, GONE, UNREACHABLE, FORBIDDEN = "fine", "moved", "gone", "unreachable", "forbidden"
"""What became of an address. Forbidden is one that answers, and wants a login or no programs."""
_ORDER = (GONE, MOVED, UNREACHABLE, FORBIDDEN)
_ASKED = ("http://", "https://")


class Answer(Protocol):
    """What came of asking for an address; ``to`` is where it has moved to, else empty."""

    @property
    def url(self) -> str:
        """The address that was asked for."""

    @property
    def kind(self) -> str:
        """FINE, MOVED, GONE, UNREACHABLE or FORBIDDEN."""

    @property
    def to(self) -> str:
        """The new address of one that has moved."""


class Checker(Protocol):
    """Tells double and dead links; only check_links() asks the network."""

    def find_doubles(self, marks: Sequence[Bookmark]) -> Sequence[Sequence[Bookmark]]:
        """The bookmarks that have the same address, in groups of two and more."""

    def check_links(
        self,
        urls: Sequence[str],
        watch: Callable[[int, int], None],
        stop: Callable[[], bool],
    ) -> Iterable[Answer]:
        """Ask for each address, until stop() is true; in any order."""


class Spot(NamedTuple):
    """A bookmark and the titles of the folders it stands in, from the outside to the inside."""

    node: Node
    path: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What became of an address, and the bookmarks that have it."""

    kind: str
    url: str
    to: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Checked:
    """The addresses that are not fine; how many were asked, of how many."""

    verdicts: tuple[Verdict, ...]
    done: int
    of: int


def doubles_of(profile: Profile, checker: Checker) -> list[tuple[Spot, ...]]:
    """The groups of bookmarks with one address, each in the order of the tree."""
    tree = tree_of(profile, {})
    with profile.lock:
        marks = profile.bookmarks()
    order = {id: number for number, id in enumerate(tree.nodes)}
    found = []
    for group in checker.find_doubles(marks):
        ids = sorted((mark.id for mark in group if mark.id in order), key=order.__getitem__)
        if len(ids) > 1:
            found.append(tuple(_spot(tree, id) for id in ids))
    return found


def asked_of(profile: Profile) -> list[str]:
    """The addresses that would be asked for: those of the web, each once, in order."""
    with profile.lock:
        urls = (mark.url.strip() for mark in profile.bookmarks())
        return list(dict.fromkeys(url for url in urls if url.lower().startswith(_ASKED)))


def dead_of(
    profile: Profile,
    checker: Checker,
    watch: Callable[[int, int], None],
    stop: Callable[[], bool],
) -> Checked:
    """Ask for every address of the web, and tell of those that are not fine; may take minutes.

    What was found before stop() was true is told all the same.
    """
    urls = asked_of(profile)
    answers = list(checker.check_links(urls, watch, stop))
    tree = tree_of(profile, {})
    spots: dict[str, list[Spot]] = {}
    for node in tree.nodes.values():
        if node.ours and node.url:
            spots.setdefault(node.url.strip(), []).append(_spot(tree, node.id))
    found = [
        Verdict(str(answer.kind), answer.url, answer.to, tuple(spots[answer.url]))
        for answer in answers
        if answer.kind in _ORDER and answer.url in spots
    ]
    place = {url: number for number, url in enumerate(urls)}
    found.sort(key=lambda one: (_ORDER.index(one.kind), place.get(one.url, 0)))
    return Checked(tuple(found), len(answers), len(urls))


def _spot(tree: MarkTree, id: str) -> Spot:
    return Spot(tree.nodes[id], tree.path(id))
