"""What the bookmark window needs of the app around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from companion.bookmarks.opening import open_address
from companion.session.bookmark_checks import Checker


@dataclass(frozen=True)
class Around:
    """``copy`` puts a text on the clipboard, ``way`` brings bookmarks in one of the ``ways``.

    ``open`` opens an address in the browser of this desk; it may block, and raises what
    open_address() raises. ``open_set`` opens several in their order, by one start of the browser;
    without it they are opened one after the other. Without a ``checker`` nothing offers to look for
    double and dead links.
    """

    copy: Callable[[str], None]
    way: Callable[[str], None]
    ways: tuple[str, ...] = ("import",)
    open: Callable[[str], None] = open_address
    open_set: Callable[[Sequence[str]], object] | None = None
    checker: Checker | None = None
