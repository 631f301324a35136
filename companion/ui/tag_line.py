"""The tags that are typed in a line."""

import re


def tags_in(text: str) -> tuple[str, ...]:
    """The tags that are typed, with commas between; a tag may hold blanks."""
    found = (tag.strip() for tag in re.split("[,，、;；]", text))
    return tuple(dict.fromkeys(filter(None, found)))
