"""A checker of links that asks no network: it remembers what it would have asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from companion.profile.records import Bookmark
from companion.session.bookmark_checks import FINE


class Said(NamedTuple):
    """What is said of an address."""

    url: str
    kind: str
    to: str


class RecordingChecker:
    """Knows what became of some addresses; all others are fine."""

    def __init__(self, known: Mapping[str, tuple[str, str]]) -> None:
        self._known = known
        self.asked: list[str] = []

    def find_doubles(self, marks: Sequence[Bookmark]) -> list[list[Bookmark]]:
        """Those with the same address, but for blanks around it."""
        found: dict[str, list[Bookmark]] = defaultdict(list)
        for mark in marks:
            found[mark.url.strip()].append(mark)
        return [group for group in found.values() if len(group) > 1]

    def check_links(
        self,
        urls: Sequence[str],
        watch: Callable[[int, int], None],
        stop: Callable[[], bool],
    ) -> Iterator[Said]:
        """Say what is known of each, in order."""
        for number, url in enumerate(urls, 1):
            if stop():
                return
            self.asked.append(url)
            watch(number, len(urls))
            yield Said(url, *self._known.get(url, (FINE, "")))
