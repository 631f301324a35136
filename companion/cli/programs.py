"""The commands on programs: how text goes into each, and the agent's own word on that."""

from argparse import Namespace
from dataclasses import asdict

from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.desk.ports import PasteKeys
from companion.errors import InputInvalid, NothingFound
from companion.formats.encoding import clean
from companion.phrases import agent_rules, rules
from companion.phrases.rules import MOST_MS, Change
from companion.profile.profile import Profile

_SWITCHES = ("rich", "pictures", "lines")
_WAITS = ("before", "after")
_SAID = {"on": True, "off": False}


def register(commands: Branch) -> None:
    """Add the verbs of ``programs``."""
    programs = commands.branch("programs")
    programs.verb("list", _list)
    say = programs.verb("set", _set)
    say.takes("program", metavar="PROGRAM", type=clean)
    say.takes("--keys", choices=[keys.value for keys in PasteKeys])
    for name in _SWITCHES:
        say.takes(f"--{name}", choices=list(_SAID))
    for name in _WAITS:
        say.takes(f"--{name}", metavar="MS", type=whole_number(0, MOST_MS))
    programs.verb("reset", _reset).takes("program", metavar="PROGRAM", type=clean)


def _list(_args: Namespace, context: Context) -> Answer:
    profile = context.open().profile
    own = agent_rules.said_in(profile)
    rows = [_row(profile, name, name in own) for name in sorted(rules.TABLE.keys() | own.keys())]
    return Answer({"programs": rows}, "\n".join(map(_line, rows)))


def _set(args: Namespace, context: Context) -> Answer:
    session, name = context.open(), rules.short_name(args.program)
    change = Change(
        args.keys,
        *(_SAID.get(getattr(args, field)) for field in _SWITCHES),
        *(getattr(args, field) for field in _WAITS),
    )
    if not name or change == Change():
        raise InputInvalid(
            name="programs set", allowed="--keys --rich --pictures --lines --before --after"
        )
    agent_rules.say(session.profile, name, change)
    context.saved(session)
    row = _row(session.profile, name, True)
    return Answer(row, _line(row))


def _reset(args: Namespace, context: Context) -> Answer:
    session, name = context.open(), rules.short_name(args.program)
    if not agent_rules.unsay(session.profile, name):
        raise NothingFound(kind="program")
    context.saved(session)
    row = _row(session.profile, name, False)
    return Answer(row, _line(row))


def _row(profile: Profile, name: str, own: bool) -> dict[str, object]:
    found = asdict(agent_rules.rule_in(profile, name))
    for field in ("keys", "copy"):
        found[field] = found[field].value if found[field] else None
    return {"program": name} | found | {"own": own}


def _line(row: dict[str, object]) -> str:
    """A rule on one line: the program, its keys, and what is not as for most programs."""
    usual = asdict(rules.Rule())
    differs = [
        f"{name}={_shown(row[name])}" for name in (*_SWITCHES, *_WAITS) if row[name] != usual[name]
    ]
    return "\t".join([f"{row['program']}{' *' if row['own'] else ''}", str(row["keys"]), *differs])


def _shown(value: object) -> str:
    return next((word for word, means in _SAID.items() if means is value), str(value))
