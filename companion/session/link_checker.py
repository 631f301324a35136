"""Asks the network and compares addresses, for the windows of double and dead links."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from companion.bookmarks.doubles import doubles
from companion.profile.records import Bookmark


class LinkAnswer(NamedTuple):
    """What came of asking for an address; see bookmark_checks.Answer."""

    url: str
    kind: str
    to: str


class LinkChecker:
    """The bookmark_checks.Checker of the app."""

    def find_doubles(self, marks: Sequence[Bookmark]) -> list[list[Bookmark]]:
        """The bookmarks that lead to the same page, however their addresses are written."""
        return doubles((mark, mark.url) for mark in marks)

    def check_links(
        self,
        urls: Sequence[str],
        watch: Callable[[int, int], None],
        stop: Callable[[], bool],
    ) -> list[LinkAnswer]:
        """Ask for each address; those that were asked before stop() was true. May take minutes."""
        # What asks the network takes long to import, and most shifts ask nothing.
        from companion.bookmarks.checking import Link, check

        return [
            LinkAnswer(one.url, one.link.value, one.to)
            for one in check(urls, watch, stop)
            if one.link is not Link.NOT_ASKED
        ]
