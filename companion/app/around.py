"""What the bookmark window needs of the app around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.bookmarks.opening import open_address, open_set

if TYPE_CHECKING:
    from companion.session.bookmark_checks import Checker


def open_all(urls: Sequence[str]) -> None:
    """Open addresses in the browser of this desk: one start for all of them keeps their order.

    Raises InputInvalid where one alone may not be opened, NothingFound where no browser is there.
    """
    if len(urls) == 1:
        open_address(urls[0])
        return
    # Starting programs is for those who open a set.
    from companion.wiring.browsers import launcher

    open_set(urls, launcher())


@dataclass(frozen=True)
class Around:
    """``copy`` puts a text on the clipboard, ``way`` brings bookmarks in one of the ``ways``.

    ``open`` opens addresses in the browser of this desk, in their order; it may block, and raises
    what open_all() raises. Without a ``checker`` nothing offers to look for double and dead links.
    """

    copy: Callable[[str], None]
    way: Callable[[str], None]
    ways: tuple[str, ...] = ("import",)
    open: Callable[[Sequence[str]], None] = open_all
    checker: "Checker | None" = None
