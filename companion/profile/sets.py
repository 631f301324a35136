"""Sets by what an agent calls them."""

from companion.profile.profile import Profile


def set_named(profile: Profile, title: str) -> str:
    """The id of the set with this title, made where it is missing; empty for no title."""
    if not title:
        return ""
    known = (held.id for held in profile.sets() if held.title == title)
    return next(known, None) or profile.add("set", title=title)
