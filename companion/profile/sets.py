"""Sets by what an agent calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.profile.profile import Profile


def set_named(profile: Profile, title: str) -> str:
    """The id of the set with this title, made where it is missing; empty for no title."""
    if not title:
        return ""
    known = (held.id for held in profile.sets() if held.title == title)
    return next(known, None) or profile.add("set", title=title)
