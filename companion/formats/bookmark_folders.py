"""The folders of a file of bookmarks as paths, alike in every format that holds them."""

from companion.formats.chromium_tree import DEEPEST
from companion.formats.items import Parsed, Problem


def entered(parsed: Parsed, path: tuple[str, ...], title: str, line: int = 0) -> tuple[str, ...]:
    """The path of what is in a folder, which is added: a folder without a name is none.

    A folder deeper than a browser could be lent becomes one with the last of these. Problems:
    folders_flattened.
    """
    if not title:
        return path
    if len(path) == DEEPEST:
        parsed.problems.append(Problem("folders_flattened", title, line))
        return path
    inside = (*path, title)
    parsed.folders.append(inside)
    return inside
