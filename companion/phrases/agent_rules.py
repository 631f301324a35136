"""The agent's own rules for programs: in the profile they travel, an option for each program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from companion.phrases import rules
from companion.phrases.rules import Change, Rule
from companion.profile.records import Option, Program, option_id

if TYPE_CHECKING:
    from companion.profile.profile import Profile

_OPTION = "program."


def rule_in(profile: Profile, program: str, own: Program | None = None) -> Rule:
    """How text goes into a program, by the table, the agent and the phrase."""
    option = profile.get(option_id(_OPTION + rules.short_name(program)))
    said = _change(option.value) if isinstance(option, Option) else None
    return rules.rule(program, said, own)


def said_in(profile: Profile) -> dict[str, Change]:
    """What the agent has said, by program."""
    found = {
        name.removeprefix(_OPTION): _change(value)
        for name, value in profile.options().items()
        if name.startswith(_OPTION)
    }
    return {name: change for name, change in sorted(found.items()) if change is not None}


def say(profile: Profile, program: str, change: Change) -> Change:
    """Add to what the agent says of a program; all that is said now."""
    name = _OPTION + rules.short_name(program)
    option = profile.get(option_id(name))
    before = (_change(option.value) if isinstance(option, Option) else None) or Change()
    given = {
        field: value for field, value in msgspec.structs.asdict(change).items() if value is not None
    }
    after = msgspec.structs.replace(before, **given)
    profile.set_option(name, msgspec.json.encode(after).decode())
    return after


def unsay(profile: Profile, program: str) -> bool:
    """Have the table's word stand again for a program; false where nothing else was said."""
    name = rules.short_name(program)
    if name not in said_in(profile):
        return False
    profile.set_option(_OPTION + name, "")
    return True


def _change(value: object) -> Change | None:
    """What an option says; None where a newer version has written what is not known here."""
    try:
        return msgspec.json.decode(value, type=Change) if isinstance(value, str) else None
    except msgspec.MsgspecError:
        return None
