"""The commands on teams: follow one and read what it shares; lead one and publish."""

from argparse import Namespace
from collections.abc import Iterator

import msgspec

from companion.cli import files
from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.cli.logins import login_for, team_card_in
from companion.cli.prompt import told
from companion.empathy.prompts import prompt
from companion.errors import FormatBroken, InputInvalid, NothingFound
from companion.formats.encoding import clean
from companion.profile.sets import set_named
from companion.session.leading import new_team, publish, rotate
from companion.session.session import Session
from companion.session.team_card import TeamCard, read_team_card
from companion.session.teams import Teams
from companion.team_errors import TeamNotLed
from companion.ui.messages import explain
from companion.wiring.seats import copy_to_clipboard, full_address


def register(commands: Branch) -> None:
    """Add the verbs of ``team``."""
    team = commands.branch("team")
    follow = team.verb("follow", _follow, secrets=("store_password",))
    follow.takes("team_card", metavar="CARD")
    team.verb("list", _list)
    team.verb("update", _update)
    team.verb("leave", _leave).takes("team", metavar="TEAM", type=clean)
    copy = team.verb("copy", _copy)
    copy.takes("id", metavar="ID")
    copy.takes("--set", metavar="S", default="", type=clean)
    team.verb("prompt", _prompt).takes_text("TEXT")
    new = team.verb("new", _new, secrets=("store_password",))
    new.takes("--store", metavar="URL", required=True)
    new.takes("--name", metavar="N", required=True, type=clean)
    put = team.verb("publish", _publish)
    put.takes("--team", metavar="TEAM", type=clean)
    put.takes("--set", metavar="S", action="append", type=clean)
    put.takes("--bookmarks", metavar="F", action="append", type=clean)
    put.takes("--openings", metavar="FILE")
    card = team.verb("card", _card)
    card.takes("--team", metavar="TEAM", type=clean)
    card.takes("--copy", action="store_true")
    team.verb("rotate", _rotate).takes("--team", metavar="TEAM", type=clean)


def _follow(args: Namespace, context: Context) -> Answer:
    card = team_card_in(args.team_card, context)
    login = login_for(card.store, context)
    session = context.open()
    pack = session.teams.follow(card, login)
    context.saved(session)
    facts = {"name": pack.name, "phrases": len(pack.phrases()), "bookmarks": len(pack.bookmarks())}
    document = {"team": card.keys.team, "version": pack.version} | facts
    return Answer(document, context.words.say("cli.said.followed", **facts))


def _list(_args: Namespace, context: Context) -> Answer:
    return _teams(context.open(), context)


def _update(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    session.teams.update()
    context.saved(session)
    return _teams(session, context)


def _teams(session: Session, context: Context) -> Answer:
    """Every team that is followed, how it stands, and what is wrong with what it offers."""
    rows, lines = [], []
    for id, team in session.teams.followed().items():
        held, trouble = session.teams.held(id), session.teams.troubles.get(id)
        row = {
            "team": id,
            "name": held.pack.name if held else read_team_card(team.card).name,
            "led": bool(team.seed),
            "version": held.pack.version if held else 0,
            "at": held.pack.at if held else 0,
            "phrases": len(held.pack.phrases()) if held else 0,
            "bookmarks": len(held.pack.bookmarks()) if held else 0,
            "openings": len(held.pack.openings) if held else 0,
        }
        rows.append(row | {"trouble": trouble.code if trouble else ""})
        lines.append(context.words.say("cli.said.team", **row))
        lines += [f"  {explain(trouble, context.words)}"] if trouble else []
    said = "\n".join(lines) or context.words.say("cli.said.no_teams")
    return Answer({"teams": rows}, said)


def _leave(args: Namespace, context: Context) -> Answer:
    session = context.open()
    id = session.teams.named(args.team)
    session.teams.leave(id)
    context.saved(session)
    return Answer({"team": id}, context.words.say("cli.said.left_team"))


def _copy(args: Namespace, context: Context) -> Answer:
    """A shared phrase becomes one of the agent's own, which he may then change."""
    session = context.open()
    shared = session.teams.phrase(args.id)
    if shared is None:
        raise NothingFound(kind="phrase")
    profile, group = session.profile, args.set.strip()
    fields = {"title": shared.title, "body": shared.body, "abbr": shared.abbr}
    with profile.together():
        parent = set_named(profile, group)
        id = profile.add("phrase", **fields, tags=shared.tags, parent=parent)
    context.saved(session)
    said = context.words.say("cli.said.added", title=shared.title)
    return Answer({"id": id} | fields | {"set": group}, said)


def _prompt(args: Namespace, context: Context) -> Answer | Iterator[object]:
    """The cards of a message, with the openings that the teams share."""
    more = context.open().teams.openings()
    if args.each_line:
        lines = (clean(line.rstrip("\r\n")) for line in context.lines())
        return ({"situations": prompt(line, more=more)} for line in lines)
    return told(prompt(context.text(), more=more), context)


def _new(args: Namespace, context: Context) -> Answer:
    address = full_address(args.store, context.cwd)
    login = login_for(address, context)
    session = context.open()
    card = new_team(session.teams, address, args.name, login)
    context.saved(session)
    return _said_card("new_team", card, context)


def _publish(args: Namespace, context: Context) -> Answer:
    openings = _openings(args.openings, context) if args.openings is not None else None
    session = context.open()
    id = _led(session.teams, args.team)
    report = publish(session.teams, id, args.set, args.bookmarks, openings)
    context.saved(session)
    counts = msgspec.structs.asdict(report)
    left_out = counts.pop("left_out")
    lines = [context.words.say("cli.said.published", **counts)]
    lines += [f"- {one.title}: {context.words.say(f'team.unfit.{one.reason}')}" for one in left_out]
    return Answer(report, "\n".join(lines))


def _openings(said: str, context: Context) -> dict[str, list[str]]:
    """What a lead has written down: by situation, his openings, as JSON."""
    path = context.path(said)
    try:
        return msgspec.json.decode(files.read(path), type=dict[str, list[str]])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise FormatBroken(place=path.name, format="openings", line=0) from error


def _card(args: Namespace, context: Context) -> Answer:
    teams = context.open().teams
    id = _one(teams, list(teams.followed()), args.team)
    card = read_team_card(teams.record(id).card)
    if args.copy:
        copy_to_clipboard(card.text())
    return Answer({"team": id, "name": card.name, "card": card.text()}, card.text())


def _rotate(args: Namespace, context: Context) -> Answer:
    session = context.open()
    card = rotate(session.teams, _led(session.teams, args.team))
    context.saved(session)
    return _said_card("rotated", card, context)


def _led(teams: Teams, said: str | None) -> str:
    """The id of the team that is named, or of the only one that is led here."""
    led = [id for id, team in teams.followed().items() if team.seed]
    if not led and said is None:
        raise TeamNotLed
    return _one(teams, led, said)


def _one(teams: Teams, among: list[str], said: str | None) -> str:
    """The id of the team that is named, or else of the only one there is."""
    if said is not None:
        return teams.named(said)
    if not among:
        raise NothingFound(kind="team")
    if len(among) > 1:
        raise InputInvalid(name="--team", allowed=" ".join(among))
    return among[0]


def _said_card(key: str, card: TeamCard, context: Context) -> Answer:
    text = card.text()
    document = {"team": card.keys.team, "name": card.name, "card": text}
    return Answer(document, context.words.say(f"cli.said.{key}", name=card.name, card=text))
